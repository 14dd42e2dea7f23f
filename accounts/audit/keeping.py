"""How old entries leave the trail: this one function, which the database lets delete them.

The trigger of migration 0003 refuses every DELETE but those of a transaction that has set
`causerie.audit_retention` to "on", which nothing else in the product does.
"""

from __future__ import annotations

from datetime import datetime

from django.db import connection, transaction

from accounts.audit.recording import record
from accounts.audit.rows import AuditEntry
from accounts.audit.words import Action


@transaction.atomic
def forget_before(moment: datetime) -> int:
    """Delete what was done before that moment, and say so in the trail; returns how many entries."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL causerie.audit_retention = 'on'")
        number, _models = AuditEntry.objects.filter(at__lt=moment).delete()
        cursor.execute("SET LOCAL causerie.audit_retention = 'off'")
    if number:
        record(Action.FORGOTTEN, after={"before": moment.isoformat(), "number": number})
    return number
