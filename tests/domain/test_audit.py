"""R28: whatever is changed in the trail is found, and named."""

from dataclasses import fields, replace

from hypothesis import given
from hypothesis import strategies as st

from ldninv.domain.audit import START, Event, Head, Verdict, bound, digest, verify

TEXTS = st.text(max_size=8)
EVENTS = st.builds(
    Event,
    at=TEXTS,
    by=TEXTS,
    workstation=TEXTS,
    action=TEXTS,
    subject=TEXTS,
    before=st.none() | TEXTS,
    after=st.none() | TEXTS,
    reason=st.none() | TEXTS,
)


def chained(events):
    trail, head = [], Head(0, START)
    for event in events:
        trail.append(bound(event, head))
        head = Head(trail[-1].number, trail[-1].hash)
    return trail


TRAILS = st.lists(EVENTS, min_size=1, max_size=6).map(chained)


def head_of(trail):
    return Head(len(trail), trail[-1].hash)


@given(TRAILS)
def test_an_untouched_trail_is_intact(trail):
    assert verify(trail, head_of(trail)) == Verdict(len(trail), intact=True, head=trail[-1].hash)


def test_an_empty_trail_is_intact():
    assert verify([]) == verify([], Head(0, START)) == Verdict(0, intact=True, head=START)


@given(TRAILS, st.data())
def test_an_edit_of_any_field_of_any_event_is_found_there(trail, data):
    place = data.draw(st.integers(0, len(trail) - 1))
    name = data.draw(st.sampled_from([field.name for field in fields(Event)]))
    now = getattr(trail[place], name)
    value = data.draw(st.integers() if name == "number" else st.none() | st.text())
    edited = [*trail]
    edited[place] = replace(trail[place], **{name: value})

    if value != now:
        assert verify(edited).first_broken == place + 1


@given(TRAILS, st.data())
def test_an_edit_with_a_new_hash_is_found_at_the_next_event_or_by_the_kept_head(trail, data):
    place = data.draw(st.integers(0, len(trail) - 1))
    forged = replace(trail[place], reason="another", subject=trail[place].subject + "x")
    edited = [*trail]
    edited[place] = replace(forged, hash=digest(forged))

    assert verify(edited, head_of(trail)).first_broken == min(place + 2, len(trail))


@given(TRAILS, st.data())
def test_a_deleted_event_is_found(trail, data):
    place = data.draw(st.integers(0, len(trail) - 1))

    assert verify(trail[:place] + trail[place + 1 :], head_of(trail)).first_broken == place + 1


@given(TRAILS, st.data())
def test_events_in_another_order_are_found(trail, data):
    mixed = data.draw(st.permutations(trail))
    wrong = [number for number, (was, is_) in enumerate(zip(trail, mixed, strict=True), 1) if was != is_]

    assert verify(mixed).first_broken == (wrong[0] if wrong else None)


@given(TRAILS, st.data())
def test_a_tail_that_was_cut_off_is_found_by_a_head_kept_elsewhere(trail, data):
    left = data.draw(st.integers(0, len(trail) - 1))

    assert verify(trail[:left]).intact
    assert verify(trail[:left], head_of(trail)).first_broken == left + 1


@given(TRAILS, st.data())
def test_a_trail_that_went_on_after_the_head_was_kept_is_intact(trail, data):
    upto = data.draw(st.integers(1, len(trail)))

    assert verify(trail, head_of(trail[:upto])).intact


@given(TRAILS)
def test_a_whole_new_chain_is_found_by_a_head_kept_elsewhere(trail):
    forged = chained(replace(event, by=event.by + "x") for event in trail)

    assert verify(forged).intact
    assert verify(forged, head_of(trail)).first_broken == len(trail)
