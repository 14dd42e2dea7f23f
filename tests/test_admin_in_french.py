"""The admin is French to the last word: what django-unfold leaves in English is in a catalogue of our own."""

from __future__ import annotations

import re
from ast import literal_eval
from pathlib import Path

import polib
import pytest
import unfold
from django.test import Client
from django.utils.translation import gettext, ngettext, override
from django.utils.translation.template import templatize

from accounts.models import User
from chatbot.embedded.configuration import ROOT
from knowledge.models import Category

UNFOLD = Path(unfold.__file__).parent
CATALOGUE = ROOT / "chatbot" / "unfold_locale" / "fr" / "LC_MESSAGES" / "django.po"
LITERAL = r"""u?("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')"""
MARKED = re.compile(rf"gettext\({LITERAL}(?:,\s*{LITERAL})?")
SAME_IN_FRENCH = {"Action", "Date"}


def texts_of_unfold() -> set[tuple[str, str]]:
    """Each text of its templates (not of its optional parts), with its plural or nothing."""
    found = set()
    for path in (UNFOLD / "templates").rglob("*.html"):
        for one, many in MARKED.findall(templatize(path.read_text(), origin=str(path))):
            found.add((literal_eval(one), literal_eval(many) if many else ""))
    return found


def test_nothing_of_unfold_is_left_in_english() -> None:
    with override("fr"):
        english = [
            one
            for one, many in texts_of_unfold()
            if (ngettext(one, many, 2) if many else gettext(one)) in (one, many) and one not in SAME_IN_FRENCH
        ]
    assert english == [], f"add these to {CATALOGUE}, and compile it"


def test_what_is_compiled_for_unfold_is_what_is_written() -> None:
    written, compiled = polib.pofile(str(CATALOGUE)), polib.mofile(str(CATALOGUE.with_suffix(".mo")))
    assert all(entry.translated() for entry in written)
    assert {e.msgid: (e.msgstr, e.msgstr_plural) for e in compiled} == {
        e.msgid: (e.msgstr, e.msgstr_plural) for e in written
    }


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("/admin/knowledge/document/", "Filtres"),
        ("/admin/knowledge/document/add/", "Choisir une valeur"),
        ("/admin/conversations/customer/", "Rien ici pour le moment"),
        ("/admin/accounts/user/add/", "Vous pourrez compléter ce compte"),
        ("/admin/accounts/user/{user}/change/", "Les mots de passe ne sont pas conservés"),
    ],
)
def test_the_pages_of_the_admin_are_french(client: Client, address: str, words: str) -> None:
    amelie = User.objects.create_superuser("amelie", "", "a long password", role="admin")
    Category.objects.create(name="Livraison", language="fr")
    client.force_login(amelie)
    page = client.get(address.format(user=amelie.pk), headers={"Accept-Language": "fr"})
    assert words in page.text
