/* Where a step that htmx asked for does not come (no network, a failure of ours, signed out), the
   browser loads the whole page instead: its own error page, or ours, says what happened, and Back
   keeps all. What the page asked for by itself, again and again, is only asked for again. */

function load(event) {
  const { requestConfig, pathInfo } = event.detail;
  if (!requestConfig.triggeringEvent) return;
  if (requestConfig.verb === "get") return location.assign(pathInfo.finalRequestPath);
  // A preview that failed must not send the form it belongs to: nobody has confirmed that one.
  const form = requestConfig.elt.closest("form");
  if (form && path(form.getAttribute("action")) === path(pathInfo.requestPath)) form.submit();
}

const path = (address) => new URL(address || "", location.href).pathname;

document.addEventListener("htmx:responseError", load);
document.addEventListener("htmx:sendError", load);
