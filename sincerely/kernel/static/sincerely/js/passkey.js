/* Beside allauth's webauthn.js: says when a passkey did not work, and lets Enter do what the button
   does, because a form without the browser's answer is of no use to the server. */

const trouble = document.getElementById("passkey-trouble");

document.addEventListener("allauth.error", (event) => {
  event.preventDefault();
  if (!trouble) return;
  trouble.hidden = true;
  requestAnimationFrame(() => {
    trouble.hidden = false;
  });
});

for (const form of document.querySelectorAll("form[data-passkey]")) {
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    document.getElementById(form.dataset.passkey).click();
  });
}
