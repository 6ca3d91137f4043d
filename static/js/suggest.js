// Suggestions below a search field (ARIA's combobox with a list), fetched from where `data-suggest` says. Without this
// script the field is what it was.

const SHORTEST = 2;
const PAUSE = 120; // milliseconds without a key before the server is asked
const KEPT = 60; // answers, for those who go back and forth

const normal = (text) => text.trim().replace(/\s+/g, " ").toLowerCase();

class Suggestions {
  #input;
  #url;
  #box;
  #said;
  #options = [];
  #active = -1;
  #answers = new Map();
  #asked;
  #pause;

  constructor(input) {
    this.#input = input;
    this.#url = input.dataset.suggest;
    this.#box = document.createElement("div");
    this.#box.className = "suggest";
    this.#box.id = `${input.id}-suggestions`;
    this.#box.hidden = true;
    this.#said = document.createElement("p");
    this.#said.className = "unseen";
    this.#said.setAttribute("role", "status");
    input.parentElement.append(this.#box, this.#said);
    input.setAttribute("role", "combobox");
    input.setAttribute("aria-autocomplete", "list");
    input.setAttribute("aria-expanded", "false");

    input.addEventListener("input", () => this.#typed());
    input.addEventListener("keydown", (event) => this.#pressed(event));
    // Leaving the field closes the list; a press on an option must not leave it before the link is followed.
    input.addEventListener("blur", () => this.close());
    this.#box.addEventListener("pointerdown", (event) => event.preventDefault());
    this.#box.addEventListener("click", () => this.close());
    input.form?.addEventListener("submit", () => this.close());
  }

  close() {
    clearTimeout(this.#pause);
    this.#asked?.abort();
    this.#box.hidden = true;
    this.#mark(-1);
    this.#options = [];
    this.#input.setAttribute("aria-expanded", "false");
    this.#input.removeAttribute("aria-controls");
    this.#said.textContent = "";
  }

  get #open() {
    return !this.#box.hidden;
  }

  #typed() {
    clearTimeout(this.#pause);
    this.#asked?.abort();
    const text = normal(this.#input.value);
    if (text.length < SHORTEST) return this.close();
    const known = this.#answers.get(text);
    if (known !== undefined) return this.#show(known);
    this.#pause = setTimeout(() => this.#ask(text), PAUSE);
  }

  async #ask(text) {
    this.#asked = new AbortController();
    try {
      const response = await fetch(`${this.#url}?q=${encodeURIComponent(text)}`, {
        signal: this.#asked.signal,
        credentials: "omit",
      });
      if (!response.ok) return;
      const answer = await response.text();
      if (this.#answers.size >= KEPT) this.#answers.delete(this.#answers.keys().next().value);
      this.#answers.set(text, answer);
      if (document.activeElement === this.#input && normal(this.#input.value) === text) this.#show(answer);
    } catch {
      // Without an answer one searches as ever.
    }
  }

  #show(answer) {
    this.#box.innerHTML = answer;
    const list = this.#box.querySelector("[role=listbox]");
    if (!list) return this.close();
    list.id = `${this.#box.id}-list`;
    this.#options = [...list.querySelectorAll("[role=option]")];
    this.#options.forEach((option, place) => (option.id = `${list.id}-${place}`));
    this.#mark(-1);
    this.#box.hidden = false;
    this.#input.setAttribute("aria-controls", list.id);
    this.#input.setAttribute("aria-expanded", "true");
    this.#said.textContent = list.dataset.said;
  }

  // The focus stays in the field; the active option is told by its id. -1: the field itself.
  #mark(place) {
    this.#options[this.#active]?.setAttribute("aria-selected", "false");
    this.#active = place;
    const option = this.#options[place];
    if (option) {
      option.setAttribute("aria-selected", "true");
      option.scrollIntoView({ block: "nearest" });
      this.#input.setAttribute("aria-activedescendant", option.id);
    } else {
      this.#input.removeAttribute("aria-activedescendant");
    }
  }

  #pressed(event) {
    if (event.isComposing || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const last = this.#options.length - 1;
    if (event.key === "ArrowDown" && !this.#open) {
      this.#typed();
    } else if (!this.#open) {
      return;
    } else if (event.key === "ArrowDown" && !event.altKey) {
      this.#mark(this.#active === last ? -1 : this.#active + 1);
    } else if (event.key === "ArrowUp" && !event.altKey) {
      this.#mark(this.#active === -1 ? last : this.#active - 1);
    } else if (event.key === "Escape" || event.key === "ArrowUp") {
      this.close();
    } else if (event.key === "Enter" && this.#active >= 0) {
      this.#options[this.#active].click();
    } else {
      return;
    }
    event.preventDefault();
    event.stopPropagation();
  }
}

for (const input of document.querySelectorAll("[data-suggest]")) new Suggestions(input);
