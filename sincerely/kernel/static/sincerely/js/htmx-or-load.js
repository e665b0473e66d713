/* Where a step that htmx asked for does not come (no network, a failure of ours), the browser loads
   the whole page instead: its own error page, or ours, says what happened, and Back keeps all. */

function load(event) {
  const { requestConfig, pathInfo } = event.detail;
  if (requestConfig.verb === "get") location.assign(pathInfo.finalRequestPath);
  else requestConfig.elt.closest("form")?.submit();
}

document.addEventListener("htmx:responseError", load);
document.addEventListener("htmx:sendError", load);
