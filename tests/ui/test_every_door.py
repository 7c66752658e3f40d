"""R8 and R9 in the window: each form does or refuses what the table says, whatever the card offers."""

import pytest
from PySide6.QtWidgets import QWidget

from doors import IS, SOONER, TABLE, VERBS, shelved
from ldninv.domain.entries import Decision, DisposalReason
from ldninv.services import batches, safety
from ldninv.ui.acting import actions
from ldninv.ui.acting.forms import FORMS

ACTIONS = {
    "dispense": actions.DISPENSE, "waste": actions.WASTE, "sample": actions.SAMPLE, "return": actions.RETURN,
    "count": actions.COUNT, "move": actions.MOVE, "dispose": actions.DISPOSE, "release": actions.RELEASE,
    "quarantine": actions.QUARANTINE, "reject": actions.REJECT, "hold": actions.HOLD, "keep": actions.DECIDE,
    "shorten": actions.SHORTEN, "discard": actions.DECIDE,
}  # fmt: skip


def fill(form, verb):
    """Put into a form what the verb needs, as a person would."""
    for name, text in {"capsules": "1", "days": "1", "found": "3", "until": str(SOONER)}.items():
        if hasattr(form, name):
            getattr(form, name).setText(text)
    if hasattr(form, "reason"):
        form.reason.field.setText("odd smell")
    if verb == "move":
        form.place.field.setText("Expired bin")
    if verb == "dispose":
        form.disposal.reasons.choose(DisposalReason.DAMAGE)
    if verb in {"keep", "discard"}:
        form.decision.choose(Decision(verb))


def test_every_form_of_the_window_is_in_the_table():
    assert {*ACTIONS.values(), actions.AMEND} == set(FORMS) == set(actions.ALL)
    assert set(VERBS) - set(ACTIONS) == {"recall"}


@pytest.mark.parametrize("state", TABLE)
def test_a_form_does_or_refuses_what_the_table_says(qtbot, dressed, filed, state):
    shelved(filed, state)
    page = QWidget()
    qtbot.addWidget(page)
    for verb, action in ACTIONS.items():
        lot, done = f"{state}-{verb}", []
        card = batches.card(filed, lot)
        form = FORMS[action](filed, card, page)
        form.acted.connect(done.append)
        fill(form, verb)
        form.confirm()

        assert bool(done) is (TABLE[state][verb] == "yes"), (verb, form.banner.text)
        assert bool(form.banner.text) is not bool(done), verb
        assert (batches.card(filed, lot).movements == card.movements) is not bool(done), verb
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
    for verb, action in ACTIONS.items():
        lot = f"{state}-{verb}"
        before = batches.card(filed, lot).movements
        page.enter(lot)

        assert page.card.card.kept.batch.lot == lot
        assert page.card.card.standing.state is IS[state]
        offered = not page.card.desk.bar.buttons[action].isHidden()
        assert not offered or TABLE[state][verb] == "yes", verb
        assert batches.card(filed, lot).movements == before
