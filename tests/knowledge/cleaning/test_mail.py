"""Of a mail, what was written stays."""

from __future__ import annotations

import pytest

from knowledge.cleaning.base import Draft
from knowledge.cleaning.mail import drop_mail
from tests.knowledge.cleaning.drafts import USUAL, after, count

QUESTION = "Bonjour,\n\nOù est mon colis ?"
ASKED = "Hello,\n\nWhere is my parcel?"


@pytest.mark.parametrize(
    "rest",
    [
        "On Mon, May 3, 2024 at 10:12 AM Support <help@example.com> wrote:\n> Hello\n>\n> Here it is",
        "On Mon, May 3, 2024 at 10:12 AM Support\n<help@example.com> wrote:\n\n> Hello",
        "On 3 May 2024, at 10:12, Support \\<help@example.com> wrote:\n\nHello, it is on its way.",
        "-----Original Message-----\nFrom: Support\nSent: 3 May 2024\nTo: Me\nSubject: Parcel\n\nHello",
        "From: Support <help@example.com>\nSent: Monday, May 3, 2024\nTo: Me\nSubject: RE: Parcel\n\nHello",
        "**From:** Support <help@example.com>\n**Date:** 3 May 2024\n**Subject:** Parcel\n\nHello",
        "Sent from my iPhone",
        "Get Outlook for iOS",
        "--\nJane Miller\nLumen Ltd",
        "Kind regards,\nJane Miller\n+44 117 496 0507",
        "This e-mail is confidential and intended solely for the recipient.\nIf you are not, delete it.",
        "Please consider the environment before printing this e-mail.",
    ],
)
def test_what_surrounds_an_english_mail_goes(rest):
    assert after("mail", f"{ASKED}\n\n{rest}") == ASKED
    assert count("mail", f"{ASKED}\n\n{rest}") >= 1


@pytest.mark.parametrize(
    "rest",
    [
        "Le lun. 3 mai 2024 à 10:12, Support <aide@exemple.fr> a écrit :\n> Bonjour\n> Le voici",
        "Le 3 mai 2024 à 10:12, Support <aide@exemple.fr>\na écrit :\n\n> Bonjour",
        "-----Message d'origine-----\nDe : Support\nEnvoyé : lundi 3 mai 2024\nÀ : Moi\nObjet : Colis\n\nOui",
        "De : Support <aide@exemple.fr>\nEnvoyé : lundi 3 mai\nÀ : Moi\nObjet : RE: Colis\n\nBonjour",
        "Envoyé de mon iPhone",
        "Envoyé depuis mon mobile Orange",
        "Télécharger Outlook pour Android",
        "Cordialement,\nJean Dupont\n06 12 34 56 78",
        "\\--\nJean Dupont\nLumen SAS",
        "Ce message est confidentiel et à l'usage exclusif de ses destinataires.",
        "Pensez à l'environnement avant d'imprimer ce courriel.",
    ],
)
def test_what_surrounds_a_french_mail_goes(rest):
    assert after("mail", f"{QUESTION}\n\n{rest}") == QUESTION


def test_a_reply_between_quoted_lines_stays():
    body = "See below.\n\nOn 3 May 2024, Jo <jo@example.com> wrote:\n> When?\nTomorrow.\n> Where?\nAt home."
    assert after("mail", body) == "See below.\n\nTomorrow.\nAt home."


def test_a_forwarded_mail_loses_its_headers_and_keeps_its_text():
    body = "---------- Forwarded message ---------\nFrom: A <a@b.fr>\nDate: 3 May\nSubject: Hi\n\nThe text."
    assert after("mail", body) == "The text."


def test_a_subject_loses_its_marks():
    draft, places = drop_mail(Draft("RE: TR : Fwd: Mon colis", "Texte"), USUAL)
    assert (draft.title, places) == ("Mon colis", 1)
    assert drop_mail(Draft("Re:", "Text"), USUAL)[0].title == "Re:"


@pytest.mark.parametrize(
    "body",
    [
        "> Note: this is an admonition.\n\nText.",
        "Contact\n--\nCall us at any time.",
        "News\n\nOn May 3, 2024, The Guardian wrote:\n\n> It works.\n\nWe agree.",
        "Avis\n\nLe 3 mai 2024, la CNIL a écrit :\n\nLes données sont protégées.",
        "How to\n\n```\nFrom: a@b.fr\nDate: 3 May\nSubject: x\n```\n\nSend it.",
        "Write it like this:\n\nFrom: a@b.fr\nTo: shop@b.fr\nSubject: Return 12\n\nThen send it.",
        "Texte\n\nLes informations sont confidentielles. Les destinataires sont nos services.",
        "On his blog, Tim wrote:\n\nIt works.",
        "Modèle de lettre\n\nMadame, Monsieur,\n\nJe résilie.\n\nCordialement,\n[Signature]",
        "Madame, Monsieur,\n\nJe résilie mon contrat.\n\nCordialement,\n[Prénom Nom]",
        "From: the station, turn left.\nTo: the shop.",
        "The company keeps your data confidential.\n\nThis information is confidential.",
        "Thanks\n\nA section about thanks that goes on for a while.",
        "Sent from the warehouse within a day.",
        "On 3 May 2024, Jo <jo@example.com> wrote:\n> all there is",
        "Envoyé de mon iPhone",
    ],
)
def test_what_is_no_mail_stays(body):
    assert after("mail", body) == body
