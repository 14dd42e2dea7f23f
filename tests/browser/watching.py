"""A page that tells whatever hostile text does in it, and what stands in it that should not."""

from __future__ import annotations

from urllib.parse import urlsplit

from playwright.sync_api import Dialog, Page

# What an attacker would call is replaced before anything of the page runs, in every frame.
REPORT = """
for (const name of ["alert", "confirm", "prompt"]) window[name] = () => console.error("RAN " + name);
document.addEventListener("securitypolicyviolation", (event) =>
  console.error(`RAN into ${event.effectiveDirective} ${event.blockedURI} ${event.sample}`));
"""
# Beside what a page brings itself, text becomes these elements with these attributes and nothing else.
FIND_WRONG = """(address) => {
  const HELD = ".message__body, .source__passage, .help-article__body, .md__preview, .row__words";
  const TEXT = new Set(("P BR HR STRONG EM S CODE PRE BLOCKQUOTE UL OL LI A TABLE THEAD TBODY TR TH TD " +
    "MARK H1 H2 H3 H4 H5 H6").split(" "));
  const KEPT = new Set("href title rel target start class id data-number style".split(" "));
  const NOWHERE = "iframe, frame, object, embed, applet, portal, base, meta[http-equiv], video, audio, math";
  const LINKS = ["href", "xlink:href", "src", "action", "formaction", "data", "poster", "ping", "background"];
  const wrong = [];
  const tell = (element) => wrong.push(element.outerHTML.slice(0, 160));
  const leads = (value) => {
    try { return new URL(value, address).protocol; } catch { return "https:"; }
  };
  const lookInto = (root) => {
    for (const element of root.querySelectorAll("*")) {
      if (element.tagName === "TEMPLATE") lookInto(element.content);
      if (element.matches(NOWHERE)) tell(element);
      if (element.tagName === "SCRIPT" && element.textContent.includes("alert(1)")) tell(element);
      for (const { name, value } of element.attributes) {
        if (name.startsWith("on")) tell(element);
        if (LINKS.includes(name) && !/^(https?|mailto|data):$/.test(leads(value))) tell(element);
        if (name === "href" && leads(value) === "data:" && element.matches("a")) tell(element);
        if (name !== "href" && LINKS.includes(name) && value.includes("evil.example")) tell(element);
      }
      if (!element.parentElement?.closest(HELD)) continue;
      if (!TEXT.has(element.tagName.toUpperCase())) tell(element);
      for (const { name } of element.attributes) if (!KEPT.has(name)) tell(element);
    }
  };
  lookInto(document);
  return wrong;
}"""


class Watch:
    def __init__(self, page: Page) -> None:
        self.page = page
        self.told: list[str] = []
        page.add_init_script(REPORT)
        page.on("console", lambda said: self._note(said.text))
        page.on("dialog", self._note_dialog)
        page.on("popup", lambda other: self.told.append(f"window {other.url}"))
        page.on("request", lambda request: self._note_host(request.url))
        page.on("framenavigated", lambda frame: self._note_host(frame.url))

    def _note(self, text: str) -> None:
        if text.startswith("RAN"):
            self.told.append(text)

    def _note_dialog(self, dialog: Dialog) -> None:
        self.told.append(f"dialog {dialog.message}")
        dialog.dismiss()

    def _note_host(self, url: str) -> None:
        where = urlsplit(url)
        if where.scheme not in {"data", "blob", "about"} and where.hostname != "127.0.0.1":
            self.told.append(f"asked {url}")

    def assert_nothing_ran(self) -> None:
        """Gives what is late a moment; then nothing has been told, and nothing wrong stands in the page."""
        self.page.mouse.move(200, 200)
        self.page.wait_for_timeout(150)
        assert self.told == [], self.told
        wrong = self.page.evaluate(FIND_WRONG, self.page.url)
        assert wrong == [], wrong
