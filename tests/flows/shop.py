"""A few flows of a shop that the tests walk and check. Written in YAML, as a person would."""

from __future__ import annotations

from flows.graph import Graph
from flows.yaml_form import from_yaml

RETURN = """\
key: return
name: {en: Return an item, fr: Retourner un article}
description: {en: The customer sends something back., fr: Le client renvoie un article.}
examples:
  en: [I want to send this back]
  fr: [Je veux renvoyer un article]
slots:
  order:
    kind: code
    pattern: '[A-Z]\\d{4}'
    label: {en: Order number, fr: Numéro de commande}
    ask: {en: What is your order number?, fr: Quel est votre numéro de commande ?}
    reject: {en: An order number looks like A1234., fr: Un numéro de commande ressemble à A1234.}
    remembered: true
  reason:
    kind: choice
    label: {en: Reason, fr: Motif}
    ask: {en: Why do you return it?, fr: Pourquoi le retournez-vous ?}
    choices:
      - {value: broken, label: {en: It is broken, fr: Il est cassé}}
      - {value: size, label: {en: Wrong size, fr: Mauvaise taille}}
    most_asks: 2
  label: {}
start: hello
nodes:
  - {id: hello, kind: say, text: {en: Let us send it back., fr: Renvoyons-le.}, next: order}
  - {id: order, kind: ask, slot: order, next: reason}
  - {id: reason, kind: ask, slot: reason, next: label}
  - id: label
    kind: act
    action: make_label
    given: {order: '{order}', reason: '{reason}'}
    takes: {label: url}
    confirm: {en: 'Shall I make a label for {order}?', fr: 'Dois-je créer une étiquette pour {order} ?'}
    next: done
    declined: kept
  - {id: done, kind: end, text: {en: 'Here is your label: {label}', fr: 'Voici votre étiquette : {label}'}}
  - {id: kept, kind: end, text: {en: 'Fine, you keep it.', fr: 'Très bien, vous le gardez.'}}
"""
OPENING = """\
key: opening
name: {en: Opening times, fr: Horaires}
description: {en: When the shop is open., fr: Quand la boutique est ouverte.}
examples:
  en: [when are you open]
  fr: [quels sont vos horaires]
slots:
  town:
    ask: {en: Which town?, fr: Quelle ville ?}
    label: {en: Town, fr: Ville}
start: town
nodes:
  - {id: town, kind: ask, slot: town, next: told}
  - id: told
    kind: say
    text: {en: 'In {town} from 9 to 18.', fr: 'À {town} de 9 h à 18 h.'}
"""
ORDER = """\
key: order
name: {en: Where is my order, fr: Où est ma commande}
description: {en: The customer asks for a parcel., fr: Le client demande où est un colis.}
examples:
  en: [where is my parcel]
  fr: [où est mon colis]
slots:
  order:
    kind: code
    ask: {en: Which order is it?, fr: De quelle commande s’agit-il ?}
    label: {en: Order number, fr: Numéro de commande}
    remembered: true
  state: {}
start: order
nodes:
  - {id: order, kind: ask, slot: order, next: find}
  - id: find
    kind: act
    action: find_order
    given: {order: '{order}'}
    takes: {state: state}
    next: told
    failed: unknown
  - {id: told, kind: say, text: {en: 'It is {state}.', fr: 'Elle est {state}.'}}
  - {id: unknown, kind: say, text: {en: I find no such order., fr: Je ne trouve pas cette commande.}}
"""


CONTACT = """\
key: contact
name: {en: Leave your details, fr: Laisser ses coordonnées}
description: {en: The customer leaves an address., fr: Le client laisse une adresse.}
examples:
  en: [call me back]
  fr: [rappelez-moi]
slots:
  name:
    label: {en: Name, fr: Nom}
    ask: {en: What is your name?, fr: Quel est votre nom ?}
    least: 2
  email:
    kind: email
    label: {en: E-mail, fr: E-mail}
    ask: {en: What is your e-mail address?, fr: Quelle est votre adresse e-mail ?}
    reject: {en: An e-mail address looks like ann@example.org., fr: Une adresse ressemble à anne@exemple.fr.}
  day:
    kind: date
    label: {en: Day, fr: Jour}
    ask: {en: Which day suits you?, fr: Quel jour vous convient ?}
    future: true
    most_asks: 2
start: details
nodes:
  - id: details
    kind: form
    text: {en: How can we reach you?, fr: Comment vous joindre ?}
    slots: [name, email, day]
    optional: [day]
    next: thanks
  - id: thanks
    kind: end
    text: {en: 'Thank you, {name} ({email}){day}.', fr: 'Merci, {name} ({email}){day}.'}
"""


def flow(text: str, *replaced: tuple[str, str]) -> Graph:
    """The flow, with some of its words replaced by others."""
    for old, new in replaced:
        assert old in text, old
        text = text.replace(old, new)
    return from_yaml(text)
