"""Where one form at a time stands among what a page shows, and is put away again."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Generic, TypeVar

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ldninv.ui.acting.entry import show_whole
from ldninv.ui.acting.form import Form, Outcome

F = TypeVar("F", bound=Form)


class FormSlot(QVBoxLayout, Generic[F]):
    """Empty, or one form."""

    form: F | None = None

    def put(self, form: F, *, left: Callable[[], object], acted: Callable[[Outcome], object]) -> None:
        """Show a form, ready to be filled in.

        Args:
            form: It belongs to the widget that holds this slot, which is in sight.
            left: Called when the person leaves it undone.
            acted: Called with what came of it.
        """
        self.put_away()
        self.form = form
        form.left.connect(left)
        form.acted.connect(acted)
        form.told.connect(lambda parts: QTimer.singleShot(0, form, lambda: _show(parts)))  # once there is room for it
        self.addWidget(form)
        form.show()
        form.order()
        form.point_to(form.start())

    def put_away(self) -> bool:
        """Put the form away, and return whether there was one."""
        form, self.form = self.form, None
        if form is None:
            return False
        self.removeWidget(form)
        form.hide()
        form.deleteLater()
        return True


def _show(parts: Iterable[QWidget]) -> None:
    """Scroll what a form says into sight together with what is to be mended, the most important last."""
    for part in parts:
        if part.isVisible():
            show_whole(part)
