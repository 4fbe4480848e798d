// Scores of questions, quotations, relative clauses …, and who falls behind on them.

const SURE = 0.05;

function traits(root, section, chooseTrait) {
  if (!section.traits.length) return;
  root.hidden = false;
  const { systems } = section;
  const there = systems.map((_, at) => at).filter((at) => section.traits[0].scores[at] !== null);
  const marked = there.findIndex((at) => systems[at].baseline);
  const base = there[Math.max(marked, 0)];
  slot(root, "traits-text").textContent = `${section.traitMeasure} of the segments whose source has it.`
    + (there.length > 1 ? ` Beside it, how much the distance from ${systems[base].name} differs from that in`
      + " all other segments; ▲ and ▼ where as many segments at random seldom differ so much"
      + " (5 % level, Holm)." : "")
    + (chooseTrait ? " Choose one to see its segments." : "");
  const cell = (trait, at) => {
    const gap = trait.gaps[at];
    const sure = trait.p[at] < SURE;
    const state = sure ? (gap > 0 ? "won" : "lost") : "";
    const said = at === base ? "" : `${sure ? (gap > 0 ? "▲ " : "▼ ") : ""}${signed(gap, 1)}`;
    return make("td", { class: state, title: at === base ? null : `p ${probability(trait.p[at])}` },
      number(trait.scores[at], 1), make("span", { class: "details" }, said));
  };
  const rows = section.traits.map((trait, which) => make("tr", {},
    make("th", { scope: "row" }, chooseTrait ? make("button", {
      type: "button",
      "aria-label": `show the ${trait.members.length} segments: ${trait.label}`,
      onclick: () => chooseTrait(which),
    }, trait.label) : trait.label),
    make("td", {}, number(trait.members.length, 0)),
    there.map((at) => cell(trait, at))));
  slot(root, "traits-table").append(make("table", { class: "traits" },
    make("thead", {}, make("tr", {}, make("th", { scope: "col", class: "corner" }, "Source has"),
      make("th", { scope: "col" }, "Segments"),
      there.map((at) => make("th", { scope: "col" }, systems[at].name)))),
    make("tbody", {}, rows)));
}
