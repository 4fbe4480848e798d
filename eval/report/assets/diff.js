// Which words of a translation are in the reference, in the same order.

// A word with its inner marks (3.5, don't, E-Mail), or one sign.
const TOKEN = /[\p{L}\p{N}]+(?:[.,'’\-][\p{L}\p{N}]+)*|[^\s\p{L}\p{N}]/gu;

function tokens(text) {
  return [...text.matchAll(TOKEN)].map((match) => ({ text: match[0], start: match.index }));
}

// Longest common subsequence; returns for each side which tokens are in it.
function common(first, second) {
  const inFirst = new Uint8Array(first.length);
  const inSecond = new Uint8Array(second.length);
  let start = 0;
  let endA = first.length;
  let endB = second.length;
  while (start < endA && start < endB && first[start].text === second[start].text) {
    inFirst[start] = inSecond[start] = 1;
    start += 1;
  }
  while (endA > start && endB > start && first[endA - 1].text === second[endB - 1].text) {
    endA -= 1;
    endB -= 1;
    inFirst[endA] = inSecond[endB] = 1;
  }
  const width = endB - start + 1;
  const table = new Uint16Array((endA - start + 1) * width);
  for (let a = endA - start - 1; a >= 0; a -= 1)
    for (let b = endB - start - 1; b >= 0; b -= 1)
      table[a * width + b] = first[start + a].text === second[start + b].text
        ? table[(a + 1) * width + b + 1] + 1
        : Math.max(table[(a + 1) * width + b], table[a * width + b + 1]);
  for (let a = 0, b = 0; a < endA - start && b < endB - start; ) {
    if (first[start + a].text === second[start + b].text) {
      inFirst[start + a] = inSecond[start + b] = 1;
      a += 1;
      b += 1;
    } else if (table[(a + 1) * width + b] >= table[a * width + b + 1]) a += 1;
    else b += 1;
  }
  return { inFirst, inSecond };
}

// The text as nodes, with those tokens wrapped for which `wrap` makes an element; a run
// of them becomes one.
function wrapped(text, found, wrap) {
  const nodes = [];
  let done = 0;
  for (let at = 0; at < found.length; at += 1) {
    const kind = wrap(at);
    if (!kind) continue;
    let last = at;
    while (last + 1 < found.length && wrap(last + 1) === kind) last += 1;
    const [start, end] = [found[at].start, found[last].start + found[last].text.length];
    nodes.push(text.slice(done, start));
    nodes.push(kind === "mark" ? make("mark", {}, text.slice(start, end))
      : make("span", { class: kind }, text.slice(start, end)));
    done = end;
    at = last;
  }
  nodes.push(text.slice(done));
  return nodes;
}
