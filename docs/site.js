// A table that is wider than the page must be reachable by keyboard to be scrolled.
addEventListener("load", () => {
  for (const table of document.querySelectorAll(".md-typeset__scrollwrap")) table.tabIndex = 0
})
