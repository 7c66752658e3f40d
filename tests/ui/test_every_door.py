"""R8 and R9 in the window: each form and each scan does or refuses what the table says, whatever the card offers."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from doors import BIN, IS, SHELF, SOONER, TABLE, VERBS, happened_at, of_component, shelved, through, to_correct
from ldninv.domain.entries import Decision, DisposalReason
from ldninv.services import batches, policies, recalling, safety
from ldninv.ui.acting import actions
from ldninv.ui.acting.back import TakeBackForm
from ldninv.ui.acting.forms import FORMS
from ldninv.ui.recalls.begin import BeginForm
from ldninv.ui.storage.decide import DecideForm

ACTIONS = {
    "dispense": actions.DISPENSE, "waste": actions.WASTE, "sample": actions.SAMPLE, "return": actions.RETURN,
    "count": actions.COUNT, "move": actions.MOVE, "dispose": actions.DISPOSE, "release": actions.RELEASE,
    "quarantine": actions.QUARANTINE, "reject": actions.REJECT, "hold": actions.HOLD, "keep": actions.DECIDE,
    "shorten": actions.SHORTEN, "discard": actions.DECIDE,
}  # fmt: skip


def of_card(verb):
    """Return what makes the form that a card opens for a verb, filled as a person would."""

    def made(here, lot, page):
        form = FORMS[ACTIONS[verb]](here, batches.card(here, lot), page)
        for name, text in {"capsules": "1", "days": "1", "found": "3", "until": str(SOONER)}.items():
            if hasattr(form, name):
                getattr(form, name).setText(text)
        if verb == "move":
            form.place.field.setText(BIN)
        if verb == "dispose":
            form.disposal.reasons.choose(DisposalReason.DAMAGE)
        if verb in {"keep", "discard"}:
            form.decision.choose(Decision(verb))
        return form

    return made


def of_storage(here, lot, page):
    seen = happened_at(here)
    form = DecideForm(here, seen, page)
    form.show_chosen(tuple(each for each in seen.waiting if each.lot == lot))
    form.decision.choose(Decision.KEEP)
    return form


def of_recall(lot):
    def made(here, own, page):
        form = BeginForm(here, page)
        form.show_subjects(recalling.subjects(here, lot(own)))
        return form

    return made


def of_movement(here, lot, page):
    return TakeBackForm(here, batches.card(here, lot).kept.batch, to_correct(here, lot), page)


BY_FORM = {verb: of_card(verb) for verb in ACTIONS} | {
    "storage": of_storage, "recall": of_recall(str), "component": of_recall(of_component), "correct": of_movement,
}  # fmt: skip
BY_PANEL = {"keep-date": Decision.KEEP, "shorten-date": Decision.SHORTEN}


def test_every_form_of_the_window_is_in_the_table():
    assert {*ACTIONS.values(), actions.AMEND} == set(FORMS) == set(actions.ALL)
    assert sorted([*BY_FORM, *BY_PANEL]) == sorted(through("form"))
    assert sorted(BY_SCAN) == sorted(through("scan"))


@pytest.mark.parametrize("state", TABLE)
def test_a_form_does_or_refuses_what_the_table_says(qtbot, dressed, filed, state):
    shelved(filed, state)
    page = QWidget()
    qtbot.addWidget(page)
    for verb, made in BY_FORM.items():
        lot, done = f"{state}-{verb}", []
        before = batches.card(filed, lot)
        form = made(filed, lot, page)
        form.acted.connect(done.append)
        if hasattr(form, "reason"):
            form.reason.field.setText("odd smell")
        form.confirm()

        assert bool(done) is (TABLE[state][verb] == "yes"), (verb, form.banner.text)
        assert bool(form.banner.text) is not bool(done), verb
        after = batches.card(filed, lot)
        assert ((after.movements, after.events) == (before.movements, before.events)) is not bool(done), verb
    assert safety.check(filed) == []


@pytest.mark.parametrize("state", TABLE)
def test_a_date_is_decided_on_where_the_table_says_and_is_not_asked_elsewhere(open_window, filed, state, qtbot):
    shelved(filed, state)
    window = open_window(filed)
    panel = window.errands.dates
    for verb, decision in BY_PANEL.items():
        lot = f"{state}-{verb}"
        panel.show_found([each for each in policies.shortenings(filed) if each.kept.batch.lot == lot])
        assert (panel.chosen == (lot,)) is (TABLE[state][verb] == "yes")
        panel.decision.choose(decision)
        panel.reason.field.setText("looked into")
        panel.decide()
        qtbot.waitUntil(lambda: not window.jobs.busy)

    assert policies.shortenings(filed) == []


def to_bin(window, lot):
    window.counting.take_to_bin()
    window.counting.binning.enter(lot)


def counted(window, lot):
    page = window.counting
    page.begin(SHELF)
    page.scanning.enter(lot)
    page.scanning.number.setFocus()
    page.scanning.number.setText("3")
    QTest.keyClick(page.scanning.number, Qt.Key.Key_Return)
    page.compare()
    page.post()


BY_SCAN = {"bin": to_bin, "count": counted}
"""Where a scan acts; everywhere else it shows."""


@pytest.mark.parametrize("state", TABLE)
def test_a_scan_that_acts_does_or_refuses_what_the_table_says(open_window, filed, state):
    shelved(filed, state)
    window = open_window(filed)
    window.go_to(window.counting)
    for verb, scanned in BY_SCAN.items():
        lot = f"{state}-{verb}"
        before = batches.card(filed, lot).movements
        scanned(window, lot)

        assert (batches.card(filed, lot).movements != before) is (TABLE[state][verb] == "yes"), verb
    assert safety.check(filed) == []


@pytest.mark.parametrize("state", TABLE)
def test_the_card_offers_nothing_that_would_be_refused(filed, state):
    shelved(filed, state)
    for verb, action in ACTIONS.items():
        card = batches.card(filed, f"{state}-{verb}")
        offered = action in actions.for_batch(card.kept, card.standing)

        assert not offered or TABLE[state][verb] == "yes", verb


@pytest.mark.parametrize("state", TABLE)
def test_a_scan_shows_the_state_offers_nothing_that_would_be_refused_and_writes_nothing(open_window, filed, state):
    shelved(filed, state)
    page = open_window(filed).batches
    for verb in VERBS:
        lot = f"{state}-{verb}"
        before = batches.card(filed, lot).movements
        page.enter(lot)

        assert page.card.card.kept.batch.lot == lot
        assert page.card.card.standing.state is IS[state]
        action = ACTIONS.get(verb)
        offered = action is not None and not page.card.desk.bar.buttons[action].isHidden()
        assert not offered or TABLE[state][verb] == "yes", verb
        assert batches.card(filed, lot).movements == before
