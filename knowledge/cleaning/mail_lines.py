"""What the lines of a mail are, in English and French. Pure."""

from __future__ import annotations

import re

LONGEST = 250  # characters of a line that is looked at
SUBJECT_MARK = re.compile(r"^\s*(?:(?:re|ré|fw|fwd|tr)(?:\[\d+\])?\s?:\s*)+", re.IGNORECASE)
# With a time of day or an address in it, as every mail program writes it.
WROTE = re.compile(r"(?:on|le)\b.*(?:@|\d\s?[:h]\s?\d\d).*\b(?:wrote|a écrit)\s*:", re.IGNORECASE)
WROTE_SHORT = re.compile(r"\d{4}-\d\d-\d\d,? \d\d?:\d\d.*<[^<>]+@[^<>]+>\s*:")
WROTE_STARTS = re.compile(r"(?:on|le)\s|\d{4}-", re.IGNORECASE)
SEPARATOR = re.compile(
    r"[-_]{2,}\s*(?:original message|forwarded message|message d'origine|message original|message transféré"
    r"|message d’origine)\s*[-_]{2,}|(?:begin forwarded message|début du message transféré"
    r"|début du message réexpédié)\s*:",
    re.IGNORECASE,
)
HEADER = re.compile(r"(from|sent|to|cc|date|subject|de|envoyé|expéditeur|à|objet)\s?:\**\s*\S", re.IGNORECASE)
SENDER, SENT = {"from", "de", "expéditeur"}, {"sent", "date", "envoyé"}
MESSAGE = re.compile(
    r"\b(?:message|e-?mail|mail|courriel|courrier électronique|communication)\b", re.IGNORECASE
)
MOBILE = re.compile(
    r"(?:sent from (?:my|outlook|yahoo|mail for|proton)|get outlook for|envoyé (?:de mon|depuis mon"
    r"|depuis ma|à partir de)"
    r"|envoyé (?:avec|depuis|via) (?:outlook|yahoo|proton|la messagerie|l'application|courrier)"
    r"|(?:télécharger|obtenir|obtenez) outlook pour)\b.*",
    re.IGNORECASE,
)
NOTICE = re.compile(
    r"(?:ce (?:message|courriel|courrier électronique|mail|e-mail)|this (?:message|e-?mail|communication)"
    r"|the (?:information|contents?)"
    r"|les informations|confidentiality (?:notice|note)|avis de confidentialité|confidentialité"
    r"|disclaimer)\b",
    re.IGNORECASE,
)
PRIVATE = re.compile(
    r"intended (?:solely |only )?(?:recipient|for)|privileged|exclusif de ses destinataires|destinataires?\b",
    re.IGNORECASE,
)
CONFIDENTIAL = re.compile(r"confiden|privileged", re.IGNORECASE)
TREES = re.compile(
    r"(?:please consider the environment before printing|pensez à l[’']environnement avant d"
    r"|n[’']imprimez ce)",
    re.IGNORECASE,
)
GREETING = re.compile(
    r"(?:hello|hi|hey|dear|good (?:morning|afternoon|evening)|bonjour|bonsoir|salut|madame|monsieur|chère?"
    r"|mesdames)\b.{0,60}",
    re.IGNORECASE,
)
CLOSING = re.compile(
    r"(?:(?:bien |très )?cordialement|bien à (?:vous|toi)|sincères salutations"
    r"|(?:meilleures )?salutations(?: distinguées)?"
    r"|(?:(?:best|kind|warm|with kind) )?regards|(?:yours )?sincerely|best wishes|yours(?: truly"
    r"| faithfully)?|cheers|best"
    r"|thanks|many thanks|thank you|merci(?: d'avance| beaucoup)?|all the best)\s*[,.!]?",
    re.IGNORECASE,
)
CONTACT = re.compile(r"@|www\.|https?://|(?:\d[ .()/-]{0,2}){8}")
SHORT, FEW = 100, 8  # characters of a line of a signature, and lines
MOST_HEADERS = 12


def separator(line: str) -> bool:
    return SEPARATOR.fullmatch(_bare(line)) is not None


def header_end(lines: list[str], at: int) -> int:
    """Where headers that begin here end; 0 when none do. They name a sender and a time."""
    names: set[str] = set()
    end = at
    while end < min(len(lines), at + MOST_HEADERS) and (match := HEADER.match(_bare(lines[end]))):
        names.add(match[1].lower())
        end += 1
    dated = re.search(r"\d", "".join(lines[at:end]))
    return end if len(names) >= 3 and names & SENDER and names & SENT and dated else 0


def wrote_end(lines: list[str], at: int) -> int:
    """The line after "On … wrote:", which may be broken into two; 0 when it does not begin here."""
    line = _bare(lines[at])
    if not WROTE_STARTS.match(line):
        return 0
    for end in (at + 1, at + 2):
        joined = " ".join(_bare(other) for other in lines[at:end])
        if (
            len(joined) <= LONGEST
            and joined.endswith(":")
            and (WROTE.fullmatch(joined) or WROTE_SHORT.fullmatch(joined))
        ):
            return min(end, len(lines))
    return 0


def quoted(line: str) -> bool:
    return line.lstrip().lstrip("\\").startswith(">")


def mobile(line: str) -> bool:
    return len(line) <= SHORT and MOBILE.fullmatch(_bare(line)) is not None


def notice(paragraph: str) -> bool:
    text = paragraph.strip(" *_\\")
    private = NOTICE.match(text) and all(words.search(text) for words in (MESSAGE, PRIVATE, CONFIDENTIAL))
    return bool(private or TREES.match(text))


def delimiter(line: str) -> bool:
    return line.strip().lstrip("\\") == "--"


def greeting(line: str) -> bool:
    return len(line) <= SHORT and GREETING.fullmatch(_bare(line)) is not None


def closing(line: str) -> bool:
    return len(line) <= SHORT and CLOSING.fullmatch(_bare(line)) is not None


def contact(line: str) -> bool:
    return CONTACT.search(line[:LONGEST]) is not None


def short(lines: list[str]) -> bool:
    return len(lines) <= FEW and all(len(line) <= SHORT for line in lines)


def has_words(line: str) -> bool:
    return any(character.isalnum() for character in line)


def _bare(line: str) -> str:
    """A line without the marks of a quote or of emphasis, and nothing of one that is too long."""
    return line[: LONGEST + 50].strip().lstrip("\\>* ").replace("\\<", "<").rstrip("* ") if line else ""
