/* <key-pad data-enough="10">: its keys write into its field; the last one, and #, send the form. */

class KeyPad extends HTMLElement {
  connectedCallback() {
    const field = this.querySelector("input");
    const enough = Number(this.dataset.enough);
    const send = () => {
      if (field.value.length >= enough || field.value.includes("#")) field.form.requestSubmit();
    };
    field.addEventListener("input", send);
    this.addEventListener("click", (event) => {
      const key = event.target.closest('[name="key"]');
      if (!key) return;
      event.preventDefault();
      field.value += key.value;
      send();
    });
  }
}

customElements.define("key-pad", KeyPad);
