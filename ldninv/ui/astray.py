"""What is typed where nothing takes it: the beginning of a search, unless something is being filled in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

from ldninv.ui.acting.entry import Entry
from ldninv.ui.acting.pin_field import HiddenField
from ldninv.ui.pages import Page

if TYPE_CHECKING:
    from ldninv.ui.window import MainWindow

_TYPED_WITH = Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier


def searched(event: QKeyEvent, window: MainWindow) -> bool:
    """Begin a search with what is typed, and return whether it was text.

    Beside an open form it is none: a PIN that missed its field would stand in the search for all to read.
    """
    text = event.text()
    if event.modifiers() & ~_TYPED_WITH or not text.strip() or not text.isprintable():
        return False
    if _filled_in(window.page):
        window.status.advise(window.tr("Nothing is typed there. Tab goes to the next field."))
    else:
        window.search()
        window.batches.search.setText(text)
    return True


def _filled_in(page: Page) -> bool:
    """Whether a page has a form open, asks for a PIN, or says itself that something is begun."""
    asks = (each for kind in (Entry, HiddenField) for each in page.findChildren(kind))
    return page.filling_in or any(each.isVisible() for each in asks)
