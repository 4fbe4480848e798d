// Axes: where a value lies, and round numbers to write beside it.

function scale(values, from, to, { log = false, room = 0.08 } = {}) {
  const turn = log ? Math.log10 : (value) => value;
  let low = Math.min(...values.map(turn));
  let high = Math.max(...values.map(turn));
  const width = high - low || Math.abs(high) * 0.1 || 1;
  low -= width * room;
  high += width * room;
  const place = (value) => from + ((turn(value) - low) / (high - low)) * (to - from);
  const back = log ? (x) => 10 ** x : (x) => x;
  place.ticks = log ? logTicks(back(low), back(high)) : evenTicks(low, high);
  return place;
}

function evenTicks(low, high, wanted = 5) {
  const rough = (high - low) / wanted;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = power * [1, 2, 5, 10].find((factor) => factor * power >= rough);
  const ticks = [];
  for (let n = Math.ceil(low / step); n * step <= high; n += 1) ticks.push(n * step);
  return ticks;
}

function logTicks(low, high) {
  for (const factors of [[1], [1, 3], [1, 2, 5]]) {
    const ticks = [];
    for (let power = Math.floor(Math.log10(low)); 10 ** power <= high; power += 1)
      for (const factor of factors) {
        const tick = factor * 10 ** power;
        if (tick >= low && tick <= high) ticks.push(tick);
      }
    if (ticks.length >= 3) return ticks;
  }
  return evenTicks(low, high, 4);
}

function tickText(value) {
  return Number(value.toPrecision(6)).toLocaleString("en-US", { maximumFractionDigits: 4 });
}
