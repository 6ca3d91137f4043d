// Starts what Wagtail starts with scripts inside its pages, which the content security policy refuses (initiative/admin_policy):
// <template data-controller="start" data-start-call-value="initDateChooser" data-start-with-value='["id_date", {}]'></template>
// Stimulus finds it wherever and whenever it comes into the page: at first, in an added row, in a dialogue.
(() => {
  // Nothing else can be called, whatever somebody writes into a page.
  const KNOWN = /^(init(Date|Time|DateTime)Chooser|createTaskChooser|[A-Z]\w*Chooser|InlinePanel|MultipleChooserPanel)$/;

  class Start extends window.StimulusModule.Controller {
    static values = { call: String, with: Array };

    connect() {
      // Once: a row that is moved comes into the page again.
      this.element.remove();
      const name = this.callValue;
      const known = KNOWN.test(name) && window[name];
      if (!known) throw new Error(`Nothing is called ${name} here.`);
      if (/^[A-Z]/.test(name)) new known(...this.withValue);
      else known(...this.withValue);
    }
  }

  window.wagtail.app.register("start", Start);
})();
