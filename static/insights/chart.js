// A table of numbers by day, drawn as lines (uPlot). What is drawn, read out and written is the table's own.

import { locale } from "../locale.js";
import { labels, marks } from "./drawing.js";

const DASHES = [[], [8, 4], [2, 4]];
const HEIGHT = 256;
const NARROW = 480; // up to here the keys above the chart are near enough
const ROOM = 16; // pixels that a value needs for a point of its own
const written = new Intl.NumberFormat(locale, { maximumFractionDigits: 1, notation: "compact" });

/** Draw the chart of one section, and fold its table. */
export function draw(section) {
  const table = read(section);
  const place = section.querySelector(".chart__plot");
  if (table.rows.length < 2 || !window.uPlot) return;
  place.hidden = false;
  section.querySelector(".chart__read").hidden = false;
  section.querySelector(".chart__table").open = false;
  let plot = make(section, place, table);
  // Colours come from the page: drawn again when it turns dark or light.
  const again = () => {
    plot.destroy();
    plot = make(section, place, table);
  };
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", again);
  new ResizeObserver(() => plot.setSize({ width: place.clientWidth, height: HEIGHT })).observe(place);
  place.addEventListener("keydown", (event) => step(event, plot, table));
}

function read(section) {
  const rows = [...section.querySelectorAll("tbody tr")].map((row) => ({
    day: row.dataset.day,
    short: row.dataset.short,
    long: row.querySelector("th").textContent.trim(),
    words: [...row.querySelectorAll("td")].map((cell) => cell.textContent.trim()),
    values: [...row.querySelectorAll("td")].map((cell) => (cell.dataset.value === "" ? null : +cell.dataset.value)),
  }));
  const names = [...section.querySelectorAll("thead th")].slice(1).map((head) => head.textContent.trim());
  const days = [...section.querySelectorAll("[data-mark]")].map((item) => item.dataset.mark);
  const marked = new Set(days.map((day) => rows.findIndex((row) => row.day === day)));
  return { rows, names, unit: section.dataset.unit, marked: [...marked].filter((at) => at >= 0) };
}

function make(section, place, table) {
  const ink = colour(section.querySelector(".chart__read"));
  const colours = [...section.querySelectorAll(".chart__line")].map(colour);
  const font = `12px ${getComputedStyle(place).fontFamily}`;
  const look = { ink, colours, font, line: `color-mix(in oklab, ${ink} 22%, transparent)` };
  const series = table.names.map((name, at) => ({
    label: name,
    stroke: colours[at],
    width: 2,
    dash: DASHES[at],
    points: { show: table.rows.length * ROOM < place.clientWidth, size: 5 + at, fill: colours[at] },
  }));
  return new window.uPlot(
    {
      width: place.clientWidth,
      height: HEIGHT,
      padding: [16, 28, 0, 0],
      legend: { show: false },
      cursor: { y: false, drag: { x: false, y: false } },
      scales: { x: { time: false }, y: { range: (plot, low, high) => [0, top(table.unit, high)] } },
      axes: axes(table, look),
      series: [{}, ...series],
      hooks: {
        draw: [(plot) => marks(plot, table, look), (plot) => place.clientWidth > NARROW && labels(plot, table, look)],
        setCursor: [(plot) => readOut(section, plot, table)],
      },
    },
    [table.rows.map((row, at) => at), ...table.names.map((name, at) => table.rows.map((row) => row.values[at]))],
    place,
  );
}

function top(unit, high) {
  if (unit === "%") return 100;
  return high > 0 ? high * 1.1 : 1;
}

function axes(table, { ink, font, line }) {
  const look = { stroke: ink, font, ticks: { show: false } };
  return [
    {
      ...look,
      grid: { show: false },
      size: 28,
      space: 64,
      incrs: [1, 2, 7, 14, 28],
      values: (plot, at) => at.map((one) => table.rows[one]?.short ?? ""),
    },
    {
      ...look,
      grid: { stroke: line, width: 1 },
      size: 56,
      values: (plot, at) => at.map((one) => `${written.format(one)}${table.unit && ` ${table.unit}`}`),
    },
  ];
}

function readOut(section, plot, { rows, names }) {
  const row = rows[plot.cursor.idx ?? -1];
  const said = row ? `${row.long}: ${names.map((name, at) => `${name} ${row.words[at]}`).join(", ")}` : "";
  section.querySelector(".chart__read").textContent = said;
}

/** The arrow keys, Home and End read the chart day by day. */
function step(event, plot, { rows }) {
  const here = plot.cursor.idx;
  const last = rows.length - 1;
  const to = {
    ArrowRight: () => Math.min((here ?? -1) + 1, last),
    ArrowLeft: () => Math.max((here ?? last + 1) - 1, 0),
    Home: () => 0,
    End: () => last,
  }[event.key];
  if (!to || event.altKey || event.ctrlKey || event.metaKey) return;
  event.preventDefault();
  plot.setCursor({ left: plot.valToPos(to(), "x"), top: plot.bbox.height / (2 * devicePixelRatio) });
}

// A canvas takes no var(): what the page has made of it.
function colour(element) {
  return getComputedStyle(element).color;
}
