/* Shortcuts. <button data-key="n"> or <a data-key="/"> is activated, <input data-key="n"> focused.
   The innermost open scope wins: a modal dialog, then [data-key-first] (the toast that undoes what
   the call card did last), then [data-key-scope] (the call card), then the page.
   Single keys can be switched off (WCAG 2.1.4): by <body data-shortcuts="off">, or on this device. */

const SWITCH = "sincerely.shortcuts";

export function singleKeysOn() {
  if (document.body.dataset.shortcuts === "off") return false;
  try {
    return localStorage.getItem(SWITCH) !== "off";
  } catch {
    return true; // storage refused: the switch cannot have been used
  }
}

export function isTyping(event) {
  const target = event.composedPath()[0];
  if (event.isComposing || target.isContentEditable) return true;
  return target.matches?.(
    "textarea, select, input:not([type=checkbox], [type=radio], [type=button], [type=submit])",
  );
}

export function isPlainKey(event) {
  return !event.ctrlKey && !event.metaKey && !event.altKey && !event.defaultPrevented;
}

function visible(element) {
  return element.checkVisibility?.() ?? element.getClientRects().length > 0;
}

function scopes() {
  const dialog = document.querySelector("dialog[open]:modal");
  if (dialog) return [dialog];
  const first = [...document.querySelectorAll("[data-key-first]")].reverse();
  return [...first, ...document.querySelectorAll("[data-key-scope]"), document].filter(
    (scope) => scope === document || visible(scope),
  );
}

function find(key) {
  for (const scope of scopes()) {
    const marked = [...scope.querySelectorAll("[data-key]")];
    const found = marked.findLast((each) => each.dataset.key === key && visible(each));
    if (found) return found;
  }
  return null;
}

export function activate(target) {
  if (target.matches("input:not([type=checkbox]), textarea, select")) target.focus();
  else target.click();
}

document.addEventListener("keydown", (event) => {
  if (!isPlainKey(event) || event.repeat || isTyping(event) || !singleKeysOn()) return;
  const target = find(event.key.toLowerCase());
  if (!target) return;
  event.preventDefault();
  activate(target);
});

document.addEventListener("change", (event) => {
  if (!event.target.matches("[data-shortcuts-switch]")) return;
  localStorage.setItem(SWITCH, event.target.checked ? "on" : "off");
});

for (const box of document.querySelectorAll("[data-shortcuts-switch]")) {
  box.checked = singleKeysOn();
  box.disabled = document.body.dataset.shortcuts === "off";
}
