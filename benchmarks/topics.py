"""Do topics hold together? Of seeded conversations, how many stand in a topic with their own kind.

    python -m benchmarks.topics

In the database that is configured, after `manage.py seed_conversations` and the minutes that sorting takes.
Prints each topic, the question that stands for it, and what it is made of.
"""

from __future__ import annotations

from collections import Counter, defaultdict

from benchmarks.extracts import start_django


def main() -> None:
    start_django()
    from conversations.seeding.topics import topics
    from insights.first_questions import first_questions
    from insights.models import Tally
    from insights.named import names

    kinds = {said.lower(): one.key for one in topics() for texts in one.questions.values() for said in texts}
    asked = first_questions(Tally.objects.values_list("pk", flat=True))
    found: dict[int | None, Counter[str]] = defaultdict(Counter)
    for key, topic in Tally.objects.values_list("pk", "topic"):
        if key in asked and (kind := kinds.get(asked[key].text.lower())):
            found[topic][kind] += 1
    loose = found.pop(None, Counter()).total()
    own = sum(one.most_common(1)[0][1] for one in found.values())
    asked_in_all = loose + sum(one.total() for one in found.values())
    share = f"{own / asked_in_all:.3f}"
    print(f"{asked_in_all} conversations, {loose} in none of {len(found)} topics; with their own: {share}")
    named = names()
    for one, kinds_in_it in sorted(found.items(), key=lambda pair: -pair[1].total()):
        example = named.examples.get(one or 0)
        made_of = ", ".join(f"{kind} {number}" for kind, number in kinds_in_it.most_common())
        print(f"{named.topics[one or 0]} | {example.text if example else ''} | {made_of}")


if __name__ == "__main__":
    main()
