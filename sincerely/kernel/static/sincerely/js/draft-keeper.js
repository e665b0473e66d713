/* <draft-keeper data-name="apply:diner:cook"> around a form: what is typed stays on this device
   until it was received. Never a password, a file or a hidden field.
   Sending does not clear it (the server may be down): the page that says "received" does, with
   <draft-keeper data-received="apply:diner:cook"></draft-keeper>. Kept for a week. */

const PREFIX = "sincerely.draft.";
const WEEK = 7 * 24 * 60 * 60 * 1000;

function kept(field) {
  return (
    field.name &&
    !field.closest(".honeypot") &&
    !field.hasAttribute("data-not-kept") &&
    !["hidden", "password", "file", "submit", "button"].includes(field.type)
  );
}

class DraftKeeper extends HTMLElement {
  connectedCallback() {
    if (this.dataset.received) return localStorage.removeItem(PREFIX + this.dataset.received);
    this.key = PREFIX + this.dataset.name;
    this.form = this.querySelector("form");
    if (!this.form || !this.dataset.name) return;
    this.restore();
    this.form.addEventListener("input", () => this.later());
    this.form.addEventListener("change", () => this.later());
    addEventListener("pagehide", () => this.timer && this.keep());
  }

  get fields() {
    return [...this.form.elements].filter(kept);
  }

  later() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.keep(), 400);
  }

  keep() {
    const values = {};
    for (const field of this.fields) {
      const value = ["checkbox", "radio"].includes(field.type)
        ? field.checked && field.value
        : field.value;
      if (value) (values[field.name] ??= []).push(value);
    }
    try {
      localStorage.setItem(this.key, JSON.stringify({ at: Date.now(), values }));
    } catch {
      /* private mode or full: the form works without */
    }
  }

  draft() {
    try {
      return JSON.parse(localStorage.getItem(this.key));
    } catch {
      return null;
    }
  }

  restore() {
    const draft = this.draft();
    if (!draft || Date.now() - draft.at > WEEK) return;
    let restored = 0;
    const seen = {};
    for (const field of this.fields) {
      const values = draft.values[field.name] ?? [];
      if (["checkbox", "radio"].includes(field.type)) {
        if (values.includes(field.value) && !field.checked)
          restored += Number((field.checked = true));
        continue;
      }
      const value = values[(seen[field.name] = (seen[field.name] ?? -1) + 1)];
      if (value && (!field.value || field.tagName === "SELECT") && field.value !== value) {
        field.value = value;
        restored += 1;
      }
    }
    if (restored) this.tell();
  }

  tell() {
    const note = this.querySelector("[data-restored]");
    if (!note) return;
    note.hidden = false;
    note.querySelector("button")?.addEventListener("click", () => {
      clearTimeout(this.timer);
      this.timer = 0;
      localStorage.removeItem(this.key);
      this.form.reset();
      note.hidden = true;
    });
  }
}

customElements.define("draft-keeper", DraftKeeper);
