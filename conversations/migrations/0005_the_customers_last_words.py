from typing import Any

from django.db import migrations
from django.db.models import Func, OuterRef, Subquery, TextField, Value
from django.db.models.functions import Coalesce, Left, Trim

LAST_WORDS = 160
HEARD = ("customer", "assistant", "person")


def remember_the_customers(apps: Any, schema_editor: Any) -> None:
    """Lists show what the customer last said, where they showed what was last said by anybody."""
    said = apps.get_model("conversations", "Message").objects.filter(conversation=OuterRef("pk"))
    one_line = Func(
        "text", Value(r"\s+"), Value(" "), Value("g"), function="regexp_replace", output_field=TextField()
    )
    words = said.filter(kind="customer").order_by("-seq").values(words=Left(Trim(one_line), LAST_WORDS))
    speaker = said.filter(kind__in=HEARD).order_by("-seq").values("kind")
    apps.get_model("conversations", "Conversation").objects.update(
        last_words=Coalesce(Subquery(words[:1]), "last_words"),
        last_speaker=Coalesce(Subquery(speaker[:1]), Value("")),
    )


class Migration(migrations.Migration):
    dependencies = [("conversations", "0004_last_speaker")]

    operations = [migrations.RunPython(remember_the_customers, migrations.RunPython.noop)]
