/* <card-board> around .board: a card that is dragged to another column opens the same move page as
   its Move link (a.card-move), with ?stage=<data-stage of the column>. Nothing moves before the
   message and the promise were confirmed there: until then the card goes back to where it was. */
import "../../vendor/sortable.min.js";

const { Sortable } = window;

class CardBoard extends HTMLElement {
  connectedCallback() {
    this.lists = [...this.querySelectorAll(".column-cards")].map((list) =>
      Sortable.create(list, {
        group: "cards",
        draggable: ".card",
        filter: "a, button",
        preventOnFilter: false,
        sort: false,
        animation: matchMedia("(prefers-reduced-motion: reduce)").matches ? 0 : 120,
        delay: 180,
        delayOnTouchOnly: true,
        ghostClass: "card-ghost",
        chosenClass: "card-lifted",
        onStart: () => this.toggleAttribute("data-lifting", true),
        onEnd: (event) => this.dropped(event),
      }),
    );
  }

  disconnectedCallback() {
    for (const list of this.lists) list.destroy();
  }

  dropped({ item, from, to, oldDraggableIndex }) {
    this.removeAttribute("data-lifting");
    if (from === to) return;
    const home = from.querySelectorAll(":scope > .card")[oldDraggableIndex] ?? null;
    const move = item.querySelector("a.card-move");
    const stage = to.closest("[data-stage]")?.dataset.stage;
    const address = new URL(move.href);
    address.searchParams.set("stage", stage);
    const dialog = document.getElementById("dialog");
    if (!dialog || !window.htmx) {
      from.insertBefore(item, home);
      location.assign(address);
      return;
    }
    dialog.addEventListener("close", () => from.insertBefore(item, home), { once: true });
    window.htmx
      .ajax("GET", address.href, { target: dialog, swap: "innerHTML" })
      .catch(() => from.insertBefore(item, home));
  }
}

customElements.define("card-board", CardBoard);
