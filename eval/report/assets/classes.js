// How many segments of each system are marked with each kind of error.

function classes(root, section, chooseClass) {
  const { segments } = section;
  if (!section.classes.length || !segments.issues.length) return;
  const total = segments.source.length;
  const count = (marks) => {
    const counts = section.classes.map(() => 0);
    for (const found of marks) for (const at of new Set(found)) counts[at] += 1;
    return counts;
  };
  const share = (value) => make("span", { class: "details" }, `${number((100 * value) / total, 1)} %`);
  const all = [...segments.issues, segments.referenceIssues].flat(2);
  const used = section.classes.map((_, at) => at).filter((at) => all.includes(at));
  if (!used.length) return;
  root.hidden = false;
  const heads = used.map((at) =>
    make("th", { scope: "col", title: section.classes[at].description }, section.classes[at].label));
  const rows = [];
  if (segments.referenceIssues.length) {
    const counts = count(segments.referenceIssues);
    rows.push(make("tr", {}, make("th", { scope: "row" }, "the reference itself"),
      used.map((which) => counts[which]).map((value) => make("td", {}, String(value), share(value)))));
  }
  section.systems.forEach((system, at) => {
    const there = segments.outputs[at].some((output) => output !== null);
    const counts = there ? count(segments.issues[at]) : section.classes.map(() => null);
    rows.push(make("tr", {}, make("th", { scope: "row" }, system.name),
      used.map((which) => [counts[which], which]).map(([value, which]) => value === null ? make("td", { class: "missing" }, "–")
        : make("td", {}, value === 0 || !chooseClass ? String(value) : make("button", {
            type: "button",
            "aria-label": `show the ${value} segments of ${system.name}: ${section.classes[which].label}`,
            onclick: () => chooseClass(system.name, section.classes[which].key),
          }, String(value)), share(value)))));
  });
  slot(root, "classes-table").append(make("table", { class: "classes" },
    make("thead", {}, make("tr", {}, make("th", { scope: "col", class: "corner" }, "System"), heads)),
    make("tbody", {}, rows)));
  slot(root, "classes-text").append(...section.classes.filter((each) => each.description).map((each) =>
    make("p", {}, make("b", {}, each.label), `: ${each.description}`)));
}
