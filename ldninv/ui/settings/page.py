"""The Settings page: what the pharmacy agrees on, kept in its database; and how the window looks here."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QSettings, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ldninv.domain.settings import Settings
from ldninv.domain.signs import Tone
from ldninv.services import people, preferences
from ldninv.services.context import Change, Context
from ldninv.ui import appearance, theme
from ldninv.ui.appearance import Appearance
from ldninv.ui.news import News
from ldninv.ui.pages import Page, column, heading, scrolling
from ldninv.ui.scanner import settings as scanner_settings
from ldninv.ui.scanner.pace import ScannerSettings
from ldninv.ui.settings.checks import ChecksForm
from ldninv.ui.settings.folder import FolderForm
from ldninv.ui.settings.formulas import FormulasForm
from ldninv.ui.settings.loggers import LoggersForm
from ldninv.ui.settings.look import LookForm
from ldninv.ui.settings.people import PeopleForm
from ldninv.ui.settings.pharmacy import PharmacyForm
from ldninv.ui.settings.places import PlacesForm
from ldninv.ui.settings.policies import PoliciesForm
from ldninv.ui.settings.rules import RulesForm
from ldninv.ui.settings.scanner import ScannerForm
from ldninv.ui.settings.task_panel import TaskPanel


class SettingsPage(Page):
    """The pharmacy's settings are kept at *Save*, with an event; what is this computer's own applies at once."""

    concerns = Change.SETTINGS | Change.PLACES | Change.PEOPLE

    look_asked = Signal(object)
    """Carries the `Appearance` that the person wants."""
    place_label_asked = Signal(str)
    badge_asked = Signal(str)
    """A label is to be shown: of a place, or a person's badge."""
    scanner_settled = Signal(object)
    """Carries the `ScannerSettings` that are kept from now on."""
    scanner_setup_asked = Signal()
    dates_asked = Signal()
    folder_asked = Signal()
    folder_left = Signal()
    """A folder is to be watched for loggers' files, or none any more."""

    def __init__(self, context: Context, news: News, memory: QSettings, parent: QWidget | None = None) -> None:
        super().__init__(news, parent)
        self._context = context
        self._memory = memory
        self.pharmacy = PharmacyForm(self)
        self.places = PlacesForm(context, self)
        self.loggers = LoggersForm(context, self)
        self.folder = FolderForm(self)
        self.checks = ChecksForm(self)
        self.people = PeopleForm(context, self)
        self.rules = RulesForm(self)
        self.policies = PoliciesForm(context, self)
        self.formulas = FormulasForm(context, self)
        self._tasked: tuple[TaskPanel, ...] = (self.policies, self.formulas, self.places, self.loggers, self.people)
        self.scanner = ScannerForm(scanner_settings.kept(memory), self)
        self.look = LookForm(appearance.kept(memory), self)
        self._lay_out()
        self.pharmacy.save.clicked.connect(lambda _checked=False: self.save())
        self.pharmacy.discard.clicked.connect(lambda _checked=False: self.discard())
        self.places.label_asked.connect(self.place_label_asked)
        self.people.badge_asked.connect(self.badge_asked)
        self.people.changed.connect(lambda: self.news.changed.emit(Change.PEOPLE))
        self.folder.asked.connect(self.folder_asked)
        self.folder.left.connect(self.folder_left)
        self.policies.dates_asked.connect(self.dates_asked)
        self.policies.changed.connect(lambda: self.news.changed.emit(Change.SETTINGS | Change.BATCHES))
        self.formulas.changed.connect(lambda: self.news.changed.emit(Change.SETTINGS))
        for form in (self.places, self.loggers):
            form.changed.connect(lambda: self.news.changed.emit(Change.PLACES | Change.BATCHES | Change.LEDGER))
        for rules in (self.rules, self.checks):
            rules.wanted.connect(self._keep_rules)
        self.scanner.chosen.connect(self._scanner_chosen)
        self.scanner.setup.clicked.connect(lambda _checked=False: self.scanner_setup_asked.emit())
        self.look.chosen.connect(self._look_chosen)

    def refresh(self) -> None:
        """Read again; what was typed and not saved stays."""
        with self.banner.calm(self.refresh):
            kept = self._context.settings
            for form in self._tasked:
                form.refresh()
            self.pharmacy.show_settings(kept)
            self.rules.show_settings(kept, people=self._anybody)
            self.checks.show_settings(kept)
            self.scanner.show_settings(scanner_settings.kept(self._memory))

    def show_waiting(self, folder: Path | None, files: Sequence[Path], why: str = "") -> None:
        """Say which folder is watched for loggers' files, and what waits there."""
        self.folder.show_waiting(folder, files, why)

    def save(self) -> None:
        """Keep the pharmacy's settings, on top of what others changed meanwhile."""
        self.banner.clear()
        with self.banner.calm(self.save):
            wanted, reason = self.pharmacy.onto(self._context.settings)
            changed = preferences.change(self._context, wanted, reason)
            self.pharmacy.forget()
            self.refresh()
            self.banner.tell(
                self.tr("Saved. Batches keep the dates that they have; new ones follow the settings."), Tone.GOOD
            )
            self.news.changed.emit(changed)

    def discard(self) -> None:
        """Go back to what is kept."""
        self.pharmacy.forget()
        self.banner.clear()
        self.refresh()

    def aside(self) -> None:
        """Put away what is open: a question, else a task, else the notice."""
        if self.banner.offers or not any(form.leave() for form in self._tasked):
            super().aside()

    def may_close(self, close: Callable[[], object]) -> bool:
        """Ask what is to become of what was typed and not saved."""
        if self._settled:
            return True
        self._ask_first(self.tr("Save and close"), self.tr("Close without saving"), close)
        return False

    @property
    def _settled(self) -> bool:
        return not (self.pharmacy.dirty or self._begun)

    @property
    def _begun(self) -> TaskPanel | None:
        """The first group with a task in which something was typed."""
        return next((form for form in self._tasked if form.begun), None)

    @property
    def _anybody(self) -> bool:
        return bool(people.everybody(self._context))

    def _ask_first(self, keep: str, drop: str, then: Callable[[], object]) -> None:
        """Ask whether to keep what was typed before `then`; putting the question away leaves everything as it is."""
        settings = self.tr("The pharmacy's settings were changed and are not saved yet.")
        begun = self._begun
        task = "" if begun is None or begun.task is None else begun.task.accessibleName()
        other = self.tr("“{task}” was begun and is not done yet.").format(task=task)
        self.banner.tell(
            settings if self.pharmacy.dirty else other,
            Tone.LOOK,
            [(keep, lambda: self._keep_and(then)), (drop, lambda: self._drop_and(then))],
        )
        self.banner.offers[0].setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _keep_and(self, then: Callable[[], object]) -> None:
        if self.pharmacy.dirty:
            self.save()
        begun = self._begun
        if begun is not None and begun.task is not None and not self.pharmacy.dirty:
            begun.task.confirm()
        if self._settled:
            then()

    def _drop_and(self, then: Callable[[], object]) -> None:
        for form in self._tasked:
            form.put_away()
        self.discard()
        then()

    def _keep_rules(self, onto: Callable[[Settings], Settings]) -> None:
        """Keep what applies at once; where it is refused, what is kept shows again."""
        self.banner.clear()
        with self.banner.calm(lambda: self._keep_rules(onto)):
            self.news.changed.emit(preferences.change(self._context, onto(self._context.settings)))
        self.refresh_rules()

    def refresh_rules(self) -> None:
        """Show again what is kept."""
        with self.banner.calm(self.refresh_rules):
            kept = self._context.settings
            self.rules.show_settings(kept, people=self._anybody)
            self.checks.show_settings(kept)
            self.places.refresh()
            self.loggers.refresh()

    def _scanner_chosen(self, wanted: ScannerSettings) -> None:
        scanner_settings.keep(self._memory, wanted)
        self.scanner_settled.emit(wanted)

    def _look_chosen(self, wanted: Appearance) -> None:
        """Keep the look; another text size makes the window anew, so what was typed in it is asked about first."""
        shown = appearance.kept(self._memory)
        if wanted.text_size == shown.text_size or self._settled:
            self._wear(wanted)
            return
        self.look.show_look(shown)
        self._ask_first(
            self.tr("Save, and change the text size"),
            self.tr("Change the text size without saving"),
            lambda: self._wear(wanted),
        )

    def _wear(self, wanted: Appearance) -> None:
        appearance.keep(self._memory, wanted)
        self.look.show_look(wanted)
        self.look_asked.emit(wanted)

    def _lay_out(self) -> None:
        shown = QWidget(self)
        inside = QVBoxLayout(shown)
        inside.setContentsMargins(0, 0, theme.step(self, 2), 0)
        inside.setSpacing(theme.step(self, 6))
        for form in (
            self.pharmacy,
            self.policies,
            self.formulas,
            self.places,
            self.loggers,
            self.folder,
            self.checks,
            self.people,
            self.rules,
            self.scanner,
            self.look,
        ):
            row = QHBoxLayout()
            row.addWidget(form, 1)
            row.addStretch()
            inside.addLayout(row)
        inside.addStretch(1)
        layout = column(self)
        layout.addWidget(heading(self.tr("Settings"), self))
        layout.addWidget(self.banner)
        layout.addWidget(scrolling(shown, self.tr("Settings"), self, sideways=True), 1)
