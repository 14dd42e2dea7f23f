"""What changed on which day: articles, imports, flows and releases that were published, guidance, assistants
and their models. Guidance and assistants on the day on which customers got the change (reaching.py).

The charts show these days as lines; whatever compares before with after finds them here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from django.db import connection
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from insights.period import Period
from insights.reaching import REACHED
from insights.reading import monday

MARKS = f"""
SELECT (created_at AT TIME ZONE %(zone)s)::date, 'article', count(DISTINCT document_id),
    min(document_id)::text, min(title), 0
FROM knowledge_revision WHERE created_at >= %(begin)s AND created_at < %(end)s AND NOT imported GROUP BY 1
UNION ALL
SELECT (at AT TIME ZONE %(zone)s)::date, 'import', count(DISTINCT key), min(key), min(label),
    sum((after ->> 'published')::int)
FROM accounts_auditentry
WHERE app = 'knowledge' AND kind = 'importrun' AND action = 'imported' AND after ? 'published'
  AND at >= %(begin)s AND at < %(end)s GROUP BY 1
UNION ALL
SELECT (v.created_at AT TIME ZONE %(zone)s)::date, 'flow', count(DISTINCT flow.key), min(flow.key),
    min(flow.key), 0
FROM flows_flowversion v JOIN flows_flow flow ON flow.id = v.flow_id
WHERE v.created_at >= %(begin)s AND v.created_at < %(end)s GROUP BY 1
UNION ALL
SELECT (reached.at AT TIME ZONE %(zone)s)::date,
    CASE WHEN after ? 'release' THEN 'release'
        WHEN after ?| ARRAY['answer_model', 'rewrite_model'] THEN 'model' ELSE kind END,
    count(DISTINCT key), min(key), min(label), 0
FROM accounts_auditentry entry CROSS JOIN LATERAL (SELECT {REACHED} AS at) reached
WHERE app = 'assistant' AND (
    (kind IN ('guidance', 'assistant') AND action IN ('added', 'changed', 'deleted'))
    OR (kind = 'assistant' AND action IN ('published', 'withdrawn') AND after ? 'release'))
  AND reached.at >= %(begin)s AND reached.at < %(end)s GROUP BY 1, 2
ORDER BY 1, 2
"""  # noqa: S608 (all of it is written here and in reaching.py)


@dataclass(frozen=True, slots=True)
class Mark:
    """`key` and `name` of one thing where there is one; `count` of how many. `articles` of imports."""

    day: date
    kind: str
    count: int
    key: str
    name: str
    articles: int = 0

    def titled(self, flows: Mapping[str, str]) -> Mark:
        """A flow under its title, which the statement does not know."""
        return replace(self, name=flows.get(self.key, self.name)) if self.kind == "flow" else self

    @property
    def words(self) -> str:
        words = {
            "article": lambda: ngettext("Article published", "%(count)d articles published", self.count),
            "import": lambda: ngettext("Import published", "%(count)d imports published", self.count),
            "flow": lambda: ngettext("Flow published", "%(count)d flows published", self.count),
            "guidance": lambda: ngettext(
                "Guidance changed", "%(count)d rows of guidance changed", self.count
            ),
            "assistant": lambda: ngettext("Assistant changed", "%(count)d assistants changed", self.count),
            "release": lambda: ngettext("Release published", "Releases published", self.count),
            "model": lambda: ngettext("Model changed", "Models of %(count)d assistants changed", self.count),
        }[self.kind]() % {"count": self.count}
        said = words if self.count > 1 else _("%(what)s: %(name)s") % {"what": words, "name": self.name}
        articles = ngettext("%(n)d article", "%(n)d articles", self.articles) % {"n": self.articles}
        return f"{said} ({articles})" if self.articles else said

    @property
    def link(self) -> str:
        """For whoever may open it: an editor."""
        if self.kind == "release":
            return reverse("releases:list")
        if self.kind == "flow":
            return reverse("flows:editor", args=[self.key]) if self.count == 1 else reverse("flows:list")
        known = {"article": "knowledge_document", "import": "knowledge_importrun"}
        page = known.get(self.kind, f"assistant_{self._model}")
        if self.count == 1:
            return reverse(f"admin:{page}_change", args=[self.key])
        return reverse(f"admin:{page}_changelist")

    @property
    def _model(self) -> str:
        return "guidance" if self.kind == "guidance" else "assistant"

    def place(self, period: Period) -> date:
        """The day of the chart on which it stands."""
        return monday(self.day) if period.weekly else self.day


def marks(period: Period) -> list[Mark]:
    """The earliest first, those of one kind and day together."""
    with connection.cursor() as cursor:
        cursor.execute(MARKS, {"zone": period.zone, "begin": period.begin, "end": period.end})
        return [Mark(*row) for row in cursor.fetchall()]
