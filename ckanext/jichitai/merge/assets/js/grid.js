// The matrix as one tab stop: arrows walk, Home and End go along the row, with Ctrl to the corners.
// Without this script every cell is a link of its own, and a skip link stands before them.
for (const table of document.querySelectorAll("[data-jm-grid]")) {
  const lines = [...table.rows]
    .map((row) => [...row.querySelectorAll("a")])
    .filter((links) => links.length > 0);
  // The column headings have no link in the first column: cells are found by their index in the row.
  const column = (link) => link.closest("th, td").cellIndex;
  const at = (y, wanted) => {
    const line = lines[Math.max(0, Math.min(y, lines.length - 1))];
    return line.reduce((best, link) =>
      Math.abs(column(link) - wanted) < Math.abs(column(best) - wanted) ? link : best);
  };
  for (const link of lines.flat()) link.tabIndex = -1;
  let current = lines[0][0];
  current.tabIndex = 0;

  const go = (link) => {
    current.tabIndex = -1;
    current = link;
    current.tabIndex = 0;
    current.focus();
  };
  table.addEventListener("focusin", (event) => {
    if (event.target.tabIndex === -1 && event.target.tagName === "A") {
      current.tabIndex = -1;
      current = event.target;
      current.tabIndex = 0;
    }
  });
  table.addEventListener("keydown", (event) => {
    if (event.altKey || event.metaKey || event.target.tagName !== "A") return;
    const y = lines.findIndex((line) => line.includes(event.target));
    const line = lines[y];
    const x = line.indexOf(event.target);
    const move = {
      ArrowRight: () => line[Math.min(x + 1, line.length - 1)],
      ArrowLeft: () => line[Math.max(x - 1, 0)],
      ArrowDown: () => at(y + 1, column(event.target)),
      ArrowUp: () => at(y - 1, column(event.target)),
      Home: () => (event.ctrlKey ? lines[0][0] : line[0]),
      End: () => (event.ctrlKey ? lines.at(-1).at(-1) : line.at(-1)),
    }[event.key];
    if (!move) return;
    event.preventDefault();
    go(move());
  });
}
