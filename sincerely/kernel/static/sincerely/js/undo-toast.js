/* <undo-toast data-seconds="20">: says what was done, offers Undo (a form in it), then leaves.
   Never under ten seconds; the clock stands still under the pointer and the focus. Undone by htmx, it
   leaves at once. */
import "./keys.js";

class UndoToast extends HTMLElement {
  connectedCallback() {
    this.left = Math.max(10, Number(this.dataset.seconds) || 20);
    this.held = new Set();
    this.clock = document.createElement("span");
    this.clock.className = "toast-clock";
    this.clock.setAttribute("aria-hidden", "true");
    this.append(this.clock);
    for (const [start, end] of [
      ["pointerenter", "pointerleave"],
      ["focusin", "focusout"],
    ]) {
      this.addEventListener(start, () => this.held.add(start));
      this.addEventListener(end, () => this.held.delete(start));
    }
    this.addEventListener("htmx:afterRequest", (event) => event.detail.successful && this.remove());
    this.show();
    this.timer = setInterval(() => this.tick(), 1000);
  }

  disconnectedCallback() {
    clearInterval(this.timer);
  }

  tick() {
    if (this.held.size || document.hidden) return;
    this.left -= 1;
    if (this.left <= 0) this.remove();
    else this.show();
  }

  show() {
    this.clock.textContent = `${this.left} s`;
  }
}

customElements.define("undo-toast", UndoToast);
