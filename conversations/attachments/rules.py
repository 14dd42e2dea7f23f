"""Which files an assistant takes, and how that is said."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from assistant.models import Assistant

PICTURES = "image/jpeg,image/png,image/gif,image/webp"
DOCUMENTS = "application/pdf,text/plain,text/csv,.pdf,.txt,.csv,.md"

# Code → status, and what to do. Further ones need figures: see `refusal_words`.
REFUSALS: dict[str, tuple[int, Promise]] = {
    "invalid": (
        400,
        gettext_lazy("This could not be understood. Load the page again if it happens once more."),
    ),
    "empty": (400, gettext_lazy("The file is empty. Choose another one.")),
    "expired": (401, gettext_lazy("This page has been open for long. Load it again.")),
    "off": (403, gettext_lazy("Files cannot be sent in this conversation.")),
    "gone": (404, gettext_lazy("This file is no longer there.")),
    "full": (
        409,
        gettext_lazy(
            "This conversation cannot hold more files. Talk to a person, or start a new conversation."
        ),
    ),
    "damaged": (422, gettext_lazy("The file could not be read. Save it again, or send another one.")),
    "too_many_pixels": (422, gettext_lazy("The picture has too many pixels. Send a smaller one.")),
    "too_fast": (429, gettext_lazy("Those were many files in a short time. Please wait an hour.")),
    "busy": (503, gettext_lazy("Many files are being checked just now. Please try again in a minute.")),
}


@dataclass(frozen=True, slots=True)
class Rules:
    pictures: bool
    documents: bool
    megabytes: int  # of one file
    at_once: int  # files of one message

    def __bool__(self) -> bool:
        return self.pictures or self.documents

    @property
    def most(self) -> int:
        """Bytes of one file."""
        return self.megabytes * 1_000_000

    @property
    def accept(self) -> str:
        """For `<input type="file" accept>`."""
        return ",".join([PICTURES] * self.pictures + [DOCUMENTS] * self.documents)

    def takes(self, *, is_picture: bool) -> bool:
        return self.pictures if is_picture else self.documents

    @property
    def kinds(self) -> str:
        """In the middle of a sentence."""
        if self.pictures and self.documents:
            return _("a picture, a PDF or a text file")
        return _("a picture") if self.pictures else _("a PDF or a text file")

    @property
    def told_before(self) -> str:
        """What may be sent, said where a file is chosen."""
        files = ngettext("%(count)d file at once", "%(count)d files at once", self.at_once)
        kinds = {
            (True, True): _("Pictures, PDF and text"),
            (True, False): _("Pictures"),
            (False, True): _("PDF and text"),
        }.get((self.pictures, self.documents), "")
        said = _("%(kinds)s, up to %(megabytes)d MB each, %(files)s")
        return said % {"kinds": kinds, "megabytes": self.megabytes, "files": files % {"count": self.at_once}}


def rules_of(assistant: Assistant) -> Rules:
    return Rules(
        pictures=assistant.takes_pictures,
        documents=assistant.takes_documents,
        megabytes=assistant.largest_file,
        at_once=assistant.most_files,
    )


def refusal_words(code: str, rules: Rules) -> tuple[int, str]:
    """The status of a refusal, and what to do."""
    if code == "too_large":
        said = _("The file is larger than %(most)d MB. Send a smaller one.")
        return 413, said % {"most": rules.megabytes}
    if code == "wrong_kind":
        return 415, _("This kind of file cannot be sent. Send %(kinds)s.") % {"kinds": rules.kinds}
    status, words = REFUSALS.get(code, REFUSALS["invalid"])
    return status, str(words)
