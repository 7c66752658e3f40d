"""The program's log: a few small files in the user's log folder, without private data."""

from __future__ import annotations

import logging
from contextlib import suppress
from logging.handlers import RotatingFileHandler
from pathlib import Path

from platformdirs import user_log_path

_BYTES = 500_000
_FILES = 3


def begin(name: str = "ldninv", folder: Path | None = None) -> RotatingFileHandler | None:
    """Log what matters to `name`.log in `folder`, or in the user's log folder; None where that cannot be written.

    Two programs must not turn over one file, so each database has a name of its own.
    """
    folder = folder or user_log_path("ldninv", appauthor=False)
    with suppress(OSError):
        folder.mkdir(parents=True, exist_ok=True)
        handler = RotatingFileHandler(folder / f"{name}.log", maxBytes=_BYTES, backupCount=_FILES, encoding="utf-8")
        handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
        handler.setLevel(logging.INFO)
        logging.getLogger().addHandler(handler)
        return handler
    return None


def end(handler: RotatingFileHandler | None) -> None:
    """Stop logging to a file."""
    if handler is not None:
        logging.getLogger().removeHandler(handler)
        handler.close()
