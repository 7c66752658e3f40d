"""The one table model: declarative columns over rows that are fetched a page at a time, when they are seen."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from ldninv.domain.progress import Progress, unheard
from ldninv.domain.refusal import Surroundings
from ldninv.domain.signs import Sign

Row = TypeVar("Row")
Index = QModelIndex | QPersistentModelIndex

PAGE = 32
"""Rows that are fetched at once: a jump has to wait for one or two such pages."""

PAGES_KEPT = 120
"""Pages that are remembered; the one unseen longest goes first."""

DISPLAY = int(Qt.ItemDataRole.DisplayRole)
ALIGNMENT = int(Qt.ItemDataRole.TextAlignmentRole)
TOOL_TIP = int(Qt.ItemDataRole.ToolTipRole)
ACCESSIBLE_TEXT = int(Qt.ItemDataRole.AccessibleTextRole)
SIGN = int(Qt.ItemDataRole.UserRole) + 1
"""The `Sign` of a cell that shows one."""

_LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
_RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)


@dataclass(frozen=True, slots=True, kw_only=True)
class Column(Generic[Row]):
    """One column: what it shows of a row, and how."""

    title: str
    key: str = ""
    """What the column is called in what the window remembers; the title where it has no other name."""
    text: Callable[[Row], str]
    sign: Callable[[Row], Sign | None] | None = None
    """Where the cell is a sign: its icon and tone; `text` is its word. A row without one shows the text alone."""
    sort: object | None = None
    """What the rows' source sorts by for this column; None where it cannot be sorted by."""
    widest: str = ""
    """A text as wide as any the column usually shows; its width comes from it and from the title."""
    right: bool = False
    """Whether it stands at the right, as numbers do."""
    yields: int = 0
    """Where there is too little room: 0 stays, 1 goes first, 2 next."""
    about: Callable[[Row], str] | None = None
    """What a tool tip and a screen reader say more than `text` does."""
    explains: str = ""
    """What the title's tool tip says, where the title is short for something."""

    @property
    def name(self) -> str:
        """What tells it from the others in every language."""
        return self.key or self.title


class RowTableModel(QAbstractTableModel, Generic[Row]):
    """Shows the rows of a list of ids, fetching them in pages of `PAGE` when they are asked for."""

    failed = Signal(object)
    """Carries the `Surroundings` that kept a page from being fetched; its cells stay empty until `show_ids`."""

    def __init__(
        self,
        columns: Sequence[Column[Row]],
        fetch: Callable[[Sequence[int]], list[Row]] = lambda _ids: [],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.columns = tuple(columns)
        self._fetch = fetch
        self._ids: Sequence[int] = ()
        self._numbers: dict[Hashable, int] = {}
        self._pages: OrderedDict[int, list[Row]] = OrderedDict()

    def show_ids(self, ids: Sequence[int]) -> None:
        """Show other rows, or the same ones as they are now."""
        self.beginResetModel()
        self._ids = ids
        self._pages.clear()
        self.endResetModel()

    def show_rows(self, rows: Sequence[Row], key: Callable[[Row], Hashable] | None = None) -> None:
        """Show rows that are all at hand; their `key` tells which is which when they are read anew."""
        numbers: Sequence[int] = range(len(rows))
        if key is not None:
            numbers = [self._numbers.setdefault(key(row), len(self._numbers)) for row in rows]
        by_number = dict(zip(numbers, rows, strict=True))
        self._fetch = lambda ids: [by_number[each] for each in ids]
        self.show_ids(numbers)

    @property
    def ids(self) -> Sequence[int]:
        """What is shown, in its order."""
        return self._ids

    def row(self, number: int) -> Row | None:
        """Return the row at `number`; None where it could not be fetched."""
        page, offset = divmod(number, PAGE)
        rows = self._page(page)
        return rows[offset] if offset < len(rows) else None

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        """Return how many rows there are."""
        return 0 if parent.isValid() else len(self._ids)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - the same
        """Return how many columns there are."""
        return 0 if parent.isValid() else len(self.columns)

    def data(self, index: Index, role: int = DISPLAY) -> Any:  # noqa: ANN401 - Qt's own signature
        """Return what a cell shows."""
        if role == ALIGNMENT:
            return _RIGHT if self.columns[index.column()].right else _LEFT
        if role not in {DISPLAY, SIGN, TOOL_TIP, ACCESSIBLE_TEXT} or not index.isValid():
            return None
        column = self.columns[index.column()]
        row = self.row(index.row())
        if row is None:
            return None
        if role == SIGN:
            return column.sign(row) if column.sign else None
        if role == DISPLAY or column.about is None:
            return None if role == TOOL_TIP else column.text(row)
        return column.about(row)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = DISPLAY) -> Any:  # noqa: ANN401 - the same
        """Return a column's title."""
        if orientation is not Qt.Orientation.Horizontal or not 0 <= section < len(self.columns):
            return None
        if role == DISPLAY:
            return self.columns[section].title
        if role == TOOL_TIP:
            return self.columns[section].explains or None
        return (_RIGHT if self.columns[section].right else _LEFT) if role == ALIGNMENT else None

    def as_text(self, ids: Sequence[int], columns: Sequence[Column[Row]], progress: Progress = unheard) -> str:
        """Return rows as tab-separated text under their titles, for a spreadsheet; fit for a worker."""
        lines = ["\t".join(column.title for column in columns)]
        for start in range(0, len(ids), PAGE):
            progress(start, len(ids))
            rows = self._fetch(ids[start : start + PAGE])
            lines += ["\t".join(" ".join(column.text(row).split()) for column in columns) for row in rows]
        return "\n".join(lines) + "\n"

    def _page(self, page: int) -> list[Row]:
        if page in self._pages:
            self._pages.move_to_end(page)
            return self._pages[page]
        try:
            rows = self._fetch(self._ids[page * PAGE : (page + 1) * PAGE])
        except Surroundings as why:
            rows = []
            self.failed.emit(why)
        self._pages[page] = rows
        if len(self._pages) > PAGES_KEPT:
            self._pages.popitem(last=False)
        return rows
