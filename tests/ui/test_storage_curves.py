"""A place that several loggers watch at once: a curve each in the chart, and whatever each saw below it."""

from datetime import UTC

import pytest
from PySide6.QtCore import QPointF, Qt

from ldninv.domain.signs import Tone
from ldninv.domain.storage.happenings import Aspect
from ldninv.domain.storage.profile import CRT
from ldninv.services.storage import looking
from ldninv.ui import theme
from ldninv.ui.storage import telling
from ldninv.ui.storage.chart import Chart
from ldninv.ui.storage.looks import Look
from ldninv.ui.storage.strip import Bar, Strip
from rooms import HOUR, START, a_curve, a_room, brought

ROOM_1, ROOM_2, ROOM_3 = (Look.of(number) for number in range(3))


@pytest.fixture
def chart(qtbot, dressed):
    chart = Chart()
    qtbot.addWidget(chart)
    chart.resize(900, 400)
    with qtbot.waitExposed(chart):
        chart.show()
    return chart


@pytest.fixture
def three():
    """One logger that goes on, one with a hole, one that ends midway and saw a breach."""
    return [
        a_curve(a_room(hours=240)),
        a_curve(a_room(hours=240, celsius=23.0, gap=(100, 140)), logger="Room 2", number=1, begins=[600]),
        a_curve(a_room(hours=120, celsius=24.0, t41=(50, 53)), logger="Room 3", number=2),
    ]


def pixels(chart, ink):
    """Return the columns in which a colour is seen inside the chart, the legend left out."""
    picture = chart.grab().toImage()
    top = chart.legend.geometry().bottom() + 1 if chart.legend.isVisible() else 0
    rgb = int(ink[1:], 16)
    return {
        x for x in range(picture.width()) for y in range(top, picture.height()) if picture.pixel(x, y) & 0xFFFFFF == rgb
    }


def at(chart, hour):
    """Return where an hour is in the chart, in its scene."""
    low, high = chart._view.viewRange()[1]
    return chart._view.mapViewToScene(QPointF(START + hour * HOUR, (low + high) / 2))


def told(chart):
    return {each.name: each.said for each in chart.legend.entries}


def test_a_figure_is_written_on_a_bar_whole_or_not_at_all(qtbot, dressed):
    def drawn(text, end):
        strip = Strip("Events", None)
        qtbot.addWidget(strip)
        strip.resize(400, 30)
        strip.show_bars([Bar(0.0, end, Tone.STOP, "thermometer", text, "")], "")
        return strip.grab().toImage()

    assert drawn("127.5 °C", 0.12) == drawn("", 0.12)
    assert drawn("127.5 °C", 0.9) != drawn("", 0.9)


def test_every_logger_is_drawn_in_its_colour_as_far_as_it_recorded_and_no_further(chart, three):
    chart.show_curves(three, CRT, UTC)
    chart.show_all()
    chart.clearFocus()
    curves = [pixels(chart, look.ink(theme.colours_of(chart.palette()))) for look in (ROOM_1, ROOM_2, ROOM_3)]
    begin, hole, end = (round(at(chart, hour).x()) for hour in (0, 120, 240))

    assert all(min(each) == pytest.approx(begin, abs=6) for each in curves)
    assert max(curves[0]) == pytest.approx(end, abs=6)
    assert not curves[1] & set(range(hole - 60, hole + 60))
    assert max(curves[2]) == pytest.approx(hole, abs=6)


def test_the_peak_of_every_logger_is_inside_what_is_seen(chart, three):
    chart.show_curves(three, CRT, UTC)
    chart.show_all()

    assert chart._view.viewRange()[1][1] > 41


def test_one_logger_alone_needs_neither_legend_nor_marks(chart, three):
    chart.show_curves(three, CRT, UTC)
    chart.show_curves(three[1:2], CRT, UTC)
    chart.show_all()

    assert not chart.legend.isVisible()
    assert len(chart._item.listDataItems()) == 1
    assert not pixels(chart, ROOM_2.ink(theme.colours_of(chart.palette())))


def test_the_legend_names_each_by_colour_and_mark(chart, three):
    chart.show_curves(three, CRT, UTC)

    assert [(each.name, each.look) for each in chart.legend.entries] == [
        ("Room 1", ROOM_1),
        ("Room 2", ROOM_2),
        ("Room 3", ROOM_3),
    ]
    assert [each.accessibleName() for each in chart.legend.entries] == [
        "Room 1: circles",
        "Room 2: squares",
        "Room 3: triangles",
    ]


def test_under_the_mouse_each_tells_its_reading_and_where_it_knows_nothing_says_so(chart, three):
    chart.show_curves(three, CRT, UTC)
    chart.show_all()
    chart._point(at(chart, 51))
    assert told(chart) == {"Room 1": "22.00 °C", "Room 2": "23.00 °C", "Room 3": "41.00 °C"}
    assert chart.readout.text().startswith("2026-11-03 0")

    chart._point(at(chart, 121))
    assert told(chart) == {"Room 1": "22.00 °C", "Room 2": "not known", "Room 3": "not known"}

    chart._point(QPointF(-50, -50))
    assert (set(told(chart).values()), chart.readout.text()) == ({""}, "")


def test_one_logger_alone_tells_its_reading_with_the_moment_of_it(chart, three):
    chart.show_curves(three[1:2], CRT, UTC)
    chart.show_all()
    chart._point(at(chart, 50.01))
    assert chart.readout.text() == "2026-11-03 02:00   23.00 °C"

    chart._point(at(chart, 120))
    assert chart.readout.text().endswith("   not known")


def test_a_time_of_which_nothing_was_recorded_says_so_and_the_way_back(chart, three):
    chart.show_curves(three[1:2], CRT, UTC)
    chart.show_range(START + 110 * HOUR, START + 130 * HOUR)
    assert chart.nothing.isVisibleTo(chart)
    chart._point(at(chart, 120))  # the mouse tells where it is, and leaves the way back to be read
    assert chart.nothing.isVisibleTo(chart)

    chart.show_all()
    assert not chart.nothing.isVisibleTo(chart)


def test_telling_a_moment_moves_nothing(chart, three):
    chart.show_curves(three, CRT, UTC)
    chart.show_all()
    before = [each.geometry() for each in (*chart.legend.entries, chart.legend)]
    chart._point(at(chart, 51))
    chart.layout().activate()

    assert [each.geometry() for each in (*chart.legend.entries, chart.legend)] == before


def test_keys_move_all_curves_and_reach_from_the_first_reading_to_the_last(chart, three, qtbot):
    late = a_curve(a_room(start=START + 300 * HOUR, hours=10), logger="Room 4", number=3)
    chart.show_curves([*three, late], CRT, UTC)
    qtbot.keyClick(chart, Qt.Key.Key_Home)
    first, last = chart.range
    assert first <= START
    assert last >= START + 309 * HOUR

    qtbot.keyClick(chart, Qt.Key.Key_Plus)
    assert chart.range[1] - chart.range[0] == pytest.approx((last - first) / 2)


@pytest.fixture
def watched(window, stocked, qtbot):
    """The page over a place where two loggers saw the same breach; one was silent before, and ended midway."""
    brought(stocked, a_room(hours=480, t41=(200, 203)), place="Shelf 3", logger="Room 1")
    brought(
        stocked,
        a_room(hours=240, celsius=23.0, t42=(200, 203), gap=(100, 140)),
        place="Shelf 3",
        logger="Room 2",
        file="second.csv",
    )
    page = window.storage
    window.go_to(page)
    qtbot.waitUntil(lambda: not page.busy)
    return page


def test_the_first_view_draws_and_names_every_logger_of_the_place(watched):
    in_hand = watched.overview.in_hand

    assert [each.logger for each in in_hand.found.drawn] == ["Room 1", "Room 2"]
    assert in_hand.chart.legend.isVisible()
    said = in_hand.chart.accessibleDescription()
    assert "2 loggers, a curve each: Room 1, circles," in said
    assert "Room 2, squares," in said
    assert "23.0 to 42.0 °C" in said


def test_the_page_of_the_place_draws_and_names_every_logger(watched, qtbot):
    watched.open_place("Shelf 3")
    qtbot.waitUntil(lambda: not watched.busy)
    place = watched.place

    assert [each.name for each in place.chart.legend.entries] == ["Room 1", "Room 2"]
    assert (
        "Room 2, squares, 2026-11-01 01:00 to 2026-11-11 00:50, 23.0 to 42.0 °C" in place.chart.accessibleDescription()
    )
    place.chart.show_all()
    place.chart._point(at(place.chart, 51))
    assert told(place.chart) == {"Room 1": "22.00 °C", "Room 2": "23.00 °C"}
    assert place.chart.readout.text().startswith("2026-11-03 0")


@pytest.mark.parametrize(("logger", "celsius"), [("Room 1", 41.0), ("Room 2", 42.0)])
def test_what_two_loggers_saw_at_once_is_marked_twice_and_each_can_be_pressed(watched, qtbot, logger, celsius):
    watched.open_place("Shelf 3")
    qtbot.waitUntil(lambda: not watched.busy)
    place = watched.place
    place.chart.show_all()
    place.events_strip.grab()
    bars = place.events_strip.bars
    number = next(n for n, bar in enumerate(bars) if bar.text == f"{celsius:.1f} °C" and logger in bar.about)
    box = next(box for box, each in place.events_strip._drawn if each == number)
    qtbot.mouseClick(place.events_strip, Qt.MouseButton.LeftButton, pos=box.center())

    assert (place.chosen().happening.logger, place.chosen().happening.extreme_c) == (logger, celsius)


def test_a_month_that_was_too_warm_has_a_row_of_its_own_and_hides_nothing(watched, stocked, qtbot):
    brought(
        stocked,
        a_room(start=START - 30 * 24 * HOUR, hours=50 * 24, step=3600.0, celsius=26.0, t31=(700, 705), t35=(900, 903)),
        place="Shelf 3",
        logger="Room 3",
        file="third.csv",
    )
    watched.open_place("Shelf 3")
    qtbot.waitUntil(lambda: not watched.busy)
    place = watched.place
    place.chart.show_all()
    place.events_strip.grab()

    rows, bars = place.events_strip._rows, place.events_strip.bars
    assert [(row.name, row.look) for row in rows] == [
        ("Events", ROOM_3_FIRST),
        ("30 days", ROOM_3_FIRST),
        ("Events", ROOM_2),
        ("Events", ROOM_3),
        ("30 days", None),  # of the three together, who know more than Room 3
    ]
    month = next(bar for bar in bars if bar.text.startswith("MKT") and bar.lane == 1)
    (box,) = [box for box, number in place.events_strip._drawn if bars[number] is month]
    assert not any(other.intersects(box) for other, number in place.events_strip._drawn if bars[number] is not month)


def test_the_time_of_a_month_that_was_too_warm_is_told_as_that_of_windows(watched, stocked):
    month = a_room(start=START - 30 * 24 * HOUR, hours=50 * 24, step=3600.0, celsius=26.0)
    brought(stocked, month, place="Shelf 3", logger="Room 3", file="third.csv")
    means = [each for each in looking.events(stocked, place="Shelf 3") if each.happening.aspect is Aspect.MEAN]
    (seen,) = [each for each in means if not each.happening.loggers]
    facts = {fact.name: fact.text for fact in telling.facts(seen, UTC)}

    assert "Lasted" not in facts
    assert facts["Over 30 days"].startswith("Windows of 30 days above the limit, taken together where they overlap: 50")
    assert telling.lasted(seen.happening) == "within 50.0 days"


ROOM_3_FIRST = Look.of(0)
"""The look of Room 3, which came to watch the place before the others."""
