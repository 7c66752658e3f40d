"""The button that issues the week's report: it asks once, and does it on a worker."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QPushButton, QWidget

from ldninv.domain.days import Week
from ldninv.domain.refusal import Refused
from ldninv.domain.signs import Tone
from ldninv.paper.page import PageSize
from ldninv.services import issuing
from ldninv.services.context import Context
from ldninv.ui import asking, icons
from ldninv.ui.banner import Banner
from ldninv.ui.waiting import Waiting

Asked = tuple[Week, PageSize]
"""Which week's report, on which sheets."""


class IssueButton(QPushButton):
    """What is issued is not taken back, so it is asked for twice."""

    issued = Signal(object)
    """Carries the `IssuedNow`."""

    def __init__(
        self,
        context: Context,
        banner: Banner,
        views: Waiting,
        asked: Callable[[], Asked | None],
        parent: QWidget,
    ) -> None:
        super().__init__(parent.tr("Issue…"), parent)
        self._context, self._banner, self._views, self._asked = context, banner, views, asked
        icons.put_on(self, "check-decagram")
        self.clicked.connect(self.ask)

    def ask(self) -> None:
        """Ask once whether it is meant."""
        asked = self._asked()
        if asked is None:
            return
        says = self.tr(
            "Issue the report of week {week}? It is made as of now, gets a number, and is kept as it is for ever."
        ).format(week=asked[0])
        self._banner.tell(says, Tone.QUIET, [(self.tr("Issue the report"), self.issue)])
        self._banner.offers[0].setFocus(Qt.FocusReason.OtherFocusReason)

    def issue(self) -> None:
        """Issue it."""
        asked = self._asked()
        if asked is None or self._views.busy:
            return
        week, size = asked
        with self._banner.calm(self.issue):
            asking.admitted(self._context)
            self._views.run(
                self.tr("Issuing the report…"),
                lambda _progress: issuing.issue(self._context, week, page=size),
                done=self.issued.emit,
                failed=lambda why: self._banner.tell_error(why, None if isinstance(why, Refused) else self.issue),
            )
