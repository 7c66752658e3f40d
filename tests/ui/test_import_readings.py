"""A logger's file in the window: seen before it comes in, asked where it leaves something open, kept when asked."""

from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from ldninv.domain.signs import OF_STORAGE, Tone
from ldninv.domain.storage.logger_file import DailyRecord, RecordedDay, Unit
from ldninv.domain.storage.profiles import PROFILES
from ldninv.domain.stored import Storage
from ldninv.services.places import add_place
from ldninv.services.storage import loggers
from ldninv.services.storage.brought import BroughtIn
from ldninv.services.storage.reading import ReadOut, read_out
from ldninv.ui.import_page import ImportPage
from ldninv.ui.jobs import Jobs
from ldninv.ui.news import News
from ldninv.ui.ring import FocusRing
from ldninv.ui.storage.glance import Glance, Where, verdict
from ldninv.ui.storage.glance import told as came_of
from ldninv.ui.words import breakable
from rooms import COOL

FILES = Path(__file__).parents[1] / "data" / "loggers"


@pytest.fixture
def page(qtbot, dressed, on_file):
    add_place(on_file, "Cabinet A")
    jobs = Jobs(leave=on_file.store.close)
    page = ImportPage(on_file, News(), jobs)
    qtbot.addWidget(page)
    page.resize(1280, 720)
    with qtbot.waitExposed(page):
        page.show()
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    yield page
    jobs.finish()


def take(qtbot, page, name):
    page.take([FILES / name])
    settle(qtbot, page)


def settle(qtbot, page):
    qtbot.waitUntil(lambda: not page.views.busy)


def press(qtbot, page, button):
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    settle(qtbot, page)


def told(page):
    return [label.text() for label in page.incoming.facts.findChildren(QLabel)]


def kept(page):
    with page._context.store.reading() as work:
        return [(each.name, each.zone, each.place, work.readings.count(each.id)) for each in work.loggers.all()]


def test_a_loggers_file_is_shown_before_it_comes_in(qtbot, page):
    take(qtbot, page, "hobomobile_mixed_line_ends.csv")

    assert page.incoming.isVisible()
    assert page.incoming.summary.text() == breakable("hobomobile_mixed_line_ends.csv: 12 readings, read as HOBOmobile")
    assert "2026-05-03 08:08 – 2026-05-03 10:53, every 15 min" in told(page)
    assert "2 rows of events" in told(page)
    assert page.incoming.logger.currentText() == "20990011"
    assert "reversed" in page.incoming.confirmed.text()
    assert not page.incoming.accept.isEnabled(), "a zone that may be reversed is confirmed by a person"
    assert kept(page) == []


def test_the_keyboard_begins_at_the_place_and_is_seen_there(qtbot, page):
    take(qtbot, page, "hobomobile_mixed_line_ends.csv")

    assert page.incoming.place.hasFocus()
    assert page.incoming.place.findChild(FocusRing).isVisible()


def test_the_first_tab_from_a_question_goes_to_its_first_answer_whatever_a_notice_offers(qtbot, page):
    page.banner.tell("12 readings came in.", Tone.GOOD, [("Show the place", page.banner.clear)])
    page.take([FILES / "asked_unit.csv", FILES / "hobomobile_mixed_line_ends.csv"])
    settle(qtbot, page)
    page.banner.tell("12 readings came in.", Tone.GOOD, [("Show the place", page.banner.clear)])

    qtbot.keyClick(page.orders, Qt.Key.Key_Tab)

    assert page.focusWidget() is page.orders.offers[0]
    assert page.orders.offers[-1].text().startswith("Leave it out, go on with hobomobile")


def test_enter_presses_what_a_notice_offers(qtbot, page):
    pressed = []
    page.banner.tell("12 readings came in.", Tone.GOOD, [("Show the place", lambda: pressed.append("place"))])

    qtbot.keyClick(page.banner.offers[0], Qt.Key.Key_Return)

    assert pressed == ["place"]


def test_a_file_that_arrives_meanwhile_leaves_the_keyboard_where_it_is(page):
    choose = page.choose.offers[0]
    choose.setFocus()

    page.show_waiting(Path("loggers"), [Path("a.csv")])

    assert page.choose.offers[1].hasFocus()
    assert page.choose.offers[1].text() == choose.text()


def test_each_range_stands_beside_the_heading_it_was_read_under(qtbot, page):
    take(qtbot, page, "tandd_lux.csv")

    shown = told(page)
    assert "22.3 to 23.1 °C, mean 22.7, under “°C”" in shown
    assert "53 to 64 %, under “%”" in shown
    assert "0 to 28 lux, under “lx”" in shown


def test_it_comes_in_once_place_logger_and_zone_are_said(qtbot, page):
    take(qtbot, page, "hobomobile_mixed_line_ends.csv")
    page.incoming.zone.setCurrentText("America/Denver")

    press(qtbot, page, page.incoming.accept)

    assert kept(page) == [("20990011", "America/Denver", "Cabinet A", 12)]
    assert page.banner.text == "12 readings of 20990011 came in for Cabinet A."
    with qtbot.waitSignal(page.storage_asked) as asked:
        page.banner.offers[0].click()
    assert asked.args == ["Cabinet A"]
    assert page.choose.isVisible()


def test_a_file_is_held_against_the_limits_of_the_place_that_is_chosen(qtbot, page, monkeypatch):
    monkeypatch.setitem(PROFILES, "cool", COOL)
    add_place(page._context, "Cellar", limits="cool")
    take(qtbot, page, "hoboware_deutsch_cp1252.csv")
    page.incoming.place.setCurrentText("Cabinet A")
    as_room = page.incoming.verdict.text

    page.incoming.place.setCurrentText("Cellar")

    assert as_room == "In range"
    assert page.incoming.verdict.text.startswith("Spike: above 18 °C")


def test_the_same_file_again_adds_nothing_and_says_so(qtbot, page):
    for _ in range(2):
        take(qtbot, page, "qtag_readings.txt")
        press(qtbot, page, page.incoming.accept)

    assert kept(page) == [("RCPX00077", "UTC+01:00", "Cabinet A", 12)]
    assert page.banner.text == "Nothing new: all 12 readings of RCPX00077 are kept already."


def test_a_logger_that_is_known_brings_its_zone_and_its_place(qtbot, page):
    add_place(page._context, "Shelf B")
    loggers.add(page._context, "A1B2", "America/Chicago")
    loggers.watch(page._context, "A1B2", "Shelf B", page._context.now())

    take(qtbot, page, "sensorpush_pressure_and_deficit.csv")

    assert (page.incoming.place.currentText(), page.incoming.zone.currentText()) == ("Shelf B", "America/Chicago")
    assert not page.incoming.zone.isEnabled()


def test_a_logger_that_is_not_known_takes_nothing_over_from_one_that_is(qtbot, page):
    add_place(page._context, "Shelf B")
    loggers.add(page._context, "A first one", "Europe/Berlin")
    loggers.watch(page._context, "A first one", "Shelf B", page._context.now())

    take(qtbot, page, "hobomobile_mixed_line_ends.csv")

    where = page.incoming.where
    assert (where.place, where.logger, where.zone) == ("", "20990011", "")
    assert page.incoming.lacking.text() == "Still to say: the place, the zone of its clock"
    page.incoming.logger.setCurrentText("A first one")
    assert (page.incoming.where.place, page.incoming.where.zone) == ("Shelf B", "Europe/Berlin")
    page.incoming.logger.setCurrentText("20990011")
    assert page.incoming.where == where
    assert not page.incoming.accept.isEnabled()


@pytest.mark.parametrize(
    ("name", "answer", "first"),
    [
        ("asked_date_order.csv", 1, "2026-03-04 00:00"),
        ("asked_unit.csv", 0, "2026-04-03 00:00"),
        ("asked_column.csv", 1, "2026-04-03 00:00"),
        ("asked_changed_places.csv", 0, "2026-04-03 00:00"),
    ],
)
def test_what_the_file_leaves_open_is_asked_in_place(qtbot, page, name, answer, first):
    take(qtbot, page, name)
    assert page.orders.isVisible()

    press(qtbot, page, page.orders.offers[answer])

    assert page.incoming.isVisible()
    assert any(text.startswith(first) for text in told(page))


def test_a_file_that_came_in_is_asked_nothing_again(qtbot, page):
    take(qtbot, page, "asked_date_order.csv")
    press(qtbot, page, page.orders.offers[1])
    page.incoming.logger.setCurrentText("Room 1")
    page.incoming.zone.setCurrentText("UTC")
    press(qtbot, page, page.incoming.accept)

    take(qtbot, page, "asked_date_order.csv")

    assert not page.orders.isVisible()
    assert any(text.startswith("2026-03-04 00:00") for text in told(page))


def test_values_that_stand_as_they_were_measured_come_in_and_the_trail_says_who_said_so(qtbot, page):
    take(qtbot, page, "asked_changed_places.csv")
    assert page.orders.text.startswith("Were the values in asked_changed_places.csv measured as they stand?")
    assert "Line 14, and 1 more line like it: the temperature goes from 21.5 to 45.1" in page.orders.text
    assert page.orders.offers[0].text() == "All values stand as they were measured"

    press(qtbot, page, page.orders.offers[0])
    assert any(text.startswith("Line 14, and 1 more line like it: the temperature goes") for text in told(page))
    assert not page.incoming.remarks.isVisible()
    page.incoming.logger.setCurrentText("Room 1")
    page.incoming.zone.setCurrentText("UTC")
    press(qtbot, page, page.incoming.accept)

    assert kept(page) == [("Room 1", "UTC", "Cabinet A", 24)]
    with page._context.store.reading() as work:
        (event,) = work.trail.of_action("readings-imported")
    assert "the temperature goes from 21.5 to 45.1" in str(event.after)


def test_what_a_question_says_of_a_freezer_has_the_sign_of_print(qtbot, page, tmp_path):
    file = tmp_path / "freezer.csv"
    rows = [f"2026-11-03 {hour:02d}:00:00,{'' if hour == 4 else '-'}20.5" for hour in range(12)]
    file.write_text("\n".join(["Time,Temp (°C)", *rows]) + "\n", encoding="utf-8")

    page.take([file])
    qtbot.waitUntil(page.orders.isVisible)

    assert "the temperature goes from −20.5 to 20.5" in page.orders.text


@pytest.fixture
def contradicting(qtbot, page, tmp_path):
    """The page at a file of which four readings contradict what is kept of Room 1, and one is new."""
    for name, warm in (("kept.csv", 0.0), ("other.csv", 3.0)):
        rows = [f"2026-11-03 {hour:02d}:00:00,{21.5 + (warm if hour < 4 else 0)}" for hour in range(24 if warm else 23)]
        path = tmp_path / name
        path.write_text("\n".join(["Time,Temp (°C)", *rows]) + "\n", encoding="utf-8")
        page.take([path])
        settle(qtbot, page)
        page.incoming.logger.setCurrentText("Room 1")
        if not warm:
            page.incoming.zone.setCurrentText("UTC")
        press(qtbot, page, page.incoming.accept)
    return page


def test_what_contradicts_is_shown_and_nothing_is_written_before_a_person_says_so(qtbot, contradicting):
    page = contradicting

    assert page.orders.isVisible()
    assert "4 readings say something else than what is kept of Room 1" in page.orders.text
    assert "2026-11-03 00:00:00: 24.50 °C in the file, 21.50 °C kept" in page.orders.text
    assert kept(page) == [("Room 1", "UTC", "Cabinet A", 23)]

    press(qtbot, page, page.orders.offers[0])

    assert kept(page) == [("Room 1", "UTC", "Cabinet A", 24)]
    assert "4 say something else" in page.banner.text


def test_a_file_that_contradicts_may_be_of_another_logger(qtbot, contradicting):
    page = contradicting
    press(qtbot, page, next(offer for offer in page.orders.offers if offer.text() == "Another logger…"))
    page.incoming.logger.setCurrentText("Room 2")
    page.incoming.zone.setCurrentText("UTC")

    press(qtbot, page, page.incoming.accept)

    assert [each[0] for each in kept(page)] == ["Room 1", "Room 2"]
    assert kept(page)[1][3] == 24


def test_a_mere_enter_answers_no_question_and_tab_goes_to_the_likely_answer_first(qtbot, page, tmp_path):
    path = tmp_path / "stood.csv"
    times = [f"2026-11-01 {minute // 60:02d}:{minute % 60:02d}:00,21.5" for minute in range(0, 300, 15)]
    path.write_text("\n".join(["Time,Temp (°C)", *times]) + "\n", encoding="utf-8")
    page.take([path])
    settle(qtbot, page)
    page.incoming.logger.setCurrentText("Room 1")
    page.incoming.zone.setCurrentText("America/Denver")
    press(qtbot, page, page.incoming.accept)

    qtbot.keyClick(page.window().focusWidget(), Qt.Key.Key_Return)
    assert (page.orders.isVisible(), page.views.busy, kept(page)) == (True, False, [])

    qtbot.keyClick(page.window().focusWidget(), Qt.Key.Key_Tab)
    assert page.window().focusWidget().text() == "It stayed at UTC-06:00 throughout (likely)"


def test_an_hour_that_is_printed_twice_is_asked_for_once_the_zone_is_said(qtbot, page):
    take(qtbot, page, "clock_set_back.csv")
    page.incoming.logger.setCurrentText("Room 1")
    page.incoming.zone.setCurrentText("America/Denver")
    press(qtbot, page, page.incoming.accept)
    assert page.orders.isVisible()
    assert kept(page) == []

    press(qtbot, page, page.orders.offers[0])

    assert kept(page) == [("Room 1", "America/Denver", "Cabinet A", 24)]


def test_a_question_is_its_title_and_what_it_offers_stands_on_the_buttons_alone(qtbot, page):
    take(qtbot, page, "asked_unit.csv")

    title, because = page.orders.text.split("\n")
    assert title == "Are the temperatures in asked_unit.csv °C or °F?"
    assert because.startswith("The file does not say: ")
    assert "which is" not in page.orders.offers[0].text(), "°C need not be told in °C"
    assert "°F, which is " in page.orders.offers[1].text()


def test_esc_at_a_question_on_the_clock_goes_back_to_the_zone_that_raised_it(qtbot, page):
    take(qtbot, page, "clock_set_back.csv")
    page.incoming.logger.setCurrentText("Room 1")
    page.incoming.zone.setCurrentText("America/Denver")
    press(qtbot, page, page.incoming.accept)
    assert [each.text() for each in page.orders.offers[-2:]] == ["Another zone…", "Choose another file"]

    page.aside()

    assert page.incoming.isVisible()
    assert page.incoming.where.zone == "America/Denver"
    assert page.incoming.zone.hasFocus()
    assert kept(page) == []


def test_esc_at_a_question_on_the_file_itself_leaves_the_file(qtbot, page):
    take(qtbot, page, "asked_unit.csv")

    page.aside()

    assert page.choose.isVisible()


def test_every_answer_can_be_reached_by_tab_where_the_window_is_low(qtbot, page):
    take(qtbot, page, "asked_date_order.csv")
    page.resize(420, 200)
    last = page.orders.offers[-1]

    for _ in page.orders.offers:
        qtbot.keyClick(page.window().focusWidget(), Qt.Key.Key_Tab)

    assert (page.height(), last.hasFocus()) == (200, True), "nor does it make the window higher"
    qtbot.waitUntil(lambda: last.visibleRegion().boundingRect().height() == last.height())


def test_an_answer_that_the_file_refutes_is_asked_for_again(qtbot, page, tmp_path):
    path = tmp_path / "stood.csv"
    times = [f"2026-11-01 {minute // 60:02d}:{minute % 60:02d}:00,21.5" for minute in range(0, 300, 15)]
    path.write_text("\n".join(["Time,Temp (°C)", *times]) + "\n", encoding="utf-8")
    page.take([path])
    settle(qtbot, page)
    page.incoming.logger.setCurrentText("Room 1")
    page.incoming.zone.setCurrentText("America/Denver")
    press(qtbot, page, page.incoming.accept)
    press(qtbot, page, page.orders.offers[1])
    assert "prints the hour that was repeated on 2026-11-01 once" in page.banner.text

    press(qtbot, page, page.incoming.accept)
    assert page.orders.isVisible()
    press(qtbot, page, page.orders.offers[0])

    assert kept(page) == [("Room 1", "America/Denver", "Cabinet A", 20)]


def test_a_long_name_of_the_next_file_leaves_its_button_whole(qtbot, page, tmp_path):
    page.take([FILES / "qtag_readings.txt", tmp_path / "what_the_logger_of_the_store_room_wrote_in_May.csv"])
    settle(qtbot, page)

    assert page.incoming.dismiss.text() == "Leave it out, go on with what_the_log…_in_May.csv"
    assert page.incoming.dismiss.toolTip() == "what_the_logger_of_the_store_room_wrote_in_May.csv"


def test_a_zone_that_is_none_is_refused_and_the_file_stays_in_sight(qtbot, page):
    take(qtbot, page, "lascar_latin1.txt")
    page.incoming.zone.setCurrentText("Denver")

    press(qtbot, page, page.incoming.accept)

    assert "no time zone “Denver”" in page.banner.text
    assert page.incoming.isVisible()
    assert kept(page) == []


def test_a_file_whose_clock_was_lost_is_refused_with_its_row(qtbot, page):
    take(qtbot, page, "refused_clock_lost.csv")

    assert "runs backwards on line 9" in page.banner.text
    assert page.choose.isVisible()


def test_days_of_a_fridge_tag_come_in_as_days(qtbot, page):
    take(qtbot, page, "fridgetag_days.txt")
    assert page.incoming.accept.text() == "Import 2 days"
    assert page.incoming.verdict.isVisible()

    press(qtbot, page, page.incoming.accept)

    assert page.banner.text.startswith("2 days of 990011223344")


def test_days_above_thirty_degrees_say_so_before_they_come_in():
    days = (RecordedDay(date(2026, 3, 1), 21.0, 24.0), RecordedDay(date(2026, 3, 2), 21.0, 31.0))
    record = DailyRecord(file="days.txt", maker="any", unit=Unit.CELSIUS, days=days)

    sign, said = verdict(Glance(ReadOut(path=Path("days.txt"), content=b"", record=record), {}, None))

    assert (sign.word, said) == ("Spike", "Spike on 2026-03-02; nobody knows how long it was so")


def test_a_batch_list_is_still_a_batch_list(qtbot, page, lists):
    page.take([lists / "european_log.csv"])
    settle(qtbot, page)

    assert page.preview.isVisible()


def test_a_breach_that_met_no_batch_is_told_all_the_same():
    record = read_out(FILES / "qtag_readings.txt").record
    where = Where("Cabinet A", "Room 1", "UTC")
    new = BroughtIn(new=12, known=0, conflicts=0)

    said, tone = came_of(record, where, new, OF_STORAGE[Storage.BREACH])

    assert said == "12 readings of Room 1 came in for Cabinet A. Breach in the file, but no batch stood there then."
    assert (tone, came_of(record, where, new)[1]) == (Tone.LOOK, Tone.GOOD)


def test_of_many_batches_on_hold_the_notice_says_how_many_and_names_the_first():
    record = read_out(FILES / "qtag_readings.txt").record
    where = Where("Cabinet A", "Room 1", "UTC")
    lots = tuple(f"OLD-{number}" for number in range(1, 36))

    few, tone = came_of(record, where, BroughtIn(new=12, known=0, conflicts=0, held=lots[:3]))
    many, _ = came_of(record, where, BroughtIn(new=12, known=0, conflicts=0, held=lots))

    assert few.endswith("On hold until a pharmacist decides: OLD-1, OLD-2, OLD-3.")
    assert many.endswith("35 batches are on hold until a pharmacist decides: OLD-1, OLD-2, OLD-3 and 32 more.")
    assert tone is Tone.STOP
