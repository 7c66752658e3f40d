"""Signing in forms: name and PIN anew, refused in place, and nothing of it without people."""

from datetime import timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from PySide6.QtGui import QAccessible

from builders import TODAY, a_batch, dump, keep
from ldninv.domain.entries import Decision
from ldninv.domain.quality import Checks
from ldninv.domain.record import Worksheet
from ldninv.domain.signing import Meaning
from ldninv.domain.signs import Tone
from ldninv.domain.standing import State
from ldninv.services import batches, people, record, signing, standing
from ldninv.ui.acting import actions
from ldninv.ui.pill import Pill
from staff import ANA, BEN, IDA, MARA, PINS, pen, staffed

SEEN = Checks(appearance="ok", label="ok", yielded=300, weights_mg=(Decimal(250),))


@pytest.fixture
def stocked(stocked):
    """The shelf with people, Ana signed in, and a batch that Mara made herself."""
    keep(stocked, a_batch(lot="OWN-1", beyond_use=TODAY + timedelta(days=99), made_by=MARA), released=False)
    return staffed(stocked)


@pytest.fixture
def form(window):
    """Open the form of an action on a batch."""

    def opened(lot, action):
        window.go_to(window.batches)
        window.batches.open_lot(lot)
        window.batches.card.desk.begin(action)
        return window.batches.card.desk.form

    return opened


def fill_checks(form):
    form.appearance.field.setText("as expected")
    form.label.field.setText("matches the record")
    form.weights.setText("251, 249, 250")


def signed(context, lot):
    return [(each.name, each.meaning) for each in signing.signatures(context, lot)]


def state(context, lot):
    return batches.card(context, lot).standing.state


def test_a_release_is_signed_by_a_pharmacist_at_somebody_elses_screen(window, stocked, form, press, write):
    release = form("WAIT-1", actions.RELEASE)
    fill_checks(release)
    assert release.signature.names == (MARA,)
    assert release.signature.says.text() == ("Signing the release of WAIT-1. Name, time and what was signed are kept.")
    release.point_to(release.signature.pin)
    write(f"{PINS[MARA]}\r")

    assert window.batches.card.desk.form is None
    assert state(stocked, "WAIT-1") is State.RELEASED
    assert signed(stocked, "WAIT-1") == [(MARA, Meaning.RELEASED)]
    assert stocked.user == ANA


def test_a_wrong_pin_stands_in_the_form_and_leaves_all_as_it_was(stocked, form, press, write):
    release = form("WAIT-1", actions.RELEASE)
    fill_checks(release)
    release.point_to(release.signature.pin)
    write("999991\r")

    assert release.banner.text.startswith(f"That is not the PIN of {MARA}.")
    assert release.signature.pin.hasFocus()
    assert release.signature.pin.text() == ""
    assert release.weights.text() == "251, 249, 250"
    assert state(stocked, "WAIT-1") is State.QUARANTINED
    assert signed(stocked, "WAIT-1") == []


def test_without_a_pin_nothing_is_written_and_no_try_is_counted(stocked, form, press):
    release = form("WAIT-1", actions.RELEASE)
    fill_checks(release)
    before = dump(stocked.store)
    press("Return")

    assert release.banner.text == "The PIN is missing. Type it."
    assert dump(stocked.store) == before


def test_who_made_a_batch_is_not_offered_to_release_it(stocked, form, press):
    release = form("OWN-1", actions.RELEASE)
    fill_checks(release)
    press("Return")

    assert release.signature.names == ()
    assert "say there that any second person releases" in release.signature.says.text()
    assert release.banner.text.startswith("Nobody who works here may sign this.")


def test_a_check_that_is_missing_is_pointed_to_before_a_pin_is_asked_for(stocked, form, press):
    release = form("WAIT-1", actions.RELEASE)
    press("Return")

    assert "appearance" in release.banner.text
    assert "not recorded. Record what was seen" in release.banner.text
    assert release.appearance.field.hasFocus()


def test_a_check_that_is_missing_is_pointed_to_and_the_pin_stays(stocked, form, press, write):
    release = form("WAIT-1", actions.RELEASE)
    fill_checks(release)
    release.weights.clear()
    release.point_to(release.signature.pin)
    write(f"{PINS[MARA]}\r")

    assert "capsule weights not recorded" in release.banner.text
    assert release.weights.hasFocus()
    assert release.signature.pin.text() == PINS[MARA]
    write("250\r")
    assert state(stocked, "WAIT-1") is State.RELEASED


def test_a_decision_on_a_hold_is_signed(stocked, form, press, write):
    standing.hold(stocked, "GOOD-1", reason="label doubtful")
    decide = form("GOOD-1", actions.DECIDE)
    decide.decision.choose(Decision.KEEP)
    decide.look()
    decide.reason.field.setText("label found")
    decide.point_to(decide.signature.pin)
    write(f"{PINS[MARA]}\r")

    assert state(stocked, "GOOD-1") is State.RELEASED
    assert signed(stocked, "GOOD-1") == [(MARA, Meaning.DECIDED)]


def test_an_earlier_date_is_signed(stocked, form, press, write):
    shorten = form("GOOD-1", actions.SHORTEN)
    shorten.until.setText((TODAY + timedelta(days=9)).isoformat())
    shorten.reason.field.setText("assay")
    shorten.point_to(shorten.signature.pin)
    write(f"{PINS[MARA]}\r")

    assert batches.card(stocked, "GOOD-1").standing.usable_days == 10
    assert signed(stocked, "GOOD-1") == [(MARA, Meaning.EXPIRY_CHANGED)]


def test_a_disposal_is_signed_by_who_did_it_with_another_as_witness(stocked, form, press, write):
    dispose = form("OLD-1", actions.DISPOSE)
    assert set(dispose.signature.names) == {ANA, BEN, IDA, MARA}
    assert dispose.signature.who.value == ANA
    dispose.disposal.witness.field.setText(BEN)
    dispose.point_to(dispose.signature.pin)
    write(f"{PINS[ANA]}\r")

    assert batches.card(stocked, "OLD-1").kept.stock.on_hand == 0
    assert signed(stocked, "OLD-1") == [(ANA, Meaning.DISPOSED)]


def test_a_disposal_just_done_is_taken_back_by_its_keys_and_signed(window, stocked, form, press, write):
    dispose = form("OLD-1", actions.DISPOSE)
    dispose.disposal.witness.field.setText(BEN)
    dispose.point_to(dispose.signature.pin)
    write(f"{PINS[ANA]}\r")
    desk = window.batches.card.desk
    assert [each.text() for each in desk.banner.offers] == ["Certificate…", "Take back… (Ctrl+Z)"]
    window.batches.open_lot("GOOD-1")
    press("Ctrl+Z")
    assert desk.banner.offers[-1].text() == "Take back… (Ctrl+Z)"
    press("Ctrl+Z")
    assert desk.form.heading.text() == "Take back a movement of OLD-1"
    desk.form.reason.field.setText("another bottle")
    desk.form.signature.who.choose(MARA)
    desk.form.point_to(desk.form.signature.pin)
    write(f"{PINS[MARA]}\r")

    assert batches.card(stocked, "OLD-1").kept.stock.on_hand == 300
    assert signed(stocked, "OLD-1") == [(ANA, Meaning.DISPOSED), (MARA, Meaning.TAKEN_BACK)]


def test_the_same_person_twice_is_refused_in_the_form(stocked, form, press, write):
    dispose = form("OLD-1", actions.DISPOSE)
    dispose.disposal.witness.field.setText(BEN)
    dispose.signature.who.choose(BEN)
    dispose.point_to(dispose.signature.pin)
    write(f"{PINS[BEN]}\r")

    assert dispose.banner.text == (
        f"{BEN} signs for it, and cannot be the witness too: the disposal of batch OLD-1 takes another person. "
        "Name one."
    )
    assert batches.card(stocked, "OLD-1").kept.stock.on_hand == 300


def test_many_are_disposed_of_with_one_pin_and_a_wrong_one_counts_once(qtbot, window, stocked, press, write):
    page = window.batches
    page.table.setFocus()
    page.table.selectAll()
    press("Ctrl+Shift+D")
    form = page.card.desk.form
    form.disposal.witness.field.setText(BEN)
    form.point_to(form.signature.pin)
    write("999991\r")
    assert form.banner.text.startswith(f"That is not the PIN of {ANA}.")
    assert [each.failures for each in people.everybody(stocked) if each.name == ANA] == [1]
    write(f"{PINS[ANA]}\r")
    qtbot.waitUntil(lambda: page.card.desk.form is None)

    assert signed(stocked, "OLD-1") == signed(stocked, "OLD-2") == [(ANA, Meaning.DISPOSED)]


def test_a_pin_in_a_form_that_takes_a_sign_in_first_is_kept(window, stocked, form, press, write):
    stocked.seat.lock()
    release = form("WAIT-1", actions.RELEASE)
    fill_checks(release)
    release.point_to(release.signature.pin)
    write(f"{PINS[MARA]}\r")
    assert window.door.panel.isVisible()
    write(f"{PINS[ANA]}\r")

    assert signed(stocked, "WAIT-1") == [(MARA, Meaning.RELEASED)]
    assert batches.card(stocked, "WAIT-1").movements[0].by == ANA


def test_no_pin_is_heard_or_kept_anywhere(window, stocked, form, press, write, caplog, tmp_path):
    release = form("WAIT-1", actions.RELEASE)
    fill_checks(release)
    release.point_to(release.signature.pin)
    write("864203\r")
    release.point_to(release.signature.pin)
    write(PINS[MARA])
    told = QAccessible.queryAccessibleInterface(release.signature.pin)
    said = " ".join(told.text(kind) for kind in QAccessible.Text if kind is not QAccessible.Text.UserText)
    press("Return")
    window.remember()

    kept = " ".join(str(dump(stocked.store)).split()) + caplog.text + window.windowTitle() + said
    for file in Path(tmp_path).rglob("*"):
        kept += file.read_bytes().decode("utf-8", "replace") if file.is_file() else ""
    assert state(stocked, "WAIT-1") is State.RELEASED
    assert "864203" not in kept
    assert PINS[MARA] not in kept


def test_without_people_nothing_is_signed(open_window, filed):
    keep(filed, a_batch(lot="WAIT-1", beyond_use=TODAY + timedelta(days=99)), released=False)
    window = open_window(filed)
    window.batches.open_lot("WAIT-1")
    window.batches.card.desk.begin(actions.RELEASE)
    form = window.batches.card.desk.form
    assert form.signature.isHidden()
    form.confirm()

    assert state(filed, "WAIT-1") is State.RELEASED


def test_the_card_says_who_signed_and_that_nothing_was_changed_since(window, stocked):
    standing.release(stocked, "WAIT-1", SEEN, sign=pen(MARA))
    card = window.batches.card
    window.batches.open_lot("WAIT-1")

    assert card.signed.text == f"{MARA} signed the release on 2026-11-22 at 09:30: Record unchanged since"
    (pill,) = card.signed.findChildren(Pill)
    assert (pill.sign.tone, pill.sign.icon) == (Tone.GOOD, "check-decagram")
    window.batches.open_lot("GOOD-1")
    assert card.signed.isHidden()


def test_the_card_says_that_a_record_was_changed_since_it_was_signed(window, stocked):
    standing.release(stocked, "WAIT-1", SEEN, sign=pen(MARA))
    record.amend(stocked, "WAIT-1", Worksheet(planned=290), reason="misread")
    window.batches.open_lot("WAIT-1")

    assert window.batches.card.signed.text.endswith(": Record CHANGED since")
    assert window.batches.card.signed.accessibleDescription() == window.batches.card.signed.text
    (pill,) = [each for each in window.batches.card.signed.findChildren(Pill) if each.isVisible()]
    assert (pill.sign.tone, pill.sign.icon) == (Tone.STOP, "alert-decagram")
