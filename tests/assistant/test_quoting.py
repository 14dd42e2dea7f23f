"""What can be quoted: sentences, whole lists with their lead, single rows with their header."""

import pytest

from assistant.extracts import Quote, choose_quotes, cite
from assistant.prompts import Decision, Opening
from assistant.units import split_units
from knowledge.matching import Passage
from knowledge.query import subject_of
from knowledge.terms import content_words, stem_words, term_id


def texts(passage: str, heading: str = "") -> list[str]:
    return [unit.text for unit in split_units(passage, heading)]


def test_sentences_stand_alone_and_know_their_heading() -> None:
    units = split_units("Time limit\nYou have 30 days. Sale items have 14.")
    assert [unit.text for unit in units] == ["You have 30 days.", "Sale items have 14."]
    assert {unit.context for unit in units} == {"Time limit"}


def test_steps_stay_together_with_the_line_that_announces_them() -> None:
    whole = split_units("To reset it:\n\n1. Press the top.\n2. Wait.")[0]
    assert (whole.kind, whole.text) == ("list", "To reset it:\n\n1. Press the top.\n2. Wait.")


def test_lines_that_lost_their_bullets_are_a_list_again() -> None:
    passage = "You need the following:\nA passport\nA photo\nThen come to the office."
    assert texts(passage)[
        0
    ] == "You need the following:\n\n- A passport\n- A photo\n- Then come to the office." or (
        texts(passage)[0] == "You need the following:\n\n- A passport\n- A photo"
    )


def test_a_row_is_quoted_with_its_header() -> None:
    rows = texts("| To | Price |\n|---|---|\n| France | 4.90 |\n| Italy | 8.90 |")
    assert rows == [
        "| To | Price |\n|---|---|\n| France | 4.90 |",
        "| To | Price |\n|---|---|\n| Italy | 8.90 |",
    ]


def test_the_articles_own_marks_and_inner_links_are_left_out() -> None:
    assert texts("See [our page](returns.md) and the form [2]. ![x](a.png)") == ["See our page and the form."]


def test_what_only_points_to_another_article_is_left_out() -> None:
    assert texts("The carrier's fee comes on top. See [customs](customs.md).") == [
        "The carrier's fee comes on top."
    ]
    assert texts("It takes a day: see [refund times](refunds.md).") == ["It takes a day."]
    assert texts("You pay on top. Voir aussi [la douane](douane.md).") == ["You pay on top."]


def test_a_question_is_never_quoted() -> None:
    assert texts("You have 30 days. Can I log off and come back?") == ["You have 30 days."]


def test_the_decision_of_the_model_is_read_and_never_shown() -> None:
    for word, decision in (
        ("[ANSWER]", Decision.ANSWER),
        ("**[NONE]**", Decision.NONE),
        ("[ask]:", Decision.ASK),
    ):
        opening = Opening()
        shown = "".join(opening.feed(letter) for letter in f" {word} Yes.") + opening.rest()
        assert opening.decision is decision
        assert shown.lstrip("* :") == "Yes."


def test_a_model_that_forgets_to_decide_has_answered() -> None:
    opening = Opening()
    assert "".join(opening.feed(letter) for letter in "[1] says so.") + opening.rest() == "[1] says so."
    assert opening.decision is Decision.ANSWER


def quote_of(text: str, question: str) -> str:
    passage = Passage(
        chunk_id=1, document_id=1, revision_id=1, source_id=1, external_id="a", language="en",
        original_url="", title="Returns", heading_path=["Time limit"], anchor="", text=text,
        score=0.4, dense=0.3, words=0.5,
    )  # fmt: skip
    weights = {term_id(f"{mark}{stem}"): 1.0 for stem in question.split() for mark in ("", "=")}
    return choose_quotes([passage], weights, "en")[0].text


def test_an_exception_is_quoted_with_the_rule_before_it() -> None:
    said = quote_of("You have 30 days to send a lamp back. Sale items have 14 days.", "sale item")
    assert said == "You have 30 days to send a lamp back. Sale items have 14 days."


def test_a_short_list_is_quoted_whole() -> None:
    said = quote_of("- Monday to Friday, from 9 to 5.\n- Metro C.\n- A workshop behind the shop.", "shop")
    assert said.startswith("- Monday to Friday")
    assert said.endswith("behind the shop.")


def test_of_a_long_list_only_the_item_that_answers_is_quoted() -> None:
    others = "\n".join(
        f"- Country number {n} costs more than you would think, and takes long." for n in range(9)
    )
    answer = "Malta is free for orders of three lamps."
    assert quote_of(f"{others}\n- {answer}", "malta") == answer


def test_a_footnote_mark_in_a_heading_is_not_taken_for_a_source() -> None:
    quote = Quote(passage=0, text="- one", plain="one", is_list=True, heading="Licences [7]", score=1.0)
    assert cite(quote, 1, "Title") == "**Licences** [1]\n\n- one"


PRICES = (
    "The amounts below hold for every parcel, whatever it contains, and include the tax of your country.\n\n"
    "| Country | Parcel |\n|---|---|\n| France | €3.90 |\n| Malta | €6.90 |\n| Spain | €9.90 |\n\n"
) + "A parcel that weighs more is sent by a carrier of our choice, who calls you to make an appointment. " * 6


def best_quote(question: str, *passages: Passage) -> Quote:
    stems = stem_words(content_words(subject_of(question, "en"), "en"), "en")
    weights = {term_id(f"{mark}{stem}"): 1.0 for stem in stems for mark in ("", "=")}
    return choose_quotes(passages, weights, "en", question=question)[0]


def found(title: str, heading: str, text: str, score: float) -> Passage:
    return Passage(
        chunk_id=1, document_id=hash(title), revision_id=1, source_id=1, external_id=title, language="en",
        original_url="", title=title, heading_path=[heading] if heading else [], anchor="", text=text,
        score=score, dense=score, words=0.5,
    )  # fmt: skip


def test_the_line_that_announces_a_table_is_quoted_with_its_rows() -> None:
    rows = texts("In working days:\n\n| To | Days |\n|---|---|\n| France | 3 |")
    assert rows == ["In working days:\n\n| To | Days |\n|---|---|\n| France | 3 |"]


def test_a_question_about_one_row_is_answered_by_that_row() -> None:
    quote = best_quote("How much is a parcel to Malta?", found("Delivery", "Prices", PRICES, 0.4))
    assert quote.text == "| Country | Parcel |\n|---|---|\n| Malta | €6.90 |"


def test_a_question_about_no_row_in_particular_is_answered_by_the_table() -> None:
    quote = best_quote("What does a parcel cost?", found("Delivery", "Prices", PRICES, 0.4))
    assert quote.text.startswith("| Country | Parcel |")
    assert quote.text.endswith("| Spain | €9.90 |")


def test_who_asks_for_a_price_gets_a_section_that_gives_one() -> None:
    special = found("Delivery", "Special cases", "A parcel to Malta is never left with a neighbour.", 0.405)
    quote = best_quote(
        "How much does a parcel to Malta cost?", special, found("Delivery", "Prices", PRICES, 0.4)
    )
    assert "€6.90" in quote.text


def test_who_asks_for_a_time_gets_a_sentence_that_gives_one() -> None:
    text = "A refund is a matter of trust. We pay a refund within three days."
    late = found("Refunds", "Why", "A refund is a matter of trust between you and our shop.", 0.402)
    assert best_quote("How long does a refund take?", late, found("Refunds", "When", text, 0.4)).passage == 1


def test_of_articles_that_fit_alike_the_one_whose_title_is_the_question_is_quoted() -> None:
    text = "Open the network settings and choose the wireless network to connect to."
    hidden = found("Connect to a hidden wireless network", "", text, 0.402)
    plain = found("Connect to a wireless network", "", text.replace("Open", "See"), 0.4)
    assert best_quote("How do I connect to a wireless network?", hidden, plain).passage == 1
    assert best_quote("How do I connect to a hidden wireless network?", hidden, plain).passage == 0


def test_a_quote_begins_with_what_its_first_word_leans_on() -> None:
    rule = "Your employer may not read letters that are marked as private."
    exception = "Instead, messages about the job may be read by the employer at any time."
    for word in ("Instead", "Therefore", "However"):
        said = quote_of(f"{rule}\n\n{exception.replace('Instead', word)}" + FILLER, "job messag read")
        assert said.startswith(rule), word


def test_a_quote_does_not_begin_in_the_middle_of_a_sentence() -> None:
    start = "The bank has to tell you of it first."
    said = quote_of(
        f"{start}\n\nthe measures concerning your debts stay on file for years." + FILLER, "debt file"
    )
    assert said.startswith(start)


FILLER = "\n\n" + "Nothing else is to be said of the weather in the mountains of the south. " * 9


def test_a_yes_is_not_quoted_under_another_question() -> None:
    reply = found(
        "May the boss open my files?", "", "Yes. The boss may open files that are not private.", 0.4
    )
    assert best_quote("Does the boss see my private mail?", reply).text.startswith("The boss may open")
    assert best_quote("May the boss open my files?", reply).text.startswith("Yes. The boss")


def test_a_heading_that_is_the_first_line_of_its_passage_is_said_once() -> None:
    quote = Quote(
        passage=0, text="What is a lapse?\n\n- No insurance.", plain="", is_list=True,
        heading="What is a lapse?", score=1.0,
    )  # fmt: skip
    assert cite(quote, 1, "Insurance") == "**What is a lapse?** [1]\n\n- No insurance."


def test_lines_that_say_a_value_head_nothing() -> None:
    receipt = "Points: 821  \nTotal points: 3,247  \nRewards applied -$25.00  \nTOTAL $821.14"
    units = split_units(receipt, "Receipt")
    assert [unit.text for unit in units] == receipt.split("  \n")
    assert {unit.context for unit in units} == {"Receipt"}
    assert [unit.context for unit in split_units("Step 2: Print the label\nIt is in the mail.")] == [
        "Step 2: Print the label"
    ]


def test_lines_broken_on_purpose_do_not_head_each_other() -> None:
    policy = "Returns within 30 days  \nReceipt required  \nElectronics must be unopened\n\nThank you!"
    contexts = {unit.plain: unit.context for unit in split_units(policy)}
    assert contexts["Thank you!"] == contexts["Receipt required"] == "Returns within 30 days"
    asked = split_units("Opening hours  \nDo you open on Sundays?  \nFrom ten to four")
    assert [unit.context for unit in asked] == ["Do you open on Sundays?"]


RECEIPT = """Cleaning kit  \nCARE-1156 3 @ $12.99  \n$38.97

SUBTOTAL $863.91  \nSales tax (8.5%) $66.23  \nRewards applied -$25.00

TOTAL $821.14"""


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("What is the total?", "TOTAL $821.14"),
        (
            "How much was the sales tax?",
            "SUBTOTAL $863.91  \nSales tax (8.5%) $66.23  \nRewards applied -$25.00",
        ),
    ],
)
def test_of_a_receipt_the_part_that_was_asked_is_quoted_in_its_lines(question: str, answer: str) -> None:
    assert best_quote(question, found("Receipt", "", RECEIPT, 0.4)).text == answer


def test_a_label_is_what_its_value_is_asked_by() -> None:
    points = found("Receipt", "Member", "Total points: 3,247  \nThank you", 0.40)
    paid = found("Receipt", "Items", RECEIPT, 0.39)
    assert best_quote("What is the total on the receipt?", points, paid).text == "TOTAL $821.14"


def test_the_names_in_an_address_say_nothing_of_its_sentence() -> None:
    thanks = found("Lamps", "", "Thank you! Read www.lamps.example/receipt too.", 0.4)
    kept = found("Lamps", "", "Keep the receipt of every lamp for two years.", 0.39)
    assert best_quote("Do I need the receipt for lamps?", thanks, kept).text.startswith("Keep")


def test_a_heading_with_nothing_below_it_is_quoted_as_a_line() -> None:
    assert texts("## Closed on Sundays", "Closed on Sundays") == ["Closed on Sundays"]
