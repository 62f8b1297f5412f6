"""Wagtail's list of the same practices, on the same server with a database of its own; when Wagtail is installed."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import stage

HOW = "For Wagtail's list beside ours: pip install --target FOLDER wagtail, then PYTHONPATH=FOLDER make bench"


def is_there() -> bool:
    """Whether the peer can be measured here."""
    return find_spec("wagtail") is not None


@contextmanager
def wagtail(practices: list[dict[str, Any]], folder: Path, *, workers: int) -> Iterator[int]:
    """A server with the peer; gives its port on the loopback address."""
    file = folder / "practices.json"
    file.write_text(json.dumps(practices), encoding="utf-8")
    with stage.throw_away_database(f"{stage.DATABASE}_peer") as url:
        own = {"DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "peer.settings"}
        command = [sys.executable, "-m", "peer", str(file)]
        subprocess.run(command, env=os.environ | own, cwd=folder, check=True)
        application = {"ready_path": "/kennisbank/", "environment": own}
        with stage.server("peer.wsgi:application", folder, workers=workers, **application) as port:
            yield port
