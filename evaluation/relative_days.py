"""Days that are meant from today on: `{today}`, `{today+8}`, `{today-3}` in a scenario are dates when it is
run, as in 2026-12-08. Pure.

A scenario that names a day is green until that day has come, and red from then on.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

DAY = re.compile(r"\{today(?P<days>[+-]\d{1,4})?\}")


def with_days(part: Any, today: date) -> Any:
    """The same data with days in the place of those marks, in all its texts."""
    if isinstance(part, str):
        return DAY.sub(lambda found: (today + timedelta(days=int(found["days"] or 0))).isoformat(), part)
    if isinstance(part, Mapping):
        return {name: with_days(one, today) for name, one in part.items()}
    return [with_days(one, today) for one in part] if isinstance(part, list | tuple) else part
