/**
 * 进展一览: the filters show the clauses of one state in place. Without this module each filter
 * leads to the list of its clauses below; with it that list is not needed.
 */

const all = (selector, from) => Array.from(from.querySelectorAll(selector));

function filter(board, state) {
  all("[data-filter]", board).forEach((link) => {
    if (link.dataset.filter === state) link.setAttribute("aria-current", "true");
    else link.removeAttribute("aria-current");
  });
  let shown = 0;
  all("[data-part]", board).forEach((part) => {
    const rows = all("[data-state]", part);
    const kept = rows.filter((row) => !state || row.dataset.state === state);
    rows.forEach((row) => { row.hidden = !kept.includes(row); });
    part.hidden = Boolean(state) && kept.length === 0;
    shown += kept.length;
  });
  return shown;
}

const board = document.querySelector("[data-board]");
const wanted = () => (location.hash.startsWith("#by-") ? location.hash.slice("#by-".length) : "");
const known = new Set(all("[data-filter]", board).map((link) => link.dataset.filter));

all("[data-bystate]", board).forEach((list) => { list.hidden = true; });
all("[data-filter]", board).forEach((link) => link.addEventListener("click", (event) => {
  event.preventDefault();
  history.replaceState(null, "", link.getAttribute("href"));
  const shown = filter(board, link.dataset.filter);
  board.querySelector("[data-filtered]").textContent = `现在显示${shown}条`;
}));
if (known.has(wanted())) filter(board, wanted());
