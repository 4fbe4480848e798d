// The page put together: one test set is shown at a time.

const report = JSON.parse(document.getElementById("report-data").textContent);

document.querySelectorAll("table.sortable").forEach(sortable);

// A test set is only drawn when it is looked at.
const drawn = new Set();

function drawSection(at) {
  if (drawn.has(at)) return;
  drawn.add(at);
  const section = report.sections[at];
  const root = document.querySelector(`.set[data-section="${at}"]`);
  const part = (name) => root.querySelector(`[data-part="${name}"]`);
  const { outputs, references } = section.segments;
  const browser = references.some((texts) => texts.length)
    && outputs.some((texts) => texts.some((text) => text !== null))
    ? new SegmentBrowser(part("segments"), section) : null;
  pareto(part("pareto"), section);
  matrix(part("matrix"), section, (a, b) => browser?.choosePair(a, b));
  classes(part("classes"), section, browser && ((name, key) => browser.chooseClass(name, key)));
  traits(part("traits"), section, browser && ((which) => browser.chooseTrait(which)));
}

const tabs = [...document.querySelectorAll(".tabs [role=tab]")];

function showSection(at) {
  tabs.forEach((tab, other) => {
    tab.setAttribute("aria-selected", String(at === other));
    tab.tabIndex = at === other ? 0 : -1;
  });
  document.querySelectorAll(".set").forEach((set, other) => { set.hidden = at !== other; });
  drawSection(at);
}

tabs.forEach((tab, at) => {
  tab.addEventListener("click", () => showSection(at));
  tab.addEventListener("keydown", (event) => {
    const by = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!by) return;
    const next = (at + by + tabs.length) % tabs.length;
    showSection(next);
    tabs[next].focus();
  });
});

showSection(0);
history(document.getElementById("history"), report.history);
