/* <file-field> around .file > input[type=file]: shows what was chosen, refuses what is too large
   before it travels (data-max-bytes on the input), and takes a file that is dropped on it. */

function size(bytes) {
  if (bytes < 1024) return `${bytes} bytes`;
  const [amount, unit] = bytes < 1024 ** 2 ? [bytes / 1024, "KB"] : [bytes / 1024 ** 2, "MB"];
  return `${amount.toLocaleString(document.documentElement.lang || "en", { maximumFractionDigits: 1 })} ${unit}`;
}

class FileField extends HTMLElement {
  connectedCallback() {
    this.input = this.querySelector("input[type=file]");
    this.said = document.createElement("output");
    this.said.htmlFor = this.input.id;
    this.querySelector(".file").append(this.said);
    this.limit = Number(this.input.dataset.maxBytes) || Infinity;
    this.input.addEventListener("change", () => this.look());
    this.addEventListener("dragover", (event) => this.over(event, true));
    this.addEventListener("dragleave", (event) => this.over(event, false));
    this.addEventListener("drop", (event) => {
      this.over(event, false);
      if (!event.dataTransfer.files.length) return;
      this.input.files = event.dataTransfer.files;
      this.input.dispatchEvent(new Event("change", { bubbles: true }));
    });
  }

  over(event, inside) {
    event.preventDefault();
    this.toggleAttribute("data-over", inside);
  }

  look() {
    const file = this.input.files[0];
    const refusal = file && this.refusal(file);
    this.input.setCustomValidity(refusal || "");
    this.toggleAttribute("data-refused", Boolean(refusal));
    this.said.className = refusal ? "file-refused" : "file-chosen";
    this.said.textContent = refusal || (file ? `✓ ${file.name}, ${size(file.size)}` : "");
    if (refusal) this.input.value = "";
  }

  refusal(file) {
    const { tooLarge, empty } = this.dataset;
    if (file.size === 0) {
      return (empty ?? "{name} is empty. Please choose another file.").replace("{name}", file.name);
    }
    if (file.size <= this.limit) return "";
    return (tooLarge ?? "{name} has {size}; the limit is {limit}. A PDF is usually much smaller.")
      .replace("{name}", file.name)
      .replace("{size}", size(file.size))
      .replace("{limit}", size(this.limit));
  }
}

customElements.define("file-field", FileField);
