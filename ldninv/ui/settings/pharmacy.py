"""What the pharmacy agrees on: its name, and days to spare."""

from __future__ import annotations

from dataclasses import asdict, replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel, QLineEdit, QWidget

from ldninv.domain.refusal import Refused
from ldninv.domain.settings import LONGEST_NAME, Settings
from ldninv.ui import theme
from ldninv.ui.acting.fields import ActionButton, NumberField, Tick
from ldninv.ui.flow import FlowLayout
from ldninv.ui.settings.panel import Panel


class PharmacyForm(Panel):
    """Shows what is kept until something is typed; then what was typed stays until it is saved or discarded."""

    edited = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(
            parent.tr("Pharmacy"),
            parent.tr("Kept in the database for all computers. Every change is noted in the history."),
            parent,
        )
        self._kept = Settings()
        self._dirty = False
        self.name = QLineEdit(self)
        self.name.setMaxLength(LONGEST_NAME)
        self.buffer = NumberField(self.tr("Days to spare"), self)
        self.with_components = Tick(self.tr("A component lot that expires first shortens the batch's date"), self)
        self.reminder = Tick(self.tr("Offer a tick beside “Not with opioid pain medicines”"), self)
        self.on_labels = Tick(self.tr("Print “Not with opioid pain medicines” on labels"), self)
        self.reason = QLineEdit(self)
        self.save = ActionButton(self.tr("Save"), "content-save", self, first=True)
        self.discard = ActionButton(self.tr("Discard changes"), "undo", self)
        self._unsaved = QLabel(self.tr("Not saved yet"), self)
        self._lay_out()
        for field in (self.name, self.buffer, self.reason):
            field.textChanged.connect(lambda _text: self._changed())
        for tick in (self.with_components, self.reminder, self.on_labels):
            tick.clicked.connect(lambda _checked=False: self._changed())
        self.show_settings(self._kept)

    @property
    def dirty(self) -> bool:
        """Whether something was typed that is not saved."""
        return self._dirty

    def show_settings(self, kept: Settings) -> None:
        """Show what is kept, unless something was typed."""
        if self._dirty:
            return
        self._kept = kept
        self.name.setText(kept.pharmacy)
        self.buffer.setText(str(kept.buffer))
        self.with_components.setChecked(kept.with_components)
        self.reminder.setChecked(kept.reminder_tick)
        self.on_labels.setChecked(kept.label_warning)
        self.reason.clear()
        self.forget()

    def onto(self, now: Settings) -> tuple[Settings, str | None]:
        """Return the settings `now` with what was changed here, and the reason that was given.

        Raises:
            Refused: a number that is none.
        """
        wanted = replace(
            self._kept,
            pharmacy=self.name.text(),
            buffer=self._days(),
            with_components=self.with_components.isChecked(),
            reminder_tick=self.reminder.isChecked(),
            label_warning=self.on_labels.isChecked(),
        )
        changed = {name: getattr(wanted, name) for name in asdict(wanted) if _differs(wanted, self._kept, name)}
        return replace(now, **changed), self.reason.text().strip() or None

    def forget(self) -> None:
        """Take what is shown as what is kept."""
        self._dirty = False
        self._show_dirty()

    def _changed(self) -> None:
        self._dirty = True
        self._show_dirty()
        self.edited.emit()

    def _show_dirty(self) -> None:
        for part in (self.save, self.discard):
            part.setEnabled(self._dirty)
        self._unsaved.setVisible(self._dirty)

    def _days(self) -> int:
        text = self.buffer.text().strip()
        if not (text.isascii() and text.isdigit()):
            raise Refused(self.tr("“{text}” is no number of days. Give 0 or more.").format(text=text))
        return int(text)

    def _lay_out(self) -> None:
        self.add(self.tr("Name and place"), self.name)
        self.fields.addWidget(self.with_components)
        self.fields.addSpacing(theme.step(self, 2))
        self.add(self.tr("Days to spare after every supply"), self.buffer)
        self.fields.addWidget(self.reminder)
        self.line(self.tr("The tick is kept on the entry. Nobody has to set it, and a dispensing needs none."))
        self.fields.addWidget(self.on_labels)
        self.fields.addSpacing(theme.step(self, 2))
        self.add(self.tr("Reason for the change (kept in the history)"), self.reason)
        self._ways = QWidget(self)
        flow = FlowLayout(theme.step(self, 2), self._ways)
        for part in (self.save, self.discard, self._unsaved):
            flow.addWidget(part)
        self.fields.addWidget(self._ways)


def _differs(one: Settings, other: Settings, name: str) -> bool:
    return bool(getattr(one, name) != getattr(other, name))
