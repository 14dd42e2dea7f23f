"""Which column of a FAQ is what, by its head, in English or French. Pure."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from dataclasses import dataclass, field

from knowledge.loaders.tables import Row

NAMES: dict[str, str] = {
    "question": "question|questions|q|query|user question|customer question|example question|faq|faq question"
    "|frequently asked question|frequently asked questions|question posee|question type|question client"
    "|question utilisateur|question frequente|intitule de la question|libelle de la question|intitule|demande"
    "|texte de la question|question text|question principale|main question|prompt",
    "answer": "answer|answers|a|reponse|reponses|response|responses|reply|faq answer|answer text|bot answer"
    "|bot response|texte de la reponse|reponse type|reponse apportee|reponse a apporter|elements de reponse"
    "|solution|official answer|final answer|completion",
    "title": "title|titre|subject|sujet|article title|titre de l article",
    "body": "body|content|contents|contenu|corps|article body|corps de l article|html|markdown",
    "questions": "alternative questions|alternative question|alternatives|alternative|other questions"
    "|variants|variant|variations|question variants|similar questions|synonyms|phrasings"
    "|utterances|training phrases|examples|questions alternatives|question alternative|autres questions"
    "|variantes|variante|reformulations"
    "|formulations|autres formulations|questions similaires|synonymes|exemples",
    "category": "category|categories|categorie|theme|themes|thematique|rubrique|section|topic|topics|group"
    "|groupe|domain|domaine|chapter|chapitre|type|folder|dossier|sub category|subcategory|sous categorie"
    "|sous theme",
    "keywords": "keywords|keyword|tags|tag|labels|label|mots cles|mot cle|motscles|etiquettes|etiquette",
    "lang": "language|lang|langue|locale|language code|code langue|langage",
    "url": "url|link|links|lien|liens|source|source url|page|page url|href|permalink|web page|page web|site"
    "|adresse|lien url|url source|lien source|lien page|reference url|more info|en savoir plus|plus d infos",
    "id": "id|ids|external id|uid|uuid|key|cle|ref|reference|identifiant|identifier|slug|code|question id"
    "|faq id|article id|id question|display id",
    "audience": "audience|visibility|visibilite|visible by",
    "status": "status|statut|state|etat|published|publie",
    "description": "description|summary|resume|abstract|chapo|extract|extrait",
}
FIELDS = {name: field_name for field_name, names in NAMES.items() for name in names.split("|")}
# "Question (FR)", "answer_en", "Réponse anglaise"
LANGUAGES = {
    **dict.fromkeys(["en", "eng", "english", "anglais", "anglaise", "en us", "en gb"], "en"),
    **dict.fromkeys(["fr", "fra", "fre", "french", "francais", "francaise", "fr fr"], "fr"),
}
TONGUE = re.compile(rf"(.+?) ({'|'.join(sorted(LANGUAGES, key=len, reverse=True))})")
NUMBERED = re.compile(r"(.+?) ?\d+")
FIRST_WORD = {"lien": "url", "link": "url", "url": "url"}  # "Lien guide"


@dataclass
class Columns:
    """Where each field stands; `pairs` are question and answer of each language ("" when it is not named)."""

    pairs: dict[str, tuple[int, int]] = field(default_factory=dict)
    others: dict[str, list[int]] = field(default_factory=dict)


def find_columns(header: Row) -> Columns | None:
    """Nothing when these are not the heads of a FAQ."""
    found: dict[tuple[str, str], list[int]] = defaultdict(list)
    for at, head in enumerate(header):
        found[_field(head)].append(at)
    columns = Columns()
    for asked, told in (("question", "answer"), ("question", "body"), ("title", "answer"), ("title", "body")):
        columns.pairs = _pairs(found, asked, told)
        if columns.pairs:
            break
    for (name, _language), places in found.items():
        if name not in ("", "question", "answer", "body"):
            columns.others.setdefault(name, []).extend(places)
    more = [at for places in found_questions(found) for at in places[1:]]
    columns.others.setdefault("questions", []).extend(more)
    return columns if columns.pairs else None


def found_questions(found: dict[tuple[str, str], list[int]]) -> list[list[int]]:
    """Of "Question", "Question 2", "Question 3" the first is the title, the others other ways to ask it."""
    return [places for (name, _language), places in found.items() if name == "question"]


def _pairs(found: dict[tuple[str, str], list[int]], asked: str, told: str) -> dict[str, tuple[int, int]]:
    pairs = {}
    for language in ("", *dict.fromkeys(LANGUAGES.values())):
        question, answer = found.get((asked, language)), found.get((told, language))
        if question and answer:
            pairs[language] = (question[0], answer[0])
    return pairs


def _field(head: str) -> tuple[str, str]:
    """The field that a head names, and the language that it names with it."""
    words = folded(head)
    if words in FIELDS:
        return FIELDS[words], ""
    tongue = TONGUE.fullmatch(words)
    if tongue and tongue[1] in FIELDS:
        return FIELDS[tongue[1]], LANGUAGES[tongue[2]]
    numbered = NUMBERED.fullmatch(words)
    if numbered and numbered[1] in FIELDS:
        return FIELDS[numbered[1]], ""
    return FIRST_WORD.get(words.split(" ")[0], ""), ""


def folded(text: str) -> str:
    """ "Mots-clés :" → "mots cles"."""
    letters = unicodedata.normalize("NFKD", text).casefold()
    plain = "".join(letter for letter in letters if not unicodedata.combining(letter))
    return " ".join(re.sub(r"[^a-z0-9]+", " ", plain).split())
