"""An import through the pages, and its job done without a worker."""

from __future__ import annotations

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from knowledge import working
from knowledge.models import ImportRun, Job
from tests.knowledge.lines import line

ADD = "/admin/knowledge/importrun/add/"


def jsonl(*lines: str, name: str = "kb.jsonl") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, "\n".join(lines).encode())


def ask(editor: Client, *files: SimpleUploadedFile, **fields: str) -> ImportRun:
    """Send the form; the files are not read yet."""
    given = {
        "audience": "everyone",
        "personal": "flag",
        "steps": ["encoding", "spacing", "boilerplate", "personal"],
    }
    answer = editor.post(ADD, {**given, **fields, "files": list(files)})
    assert answer.status_code == 302, answer.context["form"].errors
    return ImportRun.objects.latest("pk")


def do_jobs(kind: str = "import") -> None:
    for pk in Job.objects.filter(kind=kind, state="queued").values_list("pk", flat=True):
        working.run_job(pk)


def imported(editor: Client, *files: SimpleUploadedFile, **fields: str) -> ImportRun:
    run = ask(editor, *files, **fields)
    do_jobs()
    run.refresh_from_db()
    return run


def articles(*names: str, **fields: str) -> SimpleUploadedFile:
    """One line of text about each name."""
    return jsonl(
        *(line(id=name, title=name, body=f"This is what we say about {name}.", **fields) for name in names)
    )


def states(run: ImportRun) -> dict[str, str]:
    return dict(run.items.values_list("title", "state"))
