"""A list, or why there is none and what to do about it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from ldninv.ui.blank import Blank


class ListOrNot(QStackedWidget):
    """Shows the list of batches; or that nothing fits; or, on an empty database, what to do first."""

    everywhere_asked = Signal()
    """What was looked for is to be looked for in all batches."""
    stock_asked = Signal()
    """What is in stock is to be listed, as there is nothing left under the filter."""
    import_asked = Signal()

    def __init__(self, table: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._table = table
        self.nothing = Blank("magnify-close", self)
        self.first = Blank("tray-arrow-down", self)
        for view in (table, self.nothing, self.first):
            self.addWidget(view)
        self.first.say(
            self.tr("No batches yet"),
            self.tr(
                "Bring in the list you keep today: a CSV, TSV or Excel file. You can also drop it here.\n"
                "To look around first, press “Look at the demo” on Today (Ctrl+1)."
            ),
        )
        self.first.offer(self.tr("Import a list…"), "tray-arrow-down", self.import_asked.emit)
        self.nothing.offer(self.tr("Search in all batches"), "archive-search", self.everywhere_asked.emit)
        self.nothing.offer(self.tr("All in stock"), "package-variant-closed", self.stock_asked.emit)

    def show_list(self) -> None:
        """Show the rows."""
        self.setCurrentWidget(self._table)

    def show_first(self) -> None:
        """Show what to do on an empty database."""
        self.setCurrentWidget(self.first)

    def show_nothing(self, text: str, where: str, *, elsewhere: bool, stocked: bool) -> None:
        """Show that nothing contains `text` under the filter `where`, or that nothing is under it at all.

        Offer to look `elsewhere` for the text; without one, to list what is `stocked`.
        """
        if text:
            title = self.tr("Nothing contains “{text}”").format(text=text)
            self.nothing.say(title, self.tr("Looked under “{filter}”.").format(filter=where))
        else:
            title = self.tr("Nothing is left under “{filter}”").format(filter=where)
            self.nothing.say(title, self.tr("What stands on the shelf is under “All in stock”.") if stocked else "")
        self.nothing.offers[0].setVisible(elsewhere and bool(text))
        self.nothing.offers[1].setVisible(stocked and not text)
        self.setCurrentWidget(self.nothing)
