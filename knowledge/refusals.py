"""Why something is not taken in, in words. Stored as a code with its details, told when somebody reads it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from chatbot.outgoing import REASONS as OUTGOING

REASONS: dict[str, Promise] = {
    # A document
    "no_id": _("it has no id"),
    "id_too_long": _("its id is longer than %(most)s characters"),
    "no_title": _("it has no title"),
    "no_text": _("it has no text"),
    "too_long": _("it is longer than %(most)s characters"),
    "nothing_left": _("nothing readable is left of its text"),
    "unknown_format": _("its format “%(name)s” is not text, html or markdown"),
    "unknown_language": _("its language “%(code)s” is not one of %(known)s"),
    "id_twice": _("the id “%(id)s” stands already at %(where)s"),
    # A line, a file
    "line_too_long": _("the line is too long"),
    "not_json": _("not valid JSON: %(reason)s"),
    "no_object": _("not a JSON object"),
    "front_matter_too_long": _("its front matter is too long"),
    "front_matter_aliases": _("its front matter uses aliases"),
    "front_matter_broken": _("its front matter is not valid YAML"),
    "not_yaml": _("not valid YAML"),
    "yaml_too_long": _("it has more than %(most)s characters of YAML"),
    "yaml_aliases": _("it uses YAML aliases, which can make a small file endless"),
    "file_too_large": _("it is larger than %(most)s MB"),
    "too_large_together": _("the files of one import may have %(most)s MB together"),
    "empty_file": _("it is empty"),
    "unknown_kind": _("it is not a kind of file that can be read"),
    "damaged": _("it is damaged"),
    "took_too_long": _("reading it took longer than %(seconds)s seconds"),
    "took_too_much": _("reading it took more memory than is allowed"),
    "reader_failed": _("the reading process stopped at it"),
    "unreadable": _("it cannot be opened: %(reason)s"),
    # Kinds of file
    "picture": _("it is a picture; its text cannot be read"),
    "sound_or_film": _("it is a sound or film file"),
    "program": _("it is a program"),
    "old_word": _("it is an old Word file (.doc): save it as .docx"),
    "old_powerpoint": _("it is an old PowerPoint file (.ppt): save it as .pptx"),
    "unknown_json": _("it is JSON, but no list of documents with a title and a body"),
    "nested_too_deep": _("its parts are nested too deep"),
    "xml_entities": _("it defines XML entities, which can make a small file endless"),
    "sheet_too_large": _("its cells are spread over more than %(most)s places"),
    "too_many_rows": _("it has more than %(most)s rows; the rest was left out"),
    "too_many_pages": _("it has more than %(most)s pages; the rest was left out"),
    "scan_without_text": _("it is scanned and holds no text; it can be read where Tesseract is installed"),
    "scan_too_large": _("the scanned picture is too large"),
    "no_question": _("it has an answer, but no question"),
    "no_answer": _("it has a question, but no answer"),
    # An archive
    "not_an_archive": _("it is not a zip archive that can be read"),
    "too_many_files": _("it holds more than %(most)s files"),
    "shares_bytes": _("it shares its bytes with another file of the archive"),
    "bad_name": _("its name is not acceptable"),
    "leads_out": _("its name leads out of the archive"),
    "symbolic_link": _("it is a symbolic link"),
    "name_twice": _("the archive holds this name twice"),
    "encrypted": _("it is encrypted"),
    "unpacks_too_large": _("the archive unpacks to more than %(most)s MB"),
    "packed_too_tight": _("it is packed suspiciously tight"),
    "archive_inside": _(
        "it is an archive inside an archive: bring it in by itself, or put its files into the outer one"
    ),
    # A page
    "page_status": _("the server answered with status %(status)s"),
    "robots": _("its server does not answer, or its robots.txt does not let us in"),
    "host_given_up": _("its server failed too often, or wants more time between two visits"),
    "not_a_feed": _("there is no feed (RSS, Atom) at this address"),
    "not_a_sitemap": _("there is no site map at this address"),
    # What is left out
    "assets_left": _("images, styles and the like: %(number)s"),
    "left_specific": _("the answer speaks of one customer's own order"),
    "left_conversations": _("%(number)s conversations: import them in the admin, or with --review"),
    # Another system's project: what is no knowledge
    "left_small_talk": _("“%(name)s” is small talk, for which the assistant has its own words"),
    "left_handing_over": _("“%(name)s” asks for a person: the assistant hands over by itself"),
    "left_fallback": _("“%(name)s” is for what was not understood: the assistant has its own words"),
    "left_asks_back": _("“%(name)s” only asks something back"),
    "left_for_flows": _("“%(name)s” begins a longer conversation: the flow importer takes it"),
    "left_stories": _("stories: %(number)s. They are conversations; the flow importer takes them"),
    "left_rules": _("rules: %(number)s. They steer conversations; the flow importer takes them"),
    "left_forms": _("forms: %(number)s. They ask for values; the flow importer takes them"),
    "left_flows": _("flows: %(number)s. They are conversations; the flow importer takes them"),
    "left_pages": _("pages: %(number)s. They are steps of a conversation; the flow importer takes them"),
    "left_routes": _("routes on conditions: %(number)s; the flow importer takes them"),
    "left_answers": _("texts that answer no question by themselves: %(number)s"),
    "left_intents": _("intents without a text of their own: %(number)s"),
    "left_tests": _("test conversations: %(number)s"),
    "left_prompts": _("instructions for a language model: %(number)s"),
    "left_word_lists": _("lists of words, synonyms or entities: %(number)s"),
    "left_webhooks": _("calls of other systems: %(number)s. Nothing of them is kept"),
    "left_programs": _("programs and what belongs to them, never run: %(number)s"),
    "left_notes": _("it tells programmers about the project"),
    "left_settings": _("it holds the other system's own settings"),
    # Another system's project: what somebody may want to add by hand
    "needs_values": _("the answer of “%(name)s” has blanks that need values: %(blanks)s"),
    "needs_action": _("“%(name)s” is answered by a program or a form (%(action)s), not by a text"),
    "needs_context": _("“%(name)s” is only understood after something else was said"),
    "without_answer": _("“%(name)s” has no answer in the export"),
    "without_question": _("“%(name)s” has no example of how to ask"),
    "old_rasa": _("it was written for Rasa 1: convert it with “rasa data convert” first"),
    "choose_json_package": _("export the agent from Dialogflow CX as “JSON package”, not as “blob”"),
    "botpress_cloud": _("exports of Botpress Cloud cannot be read: nobody has told how they are made"),
    "no_article": _("it translates something that is no article of this import"),
    # A conversation
    "nothing_said": _("the customer says nothing in it"),
    "messages_cut": _("only the first %(most)s of its %(number)s messages are taken"),
    "unknown_sender": _("who is “%(name)s”? A sender is named customer, agent, bot or system"),
    "no_ticket": _("its %(number)s comments belong to no ticket of this import"),
    "bad_table": _("it is not a table that can be read: %(reason)s"),
    # The whole
    "does_not_exist": _("%(path)s does not exist"),
    "nothing_to_read": _("%(path)s holds nothing that can be read"),
}
# What the importer of flows makes something of.
FOR_FLOWS = (
    "left_for_flows",
    "left_stories",
    "left_rules",
    "left_forms",
    "left_flows",
    "left_pages",
    "left_routes",
    "needs_action",
)

PARTS: dict[str, Promise] = {
    "line": _("%(file)s, line %(number)s"),
    "row": _("%(file)s, row %(number)s"),
    "page": _("%(file)s, page %(number)s"),
    "slide": _("%(file)s, slide %(number)s"),
    "chapter": _("%(file)s, chapter %(number)s"),
    "entry": _("%(file)s, entry %(number)s"),
}
# A conversation that was held here; the file of its place is the day.
CONVERSATION, HELD_HERE = "conversation", _("a conversation of %(date)s")

# What was never meant to become knowledge: told, but nothing to worry about.
LEFT_OUT = {"assets_left"}


def is_left_out(code: str) -> bool:
    return code in LEFT_OUT or code.startswith("left_")


def in_words(code: str, details: Mapping[str, Any]) -> str:
    """The reason in the language of whoever reads it; an unknown code as it is."""
    reason = REASONS.get(code) or OUTGOING.get(code)
    if reason is None:
        return code
    told = {
        name: place_in_words(value) if isinstance(value, Mapping) else value
        for name, value in details.items()
    }
    return str(reason) % told


def place_in_words(place: Mapping[str, Any]) -> str:
    """Where it stood: "faq.xlsx (Prices), row 4"."""
    file, part, name = str(place.get("file", "")), str(place.get("part", "")), str(place.get("name", ""))
    if part == CONVERSATION:
        return str(HELD_HERE) % {"date": file}
    called = f"{file} ({name})" if name else file
    pattern = PARTS.get(part)
    if pattern is None or not place.get("number"):
        return called
    return str(pattern) % {"file": called, "number": place["number"]}
