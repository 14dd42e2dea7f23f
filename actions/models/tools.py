"""Tools as staff declare them, and the servers that offer some.

Secrets are kept sealed (`actions/sealing.py`).
"""

from __future__ import annotations

from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.db.models import OuterRef, Q
from django.db.models.functions import JSONObject
from django.utils.translation import gettext_lazy as _

from actions.wording import called

KEY = RegexValidator(
    r"^[a-z][a-z0-9_-]{0,63}\Z", _("Small letters, digits, _ and -, beginning with a letter: find_order.")
)
NAME = RegexValidator(
    r"^[A-Za-z][A-Za-z0-9_-]{0,63}\Z", _("Letters, digits, _ and -, beginning with a letter.")
)
MOST_SECONDS = 30


class Auth(models.TextChoices):
    NONE = "none", _("None")
    BEARER = "bearer", _("Bearer token")
    BASIC = "basic", _("User name and password")
    KEY = "key", _("Key in a header")


SERVER_AUTH = [(one.value, one.label) for one in (Auth.NONE, Auth.BEARER, Auth.KEY)]


class Changes(models.TextChoices):
    READS = "reads", _("Nothing: it only reads")
    WRITES = "writes", _("Something: the customer confirms it first")
    APPROVAL = "approval", _("Something: staff approve it first")


class McpServer(models.Model):
    """A server that offers tools by the Model Context Protocol (streamable HTTP)."""

    name = models.CharField(_("name"), max_length=80, unique=True)
    url = models.CharField(_("address"), max_length=500)
    auth = models.CharField(_("authentication"), max_length=8, choices=SERVER_AUTH, default=Auth.NONE)
    auth_name = models.CharField(
        _("name of the header"), max_length=100, blank=True,
        help_text=_("The header that carries the key, for example X-Api-Key."),
    )  # fmt: skip
    secret = models.TextField(editable=False, blank=True)
    listed_at = models.DateTimeField(_("tools listed"), null=True, editable=False)
    # What came of it when it was asked last: numbers, or the code of what went wrong. {} before.
    listing = models.JSONField(default=dict, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = _("MCP server")
        verbose_name_plural = _("MCP servers")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class ToolQuerySet(models.QuerySet["Tool"]):
    def whole(self) -> ToolQuerySet:
        """With all that a call needs, in one statement: for `parameters_of` and `taken_of`."""
        return self.select_related("server").annotate(
            its_parameters=_rows_of(Parameter), its_taken=_rows_of(Taken)
        )


def _rows_of(model: type[Parameter] | type[Taken]) -> ArraySubquery:
    names = [field.attname for field in model._meta.concrete_fields]
    rows = model._default_manager.filter(tool=OuterRef("pk")).order_by("pk")
    return ArraySubquery(rows.values(as_json=JSONObject(**{name: name for name in names})))


def parameters_of(tool: Tool) -> list[Parameter]:
    rows: list[dict[str, Any]] | None = getattr(tool, "its_parameters", None)
    return list(tool.parameters.all()) if rows is None else [Parameter(**row) for row in rows]


def taken_of(tool: Tool) -> list[Taken]:
    rows: list[dict[str, Any]] | None = getattr(tool, "its_taken", None)
    return list(tool.taken.all()) if rows is None else [Taken(**row) for row in rows]


class Tool(models.Model):
    """Something the assistant can have done by a server: an HTTP call, or a tool of an MCP server."""

    class Method(models.TextChoices):
        GET = "GET", "GET"
        POST = "POST", "POST"
        PUT = "PUT", "PUT"
        PATCH = "PATCH", "PATCH"
        DELETE = "DELETE", "DELETE"

    class BodyAs(models.TextChoices):
        JSON = "json", "JSON"
        FORM = "form", _("Form fields")

    key = models.CharField(
        _("key"), max_length=64, unique=True, validators=[KEY],
        help_text=_("What flows and models call it. It stays when the name changes."),
    )  # fmt: skip
    name = models.CharField(_("name"), max_length=80)
    description = models.TextField(
        _("description"), blank=True, max_length=1000,
        help_text=_(
            "What it does and when to use it, for a model and for your colleagues. One language is enough."
        ),
    )  # fmt: skip
    words = models.JSONField(_("words for customers"), default=dict, blank=True)
    enabled = models.BooleanField(_("switched on"), default=False)

    method = models.CharField(_("method"), max_length=6, choices=Method, default=Method.GET)
    url = models.CharField(
        _("address"), max_length=1000, blank=True,
        help_text=_("With parameters in braces: https://shop.example.org/orders/{number}"),
    )  # fmt: skip
    headers = models.JSONField(_("headers"), default=dict, blank=True)
    auth = models.CharField(_("authentication"), max_length=8, choices=Auth, default=Auth.NONE)
    auth_name = models.CharField(
        _("user name, or name of the header"), max_length=100, blank=True,
        help_text=_("The user name, or the header that carries the key, for example X-Api-Key."),
    )  # fmt: skip
    secret = models.TextField(editable=False, blank=True)
    body_as = models.CharField(_("body as"), max_length=4, choices=BodyAs, default=BodyAs.JSON)
    body = models.TextField(
        _("body"), blank=True, max_length=10_000,
        help_text=_(
            'JSON with parameters in braces, for example {"order": {"number": "{number}"}}. Empty: an object '
            "with the parameters that belong into the body."
        ),
    )  # fmt: skip
    seconds = models.PositiveSmallIntegerField(
        _("time-out"), default=10, validators=[MinValueValidator(1), MaxValueValidator(MOST_SECONDS)],
        help_text=_("In seconds, at most 30. A customer waits for it."),
    )  # fmt: skip

    server = models.ForeignKey(
        McpServer, on_delete=models.CASCADE, null=True, editable=False, related_name="tools",
        verbose_name=_("MCP server"),
    )  # fmt: skip
    remote_name = models.CharField(_("name at the server"), max_length=200, blank=True, editable=False)
    gone = models.BooleanField(_("no longer offered"), default=False, editable=False)
    fingerprint = models.CharField(max_length=64, blank=True, editable=False)  # of what the server says of it

    changes = models.CharField(_("what it changes"), max_length=8, choices=Changes, default=Changes.READS)
    verified_only = models.BooleanField(
        _("for signed-in customers only"), default=False,
        help_text=_(
            "Needed wherever it tells or changes what belongs to one customer. Nobody can use it then until "
            "your site signs its customers in: on the chat page alone nobody is signed in."
        ),
    )  # fmt: skip
    in_free_conversation = models.BooleanField(
        _("the model may use it by itself"), default=False,
        help_text=_("Otherwise only flows use it."),
    )  # fmt: skip
    per_minute = models.PositiveSmallIntegerField(
        _("calls per minute"), default=60, validators=[MinValueValidator(1), MaxValueValidator(6000)],
        help_text=_("Of all customers together; more are refused."),
    )  # fmt: skip
    rests_until = models.DateTimeField(null=True, editable=False)  # the server asked for it (Retry-After)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(_("changed"), auto_now=True)

    objects = ToolQuerySet.as_manager()

    class Meta:
        verbose_name = _("tool")
        verbose_name_plural = _("tools")
        ordering = ["name", "key"]
        constraints = [
            models.UniqueConstraint(
                fields=["server", "remote_name"], condition=Q(server__isnull=False), name="one_tool_of_a_name"
            )
        ]

    def __str__(self) -> str:
        return self.name or self.key

    @property
    def kind(self) -> str:
        return "mcp" if self.server_id else "http"


class Parameter(models.Model):
    """What a tool is given."""

    class Kind(models.TextChoices):
        TEXT = "text", _("Text")
        WHOLE = "whole", _("Whole number")
        NUMBER = "number", _("Any number")
        BOOLEAN = "boolean", _("Yes or no")
        DATE = "date", _("Date")
        MOMENT = "moment", _("Date and time")
        CHOICE = "choice", _("Choice")
        EMAIL = "email", _("E-mail address")
        DATA = "data", _("List or object")

    class Place(models.TextChoices):
        PATH = "path", _("Address")
        QUERY = "query", _("Query (?name=)")
        BODY = "body", _("Body")
        HEADER = "header", _("Header")

    class Own(models.TextChoices):
        ID = "id", _("Their number in your system")
        EMAIL = "email", _("E-mail address")
        NAME = "name", _("Name")

    tool = models.ForeignKey(Tool, on_delete=models.CASCADE, related_name="parameters")
    name = models.CharField(_("name"), max_length=64, validators=[NAME])
    label = models.CharField(
        _("name for people"), max_length=80, blank=True,
        help_text=_("What your colleagues read instead: Order number. Empty: the name in words."),
    )  # fmt: skip
    kind = models.CharField(_("type"), max_length=8, choices=Kind, default=Kind.TEXT)
    place = models.CharField(_("where"), max_length=6, choices=Place, default=Place.PATH)
    required = models.BooleanField(_("required"), default=True)
    description = models.CharField(_("description"), max_length=300, blank=True)
    choices = models.JSONField(_("choices"), default=list, blank=True)
    own = models.CharField(_("from the signed-in customer"), max_length=8, choices=Own, blank=True)
    private = models.BooleanField(_("keep out of the log"), default=False)

    class Meta:
        verbose_name = _("parameter")
        verbose_name_plural = _("parameters")
        ordering = ["pk"]
        unique_together = [
            ("tool", "name")
        ]  # inline forms check this; of a constraint they leave the tool out

    def __str__(self) -> str:
        return called(self.name, {self.name: self.label})


class Taken(models.Model):
    """One part of the answer that is taken, by a name of its own; with none, all of it is."""

    class Kind(models.TextChoices):
        ANY = "any", _("Anything")
        TEXT = "text", _("Text")
        NUMBER = "number", _("Any number")
        BOOLEAN = "boolean", _("Yes or no")
        LIST = "list", _("List")
        OBJECT = "object", _("Object")

    tool = models.ForeignKey(Tool, on_delete=models.CASCADE, related_name="taken")
    name = models.CharField(_("name"), max_length=64, validators=[NAME])
    path = models.CharField(
        _("path in the answer"), max_length=300, blank=True,
        help_text=_("For example order.items.0.name; empty: the whole answer."),
    )  # fmt: skip
    kind = models.CharField(_("type"), max_length=8, choices=Kind, default=Kind.ANY)
    required = models.BooleanField(_("required"), default=True)

    class Meta:
        verbose_name = _("part of the answer")
        verbose_name_plural = _("what is taken from the answer")
        ordering = ["pk"]
        unique_together = [("tool", "name")]

    def __str__(self) -> str:
        return self.name
