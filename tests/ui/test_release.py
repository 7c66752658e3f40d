"""Releasing a batch: what was seen and weighed is held against its limits live, and a second person signs."""

from datetime import date
from decimal import Decimal

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from builders import CHEAP_PINS
from ldninv.domain.expiry import ONE_YEAR, ComponentLot
from ldninv.domain.making import Recipe
from ldninv.domain.quantities import Strength
from ldninv.domain.record import Worksheet
from ldninv.services import batches, making, record
from ldninv.services.context import Context
from staff import ANA, MARA, PINS, staffed

_CONTROL, _RETURN = Qt.KeyboardModifier.ControlModifier, Qt.Key.Key_Return
SHEET = Worksheet(planned=300, fill_mg=Decimal(130), shell_mg=Decimal(48))
MADE = Recipe(
    strength=Strength(4500),
    prepared=date(2026, 11, 20),
    made=297,
    policy=ONE_YEAR,
    components=(ComponentLot("Naltrexone HCl", "NX24", date(2028, 4, 30)),),
    worksheet=SHEET,
)


@pytest.fixture
def lot(stocked):
    """A batch of 300 planned capsules of 178 mg with their shells, of which 297 came out."""
    return making.make(stocked, MADE).posted.lot


@pytest.fixture
def page(lot, window, press):
    window.go_to(window.batches)
    window.batches.open_lot(lot)
    press("Ctrl+R")
    return window.batches


@pytest.fixture
def form(page):
    return page.card.desk.form


def last(page, lot):
    return batches.card(page._context, lot).movements[0].entry


def paste(press, field, text):
    QGuiApplication.clipboard().setText(text)
    field.setFocus()
    press("Ctrl+V")


def test_what_is_missing_is_named_before(form):
    assert form.says.text() == "Not recorded yet: label, appearance, capsule weights."


def test_a_column_of_weights_is_pasted_and_judged_at_once(page, form, press):
    paste(press, form.weights, "177.2\n178.9\r\n179\t176.5\n178\n")

    assert [line.text for line in form.results.lines] == [
        "Within: Yield 297 of 300, 99.0 % (90–105 %)",
        "Within: Mean 177.92 mg, 100.0 % of 178 mg (95–105 %)",
        "Within: Each capsule 176.5 to 179 mg, 99.2 to 100.6 % (90–110 %)",
    ]
    assert form.says.text().startswith("5 weighed: mean 177.92 mg, relative deviation 0.61 %.")


def test_a_capsule_that_lies_outside_says_so_by_word(form, write):
    form.weights.setFocus()
    write("178, 120")

    words = [line.text.partition(":")[0] for line in form.results.lines]
    assert words == ["Within", "Outside", "Outside"]
    form.yielded.setText("200")
    assert form.results.lines[0].text == "Outside: Yield 200 of 300, 66.7 % (90–105 %)"
    assert form.results.accessibleName().startswith("Outside: Yield")


def test_a_release_is_done_by_keyboard_with_all_its_checks(page, form, lot, press, write):
    write("as expected")
    form.label.field.setFocus()
    write("matches the record")
    form.weights.setFocus()
    write("178 179 177")
    assert form.says.text().endswith("All checks are recorded.")
    press("Return")

    assert page.card.verdict.word == "Good"
    assert last(page, lot).note == (
        "appearance: as expected; label: ok; yield: 297; capsule weights in mg: 178, 179, 177"
    )
    kept = record.record(page._context, lot).quality
    assert (kept.planned, kept.target_mg, kept.outside) == (300, Decimal(178), ())
    assert "Recorded as unsigned" in page.card.desk.banner.text


def test_weights_without_a_fill_weight_are_shown_and_not_judged(window, press):
    window.go_to(window.batches)
    window.batches.open_lot("WAIT-1")
    press("Ctrl+R")
    form = window.batches.card.desk.form
    form.weights.setText("251 249")

    assert [line.text for line in form.results.lines if not line.isHidden()] == [
        "Within: Yield 300 of 300, 100.0 % (90–105 %)"
    ]
    assert "2 weighed: mean 250 mg" in form.says.text()
    assert "no fill weight was written down" in form.says.text()


@pytest.mark.parametrize(
    ("text", "says"), [("heavy", "holds something that is no weight"), ("249,5", "one weight or two")]
)
def test_a_weight_that_is_none_points_to_the_weights(form, press, text, says):
    form.weights.setText(text)
    press("Return")

    assert says in form.banner.text
    assert form.weights.hasFocus()


@pytest.fixture
def staffed_shelf(stocked, lot):
    """The same shelf with people, of whom Ana is signed in."""
    return staffed(Context(stocked.store, "root", "bench", stocked.today, stocked.now, pins=CHEAP_PINS), ANA)


@pytest.fixture
def signed_in(staffed_shelf, lot, open_window):
    window = open_window(staffed_shelf)
    window.go_to(window.batches)
    window.batches.open_lot(lot)
    return window


def test_where_there_are_people_a_pharmacist_signs_with_the_pin(signed_in, lot, qtbot):
    desk = signed_in.batches.card.desk
    qtbot.keyClick(signed_in.windowHandle(), "R", _CONTROL)
    form = desk.form
    assert form.signature.names == (MARA,)
    form.appearance.field.setText("as expected")
    form.label.field.setText("matches the record")
    form.weights.setText("178 179")
    qtbot.keyClick(form.weights, _RETURN)
    assert "The PIN is missing" in form.banner.text
    assert QApplication.focusWidget() is form.signature.pin
    qtbot.keyClicks(form.signature.pin, PINS[MARA])
    qtbot.keyClick(form.signature.pin, _RETURN)

    assert signed_in.batches.card.verdict.word == "Good"
    assert record.record(signed_in._context, lot).signatures[0].startswith(f"{MARA} signed the release")


def test_a_check_that_is_missing_is_refused_where_there_are_people(signed_in, lot, qtbot):
    desk = signed_in.batches.card.desk
    qtbot.keyClick(signed_in.windowHandle(), "R", _CONTROL)
    qtbot.keyClicks(desk.form.signature.pin, PINS[MARA])
    qtbot.keyClick(desk.form.signature.pin, _RETURN)

    assert "appearance, capsule weights not recorded" in desk.form.banner.text
    assert desk.form.appearance.field.hasFocus()
