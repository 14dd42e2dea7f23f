"""Text that was read in a wrong encoding becomes what was written."""

from __future__ import annotations

import pytest

from knowledge.cleaning.base import Draft
from knowledge.cleaning.encoding import repair_encoding
from tests.knowledge.cleaning.drafts import USUAL, after, count


@pytest.mark.parametrize(
    ("broken", "meant"),
    [
        ("dÃ©jÃ\u00a0 vu", "déjà vu"),
        ("Où est ma commande, cÃ´tÃ© livraisonÂ ?", "Où est ma commande, côté livraison\u00a0?"),
        ("donâ€™t worry", "don’t worry"),
        ("â\x80\x9cquotedâ\x80\x9d", "“quoted”"),
        ("price: 5 â‚¬", "price: 5 €"),
    ],
)
def test_letters_that_were_read_wrongly_are_repaired(broken, meant):
    assert after("encoding", broken).replace("  ", " ") == meant.replace("  ", " ")


@pytest.mark.parametrize(
    "text",
    [
        "“Curly” quotes, an ellipsis… and an apostrophe’s shape",
        "Déjà vu, Noël, cœur, naïf, où, ça",
        "of\ufb01ce with a ligature",
        "&lt;b&gt; stays escaped",
        "ＦＵＬＬ width",
        "日本語 and русский",
        "plain ascii",
        "",
    ],
)
def test_what_is_right_is_left_alone(text):
    assert after("encoding", text) == text
    assert count("encoding", text) == 0


def test_each_line_is_repaired_by_itself():
    assert after("encoding", "déjà\ndÃ©jÃ\u00a0") == "déjà\ndéjà"


def test_the_title_is_repaired_too_and_words_are_counted():
    draft, places = repair_encoding(Draft("RÃ©sumÃ©", "Ã©tÃ© et hiver\nÃ©tÃ©"), USUAL)
    assert (draft.title, draft.body, places) == ("Résumé", "été et hiver\nété", 3)
