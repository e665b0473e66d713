/* <call-card data-key-scope>: the side panel while someone is on the phone.
   Its keys (N C V B P L D) are data-key on its summaries, buttons and links; Escape closes it; opening
   one form closes the others and puts the cursor on its [data-focus], or into its first field. So
   `C` opens the form that logs a call, and a second `C`, or Enter, logs it. */
import "./keys.js";

class CallCard extends HTMLElement {
  connectedCallback() {
    this.cameFrom = document.activeElement;
    this.panel = this.closest(".panel");
    this.tabIndex = -1;
    const first = this.querySelector("[data-focus]");
    (first?.closest("details") ? this : (first ?? this)).focus({ preventScroll: true });
    this.addEventListener("toggle", (event) => this.opened(event.target), true);
    this.addEventListener("click", (event) => {
      const details = event.target.closest("summary")?.parentElement;
      if (details && !details.open) {
        // Not left to the toggle event, which comes later: letters typed until then would be lost,
        // or taken for shortcuts.
        event.preventDefault();
        details.open = true;
        this.opened(details);
      }
      if (event.target.closest("[data-close-panel]") && this.panel) this.close(event);
    });
    this.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || event.defaultPrevented) return;
      const form = event.target.closest("details[open]");
      if (form) {
        form.open = false;
        form.querySelector("summary").focus();
      } else this.close(event);
    });
  }

  opened(details) {
    if (!details.matches?.("details[open]")) return;
    for (const other of this.querySelectorAll("details[open]")) {
      if (other !== details) other.open = false;
    }
    if (details.querySelector("form")?.contains(document.activeElement)) return;
    const first = details.querySelector("[data-focus]");
    const field = first ?? details.querySelector("textarea, input:not([type=hidden]), select");
    // As little scrolling as can be: the sentence above is being read aloud.
    field?.focus({ preventScroll: true });
    details.scrollIntoView({ block: "nearest" });
  }

  close(event) {
    if (!this.panel) return;
    event.preventDefault();
    this.panel.replaceChildren();
    if (this.cameFrom?.isConnected) this.cameFrom.focus();
  }
}

customElements.define("call-card", CallCard);
