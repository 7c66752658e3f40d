"""Settings are changed as one, with what they were before."""

import json
from dataclasses import replace

import pytest

from builders import dump
from ldninv.domain.expiry import ONE_YEAR, USP_795, Policy, Unit
from ldninv.domain.refusal import Refused
from ldninv.domain.settings import LONGEST_NAME, Settings
from ldninv.domain.signing import ReleasedBy
from ldninv.services import preferences
from ldninv.services.context import Change
from ldninv.services.sign_in import sign_in
from staff import ANA, IDA, PINS, staffed

OWN = Policy("Nine months", 9, Unit.MONTHS, "Our own assays of 2025")


def events(context):
    with context.store.reading() as work:
        return list(work.trail.all())


def test_a_change_is_kept_with_what_it_was_before_and_why(context):
    changed = preferences.change(context, Settings(pharmacy="  North   Pharmacy ", buffer=3), "moved house")

    assert changed is Change.SETTINGS
    assert context.settings == Settings(pharmacy="North Pharmacy", buffer=3)
    (event,) = events(context)
    assert (event.action, event.reason, event.by) == ("settings", "moved house", "Ana")
    assert json.loads(event.before) == {"pharmacy": "", "buffer": 0}
    assert json.loads(event.after) == {"pharmacy": "North Pharmacy", "buffer": 3}


def test_the_tick_of_the_reminder_is_off_until_it_is_asked_for_and_its_event_says_so(context):
    assert not context.settings.reminder_tick
    preferences.change(context, replace(context.settings, reminder_tick=True))

    assert context.settings.reminder_tick
    (event,) = events(context)
    assert (json.loads(event.before), json.loads(event.after)) == ({"reminder_tick": False}, {"reminder_tick": True})


def test_saving_the_same_again_notes_nothing(context):
    preferences.change(context, Settings(buffer=3))

    assert preferences.change(context, Settings(buffer=3)) is Change.NOTHING
    assert len(events(context)) == 1


@pytest.mark.parametrize("policy", [USP_795, replace(ONE_YEAR, first_day_counts=True), OWN])
def test_every_policy_comes_back_as_it_was_kept(context, policy):
    preferences.change(context, Settings(policy=policy))

    assert context.settings.policy == policy
    (event,) = events(context)
    assert json.loads(event.after)["policy"]["name"] == policy.name


@pytest.mark.parametrize(
    ("settings", "says"),
    [
        (Settings(pharmacy="x" * (LONGEST_NAME + 1)), "has 121 characters"),
        (Settings(buffer=-1), "-1 days is no buffer"),
        (Settings(buffer=91), "91 days is no buffer"),
        (Settings(policy=replace(OWN, basis="  ")), "needs a reason"),
        (Settings(policy=replace(OWN, name=" ")), "needs a name"),
        (Settings(policy=replace(ONE_YEAR, count=2, basis="")), "needs a reason"),
    ],
)
def test_what_cannot_be_is_refused_in_words_and_nothing_changes(context, settings, says):
    before = dump(context.store)

    with pytest.raises(Refused, match=says):
        preferences.change(context, settings)
    assert dump(context.store) == before


@pytest.mark.parametrize(
    "closer",
    [
        {"idle_minutes": 30},
        {"released_by": ReleasedBy.ANYBODY},
        {"witness_needed": False},
        {"rx_numbers": True},
        {"with_components": False},
        {"closed_days": (6,)},
        {"calibration_months": 24},
    ],
)
def test_how_closely_one_looks_is_changed_by_a_pharmacist_or_an_admin_alone(context, closer):
    staffed(context, ANA)
    before = dump(context.store)
    with pytest.raises(Refused, match="Ana Ruiz is a technician, who does not change who releases"):
        preferences.change(context, Settings(**closer))
    assert dump(context.store) == before

    preferences.change(context, Settings(buffer=3))
    preferences.change(sign_in(context, IDA, PINS[IDA]), replace(context.settings, **closer))
    assert context.settings == Settings(buffer=3, **closer)


@pytest.mark.parametrize("minutes", [0, -1, 61])
def test_the_pin_is_asked_after_a_minute_to_an_hour(context, minutes):
    with pytest.raises(Refused, match=f"{minutes} minutes cannot be"):
        preferences.change(context, Settings(idle_minutes=minutes))
