// Drafts that something took the place of (an import, the delivered flow): in the history, with the way back.

import { compare } from "./compare.js";
import { button, h, tell } from "./dom.js";
import { page } from "./server.js";

export function keptBlock(versions, kept, when) {
  const row = (each) => h("li", { class: "version" },
    h("p", { class: "version__head" }, h("strong", {}, each.why)),
    h("p", { class: "field__hint" }, [when(each.at), each.author].filter(Boolean).join(" · ")),
    h("div", { class: "version__acts" },
      button(gettext("Compare with the draft"), () => compare(versions, { from: `kept-${each.id}`, to: "draft" }), { icon: "split", small: true, kind: "button button--small" }),
      button(gettext("Bring this draft back"), () => bringBack(versions, each), { icon: "undo-2", small: true, kind: "button button--small", "data-at": `kept.${each.id}` }),
    ),
  );
  return h("section", { class: "history__kept" },
    h("h3", { class: "panel__title" }, gettext("Earlier drafts")),
    h("p", { class: "field__hint" }, gettext("What you had drawn before something else took its place.")),
    h("ol", { class: "versions" }, kept.map(row)),
  );
}

async function bringBack(versions, each) {
  versions.back();
  if (!(await versions.editor.saving.settled())) return tell(gettext("Save first: the server has not got your last changes."));
  if (await versions.asked("POST", page(`kept/${each.id}/bring-back/`), {})) location.reload();
}
