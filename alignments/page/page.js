"use strict";
(() => {
  const byId = (id) => document.getElementById(id);
  const rows = [...document.querySelectorAll(".bead")].map((element) => ({
    element,
    kind: element.dataset.kind,
    confidence: element.dataset.confidence === "" ? null : Number(element.dataset.confidence),
    text: null, // made when first searched for
    shown: true,
  }));
  const boxes = [...document.querySelectorAll('input[name="kind"]')];
  const query = byId("query");
  const most = byId("most");
  const below = byId("below");
  const canvas = byId("map");
  const SURE = Number(document.body.dataset.sure);
  const MOST_HIGHLIGHTS = 2000; // more would take long and help nobody

  let shown = rows;
  let current = null; // the row last stepped to

  const folded = (text) => text.normalize("NFC").toLowerCase();
  const textOf = (row) => {
    if (row.text === null) {
      row.text = folded(
        [...row.element.querySelectorAll("bdi")].map((one) => one.textContent).join("\n")
      );
    }
    return row.text;
  };
  const levelOf = (row) => {
    if (row.confidence === null) return "untold";
    if (row.confidence < Number(below.value)) return "doubtful";
    return row.confidence >= SURE ? "sure" : "fair";
  };
  const isDoubtful = (row) => levelOf(row) === "doubtful";
  const counted = (number, noun) =>
    `${number.toLocaleString("en")} ${noun}${number === 1 ? "" : "s"}`;

  // What is shown

  const passes = (row, kinds, words) =>
    kinds.has(row.kind) &&
    (Number(most.value) === 100 ||
      (row.confidence !== null && row.confidence <= Number(most.value))) &&
    (words === "" || textOf(row).includes(words));

  const filter = () => {
    const kinds = new Set(boxes.filter((box) => box.checked).map((box) => box.value));
    const words = folded(query.value.trim());
    for (const row of rows) {
      const shows = passes(row, kinds, words);
      if (shows !== row.shown) row.element.hidden = !shows;
      row.shown = shows;
    }
    shown = rows.filter((row) => row.shown);
    byId("nothing").hidden = shown.length > 0;
    byId("most-told").textContent = `${most.value}%`;
    highlight(words);
    tell();
    draw();
  };

  const recolour = () => {
    for (const row of rows) {
      row.element.classList.remove("sure", "fair", "doubtful", "untold");
      row.element.classList.add(levelOf(row));
    }
    byId("below-told").textContent = `${below.value}%`;
    byId("legend-below").textContent = `${below.value}%`;
    byId("doubtful").textContent = rows.filter(isDoubtful).length.toLocaleString("en");
    tell();
    draw();
  };

  const highlight = (words) => {
    if (!("highlights" in CSS)) return;
    CSS.highlights.delete("hits");
    if (words === "") return;
    const ranges = [];
    for (const row of shown) {
      for (const part of row.element.querySelectorAll("bdi")) {
        const node = part.firstChild;
        const text = node ? node.data.toLowerCase() : "";
        // Some capitals become two letters; then the places would not fit.
        if (!node || text.length !== node.data.length) continue;
        for (let at = text.indexOf(words); at >= 0; at = text.indexOf(words, at + words.length)) {
          const range = new Range();
          range.setStart(node, at);
          range.setEnd(node, at + words.length);
          ranges.push(range);
        }
      }
      if (ranges.length > MOST_HIGHLIGHTS) break;
    }
    CSS.highlights.set("hits", new Highlight(...ranges));
  };

  const tell = (more = "") => {
    const doubtful = shown.filter(isDoubtful).length;
    byId("next").disabled = byId("previous").disabled = doubtful === 0;
    const count =
      shown.length === rows.length
        ? counted(rows.length, "bead")
        : `${shown.length.toLocaleString("en")} of ${counted(rows.length, "bead")} shown`;
    byId("status").textContent = `${count}, ${doubtful.toLocaleString("en")} doubtful${more}`;
  };

  // Steps

  const go = (row) => {
    if (current) current.element.removeAttribute("aria-current");
    current = row;
    row.element.setAttribute("aria-current", "true");
    row.element.focus({ preventScroll: true });
    row.element.scrollIntoView({ block: "center" });
    // Rows that were never laid out have a guessed height: look again once they are.
    requestAnimationFrame(() => row.element.scrollIntoView({ block: "center" }));
  };

  const step = (direction, wanted, name) => {
    const stops = shown.filter(wanted);
    if (stops.length === 0) return;
    const from = current && current.shown ? rows.indexOf(current) : firstSeen() - (direction > 0 ? 1 : 0);
    const places = stops.map((row) => rows.indexOf(row));
    let at =
      direction > 0
        ? places.findIndex((place) => place > from)
        : places.findLastIndex((place) => place < from);
    const wrapped = at < 0;
    if (wrapped) at = direction > 0 ? 0 : stops.length - 1;
    go(stops[at]);
    tell(`; at ${name} ${at + 1} of ${stops.length}${wrapped ? ", from the other end" : ""}`);
  };

  // Overview

  const top = () => byId("tools").getBoundingClientRect().bottom;

  const firstSeen = (edge = top()) => {
    // The first shown row that ends below the edge, as a place among all rows.
    let low = 0;
    let high = shown.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (shown[middle].element.getBoundingClientRect().bottom <= edge) low = middle + 1;
      else high = middle;
    }
    return low < shown.length ? rows.indexOf(shown[low]) : rows.length;
  };

  const draw = () => {
    const width = canvas.clientWidth;
    const scale = window.devicePixelRatio || 1;
    canvas.width = Math.max(1, Math.round(width * scale));
    canvas.height = Math.round(18 * scale);
    const context = canvas.getContext("2d");
    const style = getComputedStyle(document.documentElement);
    const colours = {};
    for (const level of ["sure", "fair", "doubtful", "untold", "line"]) {
      colours[level] = style.getPropertyValue(`--${level}`);
    }
    const step = canvas.width / Math.max(rows.length, 1);
    const layers = [[], []];
    rows.forEach((row, place) => layers[row.shown && isDoubtful(row) ? 1 : 0].push([row, place]));
    for (const layer of layers) { // the doubtful beads last: none is painted over
      for (const [row, place] of layer) {
        const level = levelOf(row);
        context.fillStyle = row.shown ? colours[level] : colours.line;
        const height = !row.shown ? 0.3 : level === "doubtful" ? 1 : 0.6;
        const size = canvas.height * height;
        const left = Math.floor(place * step);
        const right = Math.max(Math.floor((place + 1) * step), left + 1);
        context.fillRect(left, canvas.height - size, right - left, size);
      }
    }
    frame();
  };

  const frame = () => {
    const first = firstSeen();
    const last = Math.min(rows.length, firstSeen(window.innerHeight) + 1);
    const box = byId("window");
    box.style.left = `${(100 * Math.min(first, rows.length - 1)) / rows.length}%`;
    box.style.width = `${(100 * Math.max(0, last - first)) / rows.length}%`;
    box.hidden = rows.length === 0;
  };

  const jump = (event) => {
    const box = canvas.getBoundingClientRect();
    const place = Math.floor(((event.clientX - box.left) / box.width) * rows.length);
    const row = shown.find((one) => rows.indexOf(one) >= place) || shown.at(-1);
    if (row) go(row);
  };

  // Wiring

  let waiting = 0;
  const soon = (action) => () => {
    clearTimeout(waiting);
    waiting = setTimeout(action, 100);
  };
  let framed = false;
  const frameOnce = () => {
    if (framed) return;
    framed = true;
    requestAnimationFrame(() => {
      framed = false;
      frame();
    });
  };
  const setKinds = (wanted) => {
    for (const box of boxes) box.checked = wanted(box.value);
    filter();
  };

  query.addEventListener("input", soon(filter));
  query.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && query.value.trim() !== "") {
      filter();
      step(event.shiftKey ? -1 : 1, () => true, "hit");
      query.focus({ preventScroll: true });
    } else if (event.key === "Escape") {
      query.value = "";
      filter();
      query.blur();
    }
  });
  most.addEventListener("input", soon(filter));
  below.addEventListener("input", soon(recolour));
  for (const box of boxes) box.addEventListener("change", filter);
  byId("kinds-all").addEventListener("click", () => setKinds(() => true));
  byId("kinds-odd").addEventListener("click", () => setKinds((kind) => kind !== "1-1"));
  byId("next").addEventListener("click", () => step(1, isDoubtful, "doubtful bead"));
  byId("previous").addEventListener("click", () => step(-1, isDoubtful, "doubtful bead"));
  canvas.addEventListener("click", jump);
  byId("beads").addEventListener("click", (event) => {
    const link = event.target.closest(".link");
    if (!link) return;
    event.preventDefault();
    go(rows.find((row) => row.element === link.parentElement));
  });
  document.addEventListener("keydown", (event) => {
    const typing = event.target.matches("input, textarea, select");
    if (typing || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "n" || event.key === "j") step(1, isDoubtful, "doubtful bead");
    else if (event.key === "p" || event.key === "k") step(-1, isDoubtful, "doubtful bead");
    else if (event.key === "/") query.focus();
    else return;
    event.preventDefault();
  });
  // What is stepped to must not end up behind the tools, however tall they are.
  new ResizeObserver(() => {
    const height = byId("tools").offsetHeight;
    document.documentElement.style.scrollPaddingTop = `${height + 12}px`;
    frameOnce();
  }).observe(byId("tools"));
  window.addEventListener("scroll", frameOnce, { passive: true });
  window.addEventListener("resize", soon(draw));
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", draw);

  byId("tools").hidden = false;
  // A browser that reloads keeps what was set; so what is shown follows it.
  filter();
  recolour();
})();
