"""A place that is judged by another profile than CRT: judged, held and told by its own limits (R14)."""

from array import array
from dataclasses import replace
from datetime import date

import pytest

from builders import TODAY, a_batch, keep
from ldninv.domain.places import Place
from ldninv.domain.storage.level import Level
from ldninv.domain.storage.profiles import PROFILES
from ldninv.services import batches, safety
from ldninv.services.places import judged_by, profiles_here
from ldninv.services.storage import daily, looking, own, papers
from ldninv.services.storage.places import change
from ldninv.services.storage.places_now import places_now
from rooms import COOL, a_room, brought

FIRST, LAST = date(2026, 11, 1), date(2026, 11, 20)


@pytest.fixture
def cellar(context, monkeypatch):
    """A shelf that is judged as a cool place, with a batch."""
    monkeypatch.setitem(PROFILES, "cool", COOL)
    keep(context, a_batch(lot="OLD-1", prepared=date(2026, 9, 1), beyond_use=date(2027, 9, 1)))
    change(context, Place("Shelf A", profile="cool"))
    return context


def record_of(context):
    with context.store.reading() as work:
        kept = work.batches.by_lot("OLD-1")
    return own.record(context, kept).judged


def all_text(document):
    parts = [text for part in document.parts for row in part.rows for text in row]
    parts += [f"{name} {told}" for part in document.parts for name, told in part.facts]
    return "\n".join([*parts, *(f"{name} {told}" for name, told in document.facts)])


def test_a_cool_place_at_ten_degrees_is_in_range_and_so_is_the_batch_that_stood_there(cellar):
    done = brought(cellar, a_room(hours=480, celsius=10.0))

    (now,) = places_now(cellar)
    assert (done.held, now.judged.level, record_of(cellar).level) == ((), Level.IN_RANGE, Level.IN_RANGE)


def test_a_spell_is_a_breach_from_the_profiles_length_on_and_says_the_profiles_limit(cellar):
    brought(cellar, a_room(hours=480, celsius=10.0, t20=(100, 113)))

    assert batches.card(cellar, "OLD-1").standing.reasons == (
        "on hold: storage breach: above 18 °C at Shelf A for 12.9 h, up to 20.0 °C",
    )
    assert safety.check(cellar) == []


def test_too_much_time_above_the_permitted_range_is_summed_over_the_profiles_window(cellar):
    brought(cellar, a_room(hours=480, celsius=10.0, t19=(20, 28), t20=(60, 68)))

    assert batches.card(cellar, "OLD-1").standing.review.startswith("15.8 h above 18 °C in 10 days at Shelf A")


def test_the_record_on_paper_says_the_limits_of_its_profile_and_no_others(cellar):
    brought(cellar, a_room(hours=480, celsius=10.0, t19=(20, 28), t20=(60, 68), gap=(200, 240)))

    document = papers.record(cellar, "Shelf A", FIRST, LAST)

    facts = dict(document.parts[0].facts)
    assert facts["Limits"] == (
        "Cool: keep 8–15 °C, permitted 5–18 °C, up to 26 °C for less than 12 h, mean kinetic temperature at most 15 °C"
    )
    assert {"Above 18 °C in 10 days", "The same if the gaps were at 26 °C"} <= facts.keys()
    assert not [said for said in ("30 days", "30 °C", "40 °C", "25 °C") if said in all_text(document)]


def test_a_thermometer_that_is_read_there_is_held_against_the_profile(cellar):
    told = daily.read(cellar, "Shelf A", lowest=9.0, highest=19.0)

    assert told.notices == ("Above 18 °C, and nobody knows how long. Tell the pharmacist.",)
    sheet = papers.month_sheet(cellar, "Shelf A", TODAY)
    assert dict(sheet.facts)["Keep"] == "8–15 °C; 5–18 °C permitted"


def test_a_file_is_held_against_the_profile_of_its_place_and_of_each_that_is_in_use(cellar):
    assert judged_by(cellar, "shelf a") is COOL
    assert judged_by(cellar, "not there yet") is PROFILES["crt"]
    assert profiles_here(cellar) == [PROFILES["crt"], COOL]


@pytest.mark.parametrize("wrong", [{"keep_low_c": 26.0}, {"highest_c": 29.0}, {"window_h": 8736.0}, {"spell_h": 0.0}])
def test_a_profile_whose_limits_contradict_one_another_or_of_a_window_over_thirty_days_cannot_be_written(wrong):
    with pytest.raises(ValueError, match="CRT contradict one another"):
        replace(PROFILES["crt"], **wrong)


def test_what_was_decided_on_by_one_profile_stays_as_it_was_judged_under_the_next(cellar):
    brought(cellar, a_room(hours=480, celsius=10.0, t20=(100, 113)))
    change(cellar, Place("Shelf A", profile="crt"))

    assert "above 18 °C" in batches.card(cellar, "OLD-1").standing.reasons[0]
    assert safety.check(cellar) == []


def damp(context, monkeypatch, *percent):
    """Bring in a day of hours at a shelf whose profile has humidity above 60 % looked at."""
    monkeypatch.setitem(PROFILES, "cool", replace(COOL, review_humidity=60.0))
    room = a_room(hours=24, step=3600.0, celsius=10.0)
    humidity = array("d", [*percent, *[45.0] * (len(room.seconds) - len(percent))])
    return brought(context, replace(room, humidity=humidity))


def test_damp_air_asks_and_holds_nobody_where_the_profile_has_a_limit(cellar, monkeypatch):
    done = damp(cellar, monkeypatch, 45, 45, 75, 72, 45)

    (seen,) = looking.events(cellar, waiting=True)
    assert (done.held, seen.happening.kind, [each.lot for each in seen.batches]) == ((), "humidity", ["OLD-1"])
    card = batches.card(cellar, "OLD-1").standing
    assert card.review == "humidity above 60 % at Shelf A for 1.9 h, up to 75 %"
    assert safety.check(cellar) == []


def test_damp_air_that_two_files_part_is_one_event(cellar, monkeypatch):
    monkeypatch.setitem(PROFILES, "cool", replace(COOL, review_humidity=60.0))
    room = a_room(hours=24, step=3600.0, celsius=10.0)
    damp = replace(room, humidity=array("d", [75.0 if 8 <= hour < 14 else 45.0 for hour in range(24)]))
    brought(cellar, damp.cut(0, 11))
    brought(cellar, damp.cut(11, 24))

    (seen,) = looking.events(cellar, waiting=True)
    assert seen.happening.hours == pytest.approx(6.0)
    assert safety.check(cellar) == []


def test_damp_air_is_only_shown_where_the_profile_has_no_limit(cellar):
    room = a_room(hours=24, step=3600.0, celsius=10.0)
    brought(cellar, replace(room, humidity=array("d", [75.0] * len(room.seconds))))

    assert looking.events(cellar, waiting=True) == []
    assert record_of(cellar).humidity == (75.0, 75.0)
