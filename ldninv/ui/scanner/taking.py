"""Who takes a scan: a field that asks for one says so by a method, whatever holds it may, and else the window does."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol, runtime_checkable

from PySide6.QtWidgets import QApplication, QWidget

from ldninv.ui.scanner.says import Heard


@runtime_checkable
class TakesScans(Protocol):
    """A field, panel, page or dialog that asks for a scan."""

    def take_scan(self, text: str) -> Heard | None:
        """Take a scan and return what is said of it; None where it is for somebody else."""


def take(text: str, window: QWidget, *, badge: bool = False) -> Heard | None:
    """Offer a scan to the dialog on top, then to what in the window asks for one; None where nobody takes it.

    A `badge` is for those alone that say so (`takes_badges`): in any other field it would be shown, or kept.
    """
    dialog = QApplication.activeModalWidget()
    tops = [dialog, window] if dialog is not None and dialog is not window else [window]
    for top in tops:
        for each in _asked(top):
            asks = isinstance(each, TakesScans) and (not badge or getattr(each, "takes_badges", False))
            heard = each.take_scan(text) if asks and isinstance(each, TakesScans) else None
            if heard is not None:
                return heard
    return None


def _asked(top: QWidget) -> Iterator[QWidget]:
    """Go from what has the focus inside a window outwards to the window itself, and to the page that is seen in it."""
    each: QWidget | None = top.focusWidget()
    if each is not None and not each.isVisible():
        each = None  # it keeps the focus of its window, and is not there for anybody
    while each is not None and each is not top:
        yield each
        each = each.parentWidget()
    yield top
    page = getattr(top, "page", None)
    if isinstance(page, QWidget):
        yield page
