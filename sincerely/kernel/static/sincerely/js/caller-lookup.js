/* <caller-lookup data-url data-panel>: finds a person from any scrap, from anywhere.
   Opens by `/` or Ctrl-K. Rows are HTML from data-url?q=…, one <a role="option" id href> each.
   No spinner: the last rows stay until newer ones are there; a newer question ends an older fetch.
   <a data-none href> leads on when it is none of them: by Ctrl-Enter, or by Enter when nobody is found. */
import { open } from "./dialogs.js";

const PAUSE = 80;

class CallerLookup extends HTMLElement {
  connectedCallback() {
    this.dialog = this.querySelector("dialog");
    this.input = this.querySelector("input");
    this.rows = this.querySelector("[role=listbox]");
    this.hint = this.querySelector("[data-hint]");
    this.count = this.querySelector("[data-count]");
    this.firstHint = this.hint.textContent;
    this.none = this.querySelector("[data-none]");
    this.noneKey = this.querySelector("[data-none-key]");
    this.none.addEventListener("click", (event) => this.leave(event));
    this.input.addEventListener("input", () => this.ask());
    this.input.addEventListener("keydown", (event) => this.steer(event));
    this.rows.addEventListener("click", (event) =>
      this.choose(event.target.closest("[role=option]"), event),
    );
    this.dialog.addEventListener("close", () => this.reset());
    this.shortcut = (event) => {
      if (!(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== "k" || event.altKey)
        return;
      event.preventDefault();
      open(this.dialog);
      this.input.select();
    };
    document.addEventListener("keydown", this.shortcut);
  }

  disconnectedCallback() {
    document.removeEventListener("keydown", this.shortcut);
  }

  get options() {
    return [...this.rows.querySelectorAll("[role=option]")];
  }

  ask() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.fetch(), PAUSE);
  }

  async fetch() {
    this.running?.abort();
    const scrap = this.input.value.trim();
    if (!scrap) return this.show("");
    const asked = (this.running = new AbortController());
    try {
      const address = `${this.dataset.url}?${new URLSearchParams({ q: scrap })}`;
      const answer = await fetch(address, {
        signal: asked.signal,
        headers: { "HX-Request": "true" },
      });
      if (answer.redirected) return location.reload();
      if (!answer.ok) throw new Error(answer.statusText);
      this.show(await answer.text(), scrap);
    } catch (trouble) {
      if (trouble.name === "AbortError") return;
      this.show("");
      this.hint.hidden = false;
      this.hint.textContent =
        this.dataset.trouble ?? "The look-up does not answer just now. Try again in a moment.";
    }
  }

  show(html, scrap = "") {
    this.shownFor = scrap;
    this.rows.innerHTML = html;
    const { options } = this;
    // A list of options may hold nothing else, such as the sentence that nobody was found.
    const nobody = html && !options.length ? this.rows.textContent.trim() : "";
    if (nobody) this.rows.replaceChildren();
    this.hint.hidden = options.length > 0;
    this.none.parentElement.hidden = !html;
    this.hint.textContent = nobody || this.firstHint;
    this.noneKey.textContent = nobody ? "Enter" : "Ctrl Enter";
    this.input.setAttribute("aria-expanded", String(options.length > 0));
    this.count.textContent = options.length ? `${options.length}` : nobody;
    this.select(options[0]);
  }

  select(option) {
    for (const each of this.options) each.setAttribute("aria-selected", String(each === option));
    if (option) this.input.setAttribute("aria-activedescendant", option.id);
    else this.input.removeAttribute("aria-activedescendant");
    option?.scrollIntoView({ block: "nearest" });
  }

  steer(event) {
    const { options } = this;
    const at = options.findIndex((each) => each.getAttribute("aria-selected") === "true");
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step && options.length) {
      event.preventDefault();
      this.select(options[(at + step + options.length) % options.length]);
    } else if (event.key === "Escape") {
      event.preventDefault(); // a search field would only empty itself
      this.dialog.close();
    } else if (event.key === "Enter") {
      event.preventDefault();
      this.enter(options[at], event.ctrlKey || event.metaKey);
    }
  }

  /* Nobody is found only once the answer to what stands there now has come. */
  enter(option, isNone) {
    const scrap = this.input.value.trim();
    if (scrap && (isNone || (!option && this.shownFor === scrap))) this.leave();
    else if (option && !isNone) this.goTo(option.href);
  }

  choose(option, event) {
    if (!option || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    this.goTo(option.href);
  }

  /* It is none of them: what was typed goes along. */
  leave(event) {
    if (event?.ctrlKey || event?.metaKey) return;
    event?.preventDefault();
    this.goTo(`${this.none.href}?${new URLSearchParams({ q: this.input.value.trim() })}`);
  }

  goTo(address) {
    const panel = document.getElementById(this.dataset.panel);
    this.dialog.close();
    if (panel && window.htmx)
      window.htmx.ajax("GET", address, { target: panel, swap: "innerHTML" });
    else location.assign(address);
  }

  reset() {
    this.running?.abort();
    clearTimeout(this.timer);
    this.input.value = "";
    this.show("");
  }
}

customElements.define("caller-lookup", CallerLookup);
