"""Wagtail's choosers without their inline scripts, and in the language of whoever looks.

Wagtail puts the name of what is chosen into their texts when a form is made, which is once, in English.
"""

import json
import re

from django.utils.functional import lazy
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import capfirst, format_lazy
from django.utils.translation import gettext_lazy as _
from wagtail.admin.widgets import AdminPageChooser, BaseChooser
from wagtail.models import Page
from wagtail.snippets.widgets import AdminSnippetChooser

# What `render_js_init` gives: one call, of a function or a constructor, whose arguments are JSON.
_CALL = re.compile(r"(?:new )?(?P<name>\w+)\((?P<arguments>.*)\);?", re.DOTALL)


def starter(script: str) -> SafeString:
    """What has `static/admin.js` make the call that `script` is. Raises ValueError where it is anything else."""
    call = _CALL.fullmatch(script.strip())
    try:
        arguments = json.dumps(json.loads(f"[{call['arguments']}]")) if call else ""
    except json.JSONDecodeError:
        arguments = ""
    if not arguments:
        raise ValueError(f"Not one call: {script}")
    return format_html(
        '<template data-controller="start" data-start-call-value="{}" data-start-with-value="{}"></template>',
        call["name"],
        arguments,
    )


def render(self, name, value, attrs=None, renderer=None):
    """As Wagtail's, but for the script. Raises TypeError without an id."""
    if not (attrs and attrs.get("id")):
        raise TypeError("A chooser cannot be rendered without an 'id' attribute")
    value_data = self.get_value_data(value)
    html = self.render_html(name, value_data, attrs)
    # Before what it brings to life: a menu in there, which comes later, takes its buttons out of the page.
    return starter(self.render_js_init(attrs["id"], name, value_data)) + html


_capital = lazy(capfirst, str)
_prepare_snippet_chooser = AdminSnippetChooser.__init__
_prepare_page_chooser = AdminPageChooser.__init__


def prepare_snippet_chooser(self, model=None, **kwargs):
    """As Wagtail's, but its texts wait until they are read."""
    _prepare_snippet_chooser(self, model, **kwargs)
    name = self.model._meta.verbose_name
    texts = {
        "choose_one_text": format_lazy(_("Choose: {name}"), name=name),
        "choose_another_text": format_lazy(_("Choose another: {name}"), name=name),
        "link_to_chosen_text": format_lazy(_("Edit: {name}"), name=name),
    }
    vars(self).update({text: said for text, said in texts.items() if text not in kwargs})


def prepare_page_chooser(self, *args, **kwargs):
    """As Wagtail's, but the name of the type of page waits until it is read."""
    _prepare_page_chooser(self, *args, **kwargs)
    if self.model is not Page:
        said = kwargs.get("choose_one_text", type(self).choose_one_text)
        self.choose_one_text = format_lazy("{said} ({name})", said=said, name=_capital(self.model._meta.verbose_name))


def replace():
    """Every chooser derives from Wagtail's own and is made deep inside its forms: there is no setting for it."""
    BaseChooser.render = render
    AdminSnippetChooser.__init__ = prepare_snippet_chooser
    AdminPageChooser.__init__ = prepare_page_chooser
