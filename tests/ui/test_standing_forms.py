"""What is decided of a batch, what comes back and what is sampled, beside the card: by keyboard, on a real database."""

from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel

from builders import TODAY, a_batch, keep
from ldninv.domain.entries import Decision
from ldninv.domain.ledger import DisposalReason, Kind
from ldninv.domain.signing import Meaning
from ldninv.domain.standing import State
from ldninv.services import batches, ledger, preferences, signing, standing
from ldninv.ui.acting import actions
from rooms import a_room, brought
from staff import ANA, BEN, MARA, PINS, staffed


@pytest.fixture
def page(window):
    window.go_to(window.batches)
    return window.batches


@pytest.fixture
def desk(page):
    return page.card.desk


def card(page, lot):
    return batches.card(page._context, lot)


def entry(page, lot):
    return card(page, lot).movements[0].entry


def test_what_came_back_puts_the_batch_into_quarantine_and_disposal_comes_first_then(page, desk, press, write):
    ledger.dispense(page._context, "GOOD-1", 60, days_supply=60)
    page.open_lot("GOOD-1")
    press("Ctrl+Shift+R")
    write("30")
    assert desk.form.says.text() == (
        "30 capsules more, 270 on hand. The batch goes into quarantine: dispose of what came back, and it is as before."
    )
    press("Return")

    assert (entry(page, "GOOD-1").kind, entry(page, "GOOD-1").returned) == (Kind.RETURNED, 30)
    assert desk.banner.text.endswith("The batch is in quarantine until they are disposed of.")
    assert page.card.verdict.word == "Quarantine"
    assert desk.offered[0] is actions.DISPOSE
    assert actions.RELEASE not in desk.offered


def test_nothing_comes_back_of_a_batch_that_never_left(page, desk, press, write):
    page.open_lot("GOOD-1")
    assert actions.RETURN not in desk.offered
    press("Ctrl+Shift+R")
    write("1")
    press("Return")

    assert "cannot have come back" in desk.form.banner.text
    assert desk.form.capsules.hasFocus()


def test_a_sample_is_taken_in_quarantine_too(page, desk, press, write):
    page.open_lot("WAIT-1")
    press("Ctrl+Shift+A")
    write("20")
    press("Return")

    assert (entry(page, "WAIT-1").kind, entry(page, "WAIT-1").capsules) == (Kind.SAMPLED, -20)
    assert desk.banner.text == "WAIT-1: took 20 for assay. 280 capsules left."


def test_a_hold_asks_why_and_is_decided_on_by_keys_alone(page, desk, press, write):
    page.open_lot("GOOD-1")
    press("Ctrl+H", "Return")
    assert desk.form.banner.text == "A reason is needed to put a batch on hold. Say it in a few words."
    write("fridge was off")
    press("Return")
    assert page.card.verdict.word == "Hold"
    assert desk.offered[0] is actions.DECIDE

    press("Ctrl+E", "Return")
    assert desk.form.banner.text == "What is decided? Choose one of the three."
    press("Space", "Tab")
    write("no harm")
    press("Return")
    assert (entry(page, "GOOD-1").decision, entry(page, "GOOD-1").reason) == (Decision.KEEP, "no harm")
    assert card(page, "GOOD-1").standing.state is State.RELEASED


def test_only_a_decision_to_shorten_asks_for_a_day(page, desk):
    standing.hold(page._context, "GOOD-1", reason="assay low")
    page.open_lot("GOOD-1")
    desk.begin(actions.DECIDE)

    seen = {}
    for decision in Decision:
        desk.form.decision.button(decision).click()
        seen[decision] = desk.form.until.isVisible()
    assert seen == {Decision.KEEP: False, Decision.SHORTEN: True, Decision.DISCARD: False}


def test_a_batch_that_is_discarded_is_rejected(page, desk, press, write):
    standing.hold(page._context, "GOOD-1", reason="assay low")
    page.open_lot("GOOD-1")
    press("Ctrl+E")
    desk.form.decision.button(Decision.DISCARD).click()
    desk.form.point_to(desk.form.reason)
    write("assay low")
    press("Return")

    assert page.card.verdict.word == "Rejected"
    assert desk.offered[0] is actions.DISPOSE


def test_a_date_is_shortened_and_what_would_come_of_it_is_said_before(page, desk, press, write):
    page.open_lot("GOOD-1")
    until = TODAY + timedelta(days=49)
    press("Ctrl+Shift+E")
    write(until.isoformat())
    assert desk.form.says.text().endswith("50 days left.")
    desk.form.point_to(desk.form.reason)
    write("component")
    press("Return")

    assert card(page, "GOOD-1").kept.batch.expiry.on == until
    assert page.card.card.standing.usable_days == 50


def test_a_date_is_never_lengthened(page, desk, press, write):
    page.open_lot("NEAR-1")
    before = card(page, "NEAR-1").kept.batch.expiry.on
    press("Ctrl+Shift+E")
    write((before + timedelta(days=1)).isoformat())
    assert desk.form.says.text().endswith("A date is shortened, never lengthened.")
    desk.form.reason.field.setText("hope")
    press("Return")

    assert desk.form.until.hasFocus()
    assert card(page, "NEAR-1").kept.batch.expiry.on == before


def test_a_batch_is_rejected_for_good(page, desk, press, write):
    page.open_lot("WAIT-1")
    press("Ctrl+Shift+J")
    write("weights out of limits")
    press("Return")

    assert page.card.verdict.word == "Rejected"
    assert [each.word for each in desk.offered] == ["Dispose", "Move", "Count", "Write off", "Sample", "Correct record"]


def test_more_opens_by_key_and_begins_what_is_chosen_there(qtbot, page, desk, press):
    page.open_lot("GOOD-1")
    press("Ctrl+.")
    qtbot.waitUntil(desk.more.menu.isVisible)
    assert desk.more.menu.activeAction().text().startswith("Count")
    qtbot.keyClick(desk.more.menu, Qt.Key.Key_Down)
    qtbot.keyClick(desk.more.menu, Qt.Key.Key_Return)

    assert desk.form.action is actions.SAMPLE
    assert QApplication.focusWidget() is desk.form.capsules


def test_nothing_is_offered_for_a_batch_that_is_not_made_yet(page, desk):
    keep(page._context, a_batch(lot="AHEAD", prepared=TODAY + timedelta(days=3), beyond_use=TODAY + timedelta(days=99)))
    page.open_lot("AHEAD")

    assert desk.offered == ()
    assert desk.more.words == ("Label…", "Recall…", "Dossier…")


def test_the_certificate_is_offered_after_a_disposal(qtbot, page, desk, press, tmp_path):
    page.open_lot("OLD-1")
    press("Ctrl+Shift+D")
    desk.form.disposal.container.field.setText("bin 7")
    press("Return")
    assert [each.text() for each in desk.banner.offers] == ["Certificate…", "Undo (Ctrl+Z)"]
    posted = card(page, "OLD-1").movements[0]
    assert "container: bin 7" in posted.entry.note

    desk.banner.offers[0].click()
    (dialog,) = page.findChildren(QFileDialog)
    dialog.reject()
    assert [each.text() for each in desk.banner.offers] == ["Certificate…", "Undo (Ctrl+Z)"]
    assert desk.banner.isVisible()
    desk.certificates.save_as([posted], tmp_path / "certificate.pdf")
    qtbot.waitUntil(lambda: desk.banner.text.startswith("Saved as"))
    assert (tmp_path / "certificate.pdf").read_bytes().startswith(b"%PDF")


def test_a_write_off_has_no_certificate(page, desk):
    page.open_lot("OLD-1")
    desk.begin(actions.WASTE)
    desk.form.confirm()

    assert [each.text() for each in desk.banner.offers] == ["Undo (Ctrl+Z)"]


def test_those_who_work_here_are_offered_as_witnesses_but_not_who_does_it(page, desk):
    staffed(page._context)
    page.open_lot("OLD-1")
    desk.begin(actions.DISPOSE)

    assert [each.text() for each in desk.form.disposal.witness.buttons] == [BEN, "Ida Berg", "Mara Lind"]
    desk.form.disposal.reasons.choose(DisposalReason.EXPIRED)
    assert desk.form.mend() is desk.form.disposal.witness


def test_a_shorter_date_takes_the_pin_of_a_pharmacist(page, desk, write, press):
    staffed(page._context)
    page.open_lot("GOOD-1")
    desk.begin(actions.SHORTEN)
    assert desk.form.signed.names == (MARA,)
    desk.form.until.setText((TODAY + timedelta(days=9)).isoformat())
    desk.form.point_to(desk.form.reason)
    write("storage")
    press("Return")
    assert desk.form.signed.pin.hasFocus()

    write(PINS[MARA])
    press("Return")
    signed = signing.signatures(page._context, "GOOD-1")
    assert [(each.name, each.meaning) for each in signed] == [(MARA, Meaning.EXPIRY_CHANGED)]


def test_a_decision_on_a_hold_is_signed_as_one(page, desk, press, write):
    staffed(page._context)
    standing.hold(page._context, "GOOD-1", reason="assay low")
    page.open_lot("GOOD-1")
    desk.begin(actions.DECIDE)
    desk.form.decision.button(Decision.KEEP).click()
    desk.form.reason.field.setText("no harm")
    desk.form.signed.pin.setFocus()
    write(PINS[MARA])
    press("Return")

    assert [each.meaning for each in signing.signatures(page._context, "GOOD-1")] == [Meaning.DECIDED]


def test_several_disposals_are_signed_at_once_and_each_keeps_its_signature(qtbot, page, desk, press, write):
    staffed(page._context)
    page.table.selectAll()
    desk.begin(actions.DISPOSE)
    desk.form.disposal.witness.field.setText(BEN)
    desk.form.disposal.signed.pin.setFocus()
    write(PINS[ANA])
    press("Return")
    qtbot.waitUntil(lambda: desk.form is None)

    signed = [signing.signatures(page._context, lot) for lot in ("OLD-1", "OLD-2")]
    assert [[each.name for each in every] for every in signed] == [[ANA], [ANA]]


def test_a_batch_of_an_earlier_day_is_looked_at_again(page, desk, press):
    page.open_lot("GOOD-1")
    press("Ctrl+D")
    assert desk.form.again.isVisible()
    desk.form.again.setChecked(True)
    press("Return")

    assert entry(page, "GOOD-1").note == "looked at again"


def test_a_batch_of_today_need_not_be_looked_at_again(page, desk):
    keep(page._context, a_batch(lot="NEW", prepared=TODAY, beyond_use=TODAY + timedelta(days=300)))
    page.open_lot("NEW")
    desk.begin(actions.DISPENSE)

    assert desk.form.again.isHidden()


def test_a_prescription_number_is_asked_for_only_where_the_pharmacy_keeps_them(page, desk):
    page.open_lot("GOOD-1")
    desk.begin(actions.DISPENSE)
    assert desk.form.rx.isHidden()

    preferences.change(page._context, replace(page._context.settings, rx_numbers=True))
    desk.begin(actions.DISPENSE)
    assert desk.form.rx.isVisible()
    assert desk.form.rx.accessibleName().startswith("Prescription number")


def test_a_prescription_number_is_kept_and_said_nowhere(page, desk, press, write):
    preferences.change(page._context, replace(page._context.settings, rx_numbers=True))
    page.open_lot("GOOD-1")
    press("Ctrl+D")
    desk.form.point_to(desk.form.rx)
    write("RX-104477")
    press("Return")

    with page._context.store.reading() as work:
        assert work.prescriptions.of([card(page, "GOOD-1").movements[0].id])
    page.card.copy()
    said = (desk.banner.text, QApplication.clipboard().text(), repr(card(page, "GOOD-1")))
    assert not any("104477" in each for each in said)


def test_a_lot_that_is_scanned_as_a_prescription_number_is_refused(page, desk, press, write):
    preferences.change(page._context, replace(page._context.settings, rx_numbers=True))
    page.open_lot("GOOD-1")
    press("Ctrl+D")
    desk.form.point_to(desk.form.rx)
    write("LDN260117001M")
    press("Return")

    assert desk.form.banner.text.startswith("A batch's lot stands in the prescription number.")
    assert desk.form.rx.hasFocus()
    assert card(page, "GOOD-1").kept.stock.on_hand == 300


def test_of_a_batch_on_hold_for_two_things_the_form_says_which_one_is_decided_on(page, desk):
    context = page._context
    standing.hold(context, "GOOD-1", reason="assay low")
    brought(context, a_room(t41=(5, 9)), place=card(page, "GOOD-1").kept.stock.place)
    page.open_lot("GOOD-1")
    desk.begin(actions.DECIDE)

    told = [label.text() for label in desk.form.findChildren(QLabel)]
    assert any(
        each.startswith("On hold: assay low. Storage is decided on apart, afterwards: storage breach: ")
        for each in told
    )
    assert desk.form.says.text().startswith("Keep lifts this hold, and not that for storage")
    desk.form.decision.button(Decision.KEEP).click()
    assert desk.form.says.text().startswith("Storage holds it on")
