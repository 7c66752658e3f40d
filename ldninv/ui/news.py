"""What a verb changed, passed on to every page: one that is seen reads again, a hidden one when it is shown."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal


class News(QObject):
    """Where pages tell and hear what changed."""

    changed = Signal(object)
    """Carries the `Change` flags of a verb."""
