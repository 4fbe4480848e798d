// The same figure over several runs; a line joins only what may be compared.

// Okabe and Ito (2008): colours that people with any colour vision tell apart; the
// yellow and the black of their set fail on one of our two grounds.
const LINES = ["#0072b2", "#d55e00", "#009e73", "#cc79a7", "#56b4e9", "#e69f00"];
const DASHES = ["", "7 4", "2 3"];

function history(root, points) {
  if (!points.length) return;
  root.hidden = false;
  const titles = [...new Set(points.map((point) => `${point.section}: ${point.measure}`))];
  let title = titles[0];
  const holder = slot(root, "history-plot");
  const render = () => {
    const chosen = points.filter((point) => `${point.section}: ${point.measure}` === title);
    holder.replaceChildren(historyPlot(chosen, title, Math.max(holder.clientWidth, 260)));
    slot(root, "history-table").replaceChildren(historyTable(chosen));
  };
  if (titles.length > 1)
    slot(root, "history-controls").append(
      choice("Figure", titles.map((each) => [each, each]), title, (value) => {
        title = value;
        render();
      }));
  watchWidth(holder, render);
}

function runsOf(points) {
  const runs = new Map();
  for (const point of points) runs.set(`${point.when} ${point.run}`, point);
  return [...runs.keys()].sort().map((key) => [key, runs.get(key).run]);
}

function historyPlot(points, title, width) {
  const runs = runsOf(points);
  const systems = [...new Set(points.map((point) => point.system))];
  const narrow = width < 560;
  const height = 300;
  const box = { left: 52, right: width - (narrow ? 14 : 190), top: 26, bottom: height - 44 };
  const atY = scale(points.map((point) => point.value), box.bottom, box.top, { room: 0.12 });
  const step = runs.length > 1 ? (box.right - box.left - 30) / (runs.length - 1) : 0;
  const places = new Map(runs.map(([key], at) => [key, box.left + 15 + at * step]));
  const atX = (point) => places.get(`${point.when} ${point.run}`);
  const svg = draw("svg", { viewBox: `0 0 ${width} ${height}`, role: "img",
    "aria-label": `${title} over ${runs.length} runs; the table below has the figures` });
  const none = () => 0;
  none.ticks = [];
  axes(svg, box, none, atY, "", title);
  const every = Math.ceil(runs.length / Math.max(2, Math.floor((box.right - box.left) / 90)));
  runs.forEach(([key, run], at) => {
    if (at % every) return;
    const anchor = runs.length === 1 ? "start" : at === 0 ? "start" : at === runs.length - 1 && narrow ? "end" : "middle";
    svg.append(draw("text", { x: places.get(key), y: box.bottom + 20, "text-anchor": anchor }, run));
  });
  const ends = [];
  systems.forEach((system, at) => {
    const colour = LINES[at % LINES.length];
    const dash = DASHES[Math.floor(at / LINES.length) % DASHES.length];
    const own = points.filter((point) => point.system === system).sort((a, b) => atX(a) - atX(b));
    for (const comparable of new Set(own.map((point) => point.comparable))) {
      const line = own.filter((point) => point.comparable === comparable);
      svg.append(draw("polyline", { class: "series", stroke: colour, "stroke-dasharray": dash,
        points: line.map((point) => `${atX(point)},${atY(point.value)}`).join(" ") }));
      for (const point of line)
        svg.append(draw("circle", { cx: atX(point), cy: atY(point.value), r: 4, fill: colour },
          draw("title", {}, `${system}, ${point.run}: ${number(point.value, 2)}`)));
    }
    const last = own[own.length - 1];
    ends.push({ system, colour, y: atY(last.value) });
  });
  if (!narrow) {
    ends.sort((a, b) => a.y - b.y);
    let free = box.top;
    for (const end of ends) {
      const y = Math.max(end.y, free);
      free = y + 15;
      svg.append(draw("text", { x: box.right + 8, y: y + 4 },
        draw("tspan", { fill: end.colour }, "● "), end.system));
    }
  }
  return svg;
}

function historyTable(points) {
  const runs = runsOf(points);
  const systems = [...new Set(points.map((point) => point.system))];
  const value = (system, key) =>
    points.find((point) => point.system === system && `${point.when} ${point.run}` === key);
  const rows = systems.map((system, at) =>
    make("tr", {},
      make("th", { scope: "row" },
        draw("svg", { width: 12, height: 12, "aria-hidden": "true" },
          draw("circle", { cx: 5, cy: 7, r: 5, fill: LINES[at % LINES.length] })), ` ${system}`),
      runs.map(([key]) => {
        const point = value(system, key);
        return make("td", point ? {} : { class: "missing" }, point ? number(point.value, 2) : "–");
      })));
  return make("div", { class: "scroll", tabindex: 0, role: "region", "aria-label": "Figures over time" },
    make("table", {},
      make("thead", {}, make("tr", {}, make("th", { scope: "col", class: "corner" }, "System"),
        runs.map(([, run]) => make("th", { scope: "col" }, run)))),
      make("tbody", {}, rows)));
}
