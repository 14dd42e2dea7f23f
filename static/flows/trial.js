// A version on trial, in the history: both sides in numbers, what they say, and how it ends.

import { locale } from "../locale.js";
import { button, h, tell } from "./dom.js";
import { number } from "./fields.js";
import { page } from "./server.js";

const percent = new Intl.NumberFormat(locale, { style: "percent", maximumFractionDigits: 0 });

export function trialBlock(versions, trial) {
  let share = trial.share;
  const since = new Date(`${trial.since}T12:00`).toLocaleDateString(locale, { dateStyle: "medium" });
  const act = (label, address, body, kind = "button button--small") => button(label, () => end(versions, address, body()), { kind, "data-at": `trial.${address}` });
  return h("section", { class: "trial", "aria-labelledby": "flow-trial" },
    h("h3", { class: "trial__title", id: "flow-trial" }, interpolate(gettext("Version %s is on trial"), [trial.number])),
    h("p", { class: "field__hint" }, interpolate(gettext("Since %s, with %s of 100 conversations. A conversation that began with it stays with it."), [since, trial.share])),
    table(trial.sides, trial.number),
    h("p", { class: "trial__verdict" }, trial.verdict),
    h("div", { class: "trial__share" },
      number(share, (value) => (share = value), { min: 1, max: 99, step: 1, "aria-label": gettext("Of 100 conversations"), "data-at": "trial.number" }),
      act(gettext("Change the share"), "trial/share/", () => ({ share: Math.round(share ?? 0) })),
    ),
    h("div", { class: "version__acts" },
      act(gettext("Publish for everybody"), "trial/publish/", () => ({}), "button button--small button--primary"),
      act(gettext("End the trial"), "trial/end/", () => ({})),
    ),
  );
}

function table(sides, tried) {
  const name = (side) => interpolate(side.number === tried ? gettext("Version %s, on trial") : gettext("Version %s, published"), [side.number]);
  const share = ({ begun, done }) => (begun ? ` (${percent.format(done / begun)})` : "");
  const row = (side) => h("tr", {}, h("th", { scope: "row" }, name(side)), h("td", {}, String(side.begun)), h("td", {}, `${side.done}${share(side)}`));
  const head = ["", gettext("Begun"), gettext("Finished")].map((words) => (words ? h("th", { scope: "col" }, words) : h("td", {})));
  return h("table", { class: "trial__table" }, h("thead", {}, h("tr", {}, head)), h("tbody", {}, sides.map(row)));
}

async function end(versions, address, body) {
  const said = await versions.asked("POST", page(address), body);
  if (!said) return;
  versions.showState(said.state);
  await versions.open();
  tell(said.text);
  versions.element.querySelector("button")?.focus();
}
