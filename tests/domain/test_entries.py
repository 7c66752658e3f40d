"""R8 and R10: what the entries of a batch add up to, and under which date it stands then."""

from dataclasses import replace
from datetime import date

import pytest

from builders import a_batch
from ldninv.domain.batch import Kept, Stock, dated
from ldninv.domain.entries import Decision, Entry, Kind, stock_after
from ldninv.domain.expiry import DecidedBy, Expiry

TODAY = date(2025, 12, 1)


def facts(*kinds, **more):
    """Return entries of these kinds, as the ledger keeps them."""
    return [Entry(kind=kind, day=TODAY, reason="a reason", **more) for kind in kinds]


MADE = [Entry(kind=Kind.MADE, day=TODAY, capsules=300, place="Shelf A")]
WAITING = Stock(on_hand=300, place="Shelf A", quarantined="not released yet")


@pytest.mark.parametrize(
    ("entries", "stock"),
    [
        (facts(), WAITING),
        (facts(Kind.RELEASED), replace(WAITING, quarantined=None)),
        (facts(Kind.RELEASED, Kind.QUARANTINED), replace(WAITING, quarantined="a reason")),
        (facts(Kind.REJECTED), replace(WAITING, rejected="a reason")),
        (facts(Kind.RELEASED, Kind.RECALLED), replace(WAITING, quarantined=None, recalled="a reason")),
        (facts(Kind.RELEASED, Kind.HELD), replace(WAITING, quarantined=None, held="a reason")),
        (facts(Kind.RELEASED, Kind.HELD, Kind.DECIDED), replace(WAITING, quarantined=None)),
        (facts(Kind.MOVED, place="Shelf B"), replace(WAITING, place="Shelf B")),
        (facts(Kind.DISPENSED, Kind.WASTED, capsules=-30), replace(WAITING, on_hand=240)),
    ],
)
def test_the_entries_of_a_batch_make_its_stock(entries, stock):
    assert stock_after(MADE + entries) == stock


def test_a_batch_is_destroyed_only_where_the_last_capsules_left_by_disposal():
    disposed = facts(Kind.DESTROYED, capsules=-300)

    assert stock_after(MADE + disposed).destroyed
    assert stock_after(MADE + disposed + facts(Kind.MOVED, place="Bin")).destroyed
    assert not stock_after(MADE + facts(Kind.DESTROYED, capsules=-299)).destroyed
    assert not stock_after(MADE + facts(Kind.DESTROYED, capsules=-299) + facts(Kind.WASTED, capsules=-1)).destroyed
    assert not stock_after(MADE + disposed + facts(Kind.COUNTED, capsules=2)).destroyed


def test_what_came_back_is_summed_apart():
    back = [Entry(kind=Kind.RETURNED, day=TODAY, capsules=30, returned=30)]
    gone = [Entry(kind=Kind.DESTROYED, day=TODAY, capsules=-40, returned=-30)]

    assert stock_after(MADE + back) == replace(WAITING, on_hand=330, returned=30)
    assert stock_after(MADE + back + gone) == replace(WAITING, on_hand=290)


def test_a_batch_that_was_destroyed_is_so_again_when_what_changed_it_is_taken_back():
    gone = MADE + facts(Kind.DESTROYED, capsules=-300)
    more = facts(Kind.COUNTED, capsules=2)
    back = Entry(kind=Kind.VOIDED, day=TODAY, capsules=-2, voids=3)

    assert not stock_after(gone + more).destroyed
    assert stock_after([*gone, *more, back]) == stock_after(gone)
    assert stock_after([*gone, *more, replace(back, voids=103)], [101, 102, 103, 104]) == stock_after(gone)


def test_a_discarded_batch_is_rejected_and_no_longer_on_hold():
    entries = facts(Kind.RELEASED, Kind.HELD) + facts(Kind.DECIDED, decision=Decision.DISCARD)

    assert stock_after(MADE + entries) == replace(WAITING, quarantined=None, rejected="a reason")


def test_a_shortened_batch_stands_under_its_new_date_and_its_first_one_can_still_be_read():
    batch, sooner = a_batch(), date(2026, 1, 1)
    stock = stock_after(MADE + facts(Kind.HELD) + facts(Kind.DECIDED, decision=Decision.SHORTEN, expires=sooner))
    shortened = dated(batch, stock)

    assert stock == replace(WAITING, shortened=Expiry(sooner, DecidedBy.PHARMACIST, "shortened: a reason"))
    assert (shortened.batch.expiry, shortened.batch.first_expiry) == (stock.shortened, batch.expiry)
    assert dated(shortened.batch, stock) == shortened
    assert dated(shortened.batch, stock_after(MADE)) == Kept(batch, stock_after(MADE))
