/* <score-keys> around a form of scales ([data-scale] with radio buttons): 1 to 4 score the scale that
   has the focus, else the first one without a score, and go on to the next; after the last, to the
   text that says why. */
import { isPlainKey, isTyping, singleKeysOn } from "./keys.js";

class ScoreKeys extends HTMLElement {
  connectedCallback() {
    this.listen = (event) => this.score(event);
    document.addEventListener("keydown", this.listen);
  }

  disconnectedCallback() {
    document.removeEventListener("keydown", this.listen);
  }

  get scales() {
    return [...this.querySelectorAll("[data-scale]")];
  }

  get current() {
    const focused = document.activeElement?.closest("[data-scale]");
    if (focused && this.contains(focused)) return focused;
    return this.scales.find((scale) => !scale.querySelector(":checked"));
  }

  score(event) {
    if (!isPlainKey(event) || event.repeat || isTyping(event) || !singleKeysOn()) return;
    if (document.querySelector("dialog:modal") || !this.checkVisibility()) return;
    const scale = this.current;
    const step = scale?.querySelector(`input[type=radio][value="${CSS.escape(event.key)}"]`);
    if (!step) return;
    event.preventDefault();
    step.click();
    this.goOn(scale);
  }

  goOn(scale) {
    const next = this.scales[this.scales.indexOf(scale) + 1];
    const target = next
      ? (next.querySelector(":checked") ?? next.querySelector("input[type=radio]"))
      : this.querySelector("textarea");
    target?.focus();
    target?.closest(".field")?.scrollIntoView({ block: "nearest" });
  }
}

customElements.define("score-keys", ScoreKeys);
