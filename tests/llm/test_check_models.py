import json
from io import StringIO

from django.core.management import call_command
from pytest_django.fixtures import Settings

from tests.modelserver.control import ModelServer


def run(*arguments: str) -> tuple[str, int]:
    output = StringIO()
    try:
        call_command("check_models", *arguments, stdout=output)
    except SystemExit as end:
        return output.getvalue(), int(end.code or 0)
    return output.getvalue(), 0


def test_it_says_what_each_model_can_do(scripted_model: ModelServer, settings: Settings) -> None:
    settings.REWRITE_MODEL = "scripted-small"
    output, code = run("--json")
    findings = json.loads(output)
    assert code == 0
    assert {(finding["model"], finding["ability"]): finding["works"] for finding in findings} == {
        **{("scripted", ability): True for ability in ("chat", "streaming", "structured", "tools")},
        **{("scripted-small", ability): True for ability in ("chat", "streaming", "structured", "tools")},
        ("scripted-embedding", "embeddings"): True,
    }
    assert "384 dimensions" in findings[-1]["detail"]


def test_a_model_that_cannot_do_its_task_is_named(scripted_model: ModelServer) -> None:
    scripted_model.script({"fault": "status", "status": 401})
    output, code = run()
    assert code == 1
    assert "the provider refuses the key" in output
    assert output.count(" NO ") == 3


def test_an_ability_that_nobody_needs_may_be_missing(scripted_model: ModelServer) -> None:
    scripted_model.script({"match": "order", "text": "I cannot look that up."})
    output, code = run()
    assert code == 0
    assert "it did not call the tool" in output


def test_working_without_a_model_is_not_a_failure(scripted_model: ModelServer, settings: Settings) -> None:
    settings.OPENAI_API_KEY = settings.OPENAI_BASE_URL = ""
    output, code = run()
    assert code == 0
    assert "No chat model is configured" in output
