"""What a mail carries besides what was written: quoted mail, headers, signatures, notices. Pure.

A signature is taken away only where something else shows that the text is mail, since articles too end with
an address, and letters that are to be copied end with "Cordialement".
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from knowledge.cleaning import mail_lines as line_is
from knowledge.cleaning.base import Draft, Rules


@dataclass
class Mail:
    """A mail being read: what is left, how many parts were taken, and whether it surely is one."""

    lines: list[str]
    taken: int = 0
    sure: bool = False

    def keep(self, lines: list[str], *, sure: bool = False) -> None:
        if len(lines) != len(self.lines):
            self.lines, self.taken, self.sure = lines, self.taken + 1, self.sure or sure


def drop_mail(draft: Draft, rules: Rules) -> tuple[Draft, int]:
    """A text with code in it is an article, which may show how a mail looks."""
    if "```" in draft.body or "~~~" in draft.body:
        return draft, 0
    title = line_is.SUBJECT_MARK.sub("", draft.title)
    mail = Mail(draft.body.split("\n"), sure=title != draft.title)
    for take in (_headers, _quotes, _mobile, _notices, _signature, _closing):
        take(mail)
    if not mail.taken or not any(map(line_is.has_words, mail.lines)):
        return (replace(draft, title=title), 1) if title != draft.title and title else (draft, 0)
    changed = mail.taken + (title != draft.title)
    return replace(draft, title=title or draft.title, body="\n".join(mail.lines).strip("\n")), changed


def _headers(mail: Mail) -> None:
    """ "From: … Sent: … Subject: …" begins the mail before; at the top it is a forwarded mail's own."""
    for at, line in enumerate(mail.lines):
        start = at + 1 if line_is.separator(line) else at
        while start < len(mail.lines) and start > at and not mail.lines[start].strip():
            start += 1
        end = line_is.header_end(mail.lines, start)
        if end or line_is.separator(line):
            before = any(map(line_is.has_words, mail.lines[:at]))
            mail.keep(mail.lines[:at] if before else mail.lines[end or start :], sure=True)
            return


def _quotes(mail: Mail) -> None:
    """ "On … wrote:" and what is quoted below it; without ">" that is all the rest."""
    for at in range(len(mail.lines)):
        end = line_is.wrote_end(mail.lines, at)
        if not end or not any(map(line_is.has_words, mail.lines[:at])):
            continue
        rest = mail.lines[end:]
        below = next((line for line in rest if line.strip()), "")
        own = [line for line in rest if not line_is.quoted(line)] if line_is.quoted(below) else []
        mail.keep([*mail.lines[:at], *own], sure=True)
        return


def _mobile(mail: Mail) -> None:
    mail.keep([line for line in mail.lines if not line_is.mobile(line)], sure=True)


def _notices(mail: Mail) -> None:
    """Paragraphs about confidentiality, among the last ones."""
    starts = [
        at
        for at, line in enumerate(mail.lines)
        if line.strip() and (not at or not mail.lines[at - 1].strip())
    ]
    for start in starts[-3:]:
        end = next(
            (at for at in range(start, len(mail.lines)) if not mail.lines[at].strip()), len(mail.lines)
        )
        if start and line_is.notice(" ".join(mail.lines[start:end])):
            mail.keep(mail.lines[:start] + mail.lines[end:], sure=True)
            return


def _signature(mail: Mail) -> None:
    """From a line of two hyphens on, if what follows is short."""
    for at in range(len(mail.lines) - 1, 0, -1):
        if line_is.delimiter(mail.lines[at]):
            after = [line for line in mail.lines[at + 1 :] if line.strip()]
            above = mail.lines[max(0, at - 3) : at]
            shown = mail.sure or line_is.greeting(_first(mail)) or any(map(line_is.closing, above))
            if shown and line_is.short(after):
                mail.keep(mail.lines[:at], sure=True)
            return


def _closing(mail: Mail) -> None:
    """ "Kind regards" and the name below; what tells how to reach its owner shows that it is a signature."""
    for at in range(len(mail.lines) - 1, 0, -1):
        if line_is.closing(mail.lines[at]):
            after = [line for line in mail.lines[at + 1 :] if line.strip()]
            reachable = line_is.greeting(_first(mail)) and any(map(line_is.contact, after))
            if line_is.short(after) and (mail.sure or reachable):
                mail.keep(mail.lines[:at])
            return


def _first(mail: Mail) -> str:
    return next((line for line in mail.lines if line.strip()), "")
