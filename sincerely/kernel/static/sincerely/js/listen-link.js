/* <listen-link>: its link plays the sound in place, and stops it; one at a time. */

let playing = null;

class ListenLink extends HTMLElement {
  connectedCallback() {
    this.link = this.querySelector("a");
    this.label = this.querySelector("[data-label]");
    this.link.addEventListener("click", (event) => {
      event.preventDefault();
      if (playing === this) this.stop();
      else this.play();
    });
  }

  disconnectedCallback() {
    if (playing === this) this.stop();
  }

  async play() {
    playing?.stop();
    playing = this;
    this.sound = new Audio(this.link.href);
    this.sound.addEventListener("ended", () => this.stop());
    this.label.textContent = "Stop";
    try {
      await this.sound.play();
    } catch {
      if (playing === this) this.stop();
    }
  }

  stop() {
    playing = null;
    this.sound?.pause();
    this.label.textContent = "Listen";
  }
}

customElements.define("listen-link", ListenLink);
