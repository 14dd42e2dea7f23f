"""The routes: those of the protocol, and four to control it."""

import asyncio
import json
from collections.abc import Awaitable, Callable
from typing import Any

from aiohttp import web

from . import answers, reranking, wire
from .emitting import Emission, cut, until_gone
from .recording import Log, Record
from .rules import Rule, Script
from .tuning import Tuning
from .tuning_routes import TUNING, routes
from .vectors import embedding_response

SCRIPT = web.AppKey("script", Script)
LOG = web.AppKey("log", Log)
LISTED = web.AppKey("listed", dict[str, str | None])
NAMES = ("scripted", "scripted-embedding")
Answer = Callable[[web.Request, Rule, Record], Awaitable[web.StreamResponse]]


def build_app() -> web.Application:
    app = web.Application(client_max_size=64 * 1024 * 1024)
    app[SCRIPT], app[LOG], app[LISTED] = Script(), Log(), dict.fromkeys(NAMES)
    app[TUNING] = Tuning(app[LISTED])
    app.add_routes(
        [
            web.post("/v1/chat/completions", chat),
            web.post("/v1/embeddings", embeddings),
            web.post("/v1/rerank", rerank),
            web.get("/v1/models", models),
            web.post("/control/script", set_script),
            web.post("/control/models", set_models),
            web.get("/control/requests", get_requests),
            web.post("/control/reset", reset),
            *routes(_opened),
        ]
    )
    return app


async def chat(request: web.Request) -> web.StreamResponse:
    model = str((await request.json()).get("model", ""))
    if model.startswith("ft:") and model.partition(":ckpt-")[0] not in request.app[LISTED]:
        body = wire.error_body("No such model", "invalid_request_error", code="model_not_found")
        return web.json_response(body, status=404)
    return await _answer(request, _chat_stream_or_body)


async def embeddings(request: web.Request) -> web.StreamResponse:
    return await _answer(request, _embeddings)


async def rerank(request: web.Request) -> web.StreamResponse:
    return await _answer(request, _ranking)


async def models(request: web.Request) -> web.Response:
    """As OpenAI does, with the day of the shutdown where there is one; 404 when there is no list."""
    if not (listed := request.app[LISTED]):
        return web.json_response(wire.error_body("no such address", "not_found"), status=404)
    data = [
        {"id": name, "object": "model", "created": 0, "owned_by": "tests", "shutdown_date": day}
        for name, day in listed.items()
    ]
    return web.json_response({"object": "list", "data": data})


async def set_models(request: web.Request) -> web.Response:
    """Body: {"models": {name: day of its shutdown or null}}."""
    listed = request.app[LISTED]
    listed.clear()
    listed.update((await request.json())["models"])
    return web.json_response({"ok": True})


async def set_script(request: web.Request) -> web.Response:
    """Body: {"rules": [rule, …]}; replaces what was there."""
    try:
        request.app[SCRIPT].replace((await request.json())["rules"])
    except (KeyError, TypeError, ValueError) as error:
        return web.json_response({"error": str(error)}, status=400)
    return web.json_response({"ok": True})


async def get_requests(request: web.Request) -> web.Response:
    return web.json_response(request.app[LOG].as_json())


async def reset(request: web.Request) -> web.Response:
    request.app[SCRIPT].replace([])
    request.app[LOG].clear()
    request.app[LISTED].clear()
    request.app[LISTED].update(dict.fromkeys(NAMES))
    request.app[TUNING].reset()
    return web.json_response({"ok": True})


async def _answer(request: web.Request, answer: Answer) -> web.StreamResponse:
    """Record the request, find its rule, and do the faults that need no answer at all."""
    body = await request.json()
    record = _opened(request, body)
    rule = request.app[SCRIPT].take(record.model, _question_in(body), body)
    if rule.fault == "hang":
        await until_gone(request)
        record.end("closed_by_client")
        return web.Response()
    if refusal := _refusal(rule):
        record.end(rule.fault or "")
        return refusal
    return await answer(request, rule, record)


def _opened(request: web.Request, body: dict[str, Any]) -> Record:
    return request.app[LOG].open(request.path, body, authorised="Authorization" in request.headers)


def _question_in(body: dict[str, Any]) -> str:
    if "messages" in body:
        return answers.question_in(body["messages"])
    return str(body.get("input") or body.get("query") or "")


def _refusal(rule: Rule) -> web.Response | None:
    if rule.fault == "status":
        headers = {} if rule.retry_after is None else {"Retry-After": f"{rule.retry_after:g}"}
        kind = "rate_limit_exceeded" if rule.status == 429 else "server_error"
        return web.json_response(wire.error_body("scripted", kind), status=rule.status, headers=headers)
    if rule.fault == "refuse_parameter":
        body = wire.error_body(
            f"Unsupported parameter: '{rule.parameter}'",
            "invalid_request_error",
            code="unsupported_parameter",
            param=rule.parameter,
        )
        return web.json_response(body, status=400)
    if rule.fault == "content_type":
        return web.Response(text="<html><body>Welcome to nginx!</body></html>", content_type="text/html")
    return None


async def _chat_stream_or_body(request: web.Request, rule: Rule, record: Record) -> web.StreamResponse:
    body = record.body
    scripted = rule.text is not None or rule.count
    calls = rule.tool_calls or ([] if scripted else answers.demanded_tool_calls(body))
    text = (rule.text or "") if calls else _text_for(rule, body)
    tokens = wire.tokens_for(rule, text)
    finish = rule.finish or ("tool_calls" if calls else "stop")
    usage = {"prompt_tokens": len(json.dumps(body["messages"])) // 4, "completion_tokens": len(tokens)}
    usage["total_tokens"] = sum(usage.values())
    if body.get("stream") and rule.fault != "plain_json":
        ending = _ending(rule, record, calls, finish, usage)
        return await Emission(request, rule, record).run(tokens, ending)
    await asyncio.sleep(rule.delay + (len(tokens) / rule.pace if rule.pace else 0))
    return _plain(request, rule, record, wire.completion(record.model, "".join(tokens), calls, finish, usage))


def _text_for(rule: Rule, body: dict[str, Any]) -> str:
    if rule.cited:
        return "\n" + answers.answer_for(body["messages"]).removeprefix(f"{answers.DECIDED} ")
    if rule.text is not None or rule.count:
        return answers.citing_results(rule.text or "", body["messages"])
    return answers.structured_answer(body) or answers.answer_for(body["messages"])


def _ending(
    rule: Rule,
    record: Record,
    calls: list[dict[str, Any]],
    finish: str,
    usage: dict[str, int],
) -> list[bytes]:
    """The events after the text: tool calls, the finish reason, the usage, the end mark."""
    asked = (record.body.get("stream_options") or {}).get("include_usage")
    silent = rule.fault in ("no_finish", "no_end", "empty_choices")
    frames = wire.tool_chunks(record.model, calls, pieces=rule.pieces, indexed=rule.indexed)
    frames += [] if silent else [wire.chunk(record.model, {}, finish)]
    frames += [wire.usage_chunk(record.model, usage)] if asked and rule.usage else []
    return frames if rule.fault in ("no_done", "no_end") else [*frames, wire.DONE]


def _plain(request: web.Request, rule: Rule, record: Record, body: Any) -> web.Response:
    record.end(rule.fault or "done")
    if rule.fault == "cut":
        cut(request)
    if rule.fault == "bad_json":
        return web.Response(text='{"choices": [', content_type="application/json")
    if rule.fault == "empty_choices":
        body["choices"] = []
    return web.json_response(body)


async def _embeddings(request: web.Request, rule: Rule, record: Record) -> web.StreamResponse:
    await asyncio.sleep(rule.delay)
    body = embedding_response(record.body)
    if rule.fault == "empty_choices":
        body["data"] = []
    return _plain(request, rule, record, body)


async def _ranking(request: web.Request, rule: Rule, record: Record) -> web.StreamResponse:
    await asyncio.sleep(rule.delay)
    if refusal := reranking.refusal(rule, record.body):
        record.end("refused")
        return refusal
    if rule.raw is not None:
        record.end("done")
        return web.Response(text=rule.raw, content_type="application/json")
    return _plain(request, rule, record, reranking.answer(rule, record.body))
