"""The addresses of fine-tuning, and the faults that need no job."""

from collections.abc import Awaitable, Callable, Sequence
from typing import Any

from aiohttp import web

from . import wire
from .emitting import cut
from .recording import Record
from .tuning import Tuning, TuningScript

TUNING = web.AppKey("tuning", Tuning)
Act = Callable[[web.Request, Tuning], Awaitable[Any]]
FILES = ("upload", "files", "delete")
# What hosts refuse before there is a job: status, code, words.
REFUSED = {
    "training_not_available": (
        403, "training_not_available",
        "Fine-tuning is not available to your organization. New jobs can no longer be created.",
    ),
    "quota": (429, "insufficient_quota", "You exceeded your current quota, please check your plan."),
    "retired": (400, "model_retired", "The model has been shut down and can no longer be fine-tuned."),
    "not_tunable": (400, "model_not_available", "This model is not available for fine-tuning."),
}  # fmt: skip


def routes(opened: Callable[[web.Request, dict[str, Any]], Record]) -> list[web.RouteDef]:
    """`opened` writes into the log that something was asked."""

    def route(method: str, path: str, on: str, act: Act) -> web.RouteDef:
        async def handle(request: web.Request) -> web.StreamResponse:
            return await _answered(request, on, act, opened)

        return web.route(method, path, handle)

    job = "/v1/fine_tuning/jobs/{job}"
    return [
        route("POST", "/v1/files", "upload", _upload),
        route("GET", "/v1/files", "files", _files),
        route("DELETE", "/v1/files/{file}", "delete", _delete),
        route("POST", "/v1/fine_tuning/jobs", "create", _create),
        route("GET", "/v1/fine_tuning/jobs", "list", _jobs),
        route("GET", job, "job", _job),
        route("POST", f"{job}/cancel", "cancel", _cancel),
        route("GET", f"{job}/events", "events", _events),
        route("GET", f"{job}/checkpoints", "checkpoints", _checkpoints),
        web.post("/control/tuning", set_script),
        web.get("/control/tuning", get_state),
    ]


async def set_script(request: web.Request) -> web.Response:
    """Body: the fields of `TuningScript` that are not as usual."""
    try:
        request.app[TUNING].script = TuningScript.parse(await request.json())
    except (TypeError, ValueError) as error:
        return web.json_response({"error": str(error)}, status=400)
    return web.json_response({"ok": True})


async def get_state(request: web.Request) -> web.Response:
    return web.json_response(request.app[TUNING].as_json())


async def _answered(
    request: web.Request, on: str, act: Act, opened: Callable[[web.Request, dict[str, Any]], Record]
) -> web.StreamResponse:
    tuning = request.app[TUNING]
    record = opened(request, {"on": on})
    if refusal := _refusal(tuning, on):
        record.end(tuning.script.fault or "")
        return refusal
    try:
        told = await act(request, tuning)
    except KeyError as error:
        record.end("not_found")
        return _error(404, "not_found", f"No such object: {error.args[0]}")
    except ValueError as error:
        record.end("refused")
        return _error(400, "invalid_request_error", str(error))
    if tuning.script.takes("lost", on):
        record.end("lost")
        cut(request)
        return web.Response()
    record.end("done")
    return web.json_response(told)


def _refusal(tuning: Tuning, on: str) -> web.Response | None:
    script = tuning.script
    if script.takes("status", on):
        headers = {} if script.retry_after is None else {"Retry-After": f"{script.retry_after:g}"}
        return _error(script.status, script.code or "server_error", script.message, headers)
    if script.takes("garbled", on):
        return web.json_response(["something", "else"])
    if script.fault == "no_endpoint" or (script.fault == "no_list" and on == "list"):
        return _error(404, "not_found", "Not Found")
    if on == "create" and script.fault in REFUSED and script.takes(script.fault):
        return _error(*REFUSED[script.fault])
    return None


def _error(status: int, code: str, words: str, headers: dict[str, str] | None = None) -> web.Response:
    body = wire.error_body(words, "invalid_request_error", code=code)
    return web.json_response(body, status=status, headers=headers)


async def _upload(request: web.Request, tuning: Tuning) -> Any:
    form = await request.post()
    file = form["file"]
    if not isinstance(file, web.FileField) or form.get("purpose") != "fine-tune":
        raise ValueError("a file for fine-tuning is wanted")
    return tuning.add_file(file.filename, file.file.read(), str(form["purpose"])).as_json()


async def _files(request: web.Request, tuning: Tuning) -> Any:
    return _page(request, [file.as_json() for file in reversed(tuning.files.values())])


async def _delete(request: web.Request, tuning: Tuning) -> Any:
    file = tuning.files.pop(request.match_info["file"])
    tuning.deleted.append(file.id)
    return {"id": file.id, "object": "file", "deleted": True}


async def _create(request: web.Request, tuning: Tuning) -> Any:
    return tuning.begin(await request.json()).as_json()


async def _jobs(request: web.Request, tuning: Tuning) -> Any:
    return _page(request, [job.as_json() for job in reversed(tuning.jobs.values())])


async def _job(request: web.Request, tuning: Tuning) -> Any:
    job = tuning.jobs[request.match_info["job"]]
    if job.seen >= 2 and tuning.script.fault == "vanish":
        del tuning.jobs[job.id]
        raise KeyError(job.id)
    return tuning.look(job).as_json()


async def _cancel(request: web.Request, tuning: Tuning) -> Any:
    job = tuning.jobs[request.match_info["job"]]
    if job.finished_at:
        raise ValueError(f"Job {job.id} is already in a terminal state")
    return tuning.cancel(job).as_json()


async def _events(request: web.Request, tuning: Tuning) -> Any:
    events = tuning.jobs[request.match_info["job"]].events
    if tuning.script.fault == "same_page":
        return {"object": "list", "data": events[::-1], "has_more": True}
    return _page(request, events if tuning.script.fault == "oldest_first" else events[::-1])


async def _checkpoints(request: web.Request, tuning: Tuning) -> Any:
    return _page(request, tuning.jobs[request.match_info["job"]].checkpoints[::-1])


def _page(request: web.Request, rows: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """The newest first, `limit` of them behind `after`."""
    after, limit = request.query.get("after"), int(request.query.get("limit", "20"))
    begins = next((place + 1 for place, row in enumerate(rows) if row["id"] == after), 0)
    shown = rows[begins : begins + limit]
    return {"object": "list", "data": shown, "has_more": begins + limit < len(rows)}
