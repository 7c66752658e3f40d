"""The pages of the window, each made when it is first opened: what nobody looks at costs neither time nor memory."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from ldninv.services.context import Context
from ldninv.ui.navigation import Way
from ldninv.ui.news import News
from ldninv.ui.pages import Page


class PageStack(QStackedWidget):
    """Holds the pages that were needed so far, one of them in sight."""

    page_made = Signal(object)
    """Carries a `Page` that was just made."""

    def __init__(self, context: Context, news: News, means: Mapping[str, object], parent: QWidget) -> None:
        super().__init__(parent)
        self._context, self._news = context, news
        self.currentChanged.connect(lambda _page: self.updateGeometry())
        self._means = means
        """What a page may ask for besides, by the names that `Way.takes` gives it."""
        self.made: dict[Way, Page] = {}

    def minimumSizeHint(self) -> QSize:
        """Return the room that the page in sight needs: one that is not seen must not make the window larger."""
        seen = self.currentWidget()
        return super().minimumSizeHint() if seen is None else seen.minimumSizeHint()

    @property
    def page(self) -> Page:
        """The page that is seen."""
        return next(page for page in self.made.values() if page is self.currentWidget())

    @property
    def way(self) -> Way:
        """The way to the page that is seen."""
        return next(way for way, page in self.made.items() if page is self.currentWidget())

    def at(self, way: Way) -> Page:
        """Return the page that a way leads to; it is made where it was not needed so far."""
        if way not in self.made:
            module, name = way.page.rsplit(".", 1)
            kind = getattr(import_module(f"ldninv.ui.{module}"), name)
            page = kind(self._context, self._news, *(self._means[each] for each in way.takes), self.window())
            self.made[way] = page
            self.addWidget(page)
            self.page_made.emit(page)
        return self.made[way]
