"""The storage record of a place and the month's sheet, on paper and signed."""

from datetime import date, datetime, time, timedelta

import pytest

from builders import TODAY, a_batch, keep
from labels_made import text_of
from ldninv.domain.entries import Decision
from ldninv.domain.refusal import Refused
from ldninv.domain.storage.daily import DailyReading
from ldninv.services import documents, places
from ldninv.services.storage import daily, deciding, importing, loggers, looking, papers
from ldninv.services.storage.brought import Incoming
from ldninv.services.storage.deciding import Choice
from ldninv.services.storage.drawn import drawn
from rooms import HOUR, START, ZONE, a_room, brought
from staff import MARA, pen, staffed

FIRST, LAST = date(2026, 11, 1), date(2026, 11, 20)


@pytest.fixture
def shelf(context):
    keep(context, a_batch(lot="OLD-1", prepared=date(2026, 9, 1), beyond_use=date(2027, 9, 1)))
    brought(context, a_room(hours=480, t41=(30, 33), gap=(100, 140)))
    return context


def facts(document):
    return dict(document.parts[0].facts)


def test_a_record_says_level_mean_gaps_and_what_was_decided(shelf):
    document = papers.record(shelf, "Shelf A", FIRST, LAST)

    assert facts(document)["Level"].startswith("breach; ")
    assert "(provisional: less than 30 days)" in facts(document)["Mean kinetic temperature"]
    assert facts(document)["Known"].endswith("of the time, 1 gap")
    assert facts(document)["Limits"].startswith("Controlled room temperature: keep 20–25 °C")
    assert facts(document)["The same if the gaps were at 40 °C"].endswith("nothing is known of them")
    rows = next(part.rows for part in document.parts if part.title == "What happened")
    assert ("above 40 °C for 2.9 h, up to 41.0 °C", "breach", "OLD-1", "1 to decide") in [row[1:] for row in rows]


def test_light_is_never_called_not_monitored_and_no_warmth_is_never(context):
    keep(context, a_batch(lot="OLD-1", prepared=date(2026, 9, 1), beyond_use=date(2027, 9, 1)))
    brought(context, a_room(hours=480, lit=(50, 60)))

    document = papers.record(context, "Shelf A", FIRST, LAST)

    (row,) = next(part.rows for part in document.parts if part.title == "What happened")
    assert (row[1][:9], row[2]) == ("light for", "–")
    assert facts(document)["Above 30 °C in 30 days"] == "never"


def test_no_peak_is_lost_in_the_drawing_and_a_gap_stays_empty(shelf):
    (curve,) = next(part.curves for part in papers.record(shelf, "Shelf A", FIRST, LAST).parts if part.curves)

    assert max(high for low, high in filter(None, curve.peaks)) == 41.0
    gone = [at for at, peak in enumerate(curve.peaks) if peak is None]
    assert len(gone) >= 30


def test_every_logger_that_recorded_something_is_drawn_under_its_name_the_worst_first(shelf):
    brought(shelf, a_room(hours=480, celsius=24.0), logger="Room 2", file="second.csv")
    brought(shelf, a_room(start=START - 900 * HOUR, hours=5), logger="Room 0", file="before.csv")

    document = papers.record(shelf, "Shelf A", FIRST, LAST)

    curves = next(part.curves for part in document.parts if part.curves)
    assert [curve.name for curve in curves] == ["Room 1: 22.0 to 41.0 °C", "Room 2: 24.0 to 24.0 °C"]
    assert [told.endswith("no reading in these days") for name, told in document.facts if name == "Logger"] == [
        False,
        False,
        True,
    ]


def test_the_chart_has_a_curve_of_the_same_loggers_as_the_paper_which_says_who_of_them_saw_what(shelf):
    brought(shelf, a_room(hours=480, celsius=24.0), logger="Room 2", file="second.csv")
    brought(shelf, a_room(start=START - 900 * HOUR, hours=5), logger="Room 0", file="before.csv")
    zone = loggers.zone_of(ZONE)
    days = datetime.combine(FIRST, time(), zone), datetime.combine(LAST + timedelta(days=1), time(), zone)

    document = papers.record(shelf, "Shelf A", FIRST, LAST)
    on_paper = next(part.curves for part in document.parts if part.curves)
    on_screen = drawn(shelf, "Shelf A", (days[0].timestamp(), days[1].timestamp()))

    happened = next(part.rows for part in document.parts if part.title == "What happened")
    assert "above 40 °C for 2.9 h, up to 41.0 °C (Room 1)" in [row[1] for row in happened]
    told = {f"{each.logger}: {each.lowest:.1f} to {each.highest:.1f} °C" for each in on_screen}
    assert told == {curve.name for curve in on_paper}
    assert len(told) == 2


def test_a_month_that_was_too_warm_says_that_its_time_is_that_of_windows(context):
    keep(context, a_batch(lot="OLD-1", prepared=date(2026, 9, 1), beyond_use=date(2027, 9, 1)))
    brought(context, a_room(start=START - 25 * 24 * HOUR, hours=45 * 24, step=3600.0, celsius=26.0))

    rows = next(each.rows for each in papers.record(context, "Shelf A", FIRST, LAST).parts if each.rows)

    (what,) = [row[1] for row in rows if row[1].startswith("mean")]
    assert what == (
        "mean kinetic temperature of 26.0 °C. Windows of 30 days above the limit, taken together where they overlap: "
        "45.0 days; the warmest of them came to 26.0 °C"
    )


def test_readings_that_lie_far_apart_are_drawn_as_one_line(context):
    keep(context, a_batch(lot="OLD-1", prepared=date(2026, 9, 1), beyond_use=date(2027, 9, 1)))
    brought(context, a_room(hours=480, step=12 * HOUR))

    (curve,) = next(part.curves for part in papers.record(context, "Shelf A", FIRST, LAST).parts if part.curves)

    assert None not in curve.peaks[:-1]


def test_a_mean_that_only_warns_is_not_listed_as_in_range(context):
    keep(context, a_batch(lot="OLD-1", prepared=date(2026, 9, 1), beyond_use=date(2027, 9, 1)))
    brought(context, a_room(hours=240, celsius=29.0))

    happened = next(
        part for part in papers.record(context, "Shelf A", FIRST, LAST).parts if part.title == "What happened"
    )
    levels = {row[1].split(" of ")[0]: row[2] for row in happened.rows}

    assert levels["mean kinetic temperature"] == "to review"


def test_light_that_is_to_be_looked_at_is_said_once(context):
    keep(context, a_batch(lot="OLD-1", prepared=date(2026, 9, 1), beyond_use=date(2027, 9, 1)))
    brought(context, a_room(hours=480, lit=(50, 60)))

    told = facts(papers.record(context, "Shelf A", FIRST, LAST))

    assert [name for name, said in told.items() if "light once" in said] == ["To look at"]


def test_the_sheet_of_days_that_a_logger_kept_names_the_logger(context):
    keep(context, a_batch(lot="OLD-1", prepared=date(2026, 9, 1), beyond_use=date(2027, 9, 1)))
    day = DailyReading(place="", day=FIRST, lowest=20.0, highest=24.0)
    given = Incoming(file="days.txt", content=b"days", days=[day])
    importing.bring_in(context, given, place="Shelf A", logger="Fridge-tag", zone="UTC")

    (sheet,) = papers.month_sheet(context, "Shelf A", FIRST).parts

    assert sheet.rows[0][5] == "Fridge-tag"


@pytest.mark.parametrize(
    ("read_on", "says"),
    [
        ((), "not counted: not read by hand yet"),
        ((date(2026, 11, 3),), "not counted: not read by hand yet"),
        ((date(2026, 10, 29),), "1 open day"),
        ((date(2026, 10, 29), date(2026, 10, 30)), "none"),
    ],
)
def test_a_month_before_the_first_reading_by_hand_does_not_say_that_none_is_missing(context, read_on, says):
    keep(context, a_batch(lot="OLD-1", prepared=date(2026, 9, 1), beyond_use=date(2027, 9, 1)))
    for day in read_on:
        daily.read(context, "Shelf A", lowest=20, highest=24.5, day=day)

    assert dict(papers.month_sheet(context, "Shelf A", date(2026, 10, 5)).facts)["Missing"] == says


def test_days_without_a_record_say_so(shelf):
    document = papers.record(shelf, "Shelf A", date(2026, 1, 1), date(2026, 1, 5))

    assert "never “in range”" in document.parts[0].none


@pytest.mark.needs_qt
def test_both_papers_can_be_read_back(shelf, tmp_path):
    daily.read(shelf, "Shelf A", lowest=20, highest=24.5, day=date(2026, 11, 18), note="door open")

    record = papers.save(shelf, "Shelf A", FIRST, LAST, tmp_path / "a.pdf").file
    sheet = papers.save_sheet(shelf, "Shelf A", TODAY, tmp_path / "b.pdf").file

    said = " ".join(text_of(record.read_bytes()))
    assert "Storage record" in said
    assert "Audit trail:" in said
    assert "above 40 °C for" in said
    month = " ".join(text_of(sheet.read_bytes()))
    assert "18 Wed 20.0 24.5" in month
    assert "door open" in month
    assert "by logger" in month


@pytest.mark.needs_qt
@pytest.mark.parametrize("sheet", ["a4", "letter"])
def test_a_month_of_31_days_with_a_long_note_is_one_page(shelf, sheet):
    from ldninv.paper.page import SIZES

    note = "door open for the delivery of capsules and fillers, closed again at ten"
    for number in range(1, 32):
        said = note if number == 7 else None
        daily.read(shelf, "Shelf A", lowest=20, highest=24.5, day=date(2026, 10, number), note=said)

    paper = documents.paper(papers.month_sheet(shelf, "Shelf A", date(2026, 10, 5)), SIZES[sheet].upright)

    assert paper.page_count == 1


def test_a_signature_holds_until_the_record_changes(context):
    keep(context, a_batch(lot="OLD-1", prepared=date(2026, 9, 1), beyond_use=date(2027, 9, 1)))
    staffed(context)
    brought(context, a_room(hours=240, t41=(30, 33)))
    said = papers.sign(context, "Shelf A", FIRST, LAST, pen())
    assert said.startswith(f"{MARA} signed the storage record")

    def signed():
        return next(
            part.facts for part in papers.record(context, "Shelf A", FIRST, LAST).parts if part.title == "Signed"
        )

    assert "unchanged since" in signed()[0][1]
    event = looking.events(context, waiting=True)[0]
    deciding.decide(context, event.happening.id, {"OLD-1": deciding.Choice(Decision.KEEP)}, reason="short", sign=pen())
    assert "CHANGED since" in signed()[0][1]


def test_signed_records_of_a_place_are_found_again(context):
    staffed(context)
    brought(context, a_room(hours=240))
    assert papers.signed(context, "Shelf A", FIRST, LAST).signed == ()
    for last in (LAST, TODAY):
        papers.sign(context, "Shelf A", FIRST, last, pen())

    assert papers.signed_days(context, "shelf a") == [(FIRST, TODAY), (FIRST, LAST)]
    assert [each.unchanged for each in papers.signed(context, "Shelf A", FIRST, LAST).signed] == [True]


@pytest.mark.parametrize(("first", "last"), [(LAST, FIRST), (FIRST, TODAY + timedelta(days=1))])
def test_days_that_cannot_be_are_refused(shelf, first, last):
    with pytest.raises(Refused):
        papers.record(shelf, "Shelf A", first, last)


def test_the_record_of_a_place_that_is_read_by_hand_says_what_the_thermometer_showed(context):
    brought(context, a_room(hours=480))
    places.add_place(context, "Cabinet B")
    for day, highest in ((18, 24.5), (19, 23.0), (19, 24.0)):
        daily.read(context, "Cabinet B", lowest=20, highest=highest, day=date(2026, 11, day))

    document = papers.record(context, "Cabinet B", FIRST, LAST)

    says, happened = document.parts[:2]
    told = "lowest and highest of 2 days from 2026-11-18 to 2026-11-19: 20.0 to 24.5 °C"
    assert dict(says.facts)["Days"] == told
    assert dict(says.facts)["Readings"].startswith("none of a logger")
    assert happened.none == "Nothing is recorded that left the limits, no gap, no light."
    assert papers.record(context, "Cabinet B", FIRST, FIRST).parts[1].none == "Nothing is known of these days."


def test_what_was_decided_names_its_batches_where_it_was_not_the_same_of_all(context):
    for lot in ("OLD-1", "OLD-2"):
        keep(context, a_batch(lot=lot, prepared=date(2026, 9, 1), beyond_use=date(2027, 9, 1)))
    brought(context, a_room(hours=480, t41=(30, 33)))
    seen = next(each for each in looking.events(context, waiting=True) if each.happening.kind == "above-40")
    shortened = Choice(Decision.SHORTEN, date(2027, 1, 1))

    def decide(lot, choice, reason):
        deciding.decide(context, seen.happening.id, {lot: choice}, reason=reason)
        rows = next(each.rows for each in papers.record(context, "Shelf A", FIRST, LAST).parts if each.rows)
        return next(row[4].replace(context.user, "NN") for row in rows if row[1].startswith("above 40"))

    first = decide("OLD-1", shortened, "two hours")
    assert first == "1 to decide; OLD-1: shortened to 2027-01-01 by NN: two hours"
    both = decide("OLD-2", Choice(Decision.DISCARD), "too warm")
    assert both == "OLD-1: shortened to 2027-01-01 by NN: two hours; OLD-2: to be discarded by NN: too warm"
