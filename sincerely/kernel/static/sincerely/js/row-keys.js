/* <row-keys> around a list of .row: J and K go through them, Enter opens the row's first link.
   When a row disappears (its debt is paid), the focus moves on to the one that took its place. */
import { isPlainKey, isTyping, singleKeysOn } from "./keys.js";

class RowKeys extends HTMLElement {
  connectedCallback() {
    this.at = -1;
    this.listen = (event) => this.steer(event);
    document.addEventListener("keydown", this.listen);
    this.addEventListener("focusin", (event) =>
      this.mark(this.rows.indexOf(event.target.closest(".row"))),
    );
    this.watch = new MutationObserver(() => this.moveOn());
    this.watch.observe(this, { childList: true, subtree: true });
  }

  disconnectedCallback() {
    document.removeEventListener("keydown", this.listen);
    this.watch.disconnect();
  }

  get rows() {
    return [...this.querySelectorAll(".row")];
  }

  steer(event) {
    if (!isPlainKey(event) || isTyping(event) || !singleKeysOn()) return;
    if (document.querySelector("dialog:modal")) return;
    const step = { j: 1, k: -1 }[event.key.toLowerCase()];
    if (!step || !this.rows.length) return;
    event.preventDefault();
    const next = Math.min(Math.max(this.at + step, 0), this.rows.length - 1);
    this.focusRow(next);
  }

  focusRow(index) {
    const row = this.rows[index];
    if (!row) return;
    const target = row.querySelector("a, button") ?? row;
    target.focus({ preventScroll: true });
    row.scrollIntoView({ block: "nearest" });
    this.mark(index);
  }

  mark(index) {
    this.at = index;
    this.current = this.rows[index];
    this.rows.forEach((row, each) => row.toggleAttribute("data-at", each === index));
  }

  moveOn() {
    if (!this.current || this.current.isConnected) return;
    this.focusRow(Math.min(this.at, this.rows.length - 1));
  }
}

customElements.define("row-keys", RowKeys);
