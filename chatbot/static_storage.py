"""Static files under names that change with their content, ES modules' imports included."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from whitenoise.storage import CompressedManifestStaticFilesStorage

UNUSED = "django_htmx/ext/"  # imports a file that is not there


class ModuleStorage(CompressedManifestStaticFilesStorage):
    """Without this, a page that was just upgraded could run new modules with old ones from a cache."""

    support_js_module_import_aggregation = True

    def post_process(self, paths: dict[str, Any], *args: Any, **options: Any) -> Iterator[Any]:
        used = {name: place for name, place in paths.items() if not name.startswith(UNUSED)}
        yield from super().post_process(used, *args, **options)
