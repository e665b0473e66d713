/* <answer-box>: where one follow-up is answered. Ctrl+Enter sends. In the inbox one is open at a
   time, and Escape closes it and goes back to its row; what was typed stays with its draft-keeper.
   Without a network the box says so and keeps the text; what else goes wrong is left to
   htmx-or-load.js. */
import "./draft-keeper.js";

class AnswerBox extends HTMLElement {
  connectedCallback() {
    this.addEventListener("keydown", (event) => this.steer(event));
    this.addEventListener("htmx:sendError", (event) => this.keepUnsent(event));
    const field = this.querySelector("textarea[name=text]");
    field?.setSelectionRange(field.value.length, field.value.length);
    if (this.dataset.place === "inbox") this.closeOthers();
    this.whenLoaded = (event) => event.target.contains(this) && this.showRestored(field);
    document.addEventListener("htmx:load", this.whenLoaded);
  }

  disconnectedCallback() {
    document.removeEventListener("htmx:load", this.whenLoaded);
  }

  keepUnsent(event) {
    if (event.target !== this.querySelector("form")) return;
    event.stopPropagation();
    this.querySelector("[data-unsent]")?.removeAttribute("hidden");
  }

  /** A draft came back from this device: the message is to be shown with it. */
  showRestored(field) {
    document.removeEventListener("htmx:load", this.whenLoaded);
    if (field && field.value !== field.defaultValue) {
      field.dispatchEvent(new Event("input", { bubbles: true }));
    }
  }

  steer(event) {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      this.querySelector("form")?.requestSubmit();
    }
    if (event.key !== "Escape" || event.defaultPrevented) return;
    const row = this.closest(".row");
    if (this.dataset.place === "inbox") this.close();
    row?.querySelector("a, button")?.focus();
  }

  closeOthers() {
    for (const other of document.querySelectorAll('answer-box[data-place="inbox"]')) {
      if (other.id !== this.id) other.close(); // its own former self is on its way out
    }
  }

  close() {
    const place = document.createElement("div");
    place.className = "asked-box";
    place.id = this.id;
    this.replaceWith(place);
  }
}

customElements.define("answer-box", AnswerBox);
