"""What a person sees of a window, and what a screen reader is told of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QAccessible, QAccessibleInterface, QTextDocument
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractScrollArea,
    QComboBox,
    QHeaderView,
    QLabel,
    QLineEdit,
    QScrollBar,
    QStyle,
    QStyleOptionComboBox,
    QTabBar,
    QToolButton,
    QWidget,
)

CONTROLS = {
    QAccessible.Role.Button,
    QAccessible.Role.ButtonMenu,
    QAccessible.Role.CheckBox,
    QAccessible.Role.ComboBox,
    QAccessible.Role.EditableText,
    QAccessible.Role.List,
    QAccessible.Role.PageTab,
    QAccessible.Role.RadioButton,
    QAccessible.Role.Slider,
    QAccessible.Role.SpinBox,
    QAccessible.Role.Table,
    QAccessible.Role.Tree,
}
"""Roles of what a person can act on."""

_EDGE = 2
"""Pixels inside the frame of a line edit, at each side."""


@dataclass(frozen=True)
class Told:
    """What a screen reader is told of one thing."""

    role: QAccessible.Role
    name: str
    value: str
    about: str
    what: str
    """The widget's class, and its parent's, to find it by."""


def told(of: QAccessibleInterface) -> Told:
    """Return what a screen reader is told."""
    texts, widget = QAccessible.Text, of.object()
    above = widget.parent() if widget is not None else None
    what = f"{type(widget).__name__} in {type(above).__name__}"
    return Told(of.role(), of.text(texts.Name), of.text(texts.Value), of.text(texts.Description), what)


def heard(widget: QWidget) -> list[Told]:
    """Return every control inside a widget that is seen, in a screen reader's order."""
    return [told(each) for each in _below(QAccessible.queryAccessibleInterface(widget)) if each.role() in CONTROLS]


def cells(table: QAbstractItemView) -> list[list[Told]]:
    """Return what a screen reader is told of the cells of a table that are not hidden, row by row."""
    of = QAccessible.queryAccessibleInterface(table)
    found = [told(child) for child in map(of.child, range(of.childCount())) if child is not None]
    found = [each for each in found if each.role is QAccessible.Role.Cell]
    across = table.model().columnCount()
    return [found[start : start + across] for start in range(0, len(found), across)]


def _below(of: QAccessibleInterface | None) -> Iterator[QAccessibleInterface]:
    if of is None or not of.isValid() or of.state().invisible:
        return
    yield of
    if of.role() is QAccessible.Role.Table:
        return
    for number in range(of.childCount()):
        yield from _below(of.child(number))


def walked(qtbot: object, first: QWidget, most: int = 400) -> list[QWidget]:
    """Return what Tab reaches, beginning at `first` until it comes round."""
    window, found = first.window(), [first]
    first.setFocus(Qt.FocusReason.TabFocusReason)
    while len(found) < most:
        qtbot.keyClick(found[-1], Qt.Key.Key_Tab)  # type: ignore[attr-defined]
        held = window.focusWidget()
        if held is None or held in found:
            break
        found.append(held)
    return found


def focusable(widget: QWidget) -> list[QWidget]:
    """Return what Tab ought to reach inside a widget."""
    return [
        each
        for each in seen(widget)
        if each.focusPolicy() & Qt.FocusPolicy.TabFocus
        and each.isEnabled()
        and each.focusProxy() is None
        and not _reached_by_arrows(each)
    ]


def _reached_by_arrows(widget: QWidget) -> bool:
    """Whether Tab goes to the chosen one of its group instead."""
    group = widget.group() if isinstance(widget, QAbstractButton) else None
    if group is None or not group.exclusive() or widget is group.checkedButton():
        return False
    return group.checkedButton() is not None and group.checkedButton().isVisibleTo(widget.window())


def seen(widget: QWidget) -> list[QWidget]:
    """Return the widgets inside one that are not hidden."""
    return [
        each
        for each in widget.findChildren(QWidget)
        if each.isVisibleTo(widget.window()) and each.window() is widget.window()
    ]


def cut(widget: QWidget) -> list[str]:
    """Return what is written inside a widget and cannot be read whole, with what it lacks."""
    found = []
    for each in seen(widget):
        lack = _lack(each)
        if lack:
            found.append(f"{type(each).__name__} “{_text(each)}”: {lack}")
    return found


def _text(widget: QWidget) -> str:
    if isinstance(widget, QComboBox):
        return widget.currentText()
    if isinstance(widget, QLineEdit):
        return widget.placeholderText()
    return widget.text() if isinstance(widget, QLabel | QAbstractButton) else widget.accessibleName()


def _lack(widget: QWidget) -> str:
    if isinstance(widget, QLabel | QAbstractButton | QComboBox | QLineEdit | QTabBar):
        return _too_small(widget) or _outside(widget)
    return ""


def _too_small(widget: QWidget) -> str:
    if isinstance(widget, QLabel):
        return _label_lacks(widget)
    if isinstance(widget, QComboBox):
        return _lacks(widget.fontMetrics().horizontalAdvance(widget.currentText()), _field(widget).width())
    if isinstance(widget, QLineEdit):
        room = widget.contentsRect().width() - 2 * _EDGE - widget.textMargins().left() - widget.textMargins().right()
        return _lacks(widget.fontMetrics().horizontalAdvance(widget.placeholderText()), room)
    if isinstance(widget, QTabBar):
        return "its tabs scroll" if widget.usesScrollButtons() and _wide(widget) > widget.width() else ""
    if isinstance(widget, QAbstractButton) and widget.text() and not _icon_alone(widget):
        least = widget.minimumSizeHint() if widget.hasHeightForWidth() else widget.sizeHint()
        height = widget.heightForWidth(widget.width()) if widget.hasHeightForWidth() else least.height()
        return _lacks(least.width(), widget.width()) or _lacks(height, widget.height(), "high")
    return ""


def _icon_alone(button: QAbstractButton) -> bool:
    return isinstance(button, QToolButton) and button.toolButtonStyle() is Qt.ToolButtonStyle.ToolButtonIconOnly


def _label_lacks(label: QLabel) -> str:
    if not label.text():
        return ""
    if label.wordWrap():
        longest = max((label.fontMetrics().horizontalAdvance(word) for word in _plain(label).split()), default=0)
        return _lacks(longest, label.contentsRect().width()) or _lacks(
            label.heightForWidth(label.width()), label.height(), "high"
        )
    return _lacks(label.sizeHint().width(), label.width()) or _lacks(label.sizeHint().height(), label.height(), "high")


def _plain(label: QLabel) -> str:
    if label.textFormat() is Qt.TextFormat.PlainText or "<" not in label.text():
        return label.text()
    document = QTextDocument()
    document.setHtml(label.text())
    return document.toPlainText().replace("\N{NO-BREAK SPACE}", " ")


def _wide(bar: QTabBar) -> int:
    return sum(bar.tabRect(tab).width() for tab in range(bar.count()) if bar.isTabVisible(tab))


def _field(box: QComboBox) -> QRect:
    option = QStyleOptionComboBox()
    box.initStyleOption(option)
    return box.style().subControlRect(
        QStyle.ComplexControl.CC_ComboBox, option, QStyle.SubControl.SC_ComboBoxEditField, box
    )


def _lacks(needed: int, given: int, which: str = "wide") -> str:
    return f"needs {needed} and is {given} {which}" if needed > given + 1 else ""


def _outside(widget: QWidget) -> str:
    """Return by what a widget is clipped; what can be scrolled to is not."""
    below: QWidget = widget
    while (above := below.parentWidget()) is not None and not below.isWindow():
        scrolled = above.parentWidget()
        if isinstance(scrolled, QAbstractScrollArea) and scrolled.viewport() is above:
            return _unreachable(widget, scrolled)
        where = QRect(widget.mapTo(above, QPoint()), widget.size())
        if not above.rect().adjusted(-1, -1, 1, 1).contains(where):
            return f"reaches out of {type(above).__name__} “{above.accessibleName()}”"
        below = above
    return ""


def _unreachable(widget: QWidget, area: QAbstractScrollArea) -> str:
    if isinstance(area, QAbstractItemView | QHeaderView) or isinstance(widget, QScrollBar):
        return ""
    if area.horizontalScrollBarPolicy() is not Qt.ScrollBarPolicy.ScrollBarAlwaysOff:
        return ""
    left = widget.mapTo(area.viewport(), QPoint()).x()
    outside = left < -1 or left + widget.width() > area.viewport().width() + 1
    return f"reaches out of “{area.accessibleName()}”, which does not scroll sideways" if outside else ""
