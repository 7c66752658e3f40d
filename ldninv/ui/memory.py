"""What the window remembers from one start to the next: sizes and widths, in the user's own folder."""

from __future__ import annotations

from pathlib import Path

from platformdirs import user_config_path
from PySide6.QtCore import QSettings

WATCHED = "loggers/folder"
"""What the memory calls the folder that is watched for loggers' files; empty where none is."""


def users_own() -> QSettings:
    """Return the memory of the person at this computer."""
    return kept_in(user_config_path("ldninv", appauthor=False) / "window.ini")


def kept_in(file: Path) -> QSettings:
    """Return a memory that is kept in `file`."""
    return QSettings(str(file), QSettings.Format.IniFormat)
