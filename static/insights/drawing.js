// What is drawn over a chart: the name of each line at its end, and a line for each day on which something changed.

/** At the last value of each line, its name; pushed apart where they would lie on each other. */
export function labels(plot, { rows, names }, { ink, font, colours }) {
  const context = plot.ctx;
  const scale = devicePixelRatio;
  context.save();
  context.font = font.replace("12px", `${12 * scale}px`);
  context.textAlign = "right";
  context.textBaseline = "bottom";
  const ends = names.map((name, at) => end(plot, rows, name, at)).filter(Boolean);
  // From below upwards: none leaves the chart, and none lies on another.
  ends.sort((one, other) => other.y - one.y);
  let next = plot.bbox.top + plot.bbox.height;
  for (const { name, at, x, y } of ends) {
    const here = Math.min(y - 4 * scale, next);
    next = here - 14 * scale;
    context.lineWidth = 4 * scale;
    context.strokeStyle = ground(plot);
    context.strokeText(name, x, here);
    context.fillStyle = colours[at] ?? ink;
    context.fillText(name, x, here);
  }
  context.restore();
}

function end(plot, rows, name, at) {
  const last = rows.findLastIndex((row) => row.values[at] !== null);
  if (last < 0) return null;
  const y = plot.valToPos(rows[last].values[at], "y", true);
  return { name, at, x: plot.valToPos(last, "x", true), y };
}

/** Across the chart, with a small flag above: what changed stands below, day by day. */
export function marks(plot, { marked }, { ink }) {
  const context = plot.ctx;
  const scale = devicePixelRatio;
  const { top, height } = plot.bbox;
  context.save();
  context.strokeStyle = context.fillStyle = ink;
  context.lineWidth = scale;
  context.setLineDash([3 * scale, 3 * scale]);
  for (const at of marked) {
    const x = Math.round(plot.valToPos(at, "x", true)) + 0.5;
    context.beginPath();
    context.moveTo(x, top);
    context.lineTo(x, top + height);
    context.stroke();
    context.beginPath();
    context.moveTo(x, top);
    context.lineTo(x + 7 * scale, top - 4 * scale);
    context.lineTo(x, top - 8 * scale);
    context.fill();
  }
  context.restore();
}

function ground(plot) {
  return getComputedStyle(plot.root.ownerDocument.documentElement).backgroundColor;
}
