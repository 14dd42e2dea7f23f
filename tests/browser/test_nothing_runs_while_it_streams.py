"""What a model writes is text from its first character to its last, and so are the sources it read."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import expect

from tests.browser.asking import answer, ask
from tests.browser.conftest import running_product
from tests.browser.hostile import LINES
from tests.browser.watching import Watch
from tests.knowledge.articles import indexed
from tests.modelserver.control import ModelServer

# Without addresses and numbers: what no source states is never shown (assistant/showing.py).
SHOWN = [line for line in LINES if "alert(1)" in line and ":" not in line and len(line) < 70]
SENTENCES = [f"Lamps are wrapped like {line} by hand." for line in SHOWN]
RECORD = """
window.streamed = "";
new MutationObserver(() => {
  const text = document.querySelector(".message__body--streaming")?.textContent ?? "";
  if (text.length > window.streamed.length) window.streamed = text;
}).observe(document, { childList: true, characterData: true, subtree: true });
"""


@pytest.fixture(scope="module")
def product(
    django_db_setup: None,
    django_db_blocker: object,
    _model_server_process: ModelServer,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[str]:
    """With the scripted model."""
    model = {
        "OPENAI_BASE_URL": _model_server_process.url,
        "OPENAI_API_KEY": "key",
        "ANSWER_MODEL": "scripted",
    }
    with running_product(tmp_path_factory.mktemp("streaming"), **model) as address:
        yield address


def test_nothing_runs_while_an_answer_is_written(watch: Watch, model_server_process: ModelServer) -> None:
    indexed("<img src=x onerror=alert(1)> lamps", " ".join(SENTENCES[:12]))
    text = "[ANSWER] " + " ".join(f"{sentence} [1]" for sentence in SENTENCES)
    model_server_process.script({"text": text, "pace": 800.0})
    page = watch.page
    page.add_init_script(RECORD)
    page.goto("/")
    ask(page, "How are lamps wrapped?")
    expect(answer(page)).to_contain_text("alert(1)")
    streamed = page.evaluate("window.streamed")
    shown = [line for line in SHOWN if line in streamed]
    assert len(shown) > len(SHOWN) / 2
    watch.assert_nothing_ran()
