/* <row-keys> around a list of .row: J and K go through them, Enter opens the row's first link.
   <a data-row-key="a"> inside a row is activated by that key while the row is the current one.
   When a row disappears (its debt is paid), the focus moves on to the one that took its place.
   data-scroll="start" puts the current row at the top of the screen. An address that ends in #id of
   a row begins there. */
import { activate, isPlainKey, isTyping, singleKeysOn } from "./keys.js";

/** Who presses A types on at once: until the field is there, keys are kept for it, and are no
    shortcuts. */
function holdKeys(row) {
  const held = [];
  const hold = (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    if (event.key.length === 1) held.push(event.key);
  };
  const release = (event) => {
    clearTimeout(timer);
    removeEventListener("keydown", hold, true);
    row.removeEventListener("focusin", release);
    const field = event?.target;
    if (!held.length || !field?.matches("textarea, input:not([type=radio], [type=checkbox])")) return;
    field.setRangeText(held.join(""), field.selectionStart, field.selectionEnd, "end");
    field.dispatchEvent(new Event("input", { bubbles: true }));
  };
  const timer = setTimeout(release, 3000);
  addEventListener("keydown", hold, true);
  row.addEventListener("focusin", release);
}

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
    if (location.hash) addEventListener("load", () => setTimeout(() => this.beginAtHash()));
  }

  disconnectedCallback() {
    document.removeEventListener("keydown", this.listen);
    this.watch.disconnect();
  }

  /** After the page is there: going to the fragment takes the focus away until then. */
  beginAtHash() {
    this.focusRow(this.rows.findIndex((row) => `#${row.id}` === location.hash));
  }

  get rows() {
    return [...this.querySelectorAll(".row")];
  }

  steer(event) {
    if (!isPlainKey(event) || isTyping(event) || !singleKeysOn()) return;
    if (document.querySelector("dialog:modal")) return;
    const key = event.key.toLowerCase();
    const step = { j: 1, k: -1 }[key];
    if (!step) return this.act(key, event);
    if (!this.rows.length) return;
    event.preventDefault();
    const next = Math.min(Math.max(this.at + step, 0), this.rows.length - 1);
    this.focusRow(next);
  }

  act(key, event) {
    if (event.repeat || !/^[a-z]$/.test(key)) return;
    if (!this.current?.isConnected) this.mark(0);
    const target = this.current?.querySelector(`[data-row-key="${key}"]`);
    if (!target) return;
    event.preventDefault();
    if (target.hasAttribute("hx-get")) holdKeys(this.current);
    activate(target);
  }

  focusRow(index) {
    const row = this.rows[index];
    if (!row) return;
    const target = row.querySelector("a, button") ?? row;
    target.focus({ preventScroll: true });
    row.scrollIntoView({ block: this.dataset.scroll ?? "nearest" });
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
