"""Citations in an answer become links."""

from __future__ import annotations

from assistant.numbering import with_citations


def test_only_numbers_with_a_source_become_links_and_not_inside_code() -> None:
    html = with_citations("<p>Yes [1] and [7]. <code>a[1]</code></p>", {1: '/help/"x"'})
    assert html.count('class="cite"') == 1
    assert "[7]" in html
    assert "<code>a[1]</code>" in html
    assert 'href="/help/&quot;x&quot;"' in html
