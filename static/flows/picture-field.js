// The picture of a card: chosen and sent, looked at, put into words, taken away.

import { button, h, newId, root, tell } from "./dom.js";
import { Refused, ask } from "./server.js";

const TYPES = "image/png,image/jpeg,image/webp,image/gif";
const NONE = "00000000-0000-0000-0000-000000000000"; // stands in the address for its id
const MOST_BYTES = 10_000_000; // flows/pictures/taking_in.py

const addressOf = (id) => root.dataset.picture.replace(NONE, encodeURIComponent(id));

// `change(id)` names another picture, "" none; `alt` is the field for it in words.
export function pictureField({ id, at, change, alt }) {
  return id ? shown({ id, at, change, alt }) : chooser({ at, change });
}

function shown({ id, at, change, alt }) {
  const gone = h("p", { class: "field__hint", hidden: true }, gettext("This picture is no longer here. Choose another one."));
  const picture = h("img", { class: "card-picture", src: addressOf(id), alt: gettext("The picture of this card"), onerror: () => {
    picture.hidden = true;
    gone.hidden = false;
  } });
  return h("div", { class: "field" },
    picture, gone, alt,
    h("div", {}, button(gettext("Take the picture away"), () => change(""), { icon: "trash-2", small: true, kind: "button button--small", "data-at": `${at}.remove` })),
  );
}

function chooser({ at, change }) {
  const name = newId("picture");
  const said = h("p", { class: "field__hint", id: `${name}-hint` }, gettext("PNG, JPEG, WebP or GIF, up to 10 MB. Everybody who talks to the assistant can see it."));
  const input = h("input", { type: "file", class: "field__control field__control--small", id: name, accept: TYPES, "data-at": at, "aria-describedby": said.id, onchange: () => send(input, said, change) });
  return h("div", { class: "field" }, h("label", { class: "field__label", for: name }, gettext("Picture")), input, said);
}

async function send(input, said, change) {
  const file = input.files[0];
  if (!file) return;
  const show = (words) => {
    said.textContent = words;
    tell(words);
  };
  if (file.size > MOST_BYTES) return show(gettext("The picture is larger than 10 MB. Choose a smaller one."));
  input.disabled = true;
  show(gettext("The picture is being sent…"));
  try {
    change((await ask("POST", root.dataset.pictures, file)).id);
  } catch (error) {
    input.disabled = false;
    input.value = "";
    show(error instanceof Refused ? error.message : gettext("The picture could not be sent. Check your connection and try again."));
  }
}
