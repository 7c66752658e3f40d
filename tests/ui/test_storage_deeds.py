"""What is done from the Storage page: daily checks and papers; and what Today and the settings say of it."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from ldninv.domain.entries import Decision
from ldninv.domain.storage.level import Level
from ldninv.services import preferences
from ldninv.services.context import Change
from ldninv.services.storage import daily, deciding, loggers, looking
from ldninv.services.storage.places_now import places_now
from ldninv.ui.settings.logger_tasks import AddLogger, Calibrated
from ldninv.ui.storage.daily import sign
from rooms import a_room, brought
from staff import MARA, PINS, pen, staffed


@pytest.fixture
def stored(window, stocked, qtbot):
    """The page over a breach at Cabinet A."""
    brought(stocked, a_room(hours=480, t41=(200, 203)), place="Cabinet A", logger="Room 1")
    page = window.storage
    window.go_to(page)
    qtbot.waitUntil(lambda: not page.busy)
    page.open_place("Cabinet A")
    qtbot.waitUntil(lambda: not page.busy)
    return page


def test_esc_leaves_the_daily_checks_for_the_place(stored):
    stored.place.daily.click()
    assert stored.shown is stored.doing

    stored.aside()

    assert stored.shown is stored.place
    assert stored.place.start().hasFocus()


def test_a_thermometer_is_read_and_the_month_shows_it(stored, stocked, qtbot):
    stored.place.daily.click()
    assert stored.doing.month.isVisible()
    assert stored.doing.month.says.text().startswith("Nobody has read this thermometer by hand yet.")
    stored.doing.month.read.click()
    form = stored.doing.form
    form.lowest.setText("20,5")
    form.highest.setText("31")
    form.now.setText("x")
    form.confirm()
    assert "“x” is no temperature" in form.banner.text
    form.now.setText("33")
    form.confirm()
    assert "lies outside of" in form.banner.text
    assert form.focusWidget() is form.now
    form.now.setText("22")
    qtbot.keyClick(form.now, Qt.Key.Key_Return)

    qtbot.waitUntil(lambda: not stored.busy)
    assert "Tell the pharmacist" in stored.banner.text
    assert stored.doing.month.isVisible()
    assert stored.doing.month.says.text() == "1 day read, none missing."
    line = next(each for each in daily.month(stocked, "Cabinet A", stocked.today()).lines if each.reading)
    assert (line.reading.lowest, line.level, sign(line).word) == (20.5, Level.SPIKE, "Too warm")


def test_the_reading_of_a_day_leads_back_to_its_month_and_the_month_to_the_place(stored, stocked, qtbot):
    stored.place.daily.click()
    stored.doing.month.before.click()
    stored.doing.month.table.selectRow(4)
    stored.doing.month.read.click()
    form = stored.doing.form
    assert form.day.text() == "2026-10-05"
    form.lowest.setText("21")
    form.highest.setText("24")
    form.confirm()
    qtbot.waitUntil(lambda: not stored.busy)

    month = stored.doing.month
    assert (month.title.text(), month.table.currentIndex().row()) == ("Cabinet A, October 2026", 4)
    month.read.click()
    stored.aside()  # the notice, then the form, then the month
    stored.aside()
    assert (stored.doing.form, month.isVisible(), month.table.hasFocus()) == (None, True, True)
    stored.aside()
    assert stored.shown is stored.place


def test_what_is_typed_of_a_day_stays_when_somebody_else_writes(stored, window, stocked, qtbot):
    stored.place.daily.click()
    stored.doing.month.read.click()
    stored.doing.form.lowest.setText("21")
    daily.read(stocked, "Shelf 3", lowest=20, highest=24)

    window.news.changed.emit(Change.PLACES)
    qtbot.waitUntil(lambda: not stored.busy)

    assert stored.doing.form.lowest.isVisible()
    assert stored.doing.form.lowest.text() == "21"


def test_today_is_not_read_yet_and_a_day_ahead_says_nothing(stored, stocked):
    preferences.change(stocked, replace(stocked.settings, closed_days=()))
    lines = {line.day: line for line in daily.month(stocked, "Cabinet A", stocked.today()).lines}
    today = stocked.today()

    assert sign(lines[today]).word == "Not read yet"
    assert sign(lines[today + timedelta(days=1)]) is None


def test_the_storage_record_is_shown_as_it_is_printed(stored, qtbot):
    stored.place.paper.click()
    stored.doing.form.see.click()

    qtbot.waitUntil(stored.doing.panel.save.isEnabled)
    assert stored.doing.panel.isVisible()
    stored.doing.panel.close()


def test_a_record_is_asked_for_by_days_or_by_month(stored):
    stored.place.paper.click()
    form = stored.doing.form
    assert (form.first.text(), form.last.text()) == ("2026-10-23", "2026-11-21")

    form.spans[2].click()
    assert (form.spans[2].text(), form.first.text(), form.last.text()) == ("October 2026", "2026-10-01", "2026-10-31")
    form.last.setText("2027-01-01")
    form.confirm()
    assert "2027-01-01 lies ahead" in form.banner.text
    assert not form.enter.isVisible()


def test_a_record_is_signed_and_says_whether_it_still_holds(stored, stocked, qtbot):
    staffed(stocked)
    stored.place.paper.click()
    form = stored.doing.form
    form.spans[1].click()
    qtbot.waitUntil(lambda: "Nobody has signed" in form.says.text())
    form.signed.who.choose(MARA)
    form.signed.pin.setText("000000")
    form.confirm()
    assert form.signed.pin.text() == ""
    assert stored.shown is stored.doing
    form.signed.pin.setText(PINS[MARA])
    qtbot.keyClick(form.signed.pin, Qt.Key.Key_Return)

    assert f"{MARA} signed the storage record" in stored.banner.text
    qtbot.waitUntil(stored.place.signed.isVisible)
    assert stored.place.signed.said.text().startswith(f"2026-11-01 – 2026-11-21: {MARA} signed")
    assert stored.place.signed.pill.sign.word == "Unchanged since"

    event = looking.events(stocked, waiting=True)[0]
    choices = {each.lot: deciding.Choice(Decision.KEEP) for each in event.waiting}
    deciding.decide(stocked, event.happening.id, choices, reason="short", sign=pen())
    stored.refresh()
    qtbot.waitUntil(lambda: stored.place.signed.pill.sign.word == "CHANGED since")
    stored.place.paper.click()
    stored.doing.form.spans[1].click()
    qtbot.waitUntil(lambda: stored.doing.form.under.text.endswith("CHANGED since"))


def test_today_says_what_storage_asks_for_and_leads_there(window, stocked, qtbot):
    brought(stocked, a_room(hours=480, t41=(200, 203)), place="Cabinet A", logger="Room 1")
    daily.read(stocked, "Shelf 3", lowest=20, highest=24, day=date(2026, 11, 18))
    page = window.today
    window.go_to(page)
    page.look_again()
    qtbot.waitUntil(page.storage.isVisible)

    assert page.storage.text.splitlines() == [
        "2 storage events wait for a pharmacist to decide.",
        "2 daily checks missing in the last two weeks: Shelf 3.",
        "Calibration over or not written down: Room 1.",
    ]
    page.storage_asked.emit()
    assert window.page is window.storage


def test_a_logger_is_added_moved_and_calibrated_in_the_settings(window, stocked):
    page = window.settings
    window.go_to(page)
    form = page.loggers
    form.adding.click()
    assert isinstance(form.task, AddLogger)
    form.task.name.setText("Room 9")
    form.task.zone.setText("Mars/Olympus")
    form.task.confirm()
    assert "no time zone" in form.task.banner.text
    form.task.zone.setText("Europe/Berlin")
    form.task.place.setCurrentText("Cabinet A")
    form.task.confirm()
    assert "Room 9 – watches Cabinet A, Europe/Berlin, calibration not written down" in form.list.item(0).text()

    form.calibrating.click()
    assert isinstance(form.task, Calibrated)
    form.task.confirm()
    assert "calibrated until 2027-11-22" in form.list.item(0).text()

    form.moving.click()
    assert form.task.place.currentText() == "Cabinet A"
    form.task.place.setCurrentText("Shelf 3")
    form.task.confirm()
    assert loggers.known(stocked, "Room 9").place == "Shelf 3"


def test_a_place_says_what_watches_it_from_when_to_when_and_its_calibration_is_kept_there(window, stocked):
    loggers.add(stocked, "Room 9", "Europe/Berlin")
    page = window.settings
    window.go_to(page)
    form = page.places
    form.list.setCurrentRow(0)
    assert form.calibrating.isHidden()

    form.watching.click()
    form.task.since.day.setText("2026-11-02")
    form.task.since.clock.setText("8:00")
    form.task.confirm()
    form.calibrating.click()
    form.task.confirm()

    name = form.place.name
    assert "watched by Room 9 since 2026-11-02, calibrated until 2027-11-22" in form.list.item(0).text()
    form.watching.click()
    said = [label.text() for label in form.task.findChildren(QLabel)]
    assert "Room 9: 2026-11-02 – today" in said
    form.task.since.day.setText("2026-11-02")
    form.task.since.clock.setText("8:00")
    form.task.until.day.setText("2026-11-01")
    form.task.confirm()
    assert "before it began" in form.task.banner.text
    form.task.until.day.setText("2026-11-12")
    form.task.confirm()
    assert "no logger watches it" in form.list.item(0).text()
    ((start, end),) = loggers.known(stocked, "Room 9").watched(name)
    assert round((end - start) / 3600) == 10 * 24 - 8


def test_closed_days_and_calibration_are_set_and_apply_at_once(window, stocked):
    loggers.add(stocked, "Room 9", "Europe/Berlin", calibrated=date(2026, 5, 1))
    page = window.settings
    window.go_to(page)
    assert [tick.isChecked() for tick in page.checks.closed] == [False] * 5 + [True] * 2
    page.checks.closed[5].click()
    page.checks.months.button(6).click()

    assert (stocked.settings.closed_days, stocked.settings.calibration_months) == ((6,), 6)
    assert "calibration over since 2026-11-01" in page.loggers.list.item(0).text()
    page.loggers.calibrating.click()
    assert "It counts for 6 months." in [label.text() for label in page.loggers.task.findChildren(QLabel)]
    page.loggers.task.left.emit()
    for tick in page.checks.closed[:6]:
        tick.click()
    assert "open on one of them" in page.banner.text
    assert [tick.isChecked() for tick in page.checks.closed].count(True) == 6


def test_limits_of_a_place_are_changed_in_the_settings(window, stocked):
    page = window.settings
    window.go_to(page)
    form = page.places
    form.list.setCurrentRow(0)
    form.changing.click()
    assert not form.begun
    form.task.kept.lux.setText("x")
    assert form.begun
    form.task.confirm()
    assert "no number of lux" in form.task.banner.text
    form.task.kept.lux.setText("50")
    form.task.confirm()

    assert "light above 50 lux" in form.list.item(0).text()
    assert places_now(stocked)[0].place.lux_limit == 50
