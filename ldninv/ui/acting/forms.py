"""Which form an action on one batch opens."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from ldninv.services.batches import Card
from ldninv.services.context import Context
from ldninv.ui.acting import actions
from ldninv.ui.acting.actions import Action
from ldninv.ui.acting.amend import AmendForm
from ldninv.ui.acting.away import DisposeForm, ReturnForm, SampleForm, WasteForm
from ldninv.ui.acting.back import TakeBackForm
from ldninv.ui.acting.check import CountForm, QuarantineForm
from ldninv.ui.acting.decide import DecideForm, HoldForm, RejectForm, ShortenForm
from ldninv.ui.acting.dispense import DispenseForm
from ldninv.ui.acting.place import MoveForm
from ldninv.ui.acting.release import ReleaseForm

SingleForm = (
    DispenseForm
    | ReturnForm
    | WasteForm
    | SampleForm
    | DisposeForm
    | MoveForm
    | CountForm
    | ReleaseForm
    | QuarantineForm
    | HoldForm
    | ShortenForm
    | RejectForm
    | TakeBackForm
    | AmendForm
)
FORMS: dict[Action, Callable[[Context, Card, QWidget], SingleForm]] = {
    actions.DISPENSE: DispenseForm,
    actions.RETURN: ReturnForm,
    actions.WASTE: WasteForm,
    actions.SAMPLE: SampleForm,
    actions.DISPOSE: DisposeForm,
    actions.MOVE: MoveForm,
    actions.COUNT: CountForm,
    actions.RELEASE: ReleaseForm,
    actions.QUARANTINE: QuarantineForm,
    actions.HOLD: HoldForm,
    actions.DECIDE: DecideForm,
    actions.SHORTEN: ShortenForm,
    actions.REJECT: RejectForm,
    actions.AMEND: AmendForm,
}
