/* Opening and closing dialogs without inline code.
   data-opens="id" shows <dialog id>, data-closes="id" closes it; both work on links and buttons.
   <dialog data-opens-itself> shows itself when htmx has put something into it.
   A click on the veil closes; the dialog gives the focus back by itself. */
import { isPlainKey, isTyping, singleKeysOn } from "./keys.js";

export function open(dialog) {
  if (!dialog.open) dialog.showModal();
  dialog.querySelector("[autofocus], [data-focus]")?.focus();
}

document.addEventListener("click", (event) => {
  const opener = event.target.closest("[data-opens]");
  const dialog = opener && document.getElementById(opener.dataset.opens);
  if (dialog && !event.ctrlKey && !event.metaKey) {
    event.preventDefault();
    opener.closest("details.menu")?.removeAttribute("open");
    open(dialog);
    return;
  }
  const closer = event.target.closest("[data-closes]");
  if (closer) {
    const closing = document.getElementById(closer.dataset.closes) ?? closer.closest("dialog");
    if (closing?.open) {
      event.preventDefault();
      closing.close();
    }
  }
  for (const menu of document.querySelectorAll("details.menu[open]")) {
    if (!menu.contains(event.target)) menu.removeAttribute("open");
  }
});

document.addEventListener("pointerdown", (event) => {
  if (event.target.matches?.("dialog:modal")) {
    const box = event.target.getBoundingClientRect();
    const inside =
      event.clientX >= box.left &&
      event.clientX <= box.right &&
      event.clientY >= box.top &&
      event.clientY <= box.bottom;
    if (!inside) event.target.close();
  }
});

document.addEventListener("keydown", (event) => {
  if (event.key !== "?" || !isPlainKey(event) || isTyping(event) || !singleKeysOn()) return;
  const shortcuts = document.getElementById("shortcuts");
  if (shortcuts && !document.querySelector("dialog:modal")) open(shortcuts);
});

document.addEventListener("htmx:afterSwap", (event) => {
  const dialog = event.target.closest?.("dialog[data-opens-itself]");
  if (!dialog?.childElementCount) return;
  const heading = dialog.querySelector("h1, h2");
  if (heading) dialog.setAttribute("aria-label", heading.textContent.trim());
  open(dialog);
});
