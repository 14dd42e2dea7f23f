"""What a site puts around its articles is left out; the article is not."""

from __future__ import annotations

import pytest

from knowledge.cleaning.base import Rules
from knowledge.cleaning.boilerplate import repeated_blocks
from tests.knowledge.cleaning.drafts import after, count

ARTICLE = "You can return an item within 30 days.\n\n- Print the label.\n- Bring it to a shop."


@pytest.mark.parametrize(
    "line",
    [
        "Skip to main content",
        "[Back to top](#top)",
        "↑ Back to top",
        "Was this article helpful?",
        "12 out of 13 found this helpful",
        "**Share this page**",
        "Share on Facebook",
        "We use cookies to improve our site. By continuing you accept them.",
        "© 2024 Lumen Ltd. All rights reserved.",
        "Aller au contenu principal",
        "Cet article vous a-t-il été utile ?",
        "Haut de page",
        "Imprimer cette page",
        "Partager sur Facebook",
        "Utilisateurs qui ont trouvé cela utile : 3 sur 4",
        "Nous utilisons des cookies. En poursuivant votre navigation, vous acceptez leur dépôt.",
        "© 2019-2024 Lumen SAS. Tous droits réservés.",
    ],
)
@pytest.mark.parametrize("where", ["before", "after"])
def test_a_line_of_the_site_is_left_out(line, where):
    body = f"{line}\n\n{ARTICLE}" if where == "before" else f"{ARTICLE}\n\n{line}"
    assert after("boilerplate", body).strip() == ARTICLE
    assert count("boilerplate", body) == 1


@pytest.mark.parametrize(
    "menu",
    [
        "- [Facebook](https://f.example)\n- [Twitter](https://t.example)",
        "- [Accueil](/)\n- [Contactez-nous](/contact)\n- [Mentions légales](/legal)",
        "Was this helpful?\nYes\nNo",
    ],
)
def test_a_block_of_nothing_else_is_a_menu(menu):
    assert after("boilerplate", f"{ARTICLE}\n\n{menu}").strip() == ARTICLE


@pytest.mark.parametrize("crumbs", ["Home > Help > Returns", "[Accueil](/) › [Aide](/aide) › Retours"])
def test_where_the_page_stands_is_left_out_at_its_top_only(crumbs):
    assert after("boilerplate", f"{crumbs}\n\n{ARTICLE}").strip() == ARTICLE
    below = f"{ARTICLE}\n\n{crumbs}"
    assert after("boilerplate", below) == below


@pytest.mark.parametrize(
    "body",
    [
        "Print\n\nChoose Print in the menu.",
        "Our site uses cookies for the basket and for statistics.",
        "1. Click **Accept all** to continue.\n2. Close the window.",
        "Contact us\n\nBy telephone from 9 to 5.",
        "- Facebook\n- By post",
        "```\nSkip to content\n```",
        "The toolbar offers:\n\n- Search\n- Print\n- Share",
        "## Main menu\n\nIt opens with the left button.",
        "- Open menu\n- Choose a colour",
        "Home / Garden furniture is delivered on Mondays.",
        "Was this helpful?",
        "## Was this article helpful?",
        "Accueil : 9 h > 17 h",
        "Settings > Privacy > Cookies",
    ],
)
def test_words_of_an_article_stay(body):
    assert after("boilerplate", body) == body


def test_a_heading_goes_with_what_stood_below_it():
    body = f"{ARTICLE}\n\n## Feedback\n\nWas this article helpful?\n\n## More\n\nText"
    assert after("boilerplate", body).split() == f"{ARTICLE}\n\n## More\n\nText".split()


def pages(number: int, block: str, of: int) -> list[str]:
    """`of` pages, each with its own text, of which `number` have the block."""
    return [
        f"# Page {at}\n\nText {at} of its own.\n\nMore {at}." + (f"\n\n{block}" if at < number else "")
        for at in range(of)
    ]


def test_blocks_on_many_pages_are_found_across_a_site():
    footer = "Lumen Ltd, 1 High Street, London. Call [us](/contact/{})."
    found = repeated_blocks(pages(4, footer, 10))
    assert len(found) == 1
    rules = Rules(frozenset(), repeated=found)
    body = "# Page\n\nOwn text.\n\n**Lumen Ltd**, 1 High Street, London. Call [us](/other)."
    assert after("boilerplate", body, rules).strip() == "# Page\n\nOwn text."


@pytest.mark.parametrize(
    ("number", "of", "expected"), [(2, 4, 0), (3, 4, 1), (3, 10, 1), (3, 11, 0), (4, 11, 1), (30, 100, 1)]
)
def test_many_means_three_pages_and_three_in_ten(number, of, expected):
    assert len(repeated_blocks(pages(number, "The same footer.", of))) == expected


def test_headings_code_copies_and_pages_of_one_block_do_not_count():
    same = "# Steps\n\n```\ninstall\n```\n\nText {}."
    assert repeated_blocks([same.format(at) for at in range(9)]) == frozenset()
    assert repeated_blocks(["One page.\n\nTwice loaded."] * 9) == frozenset()
    assert repeated_blocks([f"# Page {at}\n\nThis page is empty." for at in range(9)]) == frozenset()


def test_a_page_of_nothing_but_repeated_blocks_stays():
    rules = Rules(frozenset(), repeated=frozenset(["the same footer"]))
    assert after("boilerplate", "# T\n\nThe same footer.", rules) == "# T\n\nThe same footer."
