"""The playground: ask, and see the answer with everything behind it."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_POST

from accounts.models import Role
from accounts.permissions import role_required
from assistant.asking import ask
from assistant.models import Assistant
from assistant.numbering import cited
from assistant.playing import PlaygroundForm, as_seen
from chatbot.markdown import render_message
from llm.errors import ModelError


@require_GET
@role_required(Role.AGENT)
def playground(request: HttpRequest) -> HttpResponse:
    first = Assistant.objects.order_by("-is_default", "name").first()
    question = request.GET.get("question", "").replace("\x00", "")[: settings.MESSAGE_MAX_CHARACTERS]
    form = PlaygroundForm(initial={"assistant": first, "question": question})
    return render(request, "assistant/playground.html", {"form": form})


@require_POST
@role_required(Role.AGENT)
def try_question(request: HttpRequest) -> HttpResponse:
    """The answer as a partial for htmx, or as a whole page without scripts."""
    form = PlaygroundForm(request.POST)
    context: dict[str, object] = {"form": form}
    if form.is_valid():
        try:
            asked = ask(**form.asked())
        except ModelError as error:
            context["failed"] = error
        else:
            context |= {"asked": asked, "answer": asked.answer, "route": asked.answer.route}
            context["cards"] = as_seen(asked.answer.cards)
            context["answer_html"] = cited(render_message(asked.answer.text), asked.answer.citations)
    template = "_result" if request.headers.get("HX-Request") else "playground"
    return render(request, f"assistant/{template}.html", context)
