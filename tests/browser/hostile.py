"""Texts that would run, load or take over something if any page took them for more than text.

`alert` stands for whatever an attacker would do; the pages under test report every call of it. The host
evil.example stands for somebody else's: nothing may be asked of it. Most stand in hostile.txt, one to a line.
"""

from __future__ import annotations

from pathlib import Path

LINES = Path(__file__).with_suffix(".txt").read_text().splitlines()

# Not one to a line: they need line breaks, or characters that a source file should not hold.
BLOCKS = [
    "![x][ref]\n\n[ref]: https://evil.example/pixel.png",
    "[x][js]\n\n[js]: javascript:alert(1)",
    '[x][t]\n\n[t]: https://ok.example "x\\" onclick=alert(1)"',
    "[x][d]\n\n[d]: <data:text/html,<script>alert(1)</script>>",
    "[<script>alert(1)</script>]: https://ok.example\n\n[<script>alert(1)</script>]",
    "```html onload=alert(1)\n<script>alert(1)</script>\n```",
    "```\"><img src=x onerror=alert(1)>\nx\n```",
    "~~~ language-x onclick=alert(1)\n<svg/onload=alert(1)>\n~~~",
    "    <script>alert(1)</script>",
    "| <img src=x onerror=alert(1)> | b |\n|:--|--:|\n| <svg/onload=alert(1)> | `<script>x` |",
    "|x|\n|:-:\" onclick=alert(1)|\n|y|",
    "<div>\n\n<script>alert(1)</script>\n\n</div>",
    "<script\n>alert(1)</script\n>",
    "<img\nsrc=x\nonerror=alert(1)>",
    "<a href='java\nscript:alert(1)'>x</a>",
    "x <img src=x\n\nonerror=alert(1)>",
    "<table><tr><td>\n</table><script>alert(1)</script>",
    "***<b><i>\n\n<script>alert(1)</script>",
    "<<<<<<<<<<<<<<<<<<<<script>alert(1)</script>",
    "> " * 60 + "<script>alert(1)</script>",
    "[" * 60 + "x" + "](javascript:alert(1))" * 60,
    "*" * 80 + "<img src=x onerror=alert(1)>" + "*" * 80,
    "<scr\u200bipt>alert(1)</scr\u200bipt>",
    "<scr\u00adipt>alert(1)</scr\u00adipt>",
    "\u202e<script>alert(1)</script>\u202c",
    "\u2066[x](javascript:alert(1))\u2069",
    "\ufeff<script>alert(1)</script>",
    "＜script＞alert(1)＜/script＞",
    "\u2039script\u203aalert(1)\u2039/script\u203a",
    "<ſcript>alert(1)</ſcript>",
    "<ıframe src=javascript:alert(1)>",
    "[x](\u0001javascript:alert(1))",
    "[x](\u00a0javascript:alert(1))",
    "[x](\u2028javascript:alert(1))",
    "<img\u000bsrc=x\u000conerror=alert(1)>",
    "<img src=x\u2028onerror=alert(1)>",
    "\ue000<script>alert(1)</script>\ue001",
    "\ue000x\ue001 <mark onclick=alert(1)>",
    "\x1b]0;<script>alert(1)</script>\x07",
    "<script>alert(1)</script>" + "\u0301" * 200,
    "\U000e0001\U000e003cscript\U000e003e alert(1)",
    "https://evil.example/\u202egpj.exe",
    "https://\u0440\u0430ypal.example/login",
]  # fmt: skip

# With NUL, which PostgreSQL stores nowhere: only what is typed can hold them.
WITH_NUL = [
    "\x00<scr\x00ipt>alert(1)</scr\x00ipt>",
    "<img src=x o\x00nerror=alert(1)>",
    "[x](java\x00script:alert(1))",
]

_EVENTS = """
abort afterprint animationend animationiteration animationstart auxclick beforecopy beforeinput beforetoggle
blur canplay change click contextmenu copy dblclick drag drop error focus focusin hashchange input keydown
load loadstart message mouseenter mouseover paste pointerenter pointerover popstate resize scroll scrollend
search securitypolicyviolation select toggle touchstart transitionend unhandledrejection unload wheel
"""
EVENTS = [f'<x tabindex=1 on{event}=alert(1) style="animation:rise 1s">x</x>' for event in _EVENTS.split()]

HOSTILE = [*LINES, *BLOCKS, *EVENTS]


def bundles(size: int) -> list[str]:
    """The whole corpus as texts of so many payloads each."""
    return ["\n\n".join(HOSTILE[at : at + size]) for at in range(0, len(HOSTILE), size)]


def short(most: int) -> list[str]:
    """What fits a field of so many characters and one line."""
    return [text for text in HOSTILE if len(text) <= most and "\n" not in text]
