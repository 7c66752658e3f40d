"""Readings come in once, whole or not at all, and mark the batches that stood there (R16, R18)."""

import json
from array import array
from contextlib import nullcontext
from dataclasses import replace
from datetime import UTC, date, datetime
from math import nan

import pytest
from peewee import IntegrityError

from builders import TODAY, a_batch, dump, keep
from ldninv.domain.entries import Decision
from ldninv.domain.expiry import Container
from ldninv.domain.lots import internal_lot
from ldninv.domain.progress import Cancelled
from ldninv.domain.refusal import Refused
from ldninv.domain.storage.daily import DailyReading
from ldninv.domain.storage.happenings import Aspect, Effect
from ldninv.domain.storage.logger_file import Answers, Asked, Unit
from ldninv.domain.storage.series import Beyond, Series
from ldninv.domain.storage.trace import RULE
from ldninv.domain.stored import Storage, Stored
from ldninv.services import batches, ledger, safety
from ldninv.services.places import add_place
from ldninv.services.storage import deciding, importing, loggers, looking, reading
from ldninv.services.storage.brought import ACTION, Contradicted, Incoming
from ldninv.services.storage.deciding import Choice
from ldninv.services.storage.merging import Conflict
from readings import a_series
from rooms import HOUR, START, ZONE, a_room, brought, incoming

pytestmark = pytest.mark.on_both

LOT = internal_lot(date(2026, 9, 1), 1)


@pytest.fixture
def shelf(context):
    """A batch on Shelf A since September."""
    keep(context, a_batch(lot=LOT, prepared=date(2026, 9, 1), beyond_use=date(2027, 9, 1)))
    add_place(context, "Shelf B")
    return context


def standing(context, lot=LOT):
    return batches.card(context, lot).standing


def test_readings_are_kept_as_they_were_and_read_back(shelf):
    begin = START - 2500 * HOUR
    series = a_room(hours=3000, step=600, start=begin)

    done = brought(shelf, series)

    assert (done.new, done.known, done.conflicts) == (18000, 0, 0)
    assert looking.readings(shelf, "Shelf A", begin, begin + 3000 * HOUR) == series
    some = looking.readings(shelf, "Shelf A", START + HOUR, START + 2 * HOUR)
    assert list(some.seconds) == [START + HOUR + 600 * n for n in range(6)]


def test_printed_texts_and_the_file_itself_are_kept(shelf):
    file = incoming(a_room(hours=2))
    importing.bring_in(shelf, file, place="Shelf A", logger="Room 1", zone=ZONE)

    with shelf.store.reading() as work:
        (logger,) = work.loggers.all()
        assert list(work.readings.printed(logger.id, START, START + 9e9).texts) == list(file.printed)
        digest = work.database.execute_sql("SELECT sha256 FROM logger_file").fetchone()[0]
        assert work.loggers.file(digest) == ("room.csv", file.content)


def test_the_same_file_again_adds_nothing(shelf):
    brought(shelf, a_room())
    before = dump(shelf.store)

    again = brought(shelf, a_room())

    assert (again.new, again.known, again.marked) == (0, 1440, ())
    assert dump(shelf.store) == before


def test_readings_that_overlap_add_only_what_is_new(shelf):
    brought(shelf, a_room(hours=48))

    done = brought(shelf, a_room(hours=72, start=START - 24 * HOUR))

    assert (done.new, done.known) == (144, 288)
    assert looking.readings(shelf, "Shelf A", START - 24 * HOUR, START + 48 * HOUR) == a_room(
        hours=72, start=START - 24 * HOUR
    )


def test_readings_between_kept_ones_find_their_place(shelf):
    whole = a_room(hours=20)
    odd, even = (Series(whole.seconds[n::2], whole.celsius[n::2]) for n in (1, 0))
    brought(shelf, odd)

    assert brought(shelf, even).new == 60
    assert looking.readings(shelf, "Shelf A", START, START + 20 * HOUR) == whole


def test_a_reading_that_contradicts_a_kept_one_is_told_and_not_kept(shelf):
    brought(shelf, a_room(hours=24))

    done = brought(shelf, a_room(hours=30, t35=(3, 4)))

    assert (done.new, done.known, done.conflicts) == (36, 138, 6)
    first = done.shown[0]
    assert (first.index, first.kept, first.said) == (18, 22.0, 35.0)
    assert first.printed == "2026-11-01 03:00:00+00:00"
    assert max(looking.readings(shelf, "Shelf A", START, START + 30 * HOUR).celsius) == 22.0


def test_a_file_that_contradicts_may_be_kept_out_as_a_whole(shelf):
    brought(shelf, a_room(hours=24))
    before = dump(shelf.store)

    given = incoming(a_room(hours=30, t35=(3, 4)))

    with pytest.raises(Contradicted, match="6 readings contradict what is kept") as refused:
        importing.bring_in(shelf, given, place="Shelf A", logger="Room 1", zone=ZONE, rest=False)

    assert (refused.value.brought.new, refused.value.brought.known) == (36, 138)
    assert dump(shelf.store) == before


def test_a_file_of_which_some_contradicted_says_so_again_when_it_comes_again(shelf):
    brought(shelf, a_room(hours=24))
    brought(shelf, a_room(hours=30, t35=(3, 4)))

    again = brought(shelf, a_room(hours=30, t35=(3, 4)))

    assert (again.new, again.known, again.conflicts) == (0, 174, 6)


def test_a_file_that_is_read_in_another_way_the_second_time_is_refused(shelf):
    brought(shelf, a_room(hours=24), content=b"the same bytes")
    before = dump(shelf.store)

    with pytest.raises(Refused, match="was read in another way then"):
        brought(shelf, a_room(hours=24, start=START - 86_400 * 30), content=b"the same bytes")

    assert dump(shelf.store) == before


def test_a_day_that_a_logger_tells_otherwise_is_a_conflict(shelf):
    def days(highest):
        kept = DailyReading(place="", day=TODAY, lowest=20.0, highest=highest)
        given = Incoming(file="days.txt", content=str(highest).encode(), days=[kept])
        return importing.bring_in(shelf, given, place="Shelf A", logger="Room 1", zone=ZONE)

    days(24.0)

    told = days(26.0)
    assert (told.new, told.known, told.conflicts) == (0, 0, 1)
    assert told.shown == (Conflict(0, TODAY.isoformat(), 24.0, 26.0),)


def test_the_database_itself_refuses_a_second_reading_at_a_moment(shelf):
    brought(shelf, a_room(hours=24))

    for first, last in ((START, START), (START - 5, START + 5), (START + 700, START + 800), (START - 9, START + 9e6)):
        with pytest.raises(IntegrityError, match="one reading at a moment"), shelf.store.transaction() as work:
            work.database.execute_sql(
                "INSERT INTO reading_block SELECT NULL, logger_id, file_id, ?, ?, 0, 2, body FROM reading_block",
                (first, last),
            )


def test_stopping_an_import_leaves_all_as_it_was(shelf):
    before = dump(shelf.store)

    def stop_at(part):
        def progress(done, _total):
            if done == part:
                raise Cancelled

        return progress

    for part in range(5):
        with pytest.raises(Cancelled):
            importing.bring_in(
                shelf, incoming(a_room(t41=(3, 5))), place="Shelf A", logger="X", zone=ZONE, progress=stop_at(part)
            )
        assert dump(shelf.store) == before


def test_a_quiet_record_is_in_range_and_says_so(shelf):
    assert standing(shelf).storage is Storage.NOT_MONITORED

    done = brought(shelf, a_room())

    assert done.marked == ()
    assert standing(shelf).storage is Storage.IN_RANGE
    assert batches.card(shelf, LOT).sign.word == "Good"


def test_an_allowed_excursion_is_recorded_and_asks_nothing(shelf):
    done = brought(shelf, a_room(t27=(5, 9)))

    assert done.marked == ((LOT, Storage.ALLOWED_EXCURSION),)
    now = standing(shelf)
    assert (now.storage, now.review, now.usable) == (Storage.ALLOWED_EXCURSION, None, True)


def test_a_spike_asks_for_a_review_and_leaves_the_batch_usable(shelf):
    brought(shelf, a_room(t33=(5, 9)))

    card = batches.card(shelf, LOT)
    assert (card.standing.storage, card.standing.usable, card.sign.word) == (Storage.SPIKE, True, "Review")
    assert "storage to review: above 30 °C at Shelf A" in card.standing.reasons[-1]
    ledger.dispense(shelf, LOT, 30, days_supply=30, reinspected=True)


def test_a_breach_holds_the_batch_until_a_pharmacist_decides(shelf):
    done = brought(shelf, a_room(t41=(5, 9)))

    assert done.marked == ((LOT, Storage.BREACH),)
    assert done.held == (LOT,)
    now = standing(shelf)
    assert (now.state, now.storage) == ("held", Storage.BREACH)
    assert now.reasons[0].startswith("on hold: storage breach: above 40 °C at Shelf A for 3.9 h, up to 41.0 °C")
    with pytest.raises(Refused, match=r"must not be dispensed \(hold\)"):
        ledger.dispense(shelf, LOT, 30, days_supply=30)
    ledger.waste(shelf, LOT, 1, reason="R9: what must go away always can")


def test_a_batch_at_another_place_is_untouched(shelf):
    ledger.move(shelf, LOT, "Shelf B")

    later = replace(shelf, now=lambda: datetime(2027, 1, 1, tzinfo=UTC), today=lambda: date(2027, 1, 1))
    done = brought(later, a_room(start=START + 30 * 24 * HOUR, t41=(5, 9)))

    assert done.marked == ()
    assert standing(shelf).storage is Storage.NOT_MONITORED


def test_a_batch_that_came_after_the_last_reading_is_not_named(shelf):
    brought(shelf, a_room(t41=(5, 9)))
    ledger.move(shelf, LOT, "Shelf B")

    done = brought(shelf, a_room(hours=24), place="Shelf B", logger="Logger B")

    assert standing(shelf).storage is Storage.BREACH
    assert (done.marked, done.held) == ((), ())


def test_too_little_that_is_known_makes_a_record_incomplete(shelf):
    brought(shelf, a_room(gap=(100, 160)))

    now = standing(shelf)
    assert (now.storage, now.usable) == (Storage.INCOMPLETE, True)
    assert "no record at Shelf A" in now.review


def test_a_clock_that_was_confirmed_stays_in_its_zone(shelf):
    brought(shelf, a_room(hours=2))

    with pytest.raises(Refused, match="shows Europe/Berlin, which was confirmed"):
        importing.bring_in(shelf, incoming(a_room(hours=9)), place="Shelf A", logger="room 1", zone="America/New_York")


def test_a_logger_that_watches_another_place_at_that_time_is_refused(shelf):
    brought(shelf, a_room(hours=2))

    with pytest.raises(Refused, match="watches Shelf A at that time, not Shelf B"):
        brought(shelf, a_room(hours=9), place="Shelf B")


def test_no_such_zone_no_such_place_and_an_empty_file_are_refused(shelf):
    for facts, words in (
        ({"zone": "Mars/Olympus"}, "There is no time zone"),
        ({"place": "Cellar"}, "no place “Cellar”"),
        ({"series": a_room(hours=0)}, "no readings"),
    ):
        series = facts.pop("series", a_room(hours=2))
        where = {"place": "Shelf A", "logger": "L", "zone": ZONE} | facts
        with pytest.raises(Refused, match=words):
            importing.bring_in(shelf, incoming(series), **where)


def test_light_asks_for_a_review_of_a_clear_container_only(context):
    facts = {"prepared": date(2026, 9, 1), "beyond_use": date(2027, 9, 1)}
    keep(
        context,
        a_batch(lot="CLEAR1", container=Container.CLEAR, **facts),
        a_batch(lot="AMBER1", container=Container.LIGHT_RESISTANT, **facts),
    )

    brought(context, a_room(lit=(5, 9)))

    assert "light at Shelf A" in standing(context, "CLEAR1").review
    assert standing(context, "AMBER1").review is None
    assert standing(context, "CLEAR1").usable


def events_of(context):
    with context.store.reading() as work:
        return [(each.subject, json.loads(each.after)) for each in work.trail.of_action(ACTION)]


@pytest.mark.parametrize("rest", [False, True])
def test_a_file_that_only_contradicts_is_kept_as_looked_at(shelf, rest):
    brought(shelf, a_room(hours=24))
    other = incoming(a_room(hours=24, celsius=45.0), file="other.csv")

    with nullcontext() if rest else pytest.raises(Contradicted, match=r"144 readings .* none is new"):
        importing.bring_in(shelf, other, place="Shelf A", logger="Room 1", zone=ZONE, rest=rest)

    name, facts = events_of(shelf)[-1]
    assert (name, facts["file"], facts["new"], facts["conflicts"]) == ("Room 1", "other.csv", 0, 144)
    with shelf.store.reading() as work:
        assert work.loggers.file(facts["sha256"]) == ("other.csv", other.content)
    assert standing(shelf).storage is Storage.IN_RANGE
    assert safety.check(shelf) == []


def test_a_file_that_was_looked_at_can_come_in_once_it_is_read_another_way(shelf):
    brought(shelf, a_room(hours=24))
    brought(shelf, a_room(hours=24, celsius=30.0), content=b"the same bytes")

    done = brought(shelf, a_room(hours=24, celsius=23.0, start=START + 48 * HOUR), content=b"the same bytes")

    assert done.new == 144
    assert safety.check(shelf) == []


def test_the_same_file_for_another_place_is_refused_and_says_where_the_logger_is(shelf):
    brought(shelf, a_room(hours=24))

    with pytest.raises(Refused, match="Logger Room 1 watches Shelf A at that time, not Shelf B"):
        brought(shelf, a_room(hours=24), place="Shelf B")


@pytest.mark.parametrize("days", [2, 370, 63_000])
def test_readings_that_lie_ahead_of_the_clock_are_refused(shelf, days):
    ahead = shelf.now().timestamp() + days * 24 * HOUR
    before = dump(shelf.store)

    with pytest.raises(Refused, match=r"reading 1 is of .*, and the clock here says 2026-11-2"):
        brought(shelf, a_room(hours=2, start=ahead))

    assert dump(shelf.store) == before


def test_a_day_ahead_is_allowed_for_zones(shelf):
    assert brought(shelf, a_room(hours=2, start=shelf.now().timestamp() + 20 * HOUR)).new == 12


def test_readings_beside_time_out_of_the_probes_range_leave_a_batch_incomplete_and_to_be_looked_at(shelf):
    room = a_room()
    said = array("d", [nan]) * len(room.seconds)
    said[700], said[701] = float(Beyond.ABOVE_AFTER), float(Beyond.ABOVE_BEFORE)

    done = brought(shelf, replace(room, beyond=said, since_row=array("d", [nan]) * len(said)))

    assert done.marked == ((LOT, Storage.INCOMPLETE),)
    assert batches.card(shelf, LOT).kept.stored.review == "above what the probe can measure at Shelf A for 10 min"
    (told,) = [each.happening for each in looking.events(shelf)]
    assert (told.aspect, told.span, told.effect) == (Aspect.BEYOND, tuple(room.seconds[700:702]), Effect.REVIEW)
    with shelf.store.reading() as work:
        ((_, covered),) = work.happenings.kept().values()
    assert covered == pytest.approx(1438 / 1439, abs=1e-6)
    assert safety.check(shelf) == []


def test_a_file_of_whose_marks_less_was_read_before_is_told_so_and_kept_as_another_file(shelf):
    room = a_room()
    sides = [array("d", [nan]) * len(room.seconds) for _ in range(2)]
    for said, proof in zip(sides, (Beyond(0), Beyond.HOT_AFTER), strict=True):
        said[700] = float(Beyond.ABOVE_AFTER | proof)
    before, now = (replace(room, beyond=said) for said in sides)
    brought(shelf, before, content=b"the file")

    with pytest.raises(Refused, match=r"an earlier version of this program .* with another file all of it is kept"):
        brought(shelf, now, content=b"the file")

    assert brought(shelf, now, content=b"the file, read out again").held == (LOT,)
    assert safety.check(shelf) == []


def test_what_was_said_of_a_file_is_found_again_by_its_bytes_whatever_its_name(shelf, tmp_path):
    file, copy = (tmp_path / name for name in ("asked.csv", "copy.csv"))
    rows = [f"2026-04-03 {hour:02}:00,{70 + hour % 3}.5" for hour in range(24)]
    file.write_text("\n".join(["Time,Temperature", *rows]), "utf-8")
    copy.write_bytes(file.read_bytes())
    with pytest.raises(Asked):
        reading.read_out(file, records=shelf)
    read = reading.read_out(file, Answers(unit=Unit.FAHRENHEIT), records=shelf)
    reading.keep(shelf, read, place="Shelf A", logger="L", zone=ZONE)

    assert reading.read_out(copy, records=shelf).record.unit is Unit.FAHRENHEIT
    assert reading.read_out(copy, Answers(unit=Unit.CELSIUS), records=shelf).record.unit is Unit.CELSIUS
    with pytest.raises(Asked):
        reading.read_out(copy)


def test_one_decision_answers_a_hole_in_which_the_probes_range_was_left(shelf):
    room = a_room(gap=(100, 160))
    said = array("d", [nan]) * len(room.seconds)
    for at in (50, 599):
        said[at], said[at + 1] = float(Beyond.ABOVE_AFTER | Beyond.BELOW_AFTER), float(Beyond.ABOVE_BEFORE)
    brought(shelf, replace(room, beyond=said))
    assert [each.happening.kind for each in looking.events(shelf, waiting=True)] == ["beyond-range"] * 2

    for each in looking.events(shelf, waiting=True):
        deciding.decide(shelf, each.happening.id, {LOT: Choice(Decision.KEEP)}, reason="looked at")

    assert looking.events(shelf, waiting=True) == []
    assert safety.check(shelf) == []


def test_marks_after_a_reading_that_is_kept_already_are_kept_at_once_and_once(shelf):
    room = a_room()
    last = room.seconds[-1]

    def again(content, *, more=0, **sides):
        series = a_room(hours=240 + more)
        said = array("d", [nan]) * len(series.seconds)
        for at, side in sides.items():
            said[int(at[1:])] = float(side)
        return brought(shelf, replace(series, beyond=said), content=content)

    brought(shelf, room)
    assert standing(shelf).storage is Storage.IN_RANGE
    done = again(b"a longer file", r1439=Beyond.ABOVE_AFTER)

    assert (done.new, done.known, done.marked) == (1, 1439, ((LOT, Storage.INCOMPLETE),))
    assert [each.happening.span for each in looking.events(shelf)] == [(last, last + 1)]
    assert safety.check(shelf) == []
    before = dump(shelf.store)
    assert again(b"a longer file", r1439=Beyond.ABOVE_AFTER).new == 0
    assert dump(shelf.store) == before

    done = again(b"the longest", more=2, r1439=Beyond.ABOVE_AFTER, r1440=Beyond.ABOVE_BEFORE)
    assert (done.new, done.known) == (12, 1440)
    again(b"with another mark", more=2, r1439=Beyond.ABOVE_AFTER | Beyond.BELOW_BEFORE, r1440=Beyond.ABOVE_BEFORE)
    spans = [(each.happening.kind, each.happening.span) for each in looking.events(shelf, waiting=True)]
    assert sorted(spans) == [("above-range", (last, last + 600)), ("below-range", (last - 600, last))]
    assert looking.readings(shelf, "Shelf A", last, last + 1).beyond[0] == Beyond.ABOVE_AFTER | Beyond.BELOW_BEFORE
    assert safety.check(shelf) == []


def test_silence_and_time_out_of_the_probes_range_apart_are_one_event_each(shelf):
    room = a_room(gap=(100, 160))
    said = array("d", [nan]) * len(room.seconds)
    said[50] = float(Beyond.BELOW_AFTER)

    brought(shelf, replace(room, beyond=said))

    kinds = [(each.happening.kind, round(each.happening.hours, 1)) for each in looking.events(shelf, waiting=True)]
    assert sorted(kinds) == [("below-range", 0.2), ("gap", 60.2)]
    assert safety.check(shelf) == []


def test_how_often_a_logger_looked_is_kept_with_its_readings(shelf):
    room = a_room(hours=6, step=3 * HOUR / 2)
    series = replace(room, since_row=array("d", [nan, 1800, nan, 1800]))

    brought(shelf, series)

    kept = looking.readings(shelf, "Shelf A", START, START + 9e9)
    assert str(kept) == str(series)
    assert [each.happening.aspect for each in looking.events(shelf)] == [Aspect.GAP] * 3


def test_light_of_readings_that_are_kept_without_it_is_new_and_asks(shelf):
    room = a_room(hours=48)
    lit = replace(room, lux=array("d", [5000.0]) * len(room.seconds))
    brought(shelf, room)

    done = brought(shelf, lit, file="with light.csv", content=b"with light.csv")

    assert (done.new, done.known, done.conflicts) == (288, 0, 0)
    assert [each.happening.aspect for each in looking.events(shelf, waiting=True)] == [Aspect.LIGHT]
    assert str(looking.readings(shelf, "Shelf A", START, START + 9e9)) == str(lit)
    assert (
        brought(shelf, room, file="again.csv", content=b"again.csv").new,
        brought(shelf, lit, file="and again.csv", content=b"and again.csv").new,
    ) == (0, 0)
    assert safety.check(shelf) == []


def test_light_and_humidity_come_in_beside_each_other_in_any_order(shelf):
    room = a_room(hours=48)
    humid = replace(room, humidity=array("d", [nan, 45.0] * 144))
    lit = replace(room, lux=array("d", [5.0, nan] * 144))
    for number, series in enumerate((lit.cut(100, 200), humid, lit)):
        brought(shelf, series, content=bytes([number]))

    kept = looking.readings(shelf, "Shelf A", START, START + 9e9)

    assert str(kept) == str(replace(humid, lux=lit.lux))
    assert safety.check(shelf) == []


def test_light_that_is_kept_otherwise_is_a_conflict_and_stays(shelf):
    dark = a_room(hours=2, lux=0.0)
    brought(shelf, dark)

    done = brought(shelf, replace(dark, lux=array("d", [5000.0]) * 12), file="lit.csv", content=b"lit.csv")

    assert (done.new, done.known, done.conflicts) == (0, 0, 12)
    assert (done.shown[0].kept, done.shown[0].said, done.shown[0].unit) == (0.0, 5000.0, "lux")
    assert looking.events(shelf) == []


def test_another_printing_is_the_same_reading_unless_a_limit_lies_between(shelf):
    brought(shelf, a_series(22.0, 40.0, 22.0, start=START))

    same = brought(shelf, a_series(22.004, 39.995, 22.0, start=START), file="finer.csv", content=b"finer.csv")
    other = brought(shelf, a_series(22.0, 40.005, 22.0, start=START), file="above.csv", content=b"above.csv")

    assert (same.known, same.conflicts) == (3, 0)
    assert (other.known, other.conflicts, other.shown[0].said) == (2, 1, 40.005)


def test_readings_past_the_moment_at_which_a_logger_was_said_to_watch_nothing_are_judged(shelf):
    brought(shelf, a_room(hours=48, step=HOUR))
    closed = datetime.fromtimestamp(START + 48.5 * HOUR, UTC)
    loggers.watch(shelf, "Room 1", None, closed)

    done = brought(
        shelf,
        a_room(hours=90, step=HOUR, t45=(61, 90)),
        file="until it was read out.csv",
        content=b"until it was read out.csv",
    )

    assert (done.new, done.held) == (42, (LOT,))
    assert loggers.known(shelf, "Room 1").place is None
    assert loggers.known(shelf, "Room 1").watched("Shelf A") == [(START, START + 89 * HOUR + 1)]
    assert safety.check(shelf) == []


@pytest.mark.parametrize("rule", [RULE, RULE - 1])
def test_the_check_leaves_to_an_older_program_what_it_made_of_a_batch_by_another_rule(shelf, monkeypatch, rule):
    monkeypatch.setattr(importing, "RULE", rule)
    brought(shelf, a_room(hours=48))
    with shelf.store.reading() as work:
        (batch,) = work.happenings.kept()
        event = next(iter(work.trail.of_action(ACTION))).number
    with shelf.store.transaction() as work:
        work.happenings.keep({batch: (Stored(Storage.INCOMPLETE), 0.9)}, event)

    found = safety.check(shelf)

    assert found == ([] if rule != RULE else [f"Batch {LOT} shows another storage than its record gives."])
