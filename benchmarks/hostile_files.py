"""What reading hostile files costs: `python -m benchmarks.hostile_files`.

Each file is read as an import does it, by a reading process of its own; printed are what came of it, the
seconds until that, the most memory that the reading process held, and by how much the one that asked grew.
"""

from __future__ import annotations

import os
import resource
import sys
import tempfile
import time
from pathlib import Path


def main() -> None:
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
    django.setup()
    from tests.knowledge.intake import hostile

    print(f"{'file':20} {'what came of it':45} {'s':>5} {'reader MB':>10} {'asking MB':>10}")
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        hostile.write_all(root, enormous=True)
        for path in sorted(root.iterdir()):
            if (child := os.fork()) == 0:
                measure(path)
                os._exit(0)
            os.waitpid(child, 0)


def measure(path: Path) -> None:
    from knowledge.intake.reading import read_files
    from knowledge.loaders.base import Refused

    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    started = time.monotonic()
    found = list(read_files(path))
    seconds = time.monotonic() - started
    codes = {each.code for each in found if isinstance(each, Refused)}
    told = ", ".join(sorted(codes)) or f"{len(found)} documents"
    reader = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
    print(f"{path.name:20} {told[:45]:45} {seconds:5.1f} {reader:10.0f} {grown:10.0f}")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
