/* <pick-bar> in the form #bulk: says how many boxes (.pick) are ticked, and X ticks the one of the
   card or row in which the focus is. Without it the boxes and the form work all the same. */
import { isPlainKey, isTyping, singleKeysOn } from "./keys.js";

class PickBar extends HTMLElement {
  connectedCallback() {
    this.listen = (event) => this.pick(event);
    this.recount = () => setTimeout(() => this.count());
    document.addEventListener("keydown", this.listen);
    document.addEventListener("change", this.recount);
    document.addEventListener("reset", this.recount);
    this.count();
  }

  disconnectedCallback() {
    document.removeEventListener("keydown", this.listen);
    document.removeEventListener("change", this.recount);
    document.removeEventListener("reset", this.recount);
  }

  count() {
    const number = document.querySelectorAll(".pick:checked").length;
    this.textContent = `${number} selected`;
  }

  pick(event) {
    if (!isPlainKey(event) || !singleKeysOn() || event.key.toLowerCase() !== "x") return;
    const box = document.activeElement.closest(".card, .row")?.querySelector(".pick");
    if (!box || (isTyping(event) && event.target !== box)) return;
    event.preventDefault();
    box.click();
  }
}

customElements.define("pick-bar", PickBar);
