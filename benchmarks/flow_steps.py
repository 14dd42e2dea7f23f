"""What a step of a flow costs without a model: reading the words, and walking on.

    python -m benchmarks.flow_steps

Walks the sample company's flows with what customers write, again and again, and prints milliseconds of CPU.
The router's vector (40 ms with the embedded model, kept for a week) comes on top where words may begin
another flow.
"""

from __future__ import annotations

import time
from datetime import datetime

import numpy as np

from benchmarks.offline_django import set_up

ROUNDS = 200
SAID = {
    "return_item": [
        "LP-2041170",
        "no sorry, LP-2041171",
        "too big for my table",
        "how much is that?",
        "by post",
        "lea@example.org",
        "yes please",
    ],
    "book_appointment": ["a repair", "next Tuesday", "actually Wednesday", "what does it cost?", "forget it"],
}


def main() -> None:
    set_up()
    from flows.interpreting import Words, interpret
    from flows.library import Shelf
    from flows.run import Facts
    from flows.runner import step
    from flows.samples import sample_flows
    from flows.state import Acted, Answered, AnswerFromKnowledge, Do, Heard, StartFlow, State

    library, facts = Shelf.of(*sample_flows()), Facts(datetime(2026, 11, 30, 10))
    reading: list[float] = []
    walking: list[float] = []

    def walked(state: State, event: Heard | Acted | Answered) -> State:
        begun = time.process_time()
        done = step(library, state, event, facts)
        kept = State.from_json(done.state.as_json())
        walking.append((time.process_time() - begun) * 1000)
        last = done.effects[-1] if done.effects else None
        if isinstance(last, Do):
            return walked(kept, Acted(True, {"number": "R-1", "times": ["15:00"]}, final=True))
        return walked(kept, Answered(True)) if isinstance(last, AnswerFromKnowledge) else kept

    for _ in range(ROUNDS):
        for flow, lines in SAID.items():
            state = walked(State(), Heard((StartFlow(flow),)))
            for text in lines:
                begun = time.process_time()
                heard = interpret(library, state, Words(text), facts).heard
                reading.append((time.process_time() - begun) * 1000)
                state = walked(state, heard or Heard(()))
    for name, times in (("reading the words", reading), ("walking on", walking)):
        print(f"| {name}, p50 / p95 ms | {np.percentile(times, 50):.2f} / {np.percentile(times, 95):.2f} |")


if __name__ == "__main__":
    main()
