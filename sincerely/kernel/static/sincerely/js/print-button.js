/* <print-button>: its button (hidden until now) opens the browser's print dialog. */

class PrintButton extends HTMLElement {
  connectedCallback() {
    const button = this.querySelector("button");
    button.hidden = false;
    button.addEventListener("click", () => window.print());
    if (button.autofocus) button.focus();
  }
}

customElements.define("print-button", PrintButton);
