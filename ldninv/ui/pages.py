"""What every page of the window is: it knows what concerns it, and reads again when it is next seen."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QFrame, QLabel, QScrollArea, QVBoxLayout, QWidget

from ldninv.services.context import Change
from ldninv.ui import theme
from ldninv.ui.banner import Banner
from ldninv.ui.news import News
from ldninv.ui.shortcuts import Shortcut

if TYPE_CHECKING:
    from ldninv.ui.acting.desk import Desk


class Page(QWidget):
    """A page: a banner above whatever it holds."""

    concerns = Change.NOTHING
    """What has to change for it to read again."""
    shortcuts: tuple[Shortcut, ...] = ()
    """Its own keys, for the list of all."""
    desk: Desk | None = None
    """Where something is done to the batch that it shows; its keys work from every page."""

    def __init__(self, news: News, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.news = news
        self.banner = Banner(self)
        self._stale = True
        news.changed.connect(self._heed)

    @property
    def filling_in(self) -> bool:
        """Whether something is begun outside of a form; what is typed beside its fields is no search then."""
        return False

    def refresh(self) -> None:
        """Read again what it shows."""

    def aside(self) -> None:
        """Do what Esc asks for here."""
        self.banner.clear()

    def remember(self) -> None:
        """Keep what the next start needs."""

    def may_close(self, close: Callable[[], object]) -> bool:
        """Whether the window may close without loss; where not, ask here what is to become of it, then `close`."""
        del close
        return True

    def look_again(self) -> None:
        """Read again now if it is seen, else when it is shown."""
        self._stale = True
        if self.isVisible():
            self._settle()

    def showEvent(self, event: QShowEvent) -> None:
        """Read what changed while it was hidden."""
        super().showEvent(event)
        if self._stale:
            self._settle()

    def _settle(self) -> None:
        self._stale = False
        self.refresh()

    def _heed(self, change: Change) -> None:
        if change & self.concerns:
            self.look_again()


def heading(text: str, parent: QWidget) -> QLabel:
    """Return the heading of a page."""
    label = QLabel(text, parent)
    label.setFont(theme.scaled(parent.font(), 1.6, bold=True))
    return label


def column(widget: QWidget) -> QVBoxLayout:
    """Return a page's column, with the margins that all pages have."""
    layout = QVBoxLayout(widget)
    gap = theme.step(widget, 3)
    layout.setContentsMargins(gap, gap, gap, gap)
    layout.setSpacing(theme.step(widget, 2))
    return layout


def scrolling(shown: QWidget, name: str, parent: QWidget, *, sideways: bool = False) -> QScrollArea:
    """Return an area that `shown` scrolls in where it is taller; as wide as the page, and no stop for Tab.

    What cannot be narrower than it is, such as a row of fields, scrolls `sideways` too.
    """
    area = QScrollArea(parent)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setWidgetResizable(True)
    if not sideways:
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setAccessibleName(name)
    area.setWidget(shown)
    return area
