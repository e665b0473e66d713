/* <copy-button data-from="id">: its button (hidden until now) copies the text of #id. */

class CopyButton extends HTMLElement {
  connectedCallback() {
    const button = this.querySelector("button");
    const label = button.querySelector("[data-label]") ?? button;
    const before = label.textContent;
    button.hidden = !navigator.clipboard;
    button.addEventListener("click", async () => {
      const source = document.getElementById(this.dataset.from);
      await navigator.clipboard.writeText(source.value ?? source.innerText);
      label.textContent = this.dataset.done ?? "Copied";
      setTimeout(() => {
        label.textContent = before;
      }, 3000);
    });
  }
}

customElements.define("copy-button", CopyButton);
