// Quality against cost: who is beaten by nobody in both.

function frontierOf(points, x, y) {
  const beats = (a, b) =>
    !better(x, b.x, a.x) &&
    !better(y, b.y, a.y) &&
    (better(x, a.x, b.x) || better(y, a.y, b.y));
  const kept = points.filter((point) => !points.some((other) => beats(other, point)));
  return kept.sort((a, b) => a.x - b.x || a.y - b.y);
}

function pareto(root, section) {
  const withFigures = (kind) =>
    section.measures.filter(
      (measure) =>
        measure.kind === kind && section.systems.some((system) => system.figures[measure.key]),
    );
  const costs = withFigures("cost");
  const qualities = withFigures("quality");
  if (!costs.length || !qualities.length) return;
  root.hidden = false;
  let x = costs.find((measure) => measure.key === "words_per_second") || costs[0];
  let y = qualities[0];
  const options = (measures) => measures.map((measure) => [measure.key, named(measure)]);
  const holder = slot(root, "pareto-plot");
  const render = () => {
    const width = Math.max(holder.clientWidth, 260);
    holder.replaceChildren(paretoPlot(section, x, y, width, slot(root, "pareto-text")));
  };
  slot(root, "pareto-controls").append(
    choice("Cost", options(costs), x.key, (key) => {
      x = costs.find((measure) => measure.key === key);
      render();
    }),
    choice("Quality", options(qualities), y.key, (key) => {
      y = qualities.find((measure) => measure.key === key);
      render();
    }),
  );
  watchWidth(holder, render);
}

function named(measure) {
  return measure.unit ? `${measure.label}, ${measure.unit}` : measure.label;
}

function watchWidth(holder, render) {
  let last = -1;
  new ResizeObserver(() => {
    if (holder.clientWidth && holder.clientWidth !== last) {
      last = holder.clientWidth;
      render();
    }
  }).observe(holder);
}

function paretoPlot(section, x, y, width, text) {
  const points = section.systems
    .filter((system) => system.figures[x.key] && system.figures[y.key])
    .map((system) => ({
      name: system.name,
      x: system.figures[x.key][0],
      y: system.figures[y.key][0],
      spreadX: system.figures[x.key].slice(1),
    }));
  const left = section.systems.length - points.length;
  const best = frontierOf(points, x, y);
  text.textContent =
    `On the frontier, where no other system is better in both: ` +
    `${best.map((point) => point.name).join(", ") || "none"}.` +
    (left ? ` ${left} of ${section.systems.length} systems lack one of the two figures.` : "");
  const height = Math.max(280, Math.min(440, width * 0.55));
  const box = { left: 52, right: width - 14, top: 26, bottom: height - 44 };
  const xs = points.map((point) => point.x);
  const log = Math.min(...xs) > 0 && Math.max(...xs) / Math.min(...xs) > 8;
  const atX = scale(xs, box.left, box.right, { log, room: 0.14 });
  const atY = scale(points.map((point) => point.y), box.bottom, box.top, { room: 0.14 });
  const svg = draw("svg", {
    viewBox: `0 0 ${width} ${height}`,
    role: "group",
    "aria-label": `${named(y)} against ${named(x)}`,
  });
  const right = x.better === "higher";
  axes(svg, box, atX, atY, `${named(x)}${log ? " (logarithmic)" : ""}`, named(y), right);
  svg.append(
    draw(
      "text",
      { class: "better", x: right ? box.right : box.left, y: box.bottom + 38,
        "text-anchor": right ? "end" : "start" },
      right ? "better →" : "← better",
    ),
  );
  if (best.length > 1)
    svg.append(
      draw("polyline", {
        class: "frontier",
        points: steps(best, x).map(([a, b]) => `${atX(a)},${atY(b)}`).join(" "),
      }),
    );
  const taken = points.map((point) => around(atX(point.x), atY(point.y), 7));
  const ordered = [...best, ...points.filter((point) => !best.includes(point))];
  for (const point of ordered) {
    const efficient = best.includes(point);
    const [px, py] = [atX(point.x), atY(point.y)];
    const said = `${point.name}: ${number(point.y, y.digits)} ${y.label}, ${number(point.x, x.digits)} ${x.unit || x.label}`;
    const mark = draw(
      "g",
      { tabindex: 0, role: "img", "aria-label": said + (efficient ? ", on the frontier" : "") },
      draw("title", {}, said),
    );
    const [low, high] = point.spreadX;
    if (width > 500 && low !== null && high !== null && !(log && low <= 0))
      mark.append(draw("line", { class: "whisker", x1: atX(low), x2: atX(high), y1: py, y2: py }));
    mark.append(
      draw("circle", { cx: px, cy: py, r: efficient ? 6.5 : 5,
        class: efficient ? "efficient" : "dominated" }),
    );
    const label = placed(point.name, px, py, box, taken);
    if (label) {
      label.setAttribute("class", efficient ? "label-efficient" : "label-dominated");
      mark.append(label);
    }
    svg.append(mark);
  }
  return svg;
}

// Between two systems there is none: what is to be had for a cost is a step.
function steps(best, x) {
  const corners = [];
  best.forEach((point, at) => {
    if (at) {
      const before = best[at - 1];
      corners.push(x.better === "higher" ? [before.x, point.y] : [point.x, before.y]);
    }
    corners.push([point.x, point.y]);
  });
  return corners;
}

// The name of the axis stands away from the side that is better, which says so.
function axes(svg, box, atX, atY, xName, yName, leftName = true) {
  for (const tick of atX.ticks)
    svg.append(
      draw("g", { class: "tick" },
        draw("line", { class: "grid", x1: atX(tick), x2: atX(tick), y1: box.top, y2: box.bottom }),
        draw("text", { x: atX(tick), y: box.bottom + 17, "text-anchor": "middle" }, tickText(tick))),
    );
  for (const tick of atY.ticks)
    svg.append(
      draw("g", { class: "tick" },
        draw("line", { class: "grid", x1: box.left, x2: box.right, y1: atY(tick), y2: atY(tick) }),
        draw("text", { x: box.left - 7, y: atY(tick) + 4, "text-anchor": "end" }, tickText(tick))),
    );
  svg.append(
    draw("text", { class: "axis", x: leftName ? box.left : box.right, y: box.bottom + 38,
      "text-anchor": leftName ? "start" : "end" }, xName),
    draw("text", { class: "axis", x: 2, y: 14 }, yName),
  );
}

function around(x, y, radius) {
  return { left: x - radius, right: x + radius, top: y - radius, bottom: y + radius };
}

// Beside its point where no other label or point is; a point in a crowd keeps its name
// for the pointer, the keyboard and the table.
function placed(text, x, y, box, taken) {
  const width = text.length * 6.7;
  const places = [
    [x + 10, y + 4, "start"], [x - 10, y + 4, "end"],
    [x, y - 11, "middle"], [x, y + 20, "middle"],
    [x + 8, y - 8, "start"], [x - 8, y - 8, "end"],
    [x + 8, y + 16, "start"], [x - 8, y + 16, "end"],
  ];
  for (const [atX, atY, anchor] of places) {
    const start = anchor === "start" ? atX : anchor === "end" ? atX - width : atX - width / 2;
    const area = { left: start, right: start + width, top: atY - 11, bottom: atY + 3 };
    if (area.left < box.left - 4 || area.right > box.right + 10 || area.top < box.top - 12) continue;
    if (area.bottom > box.bottom + 2) continue;
    const free = taken.every(
      (other) =>
        area.right < other.left || area.left > other.right ||
        area.bottom < other.top || area.top > other.bottom ||
        (Math.abs((other.left + other.right) / 2 - x) < 0.01 &&
          Math.abs((other.top + other.bottom) / 2 - y) < 0.01),
    );
    if (!free) continue;
    taken.push(area);
    return draw("text", { x: atX, y: atY, "text-anchor": anchor }, text);
  }
  return null;
}
