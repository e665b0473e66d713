/* <card-board> around .board: a card that is dragged to another column opens the same move page as
   its Move link (a.card-move), with ?stage=<data-stage of the column>. Nothing moves before the
   message and the promise were confirmed there: until then the card goes back to where it was.
   The answer to a confirmed move is empty for the dialog, which closes by that, and takes the card
   away itself. data-fixed switches dragging off. */
import "../../vendor/sortable.min.js";

const { Sortable } = window;

class CardBoard extends HTMLElement {
  connectedCallback() {
    this.lists = [];
    if ("fixed" in this.dataset) return;
    this.closed = (event) => this.emptied(event.target);
    document.addEventListener("htmx:afterSettle", this.closed);
    this.lists = [...this.querySelectorAll(".column-cards")].map((list) =>
      Sortable.create(list, {
        group: "cards",
        draggable: ".card",
        filter: ".card-move, .card-pick",
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
    document.removeEventListener("htmx:afterSettle", this.closed);
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
    const putBack = () => {
      if (item.isConnected) from.insertBefore(item, home?.isConnected ? home : null);
    };
    dialog.addEventListener("close", putBack, { once: true });
    window.htmx.ajax("GET", address.href, { target: dialog, swap: "innerHTML" }).catch(putBack);
  }

  emptied(dialog) {
    if (!dialog.matches("dialog#dialog[open]") || dialog.childElementCount) return;
    dialog.close();
    this.querySelector(".card-name[autofocus]")?.focus();
  }
}

customElements.define("card-board", CardBoard);
