// Tables whose heads sort them; what is missing stays at the end.

function sortable(table) {
  const body = table.tBodies[0];
  const heads = [...table.querySelectorAll("th[data-column]")];
  const key = (row, column) => {
    const cell = row.querySelector(`[data-at="${column}"]`);
    return cell && cell.hasAttribute("data-sort") ? cell.dataset.sort : null;
  };
  for (const head of heads) {
    const column = head.dataset.column;
    head.querySelector("button").addEventListener("click", () => {
      const now = head.getAttribute("aria-sort");
      const first = head.dataset.first;
      const other = first === "ascending" ? "descending" : "ascending";
      const order = now === first ? other : first;
      for (const each of heads) each.removeAttribute("aria-sort");
      head.setAttribute("aria-sort", order);
      const sign = order === "ascending" ? 1 : -1;
      const rows = [...body.rows].map((row) => [key(row, column), row]);
      rows.sort(([a], [b]) => {
        if (a === null || b === null) return (a === null) - (b === null);
        if (head.dataset.kind === "text") return sign * a.localeCompare(b);
        return sign * (Number(a) - Number(b));
      });
      body.append(...rows.map(([, row]) => row));
    });
  }
}
