"""The filters above the list: a chip each, with its count, one of them on."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPoint, QRect, QSize, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QButtonGroup, QMenu, QSizePolicy, QWidget

from ldninv.domain.signs import Sign, Tone
from ldninv.ui import icons, theme, words
from ldninv.ui.buttons import Chip
from ldninv.ui.filters import FILTERS, OF_CONCERN, Filter

_MORE = "dots-horizontal"
_OF_HARM = tuple(OF_CONCERN.values())


class ChipBar(QWidget):
    """One row however narrow the window is, so that the list below never jumps; chips without room are in a menu."""

    asked = Signal(object)
    """Carries the `Filter` whose chip was pressed."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Filters"))
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.chips = tuple(Chip(each.sign, each.about, self) for each in FILTERS)
        self.more = MoreChips(self)
        self._end: list[QWidget] = []
        group = QButtonGroup(self)
        for chip, each in zip(self.chips, FILTERS, strict=True):
            group.addButton(chip)
            chip.clicked.connect(lambda _checked=False, each=each: self.asked.emit(each))
        self.more.asked.connect(self.asked)
        self.chips[0].setChecked(True)

    def add(self, other: QWidget) -> None:
        """Put something else at the end of the row."""
        other.setParent(self)
        QWidget.setTabOrder(self._end[-1] if self._end else self.more, other)
        self._end.append(other)
        self._arrange()

    def check(self, wanted: Filter) -> None:
        """Show which filter is on."""
        self.chips[FILTERS.index(wanted)].setChecked(True)
        self._arrange()

    def count_of(self, by: Filter) -> int | None:
        """Return what a chip counts."""
        return self.chips[FILTERS.index(by)].count

    def show_counts(self, counts: Sequence[int] | None) -> None:
        """Show how many each stands for; None while that is being read."""
        for number, chip in enumerate(self.chips):
            chip.show_count(counts[number] if counts else None)
        self._tell_rest()

    def event(self, event: QEvent) -> bool:
        """Arrange the row anew where a chip needs more room."""
        if event.type() is QEvent.Type.LayoutRequest:
            self._arrange()
        return super().event(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show as many chips as there is room for."""
        super().resizeEvent(event)
        self._arrange()

    def changeEvent(self, event: QEvent) -> None:
        """Be as high as the text."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.FontChange:
            self.updateGeometry()

    def sizeHint(self) -> QSize:
        """Return room for all chips."""
        hints = [each.sizeHint() for each in (*self.chips, *self._end)]
        return QSize(self._side_by_side(hints), max(hint.height() for hint in hints))

    def minimumSizeHint(self) -> QSize:
        """Return room for one chip, whichever it is, and the rest in the menu."""
        widest = max((chip.sizeHint() for chip in self.chips), key=QSize.width)
        hints = [widest, *(each.sizeHint() for each in (self.more, *self._end))]
        return QSize(self._side_by_side(hints), self.sizeHint().height())

    def _side_by_side(self, hints: Sequence[QSize]) -> int:
        return sum(hint.width() for hint in hints) + theme.step(self, 1) * (len(hints) - 1)

    def _arrange(self) -> None:
        """Place what there is room for: chips and the menu from the left, what stands at the end from the right."""
        shown, gap, left, right = self._fitting(), theme.step(self, 1), 0, self.width()
        for each in reversed(self._end):
            right -= each.sizeHint().width()
            self._place(each, right)
            right -= gap
        for number, chip in enumerate(self.chips):
            chip.setVisible(number in shown)
            if number in shown:
                self._place(chip, left)
                left += chip.width() + gap
        self.more.setVisible(len(shown) < len(self.chips))
        self._place(self.more, left)
        self._tell_rest()

    def _fitting(self) -> set[int]:
        """Return which chips there is room for: the one that is on, then those that stay longest."""
        gap = theme.step(self, 1)
        widths = [chip.sizeHint().width() + gap for chip in self.chips]
        room = self.width() + gap - sum(each.sizeHint().width() + gap for each in self._end)
        if sum(widths) > room:
            room -= self.more.sizeHint().width() + gap
        found: set[int] = set()
        for number in sorted(range(len(FILTERS)), key=lambda n: (not self.chips[n].isChecked(), FILTERS[n].yields)):
            room -= widths[number]
            if room < 0 and found:
                break
            found.add(number)
        return found

    def _place(self, widget: QWidget, left: int) -> None:
        size = widget.sizeHint()
        widget.setGeometry(QRect(QPoint(left, (self.height() - size.height()) // 2), size))

    def _tell_rest(self) -> None:
        rest = [(each, chip.count) for each, chip in zip(FILTERS, self.chips, strict=True) if chip.isHidden()]
        self.more.hold(rest)


class MoreChips(Chip):
    """Opens the menu of the chips without room; it looks like the most harmful of them that counts something."""

    asked = Signal(object)
    """Carries the `Filter` that was chosen."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(
            Sign(self.tr("More"), Tone.QUIET, _MORE), self.tr("The filters that have no room here"), parent
        )
        self.setCheckable(False)
        self.setAccessibleName(self.tr("More filters"))
        self._held: list[tuple[Filter, int | None]] = []
        self.list = QMenu(self)
        icons.grow(self.list)
        self.list.setAccessibleName(self.accessibleName())
        self.list.aboutToShow.connect(self._fill)
        self.clicked.connect(lambda: self.list.popup(self.mapToGlobal(self.rect().bottomLeft())))

    def hold(self, held: Sequence[tuple[Filter, int | None]]) -> None:
        """Hold filters with their counts."""
        self._held = list(held)
        counting = [each for each, count in held if count and each in _OF_HARM]
        worst = min(counting, key=_OF_HARM.index, default=None)
        tone, icon = (Tone.QUIET, _MORE) if worst is None else (worst.sign.tone, worst.sign.icon)
        sign = Sign(self.sign.word, tone, icon)
        if sign != self.sign:
            self.sign = sign
            self.setAccessibleDescription("" if worst is None else f"{worst.sign.word}, {worst.about}")
            self.update()

    def _fill(self) -> None:
        self.list.clear()
        for each, count in self._held:
            said = each.sign.word if count is None else f"{each.sign.word}  {words.grouped(count)}"
            action = self.list.addAction(icons.icon(each.sign.icon), said)
            action.setToolTip(each.about)
            action.triggered.connect(lambda _on=False, each=each: self.asked.emit(each))
