// Small ways to make elements. Text only ever goes in as text; styles through properties, as the policy wants.

const SVG = "http://www.w3.org/2000/svg";
export const root = document.getElementById("flow-editor");
const sprite = root?.dataset.sprite ?? "";

export const byId = (id) => document.getElementById(id);

export function h(tag, attributes = {}, ...children) {
  return fill(document.createElement(tag), attributes, children);
}

export function s(tag, attributes = {}, ...children) {
  return fill(document.createElementNS(SVG, tag), attributes, children);
}

function fill(element, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) set(element, name, value);
  element.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

function set(element, name, value) {
  if (value === false || value === null || value === undefined) return;
  if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
  else if (name === "class") element.setAttribute("class", value);
  else if (["value", "checked", "selected", "disabled", "hidden", "htmlFor"].includes(name)) element[name] = value;
  else element.setAttribute(name, value === true ? "" : value);
}

export function icon(name, extra = "") {
  const made = s("svg", { class: `icon ${extra}`, "aria-hidden": "true", focusable: "false" });
  made.append(s("use", { href: `${sprite}#${name}` }));
  return made;
}

export const useIcon = (name, attributes) => s("use", { href: `${sprite}#${name}`, ...attributes });

export function button(label, onclick, { icon: name = "", kind = "button", small = false, ...others } = {}) {
  return h("button", { type: "button", class: kind, onclick, ...others }, name && icon(name, small ? "icon--small" : ""), label);
}

export function iconButton(name, label, onclick, others = {}) {
  const attributes = { type: "button", class: "icon-button icon-button--small", "aria-label": label, title: label, onclick };
  return h("button", { ...attributes, ...others }, icon(name, "icon--small"));
}

let heard = 0;

// Read out by screen readers. Emptied first, so that the same words are read again.
export function tell(text) {
  const place = byId("flow-said");
  place.textContent = "";
  clearTimeout(heard);
  heard = setTimeout(() => (place.textContent = text), 60);
}

let counted = 0;
export const newId = (stem) => `${stem}-${++counted}`;

export function later(wait, action) {
  let timer = 0;
  const run = (...given) => {
    clearTimeout(timer);
    timer = setTimeout(() => action(...given), wait);
  };
  run.cancel = () => clearTimeout(timer);
  return run;
}

export const calm = () => matchMedia("(prefers-reduced-motion: reduce)").matches;

export function fromServer(html) {
  const template = document.createElement("template");
  template.innerHTML = html; // rendered and sanitised by chatbot/markdown.py
  return template.content;
}
