/* <live-list data-list="id" hx-get hx-trigger="every 20s" hx-swap="none">: a list that stays true while
   it is open. htmx asks; 204 means that nothing changed. Else the answer is the list anew. What it says
   of counts ([data-live]) is taken over at once; rows stay where they are. Those that are paid say so,
   and new ones are announced, until Show (R) puts the new list in the place of the old one, with the
   focus on the same row. A page that nobody looks at does not ask. */
const FAILURES = 3;

class LiveList extends HTMLElement {
  connectedCallback() {
    this.failed = 0;
    this.news = this.querySelector("[data-news]");
    this.addEventListener("htmx:beforeRequest", (event) => document.hidden && event.preventDefault());
    this.addEventListener("htmx:afterRequest", (event) => this.heard(event.detail.xhr));
    this.querySelector("[data-shows]").addEventListener("click", () => this.show());
    this.forget = (event) => event.target.id === this.dataset.list && this.settle();
    document.addEventListener("htmx:afterSwap", this.forget);
  }

  disconnectedCallback() {
    document.removeEventListener("htmx:afterSwap", this.forget);
  }

  get list() {
    return document.getElementById(this.dataset.list);
  }

  heard(xhr) {
    if (xhr.status === 401) return this.say("You are signed out, so this list is not kept up to date.");
    const answered = xhr.status === 200 || xhr.status === 204;
    this.failed = answered ? 0 : this.failed + 1;
    if (this.failed >= FAILURES) this.say("No answer from the server: this list may be out of date.");
    if (answered && this.silence) this.settle();
    const seen = xhr.getResponseHeader("Seen");
    if (seen) this.list.querySelector("[name=seen]").value = seen;
    if (xhr.status !== 200) return;
    const page = new DOMParser().parseFromString(xhr.responseText, "text/html");
    const fresh = page.getElementById(this.dataset.list);
    if (fresh) this.compare(fresh);
  }

  compare(fresh) {
    this.fresh = fresh;
    const seen = this.list.querySelector("[name=seen]");
    seen.value = fresh.querySelector("[name=seen]").value;
    const [come, paid] = changes(this.list, fresh);
    for (const row of paid) mark(row);
    for (const part of this.list.querySelectorAll("[data-live]")) takeOver(part, fresh);
    document.title = fresh.dataset.title;
    const parts = [come && `${come} new`, paid.length && `${paid.length} done meanwhile`];
    if (come || paid.length) this.say(parts.filter(Boolean).join(", "), true);
    else if (words(this.list) === words(fresh)) this.settle(); // counts alone, which are taken over
    else this.say("The list has changed", true);
  }

  show() {
    const { list, fresh } = this;
    if (!fresh) return location.reload();
    const at = list.querySelector(".row[data-at]")?.id;
    const before = new Set(ids(list));
    list.replaceWith(fresh);
    htmx.process(fresh);
    this.settle();
    const rows = [...fresh.querySelectorAll(".row")];
    const row =
      rows.find((each) => each.id === at) ?? rows.find((each) => !before.has(each.id)) ?? rows[0];
    row?.querySelector("a, button")?.focus();
  }

  say(text, lists = false) {
    this.silence = !lists;
    this.querySelector("[data-said]").textContent = text;
    this.news.hidden = false;
  }

  settle() {
    this.fresh = null;
    this.silence = false;
    this.news.hidden = true;
    this.querySelector("[data-said]").textContent = "";
  }
}

const words = (list) =>
  [...list.querySelectorAll(".row")].map((row) => row.textContent.replace(/\s+/g, " ")).join("\n");
const ids = (list) => [...list.querySelectorAll(".row")].map((row) => row.id);

/** How many rows are new, and the rows that are gone. A list that shows its first rows only can tell
    by its count alone. */
function changes(list, fresh) {
  const [before, after] = [ids(list), ids(fresh)];
  const whole = before.length >= list.dataset.rows && after.length >= fresh.dataset.rows;
  if (!whole) return [Math.max(0, fresh.dataset.rows - list.dataset.rows), []];
  const gone = before.filter((id) => !after.includes(id));
  const come = after.filter((id) => !before.includes(id));
  return [come.length, gone.map((id) => document.getElementById(id))];
}

function mark(row) {
  row.classList.add("debt-paid");
  const place = row.querySelector(".debt-do");
  if (place) place.textContent = "Done meanwhile";
}

function takeOver(part, fresh) {
  const other = fresh.querySelector(`[data-live="${part.dataset.live}"]`);
  if (other) part.textContent = other.textContent;
  else if (part.classList.contains("count")) part.textContent = "0";
}

customElements.define("live-list", LiveList);
