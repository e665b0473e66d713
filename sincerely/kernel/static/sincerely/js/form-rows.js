/* <form-rows data-prefix="questions"> around a formset: its rows ([data-row] in [data-rows]) are
   moved by drag ([data-grip]) or by [data-moves="-1|1"], removed by [data-removes], and added from
   the <template> by [data-adds]. The order goes into the hidden fields …-ORDER; nothing is saved
   before the form is. What happened is said in [data-said], for who cannot see it. */
import "../../vendor/sortable.min.js";

const { Sortable } = window;

class FormRows extends HTMLElement {
  connectedCallback() {
    this.list = this.querySelector("[data-rows]");
    this.total = this.querySelector(`[name="${this.dataset.prefix}-TOTAL_FORMS"]`);
    this.addEventListener("click", (event) => {
      const button = event.target.closest("button");
      if (!button) return;
      const row = button.closest("[data-row]");
      if ("adds" in button.dataset) this.add();
      else if ("removes" in button.dataset) this.removeRow(row);
      else if (button.dataset.moves) this.move(row, Number(button.dataset.moves), button);
    });
    this.sortable = Sortable.create(this.list, {
      handle: "[data-grip]",
      draggable: "[data-row]",
      animation: matchMedia("(prefers-reduced-motion: reduce)").matches ? 0 : 120,
      ghostClass: "card-ghost",
      onEnd: () => this.number(),
    });
    this.number();
  }

  disconnectedCallback() {
    this.sortable.destroy();
  }

  get rows() {
    return [...this.list.querySelectorAll(":scope > [data-row]:not([hidden])")];
  }

  add() {
    const at = Number(this.total.value);
    const html = this.querySelector("template").innerHTML.replaceAll("__prefix__", String(at));
    this.list.insertAdjacentHTML("beforeend", html);
    this.total.value = String(at + 1);
    this.number();
    this.list.lastElementChild.querySelector("input:not([type=hidden])").focus();
    this.say(`${this.word(this.rows.length)} added.`);
  }

  removeRow(row) {
    const at = this.rows.indexOf(row);
    row.querySelector('[name$="-DELETE"]').value = "on";
    row.hidden = true;
    this.number();
    const next = this.rows[Math.min(at, this.rows.length - 1)];
    (next?.querySelector("[data-removes]") ?? this.querySelector("[data-adds]")).focus();
    this.say(`${this.word(at + 1)} removed. Save to make it so.`);
  }

  move(row, step, button) {
    const { rows } = this;
    const at = rows.indexOf(row);
    const other = rows[at + step];
    if (!other) return;
    if (step < 0) other.before(row);
    else other.after(row);
    this.number();
    button.focus();
    row.scrollIntoView({ block: "nearest" });
    this.say(`${this.word(at + 1)} is ${at + 1 + step} of ${rows.length} now.`);
  }

  number() {
    this.rows.forEach((row, at) => {
      row.querySelector('[name$="-ORDER"]').value = String(at + 1);
    });
  }

  word(number) {
    return `${this.dataset.word ?? "Row"} ${number}`;
  }

  say(text) {
    this.querySelector("[data-said]").textContent = text;
  }
}

customElements.define("form-rows", FormRows);
