"""How long work tells how far it is, and hears that it should stop."""

from __future__ import annotations

from collections.abc import Callable


class Cancelled(Exception):
    """The person stopped the work; nothing was written."""


Progress = Callable[[int, int], None]
"""Called with what is done and what there is in all (0 where not known); raises `Cancelled` to stop the work."""


def unheard(_done: int, _total: int) -> None:
    """Report progress to nobody."""
