// Any two versions of a flow beside each other, the draft as one of them; both stand in the address.

import { button, h, tell } from "./dom.js";
import { page } from "./server.js";

const versionName = (number) => interpolate(gettext("Version %s"), [number]);

// From which to which, and a button. `versions` is the history of the editor.
export function compareBlock(versions, when) {
  const sides = [
    ["draft", gettext("The draft")],
    ...versions.list.map(({ number }) => [String(number), versionName(number)]),
    ...versions.kept.map((each) => [`kept-${each.id}`, interpolate(gettext("The draft until %s"), [when(each.at)])]),
  ];
  if (sides.length < 2) return "";
  const chosen = versions.compared ?? { from: sides[1][0], to: "draft" };
  for (const side of [chosen.from, chosen.to]) if (side.startsWith("import-")) sides.push([side, gettext("The import")]);
  const field = (name, label) => h("div", { class: "field" }, h("label", { class: "field__label", for: `flow-compare-${name}` }, label),
    h("select", { class: "field__control field__control--small", id: `flow-compare-${name}`, name }, sides.map(([value, words]) => h("option", { value, selected: value === chosen[name] }, words))));
  const form = h("form", { class: "compare" },
    field("from", gettext("Compare")),
    field("to", gettext("with")),
    button(gettext("Show what differs"), () => {}, { icon: "split", small: true, kind: "button button--small", type: "submit" }),
  );
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    compare(versions, { from: form.elements.from.value, to: form.elements.to.value });
  });
  return form;
}

// On the canvas: what is new, changed and gone from the one to the other.
export async function compare(versions, { from, to }) {
  if (!(await versions.editor.saving.settled())) return tell(gettext("Save first: the server has not got your last changes."));
  const query = new URLSearchParams({ from, to });
  const said = await versions.asked("GET", page(`compare/?${query}`));
  if (!said) return;
  const marks = new Map();
  for (const [kind, ids] of Object.entries(said.nodes)) for (const id of ids) marks.set(id, kind);
  const { gone, graph } = said;
  const both = { ...graph, nodes: [...graph.nodes, ...gone.nodes], layout: { ...gone.layout, ...graph.layout } };
  versions.compared = { from, to };
  versions.draw();
  versions.show(both, said.title, { marks, lines: said.lines });
  address(`?${query}`);
}

// What the address asks for, as somebody has sent it.
export function asAddressed(versions) {
  const query = new URLSearchParams(location.search);
  const [from, to] = [query.get("from"), query.get("to")];
  if (from && to) compare(versions, { from, to });
}

export const address = (query) => history.replaceState(history.state, "", location.pathname + query);
