"""Where one form at a time stands among what a page shows, and is put away again."""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, TypeVar

from PySide6.QtWidgets import QVBoxLayout

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
