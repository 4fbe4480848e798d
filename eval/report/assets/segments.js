// The segments: sorted, filtered, a page at a time, word by word against the reference.

const PAGE = 20;

class SegmentBrowser {
  constructor(root, section) {
    this.root = root;
    this.section = section;
    this.data = section.segments;
    const there = section.systems
      .map((system, at) => at)
      .filter((at) => this.data.outputs[at].some((output) => output !== null));
    this.there = there;
    const names = (at) => section.systems[at].name;
    const preferred = this.startPair(there);
    this.state = { a: preferred[0], b: preferred[1], sort: "", filter: "", who: "a",
      trait: "", document: "", query: "", page: 0 };
    this.state.sort = this.state.b === -1 ? "low" : "a-worse";
    this.names = names;
    root.hidden = false;
    this.controls();
    this.render();
  }

  // The best system, and the one to hold it against: the baseline, or the second best.
  startPair(there) {
    const measure = this.section.measures.find((each) => each.kind === "quality");
    const score = (at) => {
      const figure = measure && this.section.systems[at].figures[measure.key];
      return figure ? figure[0] * (measure.better === "higher" ? 1 : -1) : -Infinity;
    };
    const ranked = [...there].sort((a, b) => score(b) - score(a));
    const baseline = there.find((at) => this.section.systems[at].baseline);
    const first = ranked[0];
    const second = baseline !== undefined && baseline !== first ? baseline : ranked[1];
    return [first, second === undefined ? -1 : second];
  }

  controls() {
    const { section, data, state, there } = this;
    const options = there.map((at) => [String(at), this.names(at)]);
    const holder = slot(this.root, "segment-controls");
    const set = (name) => (value) => {
      state[name] = name === "a" || name === "b" ? Number(value) : value;
      state.page = 0;
      this.controls();
      this.render();
    };
    const pair = state.b !== -1;
    const sorts = [
      ...(pair ? [["a-worse", "A most behind B"], ["a-better", "A most ahead of B"]] : []),
      ["low", "lowest score of A"], ["high", "highest score of A"], ["text", "order of the text"],
    ];
    if (!sorts.some(([key]) => key === state.sort)) state.sort = "low";
    const focused = holder.contains(document.activeElement)
      ? document.activeElement.dataset.name : null;
    const parts = { a: choice("System A", options, String(state.a), set("a")) };
    if (there.length > 1)
      parts.b = choice("System B", [["-1", "none"], ...options], String(state.b), set("b"));
    parts.sort = choice("Sort by", sorts, state.sort, set("sort"));
    if (section.classes.length && data.issues.length) {
      parts.filter = choice("Error class", [["", "all segments"],
        ...section.classes.map((each) => [each.key, each.label])], state.filter, set("filter"));
      if (pair && state.filter)
        parts.who = choice("Marked in", [["a", "A"], ["b", "B"], ["only-a", "A, not in B"],
          ["only-b", "B, not in A"]], state.who, set("who"));
    }
    if (section.traits.length)
      parts.trait = choice("Source has", [["", "anything"],
        ...section.traits.map((each, at) => [String(at), each.label])], state.trait, set("trait"));
    const documents = [...new Set(data.document)].filter(Boolean);
    if (documents.length > 1)
      parts.document = choice("Document", [["", `all ${documents.length}`],
        ...documents.map((name) => [name, name])], state.document, set("document"));
    parts.query = make("label", {}, "Search", make("input", {
      type: "search", value: state.query, placeholder: "words of any text",
      oninput: (event) => { state.query = event.target.value; state.page = 0; this.render(); },
    }));
    for (const [name, part] of Object.entries(parts))
      part.querySelector("select, input").dataset.name = name;
    holder.replaceChildren(...Object.values(parts));
    if (focused) holder.querySelector(`[data-name="${focused}"]`)?.focus();
  }

  choosePair(first, second) {
    const at = (name) => this.section.systems.findIndex((system) => system.name === name);
    Object.assign(this.state, { a: at(first), b: at(second), page: 0, sort: "a-worse" });
    this.show();
  }

  chooseClass(name, key) {
    const at = this.section.systems.findIndex((system) => system.name === name);
    if (this.state.b === at) this.state.b = this.state.a;
    Object.assign(this.state, { a: at, filter: key, who: "a", page: 0 });
    this.show();
  }

  chooseTrait(which) {
    Object.assign(this.state, { trait: String(which), page: 0 });
    this.show();
  }

  show() {
    this.controls();
    this.render();
    this.root.scrollIntoView({ block: "start" });
    this.root.querySelector("h2").focus({ preventScroll: true });
  }

  difference(at) {
    const { a, b } = this.state;
    const [first, second] = [this.data.scores[a][at], b === -1 ? null : this.data.scores[b][at]];
    return first === null || second === null ? null : first - second;
  }

  chosen() {
    const { data, state, section } = this;
    const mark = section.classes.findIndex((each) => each.key === state.filter);
    const has = (system, at) => system !== -1 && data.issues[system][at].includes(mark);
    const members = state.trait && new Set(section.traits[Number(state.trait)].members);
    const query = state.query.trim().toLowerCase();
    const texts = (at) => [data.source[at], ...data.references[at],
      ...data.outputs.map((outputs) => outputs[at] || "")];
    const found = [];
    for (let at = 0; at < data.source.length; at += 1) {
      if (state.document && data.document[at] !== state.document) continue;
      if (members && !members.has(at)) continue;
      if (mark >= 0) {
        const [inA, inB] = [has(state.a, at), has(state.b, at)];
        const wanted = { a: inA, b: inB, "only-a": inA && !inB, "only-b": inB && !inA };
        if (!wanted[state.b === -1 ? "a" : state.who]) continue;
      }
      if (query && !texts(at).some((text) => text.toLowerCase().includes(query))) continue;
      found.push(at);
    }
    const key = {
      "a-worse": (at) => this.difference(at),
      "a-better": (at) => negated(this.difference(at)),
      low: (at) => data.scores[state.a][at],
      high: (at) => negated(data.scores[state.a][at]),
      text: (at) => at,
    }[state.sort];
    const keyed = found.map((at) => [key(at), at]);
    keyed.sort(([x, i], [y, j]) => {
      if (x === null || y === null) return (x === null) - (y === null) || i - j;
      return x - y || i - j;
    });
    return keyed.map(([, at]) => at);
  }

  render() {
    const { state, data } = this;
    const found = this.chosen();
    const pages = Math.max(1, Math.ceil(found.length / PAGE));
    state.page = Math.min(state.page, pages - 1);
    const from = state.page * PAGE;
    slot(this.root, "segment-count").textContent =
      found.length === data.source.length
        ? `${number(found.length, 0)} segments`
        : `${number(found.length, 0)} of ${number(data.source.length, 0)} segments`;
    slot(this.root, "segment-list").replaceChildren(
      ...found.slice(from, from + PAGE).map((at) => this.segment(at)),
    );
    const turn = (by, text) => make("button", {
      type: "button", disabled: state.page + by < 0 || state.page + by >= pages,
      onclick: () => {
        state.page += by;
        this.render();
        slot(this.root, "segment-count").scrollIntoView({ block: "start" });
      },
    }, text);
    slot(this.root, "segment-pager").replaceChildren(
      turn(-1, "← Previous"), make("span", {}, `Page ${state.page + 1} of ${pages}`),
      turn(1, "Next →"));
    slot(this.root, "segment-pager").hidden = pages === 1;
  }

  segment(at) {
    const { data, state, section } = this;
    const output = (system) => (system === -1 ? null : data.outputs[system][at]);
    const outputs = { a: output(state.a), b: output(state.b) };
    const cut = {
      a: outputs.a === null ? null : tokens(outputs.a),
      b: outputs.b === null ? null : tokens(outputs.b),
    };
    const references = data.references[at].map((text) => ({ text, cut: tokens(text) }));
    // Each output is held against the reference that it shares most words with.
    const against = {};
    for (const side of ["a", "b"]) {
      if (!cut[side]) continue;
      references.forEach((reference, which) => {
        const shared = common(cut[side], reference.cut);
        const size = shared.inFirst.reduce((sum, one) => sum + one, 0);
        if (!against[side] || size > against[side].size) against[side] = { ...shared, size, which };
      });
    }
    const missed = (side, which, token) =>
      against[side] && against[side].which === which && !against[side].inSecond[token];
    const list = make("dl", {}, ...(data.source[at]
      ? pairOf("Source", data.source[at], { lang: section.languages[0] }) : []));
    references.forEach((reference, which) => {
      const nodes = wrapped(reference.text, reference.cut, (token) =>
        [missed("a", which, token) && "miss-a", missed("b", which, token) && "miss-b"]
          .filter(Boolean).join(" "));
      const title = references.length > 1 ? `Reference ${which + 1}` : "Reference";
      list.append(...pairOf(title, nodes, { lang: section.languages[1] }));
    });
    const unit = state.b === -1 ? ` ${section.segmentMeasure}` : ""; // of two, A − B names it
    const shown = (system, side) => {
      const text = data.outputs[system][at];
      const score = data.scores[system][at];
      const title = [
        side ? make("span", { class: `of-${side}` }, `${side.toUpperCase()} ${this.names(system)}`)
          : this.names(system),
        score === null ? "" : ` ${number(score, 1)}${unit}`,
      ];
      const shared = side ? against[side] : null;
      const nodes = text === null ? [make("i", {}, "no output")]
        : text === "" ? [make("i", {}, "empty")]
        : shared ? wrapped(text, cut[side], (token) => (shared.inFirst[token] ? "" : "mark")) : [text];
      const marks = data.issues.length ? data.issues[system][at] : [];
      const remarks = data.remarks.length ? data.remarks[system][at] : [];
      const chips = marks.map((mark, which) => {
        const { label, description } = section.classes[mark];
        const remark = remarks[which] ? `: ${remarks[which]}` : "";
        return make("span", { class: "chip", title: description }, label + remark);
      });
      return pairOf(title, [...nodes, chips.length ? make("div", {}, chips) : ""],
        { lang: section.languages[1] });
    };
    list.append(...shown(state.a, "a"));
    if (state.b !== -1) list.append(...shown(state.b, "b"));
    const difference = this.difference(at);
    const head = make("div", { class: "segment-head" },
      make("h3", {}, `Segment ${at + 1}`),
      data.document[at] ? make("span", {}, data.document[at]) : "",
      difference === null ? ""
        : make("span", {}, `A − B: ${signed(difference, 1)} ${section.segmentMeasure}`));
    const item = make("article", { class: "segment", "data-segment": at + 1 }, head, list);
    const others = this.there.filter((system) => system !== state.a && system !== state.b);
    if (others.length)
      item.append(once(`Show ${others.length} more ${others.length > 1 ? "systems" : "system"}`,
        () => others.forEach((system) => list.append(...shown(system, "")))));
    if (this.hasContext(at))
      item.append(once("Show context", () => {
        if (this.near(at, 1)) list.prepend(list.firstChild, list.children[1],
          ...pairOf("after it", data.source[at + 1], { class: "context", lang: section.languages[0] }));
        if (this.near(at, -1)) list.prepend(
          ...pairOf("before it", data.source[at - 1], { class: "context", lang: section.languages[0] }));
      }));
    return item;
  }

  near(at, by) {
    const { document: names, source } = this.data;
    return at + by >= 0 && at + by < source.length && (names[at + by] || "") === (names[at] || "");
  }

  hasContext(at) {
    return Boolean(this.data.source[at]) && (this.near(at, -1) || this.near(at, 1));
  }
}

function negated(value) {
  return value === null ? null : -value;
}

function pairOf(title, content, attributes = {}) {
  return [make("dt", {}, ...[title].flat()), make("dd", attributes, ...[content].flat())];
}

function once(text, act) {
  const button = make("button", { type: "button", onclick: () => { act(); button.remove(); } }, text);
  return button;
}
