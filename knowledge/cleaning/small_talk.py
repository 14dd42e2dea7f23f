"""What people say around a question and its answer, in English and French. Pure.

A pattern here must take up a whole sentence, after `bare` has taken off signs at its ends.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from knowledge.chunking import sentence_spans

LONGEST = 200  # characters of a sentence that may be small talk
NAME = r"(?:[ ,]+[\w'’-]+){0,3}"


def _any(patterns: Iterable[str]) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns), re.IGNORECASE)


GREETING = _any([
    rf"(?:hello|hi|hey|hey ho|greetings|dear|good (?:morning|afternoon|evening|day))(?: there| all)?{NAME}",
    rf"(?:bonjour|bonsoir|salut|coucou|re|madame, monsieur|bjr)(?: à (?:tous|vous))?{NAME}",
    r"how are you(?: doing)?(?: today)?|how(?:'s| is) it going|(?:comment )?(?:ça|ca) va(?: bien)?"
    r"|comment allez[ -]vous",
    r"(?:i )?hope (?:you are|you're|this finds you|all is) .{0,30}",
])  # fmt: skip
# A greeting that the question follows in one breath: "Hello, how long …".
OPENING = re.compile(
    r"^(?:hello|hi|hey|good (?:morning|afternoon|evening)|bonjour|bonsoir|salut)"
    r"(?: there| all| team| madame| monsieur)?\s*[,!–-]\s+(?=\w)",
    re.IGNORECASE,
)
THANKS = _any([
    r"(?:ok|okay|great|perfect|alright|cool|super|parfait|d'accord|très bien|génial)?[ ,!.]*"
    r"(?:thanks?|thank you|thx|ty|cheers|mrc|mci|merci(?! (?:de |d')(?:(?:me |nous |m')?(?:bien )?)\w+(?:er"
    r"|ir|re)\b))\b.{0,60}",
    r"(?:ok(?:ay)?|great|perfect|alright|all right|cool|nice|awesome|excellent|exactly|sure|yes|no|yep|nope"
    r"|got it|i see"
    r"|understood|wonderful|no worries|no problem|let me know|that's (?:it|all|great)|that is (?:it"
    r"|all))(?: thanks?)?",
    r"(?:d'accord|parfait|super|génial|très bien|entendu|compris|je vois|oui|non|ok merci|c'est (?:bon|tout"
    r"|noté|parfait|ça)"
    r"|ça marche|pas de (?:souci|problème)|nickel)",
    r"(?:have|wish you) (?:a )?(?:great|nice|good|lovely|wonderful)\b.{0,30}|(?:good ?)?bye(?: bye)?"
    r"|take care|see you.{0,20}"
    r"|(?:bonne|excellente|belle) (?:journée|soirée|fin de journée|continuation|année)\b.{0,20}|bon week-end"
    r"|au revoir"
    r"|à (?:bientôt|plus)|cordialement|bien à vous|(?:best |kind )?regards",
    r"(?:please|svp|s'il (?:vous|te) pla[iî]t|stp)|you(?:'re| are) (?:very )?welcome|(?:it's |it was )?(?:a "
    r"|my )pleasure\b.{0,30}"
    r"|de rien|je vous en prie|avec plaisir|my pleasure|anytime|glad (?:to|i could) help.{0,20}",
    r"can you (?:please )?help(?: me)?(?: with (?:that|this|something))?|i (?:need|have) (?:some )?(?:help"
    r"|a question)"
    r"|(?:pouvez|pourriez|peux)[ -](?:vous|tu) m'aider|(?:est-ce que )?vous pouvez m'aider|j'ai (?:une"
    r"|besoin d'une) (?:question|aide)"
    r"|j'ai besoin d'aide|(?:is )?(?:anyone|anybody|someone) (?:there|here)|(?:il y a )?quelqu'un",
])  # fmt: skip
WAITING = _any([
    r"(?:(?:ok|okay|sure|alright|of course|certainly|absolutely|no problem|bien sûr|d'accord|très bien"
    r"|oui)[ ,!.]*)?"
    r"(?:please )?(?:(?:just )?(?:(?:a|one) (?:moment|second|sec|minute)|hold on|bear with me|wait|give me)"
    r"|let me|i(?:'ll| will)"
    r" (?:just )?(?:check|look|have a look|see|find|verify|pull|get back)|i(?:'m| am) (?:checking|looking"
    r"|just))\b.{0,120}",
    r"(?:(?:ok|d'accord|très bien|bien sûr|oui)[ ,!.]*)?(?:(?:un|1) (?:instant|moment|petit instant"
    r"|petit moment)|une (?:minute|seconde)"
    r"|(?:merci de |veuillez )?patiente[rz]|je (?:vérifie|regarde|consulte|cherche|me renseigne|reviens"
    r"|vais (?:vérifier|regarder|voir))"
    r"|laissez[ -]moi)\b.{0,120}",
    r"(?:i(?:'d| would) be |i(?:'m| am) )?(?:happy|glad|more than happy) to (?:help|assist)\b.{0,60}|(?:sure"
    r"|of course|yes)?[ ,!]*i can"
    r" (?:help|assist|do that|certainly)\b.{0,60}|(?:thanks?|thank you) for (?:contacting|reaching|waiting"
    r"|your patience|holding)\b.{0,60}",
    r"je (?:peux|vais|suis là pour) vous aider\b.{0,60}|je (?:suis|serais|serai) (?:ravie?|heureux"
    r"|heureuse) de vous aider\b.{0,60}"
    r"|merci (?:d'avoir|de nous avoir|de votre|pour votre) .{0,60}",
    r"(?:bienvenue|welcome)\b.{0,60}|(?:my name is|je m'appelle|je suis|ici|this is|i(?:'m"
    r"| am)) [\w'’-]+(?:,? .{0,40})?"
    r"(?:assistant|advisor|agent|bot|conseill\w+|support|service client)\b.{0,40}",
    r"(?:ok|okay|sure|yes|alright|thanks?|great|perfect|oui|d'accord|très bien|parfait|certainly|of course"
    r"|bien sûr)"
    r"|(?:i(?:'m| am) )?(?:so |very |really )?sorry(?: (?:to hear|about|for|that you|(?:i"
    r"|we) could(?:n't)?)\b.{0,80})?"
    r"|(?:my |our )?apologies(?: for\b.{0,80})?"
    r"|(?:je suis |nous sommes )?(?:vraiment |sincèrement )?désolée?s?(?: (?:pour|de|d'apprendre"
    r"|que)\b.{0,80})?"
    r"|toutes (?:mes|nos) excuses(?: pour\b.{0,80})?"
    r"|i (?:completely )?understand(?: (?:your|how|that you)\b.{0,80})?|je (?:vous )?comprends(?: (?:votre"
    r"|que vous)\b.{0,80})?",
    r"(?:i(?:'ll| will| have| can|'m going to)|let me|je (?:vais|vous)|nous (?:allons"
    r"|vous)) .{0,60}\b(?:connect|transfer|escalate[ds]?|manager"
    r"|colleague|human|supervisor|let my|transfér\w+|collègue|responsable|mets? en relation"
    r"|conseiller)\b.{0,80}",
    r"(?:everything|all|tout) (?:is |est )?(?:in order|en ordre|fine)\b.{0,40}|(?:soon|then) i will .{0,80}"
    r"|i will (?:soon )?answer .{0,60}",
    r"(?:please )?(?:rate|don't hesitate|do not hesitate|feel free|n'hésitez pas)\b.{0,120}",
    r"(?:(?:would|will) there be|is there) (?:anything|something) else\b.{0,80}|(?:can|may"
    r"|could) i help .{0,60}(?:else|today)\b.{0,30}"
    r"|(?:puis-je|est-ce que je peux) (?:vous aider|faire) .{0,60}|avez-vous (?:d'autres questions"
    r"|besoin d'autre chose).{0,60}",
])  # fmt: skip
UNHELPED = _any([
    r".{0,40}(?:doesn't|does not|didn't|did not|not) (?:work|help|answer)\w*.{0,60}|(?:that's"
    r"|that is) not (?:what|my|true|correct)\b.*",
    r".{0,40}(?:ne (?:marche|fonctionne) (?:pas|toujours pas)|(?:ce )?n'est pas (?:ma question|ce que|vrai"
    r"|la question)).{0,60}",
])  # fmt: skip
# An agent's question without a question mark.
WANTS_TO_KNOW = re.compile(
    r"\b(?:may i|can i|could i) (?:have|get|know|ask)\b|\b(?:could|can|would|will) you (?:please )?(?:tell"
    r"|give|provide|confirm|share|send)\b"
    r"|\b(?:need|provide|confirm|give me|share|tell me|enter|verify)\b.{0,30}\b(?:your|the) (?:full |first "
    r"|last |account |order |phone |e-?mail |zip )*"
    r"(?:name|number|id|e-?mail|address|username|code|level)\b|\byou would give me\b|^(?:and )?(?:what"
    r"|which) (?:is|was|are) (?:your|the)\b"
    r"|\b(?:pouvez|pourriez)-vous (?:me |nous |m')?(?:donner|confirmer|indiquer|communiquer|préciser|dire"
    r"|envoyer|rappeler)\b"
    r"|\b(?:puis-je|pourrais-je) avoir\b|\b(?:merci de|veuillez) (?:me|nous) (?:donner|confirmer|indiquer"
    r"|communiquer|préciser|fournir)\b"
    r"|\b(?:j'aurais|j'ai|il me faudrait|aurai) (?:besoin )?(?:de |d')?(?:votre|vos)\b",
    re.IGNORECASE,
)
GRATEFUL = re.compile(
    r"\b(?:thanks?|thank you|thx|great|perfect|merci|parfait|super|génial|top)\b", re.IGNORECASE
)
ASKS = re.compile(
    r"\?|^(?:how|what|where|when|why|which|who|can|could|do|does|did|is|are|will|would|should|may|have|has"
    r"|comment|quel\w*|o[uù]"
    r"|quand|pourquoi|combien|qui|que|qu'|est-ce|puis-je|peut-on|pouvez|avez|faut-il|dois-je)\b",
    re.IGNORECASE,
)


def sentences(text: str) -> list[str]:
    return [
        part
        for line in text.splitlines()
        for start, end in sentence_spans(line)
        if (part := line[start:end].strip())
    ]


def bare(sentence: str) -> str:
    return sentence.replace("’", "'").strip(" \t.!?,;:…-*_)(☺🙂😊👍")


def is_talk(sentence: str, *patterns: re.Pattern[str]) -> bool:
    """Whether the sentence is nothing else; one of several short clauses counts when each is."""
    if len(sentence) > LONGEST:
        return False
    whole = bare(sentence)
    if not whole or any(pattern.fullmatch(whole) for pattern in patterns):
        return True
    clauses = [bare(clause) for clause in re.split(r"[,;!]", whole)]
    return len(clauses) > 1 and all(
        not clause or any(pattern.fullmatch(clause) for pattern in patterns) for clause in clauses
    )


def asks(sentence: str) -> bool:
    return ASKS.search(sentence) is not None


def without_opening(sentence: str) -> str:
    """A sentence without the greeting it begins with."""
    left = OPENING.sub("", sentence, count=1)
    return left[:1].upper() + left[1:] if left != sentence else sentence
