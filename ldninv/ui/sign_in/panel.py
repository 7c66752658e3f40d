"""The panel that asks who somebody is: their tile or their badge, and their PIN."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QPalette
from PySide6.QtWidgets import QGridLayout, QLabel, QVBoxLayout, QWidget

from ldninv.domain.refusal import Refused, Surroundings
from ldninv.domain.signs import Tone
from ldninv.services import lookup, people
from ldninv.services.context import Context
from ldninv.services.sign_in import sign_in
from ldninv.ui import theme
from ldninv.ui.acting.fields import ActionButton
from ldninv.ui.acting.pin_field import HiddenField, PinField
from ldninv.ui.acting.words import opening
from ldninv.ui.banner import Banner
from ldninv.ui.buttons import ENTER
from ldninv.ui.flow import FlowLayout
from ldninv.ui.overlay import Overlay, Tall
from ldninv.ui.scanner.says import Heard
from ldninv.ui.sign_in.tiles import PersonTiles


class SignInPanel(Overlay):
    """Laid over the window; what was typed behind it stays, and goes on by itself once the PIN is right."""

    takes_badges = True

    signed_in = Signal()
    lot_asked = Signal(str)
    """The label of a batch was scanned, and the person wants to see it."""

    def __init__(self, context: Context, parent: QWidget) -> None:
        super().__init__(parent.tr("Sign in"), parent)
        self._context = context
        self.says = QLabel(self)
        self.tiles = PersonTiles(self)
        self.badge = HiddenField(self.tr("Or scan your badge"), self, letters=30)
        self.pin = PinField(self.tr("PIN"), self)
        self.banner = Banner(self)
        self.enter = ActionButton(self.tr("Sign in"), "login", self, first=True)
        self.leave = ActionButton(self.tr("Not now (Esc)"), "close", self)
        self._lay_out()
        self.tiles.chosen.connect(self._chosen)
        self.tiles.typed.connect(self._scanning)
        self.enter.clicked.connect(self.confirm)
        self.leave.clicked.connect(self.close)

    def ask(self, says: str) -> None:
        """Ask, saying why."""
        self.banner.clear()
        self.says.setText(says)
        self.pin.clear()
        self.badge.clear()
        with self.banner.calm():
            self.tiles.show_people(people.at_work(self._context), self._context.seat.last)
        self.open()
        self._point()

    def start(self) -> QWidget:
        """Return the PIN where somebody is chosen already, else the badge."""
        return self.badge if self.tiles.name is None else self.pin

    def confirm(self) -> None:
        """Sign in who is chosen; a refusal stands in the panel."""
        self.banner.clear()
        try:
            if not self._is_badge():
                sign_in(self._context, self._name(), self.pin.pin())
                self.pin.clear()
                self.close()
                self.signed_in.emit()
        except (Refused, Surroundings) as why:
            self.pin.clear()
            self.banner.tell_error(why)
            self._point()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """End a badge, or confirm, by Enter; Esc puts it away."""
        if event.key() not in ENTER:
            super().keyPressEvent(event)
        elif self.badge.hasFocus() and self.badge.text():
            self._scanned()
        else:
            self.confirm()

    def take_scan(self, text: str) -> Heard | None:
        """Take a badge that is scanned beside its field."""
        self.badge.setFocus(Qt.FocusReason.OtherFocusReason)
        return self.badge.take_scan(text)

    def _name(self) -> str:
        if self.tiles.name is None:
            raise Refused(self.tr("Choose your name, or scan your badge."))
        return self.tiles.name

    def _is_badge(self) -> bool:
        """Whether a badge was scanned where the PIN goes: then it is somebody, and counts as no try."""
        text = self.pin.text()
        whose = people.of_badge(self._context, text) if text else None
        if whose is None or whose.name == self.tiles.name:
            return False
        self.pin.clear()
        self._take(whose.name)
        return True

    def _chosen(self) -> None:
        self.banner.clear()
        self.pin.clear()
        self.pin.setFocus(Qt.FocusReason.OtherFocusReason)

    def _take(self, name: str) -> None:
        self.tiles.choose(name)
        self._chosen()

    def _scanning(self, text: str) -> None:
        """Go on in the badge's field with what a scanner began to type on a tile."""
        self.badge.setFocus(Qt.FocusReason.OtherFocusReason)
        self.badge.setText(text)

    def _scanned(self) -> None:
        """Find whose badge it is; the label of a batch is offered to be opened."""
        text = self.badge.text()
        self.badge.clear()
        self.banner.clear()
        try:
            whose = people.of_badge(self._context, text)
            card = lookup.scan(self._context, text).card if whose is None else None
        except Surroundings as why:
            self.banner.tell_error(why)
            self._point()
            return
        if whose is not None:
            self._take(whose.name)
        elif card is not None:
            lot = card.kept.batch.lot
            says = self.tr("That is the label of batch {lot}, and no badge.").format(lot=lot)
            self.banner.tell(says, Tone.LOOK, [(opening(lot), lambda: self._open(lot))])
            self._point()
        else:
            self.banner.tell(self.tr("That is nobody's badge here. Scan again, or choose your name."))
            self._point()

    def _open(self, lot: str) -> None:
        self.close()
        self.lot_asked.emit(lot)

    def _point(self) -> None:
        """Make room for what is said, and go to what is to be filled in."""
        self._rows.activate()
        self._area.updateGeometry()
        self.place()
        field = self.start()
        field.setFocus(Qt.FocusReason.OtherFocusReason)
        for part in (field, self.banner) if self.banner.isVisible() else (field,):
            self._area.ensureWidgetVisible(part)

    def _lay_out(self) -> None:
        inside = QWidget(self.panel)
        inside.setBackgroundRole(QPalette.ColorRole.Base)
        rows = self._rows = QVBoxLayout(inside)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(theme.step(self, 3))
        heading = QLabel(self.accessibleName(), inside)
        heading.setFont(theme.scaled(self.font(), 1.6, bold=True))
        self.says.setWordWrap(True)
        self.says.setTextFormat(Qt.TextFormat.PlainText)
        fields = QGridLayout()
        fields.setHorizontalSpacing(theme.step(self, 4))
        fields.setVerticalSpacing(theme.step(self, 1))
        for number, field in enumerate((self.badge, self.pin)):
            label = QLabel(field.accessibleName(), inside)
            label.setBuddy(field)
            fields.addWidget(label, 0, number)
            fields.addWidget(field, 1, number)
        fields.setColumnStretch(2, 1)
        for part in (heading, self.says, self.tiles):
            rows.addWidget(part)
        rows.addLayout(fields)
        rows.addWidget(self.banner)
        ways = QWidget(self)
        flow = FlowLayout(theme.step(self, 2), ways)
        for button in (self.enter, self.leave):
            flow.addWidget(button)
        rows.addStretch(1)
        self._area = Tall(inside, self.panel, letters=100)
        self._area.setAccessibleName(self.accessibleName())
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.column.addWidget(self._area, 1)
        self.column.addWidget(ways)
