"""R8 and R18: what is decided of a whole batch, by whom it can be taken back, and what nothing lifts."""

from datetime import date, timedelta

import pytest

from builders import LAST_DAY, kept
from ldninv.domain import holding
from ldninv.domain.entries import Decision, Entry, Kind
from ldninv.domain.refusal import Refused

TODAY = date(2025, 12, 1)
FOR_GOOD = [{"destroyed": True, "on_hand": 0}, {"recalled": "chipped"}, {"rejected": "wrong colour"}]
GONE = {"destroyed": True, "on_hand": 0}
ANY_BUT_GONE = [
    {"recalled": "chipped"}, {"rejected": "wrong colour"}, {"quarantined": "odd"}, {"on_hand": 0}, {"returned": 5}, {},
]  # fmt: skip


def test_a_release_lifts_a_quarantine_and_keeps_its_checks():
    waiting = kept(quarantined="not released yet")

    assert holding.release(waiting, TODAY, checks="looks right") == Entry(
        kind=Kind.RELEASED, day=TODAY, note="looks right"
    )


def test_a_release_leaves_a_hold_in_place():
    assert holding.release(kept(quarantined="came back", held="41 °C"), TODAY).kind is Kind.RELEASED


@pytest.mark.parametrize("facts", FOR_GOOD)
def test_a_release_lifts_nothing_else(facts):
    with pytest.raises(Refused, match="cannot be released"):
        holding.release(kept(quarantined="not released yet", **facts), TODAY)


def test_an_expired_batch_is_not_released():
    with pytest.raises(Refused, match="cannot be released: past its date"):
        holding.release(kept(quarantined="not released yet"), LAST_DAY + timedelta(days=1))


def test_a_batch_is_not_released_before_it_is_made():
    with pytest.raises(Refused, match="before it is made, on 2025-03-01"):
        holding.release(kept(quarantined="not released yet"), date(2025, 2, 28))


def test_a_batch_is_released_once():
    with pytest.raises(Refused, match="is released already"):
        holding.release(kept(), TODAY)


def test_a_quarantine_needs_a_reason_and_happens_once():
    assert holding.quarantine(kept(), " odd smell ", TODAY).reason == "odd smell"
    with pytest.raises(Refused, match="A reason is needed to quarantine"):
        holding.quarantine(kept(), "", TODAY)
    with pytest.raises(Refused, match="in quarantine already: odd smell"):
        holding.quarantine(kept(quarantined="odd smell"), "again", TODAY)


def test_a_batch_is_not_released_while_what_came_back_stands_there():
    with pytest.raises(Refused, match="30 capsules came back"):
        holding.release(kept(returned=30), TODAY)


@pytest.mark.parametrize("facts", [facts for facts in ANY_BUT_GONE if "rejected" not in facts] + [{"held": "41 °C"}])
def test_a_batch_is_rejected_in_any_state_but_once(facts):
    assert holding.reject(kept(**facts), " wrong colour ", TODAY).reason == "wrong colour"


@pytest.mark.parametrize("facts", ANY_BUT_GONE)
def test_a_batch_is_put_on_hold_in_any_state_but_once(facts):
    assert holding.hold(kept(**facts), " 41 °C ", TODAY) == Entry(kind=Kind.HELD, day=TODAY, reason="41 °C")


@pytest.mark.parametrize("facts", [*ANY_BUT_GONE, {"rejected": "wrong colour"}])
def test_a_hold_is_lifted_by_keeping_the_batch_as_it_is(facts):
    entry = holding.decide(kept(held="41 °C", **facts), Decision.KEEP, "for an hour only", TODAY)

    assert entry == Entry(kind=Kind.DECIDED, day=TODAY, reason="for an hour only", decision=Decision.KEEP)


@pytest.mark.parametrize("facts", [{"held": "41 °C"}, {}, {"quarantined": "odd"}])
def test_a_date_is_shortened_with_a_hold_or_without(facts):
    sooner = LAST_DAY - timedelta(days=1)
    entry = holding.decide(kept(**facts), Decision.SHORTEN, "warm", TODAY, expires=sooner)

    assert (entry.decision, entry.expires) == (Decision.SHORTEN, sooner)


@pytest.mark.parametrize("days", [0, 1, 365])
def test_no_date_is_ever_lengthened(days):
    with pytest.raises(Refused, match="A date is shortened, never lengthened"):
        holding.decide(kept(), Decision.SHORTEN, "looks fine", TODAY, expires=LAST_DAY + timedelta(days=days))


REFUSED = {
    "a destroyed batch is rejected": (lambda: holding.reject(kept(**GONE), "x", TODAY), "is destroyed"),
    "a destroyed batch is held": (lambda: holding.hold(kept(**GONE), "x", TODAY), "is destroyed"),
    "a destroyed batch is decided on": (
        lambda: holding.decide(kept(held="x", **GONE), Decision.KEEP, "x", TODAY),
        "is destroyed",
    ),
    "rejected twice": (lambda: holding.reject(kept(rejected="odd"), "x", TODAY), "is rejected already: odd"),
    "held twice": (lambda: holding.hold(kept(held="warm"), "x", TODAY), "is on hold already: warm. Decide on it"),
    "rejected without a reason": (lambda: holding.reject(kept(), " ", TODAY), "A reason is needed to reject"),
    "held without a reason": (
        lambda: holding.hold(kept(), "", TODAY),
        "A reason is needed to put batch LDN2",
    ),
    "kept without a hold": (
        lambda: holding.decide(kept(), Decision.KEEP, "x", TODAY),
        "is not on hold, so there is nothing to keep",
    ),
    "discarded without a hold": (
        lambda: holding.decide(kept(), Decision.DISCARD, "x", TODAY),
        "nothing to discard. Reject it instead",
    ),
    "decided without a reason": (
        lambda: holding.decide(kept(held="x"), Decision.KEEP, " ", TODAY),
        "A reason is needed to keep",
    ),
    "shortened without a date": (
        lambda: holding.decide(kept(), Decision.SHORTEN, "x", TODAY),
        "give its new last usable day",
    ),
    "kept with a date": (
        lambda: holding.decide(kept(held="x"), Decision.KEEP, "x", TODAY, expires=TODAY),
        "A date goes with a decision to shorten, not with one to keep",
    ),
    "shortened to before it was made": (
        lambda: holding.decide(kept(), Decision.SHORTEN, "x", TODAY, expires=date(2025, 2, 28)),
        "was made on 2025-03-01, after 2025-02-28",
    ),
}


@pytest.mark.parametrize(("verb", "words"), REFUSED.values(), ids=REFUSED)
def test_what_cannot_be_decided_is_refused_in_words(verb, words):
    with pytest.raises(Refused, match=words):
        verb()
