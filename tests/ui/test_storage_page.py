"""The Storage page: places, the chart of one, what happened there, and the batches that stood there."""

import subprocess
import sys
from array import array
from datetime import UTC, datetime

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QPainter, QPicture

from ldninv.domain.entries import Decision
from ldninv.domain.storage.daily import DailyReading
from ldninv.domain.storage.profile import CRT
from ldninv.domain.storage.series import Series
from ldninv.domain.stored import Storage
from ldninv.services import ledger, standing
from ldninv.services.places import add_place
from ldninv.services.storage import daily, deciding, importing, looking
from ldninv.services.storage.brought import Incoming
from ldninv.services.storage.deciding import Choice
from ldninv.ui.storage import signs, telling
from ldninv.ui.storage.chart import Chart
from ldninv.ui.storage.filters import FILTERS
from rooms import HOUR, START, a_curve, a_room, brought


@pytest.fixture
def stored(window, stocked, qtbot):
    """The page over two places: a spike, a breach and a gap at Shelf 3; Cabinet A as it should be."""
    brought(
        stocked, a_room(hours=480, t32=(100, 105), t41=(200, 203), gap=(300, 320)), place="Shelf 3", logger="Room 1"
    )
    brought(stocked, a_room(hours=100), place="Cabinet A", logger="Room 2", file="other.csv")
    page = window.storage
    window.go_to(page)
    qtbot.waitUntil(lambda: not page.busy)
    return page


def opened(page, qtbot, place="Shelf 3"):
    page.open_place(place)
    qtbot.waitUntil(lambda: not page.busy)
    return page.place


def telling_facts(view):
    return [(fact.name, fact.text) for fact in telling.facts(view.seen, UTC)]


def facts_of(seen):
    return [(fact.name, fact.text) for fact in telling.facts(seen, UTC)]


def rows(table):
    model = table.rows
    return [[column.text(model.row(number)) for column in model.columns] for number in range(len(model.ids))]


def test_an_empty_page_says_what_to_do_first(window, qtbot):
    page = window.storage
    window.go_to(page)
    qtbot.waitUntil(lambda: not page.busy)

    assert page.shown is page.nothing
    assert "No logger's record yet" in page.nothing.text
    with qtbot.waitSignal(page.import_asked):
        page.nothing.offers[0].click()


def test_a_pharmacy_without_a_logger_finds_its_daily_checks_from_the_empty_page(window, stocked, qtbot):
    page = window.storage
    window.go_to(page)
    qtbot.waitUntil(lambda: not page.busy)
    page.nothing.by_hand.click()
    qtbot.waitUntil(lambda: not page.busy)
    assert (page.shown, page.table.hasFocus()) == (page.table, True)

    qtbot.keyClick(page.table, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: not page.busy)
    next(offer for offer in page.banner.offers if offer.text() == "Daily checks by hand…").click()

    assert (page.shown, page.doing.month.place) == (page.doing, "Cabinet A")


def test_places_are_told_with_level_coverage_and_what_waits(stored):
    told = {row[0]: row[1:] for row in rows(stored.table)}

    assert told["Shelf 3"][:3] == ["Breach", str(told["Shelf 3"][1]), "95.7 %"]
    assert int(told["Shelf 3"][1]) >= 1
    assert told["Cabinet A"][0] == "In range"
    assert told["Cabinet A"][5][:4] == "2026"
    assert told["Cabinet A"][6:8] == ["Room 2", "not written down"]


def test_a_place_that_is_read_by_hand_opens_at_its_daily_checks(stored, stocked, qtbot):
    add_place(stocked, "Bin")
    daily.read(stocked, "Bin", lowest=20, highest=24)
    stored.look_again()
    qtbot.waitUntil(lambda: not stored.busy)

    stored.open_place("Bin")
    qtbot.waitUntil(lambda: not stored.busy)

    assert (stored.shown, stored.doing.month.place) == (stored.doing, "Bin")
    stored.aside()
    assert stored.shown is stored.table


def test_what_waits_at_a_place_that_is_read_by_hand_is_said_above_its_daily_checks_and_decided_on(
    stored, stocked, qtbot
):
    add_place(stocked, "Bin")
    ledger.move(stocked, "GOOD-1", "Bin")
    daily.read(stocked, "Bin", lowest=20, highest=41)
    stored.look_again()
    qtbot.waitUntil(lambda: not stored.busy)
    row = next(row for row in stored._found if row.place.name == "Bin")
    assert signs.of_place(row, stocked.today()).word == "Breach"

    stored.open_place("Bin")
    qtbot.waitUntil(lambda: not stored.busy)
    assert (stored.shown, "Bin: 1 event" in stored.banner.text) == (stored.doing, True)
    stored.doing.month.back.click()
    assert stored.banner.text == ""
    stored.open_place("Bin")
    qtbot.waitUntil(lambda: not stored.busy)
    stored.banner.offers[0].click()

    assert stored.shown is stored.event_view
    assert ("Logger", "read by hand") in telling_facts(stored.event_view)
    assert ("Lasted", "not known") in telling_facts(stored.event_view)
    assert stored.event_view.decide.isVisible()
    stored.aside()
    qtbot.waitUntil(lambda: not stored.busy)
    assert stored.shown is stored.table


def test_a_place_of_which_a_logger_kept_days_only_leads_to_what_waits_there(window, stocked, qtbot):
    day = DailyReading(place="", day=stocked.today(), lowest=20.0, highest=41.0)
    given = Incoming(file="days.txt", content=b"days", days=[day])
    importing.bring_in(stocked, given, place="Shelf 3", logger="Fridge-tag", zone="UTC")
    page = window.storage
    window.go_to(page)
    qtbot.waitUntil(lambda: not page.busy)
    assert page.shown is page.table

    page.open_place("Shelf 3")
    qtbot.waitUntil(lambda: not page.busy)
    page.banner.offers[0].click()

    assert page.shown is page.event_view
    assert ("Logger", "Fridge-tag") in telling_facts(page.event_view)


def test_what_was_decided_is_no_longer_said_to_be_on_hold(stored, stocked, qtbot):
    seen = next(each for each in looking.events(stocked, waiting=True) if each.happening.level is Storage.BREACH)
    assert "on hold" in dict(facts_of(seen))["Meaning"]

    deciding.decide(
        stocked, seen.happening.id, {each.lot: Choice(Decision.KEEP) for each in seen.waiting}, reason="short"
    )

    now = looking.event(stocked, seen.happening.id)
    assert "Meaning" not in dict(facts_of(now))


def test_a_record_that_ended_months_ago_says_nothing_of_now_but_what_waits_there(window, stocked, qtbot):
    brought(stocked, a_room(start=START - 60 * 24 * HOUR, hours=100, t41=(5, 9)), place="Shelf 3")
    page = window.storage
    window.go_to(page)
    qtbot.waitUntil(lambda: not page.busy)

    def said():
        return next(row[1] for row in rows(page.table) if row[0] == "Shelf 3")

    assert said() == "Breach"
    in_hand = page.overview.in_hand
    assert (in_hand.place, in_hand.sign.sign.word) == ("Shelf 3", "Breach")
    assert in_hand.says.text().startswith("Not read out since 2026-09-")

    for seen in looking.events(stocked, waiting=True):
        choices = {each.lot: Choice(Decision.KEEP) for each in looking.event(stocked, seen.happening.id).waiting}
        if choices:
            deciding.decide(stocked, seen.happening.id, choices, reason="short")
    page.look_again()
    qtbot.waitUntil(lambda: not page.busy)
    assert said() == "Not read out"


def test_the_texts_below_the_chart_never_lie_over_each_other(qtbot, dressed):
    chart = Chart()
    qtbot.addWidget(chart)
    begins = datetime(2026, 8, 21, tzinfo=UTC).timestamp()
    seconds = array("d", (begins + HOUR * number for number in range(83 * 24)))
    chart.show_curves([a_curve(Series(seconds, array("d", [22.0] * len(seconds))))], CRT, UTC)
    for wide in range(400, 1500, 50):
        chart.resize(wide, 360)
        with qtbot.waitExposed(chart):
            chart.show()
        chart.show_all()
        picture = QPicture()
        painter = QPainter(picture)
        texts = chart.axis.generateDrawSpecs(painter)[2]
        painter.end()
        boxes = [box for box, _, _ in texts]
        assert len(boxes) > 2
        assert not [1 for at, box in enumerate(boxes) for other in boxes[:at] if box.intersects(other)], wide


def test_enter_opens_a_place_and_escape_goes_back(stored, press, qtbot):
    stored.table.setFocus()
    stored.table.selectRow([row[0] for row in rows(stored.table)].index("Shelf 3"))
    press("Return")
    qtbot.waitUntil(lambda: not stored.busy)

    assert stored.shown is stored.place
    assert stored.place.chart.hasFocus()
    press("Escape")
    qtbot.waitUntil(lambda: not stored.busy)
    assert stored.shown is stored.table


def test_the_chart_is_told_in_words(stored, qtbot):
    place = opened(stored, qtbot)

    assert place.chart.accessibleName() == "Temperature at Shelf 3"
    said = place.chart.accessibleDescription()
    assert said == place.summary.text()
    assert "22.0 to 41.0 °C" in said
    assert "95.7 % of the time known" in said
    assert "had it been 40 °C all through the gaps, of which nothing is known," in said


def test_each_chip_counts_and_shows_its_events(stored, qtbot):
    place = opened(stored, qtbot)
    counts = {each.sign.word: chip.count for chip, each in zip(place.chips, FILTERS, strict=True)}
    assert counts["No record"] == 1
    assert counts["Breach"] == 1
    assert [chip.sign.word for chip in place.chips if chip.isHidden()] == ["Humid"]  # no limit for it here

    chip = next(chip for chip in place.chips if chip.sign.word == "No record")
    chip.click()

    assert [row[0] for row in rows(place.table)] == ["No record"]
    assert [round((bar.end - bar.start) / HOUR) for bar in place.events_strip.bars] == [20]


def test_a_filter_without_events_says_so(stored, qtbot):
    place = opened(stored, qtbot, "Cabinet A")

    assert place.table.isHidden()
    assert not place.none.isHidden()


def test_page_down_goes_from_event_to_event_in_chart_and_list(stored, qtbot, press):
    place = opened(stored, qtbot)
    press("PgDown", "PgDown")

    seen = place.chosen()
    assert seen is not None
    assert place.events_strip.chosen == place.table.currentIndex().row()
    first, last = place.chart.range
    assert first <= seen.happening.start <= seen.happening.end <= last


def test_keys_move_and_zoom_the_chart(stored, qtbot, press):
    place = opened(stored, qtbot)
    press("Home")
    whole = place.chart.range
    press("Up")
    near = place.chart.range
    press("Right")

    assert near[1] - near[0] == pytest.approx((whole[1] - whole[0]) / 2)
    assert place.chart.range[0] > near[0]
    press("Home")
    assert place.chart.range == pytest.approx(whole)


def test_the_chart_never_leaves_the_record(stored, qtbot):
    place = opened(stored, qtbot)
    place.chart.show_all()
    first, last = place.chart.range
    room = 0.02 * (last - first)
    for _ in range(5):
        place.chart.zoom(4)
        place.chart.shift(5)

    assert first - room <= place.chart.range[0] <= first
    assert last <= place.chart.range[1] <= last + room


def test_a_bar_that_is_pressed_is_chosen_in_the_list(stored, qtbot):
    place = opened(stored, qtbot)
    place.chart.show_all()
    place.events_strip.grab()
    number = next(n for n, bar in enumerate(place.events_strip.bars) if bar.text == "41.0 °C")
    box = next(box for box, each in place.events_strip._drawn if each == number)
    qtbot.mouseClick(place.events_strip, Qt.MouseButton.LeftButton, pos=QPoint(box.center()))

    assert place.chosen().happening.extreme_c == 41
    assert place.events_strip.chosen == number


def test_where_a_batch_stood_is_drawn_below(stored, qtbot):
    place = opened(stored, qtbot)
    assert place.stays_strip.isHidden()
    place.batch.setCurrentIndex(place.batch.findText("GOOD-1"))

    assert not place.stays_strip.isHidden()
    assert [bar.text for bar in place.stays_strip.bars] == ["Shelf 3"]
    assert place.stays_strip.accessibleDescription().startswith("GOOD-1. Shelf 3: ")


def test_an_event_tells_its_batches_and_leads_to_them(stored, qtbot, window, press):
    place = opened(stored, qtbot)
    breach = next(number for number, row in enumerate(rows(place.table)) if row[3] == "41.0 °C")
    place.table.setFocus()
    place.table.selectRow(breach)
    press("Return")

    view = stored.event_view
    assert stored.shown is view
    assert {row[0] for row in rows(view.table)} == {"GOOD-1", "GOOD-2", "WAIT-1"}
    assert "on hold until a pharmacist" in dict(telling_facts(view))["Meaning"]
    view.table.selectRow(0)
    press("Return")
    assert window.page is window.batches


def test_what_changes_elsewhere_is_followed_and_what_is_seen_stays(stored, qtbot, stocked, window):
    place = opened(stored, qtbot)
    place.chart.zoom(0.25)
    seen = place.chart.range
    done = brought(
        stocked, a_room(hours=2, start=START + 481 * HOUR, t41=(0, 1)), place="Shelf 3", logger="Room 1", file="b.csv"
    )
    window.news.changed.emit(done.changed)
    qtbot.waitUntil(lambda: not stored.busy)

    assert place.chart.range == pytest.approx(seen)
    assert place.record.curves[0].span[1] > START + 481 * HOUR


def test_a_place_that_is_asked_for_while_others_are_read_is_shown(stored, qtbot):
    stored.show_places()
    stored.open_place("Shelf 3")
    qtbot.waitUntil(lambda: not stored.busy)

    assert stored.shown is stored.place
    assert stored.place.title.text() == "Shelf 3"


def test_a_place_without_a_record_says_what_to_do(stored, qtbot):
    stored.open_place("Shelf 9")
    qtbot.waitUntil(lambda: not stored.busy)

    assert "Import its logger's file" in stored.banner.text


def test_the_chart_is_imported_when_the_page_is_opened_and_no_sooner():
    code = "import sys, ldninv.ui.window; print('pyqtgraph' in sys.modules or 'numpy' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"


@pytest.fixture
def breach(stored, qtbot, press):
    """The breach of Shelf 3, told with its batches."""
    place = opened(stored, qtbot)
    place.table.setFocus()
    place.table.selectRow(next(number for number, row in enumerate(rows(place.table)) if row[3] == "41.0 °C"))
    press("Return")
    return stored.event_view


def test_a_long_name_of_a_place_breaks_into_lines_and_makes_its_view_no_wider(stored, qtbot):
    place = opened(stored, qtbot)
    before = place.minimumSizeHint().width()

    place.title.setText("Shelf 3 " * 20)
    place.layout().activate()

    assert place.minimumSizeHint().width() <= before


def test_an_event_says_which_limit_was_passed_and_how_far(stored, breach):
    assert breach.title.text().startswith("Above 40 °C at Shelf 3 for ")
    assert breach.title.text().endswith(", up to 41.0 °C")


def test_an_allowed_excursion_leads_to_the_part_that_was_not_allowed(stored, breach):
    allowed = next(each for each in stored.place.record.events if each.happening.kind == "above-25")
    breach.show_seen(allowed, UTC)

    told = {name.text(): text.text() for name, text in breach.facts._lines if not name.isHidden()}
    assert breach.title.text().startswith("Above 25 °C at Shelf 3 for ")
    assert told["Meaning"] == "Allowed and kept; nothing to do. What went above 30 °C is an event of its own."


def test_a_breach_is_decided_on_for_all_that_stood_there_in_one_step(stored, breach, qtbot, press, write):
    breach.decide.click()
    breach.form.decision.choose(Decision.KEEP)
    breach.form.reason.setFocus()
    write("short, and the supplier agrees")
    press("Return")
    qtbot.waitUntil(lambda: not stored.busy and not stored.event_view.seen.waiting)

    assert breach.form is None
    assert stored.banner.text.startswith("Decided on 3 batches.")
    assert {row[1] for row in rows(breach.table)} == {"Decided"}
    assert breach.decide.isHidden()


def test_a_decision_that_is_left_gives_the_keyboard_back_to_its_button(breach, press):
    breach.decide.setFocus()
    press("Return")
    assert breach.form is not None

    press("Escape")

    assert breach.form is None
    assert breach.decide.hasFocus()


def test_the_batches_leave_room_to_the_form_and_take_it_back(breach):
    breach.model.show_rows(list(breach.seen.batches) * 20)
    breach.ask()
    small = breach.table.height()
    breach.put_away()

    assert breach.table.height() == small + 4 * breach.table.verticalHeader().defaultSectionSize()


def test_rows_that_are_selected_are_those_that_are_decided_on(breach):
    breach.decide.click()
    assert breach.form.says.text().startswith("For 3 batches: ")
    breach.table.select_ids([0, 1])

    assert breach.form.says.text().startswith("For 2 batches: ")


def test_one_row_that_is_chosen_with_the_form_open_is_decided_on_alone(breach):
    breach.decide.click()
    breach.table.select_ids([1])

    assert breach.form.says.text().startswith("For 1 batch: ")


def test_the_row_in_hand_that_is_pressed_with_the_form_open_is_decided_on_alone(breach, qtbot):
    breach.table.selectRow(0)
    breach.decide.click()
    place = breach.table.visualRect(breach.table.model().index(0, 0)).center()
    qtbot.mouseClick(breach.table.viewport(), Qt.MouseButton.LeftButton, pos=place)

    assert breach.form.says.text().startswith("For 1 batch: ")


def test_a_day_that_is_no_earlier_is_mended_at_the_day(breach, qtbot):
    breach.decide.click()
    form = breach.form
    form.decision.choose(Decision.SHORTEN)
    form.until.setText("2099-01-01")
    form.reason.field.setText("stood warm")

    assert form.mend() is form.until


def test_what_is_answered_with_it_and_who_stays_on_hold_all_the_same_is_said_before_it_is_signed(
    stored, breach, stocked, qtbot
):
    lot = breach.seen.waiting[0].lot
    standing.hold(stocked, lot, reason="assay 84 %")
    stored.refresh()
    qtbot.waitUntil(lambda: not stored.busy)
    breach.decide.click()

    assert "Answered with it: " in breach.form.says.text()
    assert f"On hold all the same, for what this does not decide: {lot} (assay 84 %)." in breach.form.says.text()
    breach.form.decision.choose(Decision.KEEP)
    breach.form.reason.field.setText("short")
    breach.form.confirm()
    assert f"Batch {lot} stays on hold: assay 84 %." in stored.banner.text


@pytest.mark.parametrize(
    ("decision", "refusal"), [(None, "What is decided?"), (Decision.SHORTEN, "The new last usable day is missing.")]
)
def test_what_is_missing_of_a_decision_is_named_and_nothing_is_written(breach, stocked, decision, refusal):
    before = stocked.store.version
    breach.decide.click()
    if decision is not None:
        breach.form.decision.choose(decision)
    breach.form.confirm()

    assert breach.form.banner.text.startswith(refusal)
    assert stocked.store.version == before


def test_escape_puts_the_decision_away_and_then_goes_back(stored, breach, press):
    breach.decide.click()
    press("Escape")
    assert breach.form is None
    assert not breach.decide.isHidden()
    press("Escape")
    assert stored.shown is stored.place


def test_evidence_that_changed_is_told_with_what_was_decided_and_on_what(stored, breach, stocked, qtbot, window):
    seen = breach.seen
    lots = {each.lot: Choice(Decision.KEEP) for each in seen.waiting}
    deciding.decide(stocked, seen.happening.id, lots, reason="short, and the supplier agrees")
    brought(stocked, a_room(hours=1, start=START + 201 * HOUR + 60, t41=(0, 1)), place="Shelf 3", file="b.csv")
    changed = looking.event(stocked, seen.happening.id)
    breach.show_seen(changed, UTC)

    told = {name.text(): text.text() for name, text in breach.facts._lines if not name.isHidden()}
    assert told["Decision"] == "Evidence changed"
    assert told["Decided before"].startswith("kept, by ")
    assert told["Decided before"].endswith(": short, and the supplier agrees")
    assert told["It was then"].startswith("Above 40 °C at Shelf 3 for ")
