// Every pair of systems: by how much, and how sure.

function matrix(root, section, choosePair) {
  const measures = section.measures.filter((measure) =>
    section.comparisons.some((pair) => pair.measure === measure.key),
  );
  if (!measures.length) return;
  root.hidden = false;
  let measure = measures[0];
  const render = () => slot(root, "matrix-table").replaceChildren(
    matrixTable(section, measure, slot(root, "matrix-readout"), choosePair),
  );
  if (measures.length > 1)
    slot(root, "matrix-controls").append(
      choice("Measure", measures.map((each) => [each.key, each.label]), measure.key, (key) => {
        measure = measures.find((each) => each.key === key);
        render();
      }),
    );
  render();
}

// The comparison as the row's system sees it.
function seenFrom(pair, name) {
  if (pair.first === name) return pair;
  const turned = (value) => (value === null ? null : -value);
  return { ...pair, first: pair.second, second: pair.first, difference: -pair.difference,
    low: turned(pair.high), high: turned(pair.low) };
}

function matrixTable(section, measure, readout, choosePair) {
  const pairs = new Map();
  for (const pair of section.comparisons)
    if (pair.measure === measure.key) {
      pairs.set(`${pair.first}\n${pair.second}`, pair);
      pairs.set(`${pair.second}\n${pair.first}`, pair);
    }
  const score = (system) => (system.figures[measure.key] || [null])[0];
  const systems = section.systems
    .filter((system) => score(system) !== null)
    .sort((a, b) => (better(measure, score(a), score(b)) ? -1 : 1));
  const head = make("tr", {},
    make("th", { scope: "col", class: "corner" }, `${measure.label}, row − column`),
    systems.map((system, at) =>
      make("th", { scope: "col", title: system.name, "aria-label": system.name }, String(at + 1))));
  const rows = systems.map((row, at) =>
    make("tr", {},
      make("th", { scope: "row" }, `${at + 1} ${row.name}`,
        make("span", { class: "details" }, number(score(row), measure.digits))),
      systems.map((column) => {
        if (row === column) return make("td", { class: "self" });
        const found = pairs.get(`${row.name}\n${column.name}`);
        if (!found) return make("td", { class: "missing" }, "–");
        const pair = seenFrom(found, row.name);
        const won = better(measure, pair.difference, 0);
        const [state, symbol] = pair.significant === null ? ["even", "?"]
          : !pair.significant ? ["even", "≈"] : won ? ["won", "▲"] : ["lost", "▼"];
        const said = sentence(pair, measure);
        const tell = () => { readout.textContent = said; };
        const digits = Math.max(measure.digits, 1);
        return make("td", { class: state },
          make("button", {
            type: "button", title: said, "aria-label": said, onfocus: tell, onpointerenter: tell,
            onclick: () => { tell(); choosePair(row.name, column.name); },
          }, `${symbol} ${signed(pair.difference, digits)}`));
      })));
  return make("table", { class: "matrix" },
    make("thead", {}, head), make("tbody", {}, rows));
}

function sentence(pair, measure) {
  const parts = [`${signed(pair.difference, 2)} ${measure.label}`];
  if (pair.low !== null) parts.push(`95 % interval ${signed(pair.low, 2)} to ${signed(pair.high, 2)}`);
  if (pair.p !== null) parts.push(`p ${probability(pair.p)}`);
  if (pair.pAdjusted !== null) parts.push(`after Holm ${probability(pair.pAdjusted)}`);
  if (pair.agreement !== null)
    parts.push(`people would agree in about ${Math.round(pair.agreement * 100)} % of such cases`);
  const verdict = pair.significant === null ? "no verdict"
    : pair.significant ? (better(measure, pair.difference, 0) ? "better" : "worse") : "not told apart";
  return `${pair.first} against ${pair.second}: ${verdict}; ${parts.join("; ")}.`;
}
