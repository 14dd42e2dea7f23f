// The staff's calendar: the dialog of a booking, keys, a click into free time, and the line of the present moment.

const dialog = document.getElementById("booking");
const body = document.getElementById("booking-body");
const QUARTER = 15;

document.addEventListener("htmx:afterSwap", ({ target }) => {
  if (target !== body) return;
  if (dialog && !dialog.open) dialog.showModal();
  body.querySelector("[role=alert], .field__control")?.scrollIntoView({ block: "nearest" });
});

// Where in a free time was clicked: it begins at the quarter of an hour there.
document.addEventListener("htmx:configRequest", ({ detail }) => {
  const { from, minutes } = detail.elt.dataset;
  const click = detail.triggeringEvent;
  if (!from || !click?.detail || !window.matchMedia("(min-width: 45rem)").matches) return;
  const box = detail.elt.getBoundingClientRect();
  const clicked = ((click.clientY - box.top) / box.height) * Number(minutes);
  detail.path = detail.path.replace(from, later(from, clicked));
});

function later(from, minutes) {
  const begin = Number(from.slice(11, 13)) * 60 + Number(from.slice(14, 16));
  const at = Math.max(begin, Math.floor((begin + minutes) / QUARTER) * QUARTER);
  if (at >= 24 * 60) return from;
  const two = (number) => String(number).padStart(2, "0");
  return `${from.slice(0, 11)}${two(Math.floor(at / 60))}:${two(at % 60)}`;
}

// A time that is offered instead goes into the form it stands in.
document.addEventListener("click", ({ target }) => {
  const chip = target.closest("[data-at]");
  if (!chip) return;
  const form = chip.closest("form");
  const [day, time] = chip.dataset.at.split("T");
  form.elements.day.value = day;
  form.elements.time.value = time;
  form.querySelector("[type=submit]").focus();
});

for (const form of document.querySelectorAll("[data-chooses]")) {
  form.dataset.chooses = "at once";
  form.addEventListener("change", () => {
    if (form.checkValidity()) form.requestSubmit();
  });
}

document.addEventListener("keydown", (event) => {
  const busy = event.target.closest("input, select, textarea, dialog[open], details[open]");
  if (busy || event.altKey || event.ctrlKey || event.metaKey || dialog?.open) return;
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  const link = document.querySelector(`[data-key="${CSS.escape(key)}"]`);
  if (!link) return;
  event.preventDefault();
  link.click();
});

const loaded = Date.now();

function moveNow() {
  for (const line of document.querySelectorAll(".calendar__now")) {
    const row = Number(line.dataset.row) + Math.floor((Date.now() - loaded) / 300_000);
    line.className = `calendar__now at-${row}`;
  }
}
setInterval(moveNow, 60_000);

// The present is what staff look for first.
document.querySelector(".calendar__day--today")?.scrollIntoView({ block: "nearest", inline: "nearest" });
