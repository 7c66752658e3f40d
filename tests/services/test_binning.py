from datetime import timedelta

import pytest

from builders import TODAY, a_batch, keep
from ldninv.domain.ledger import DisposalReason, Kind
from ldninv.domain.places import PlaceKind
from ldninv.domain.refusal import Refused
from ldninv.services import batches, binning, ledger, places

pytestmark = pytest.mark.on_both

BIN = "Expired bin"


@pytest.fixture
def shelf(context):
    """One batch that expired, one on its last day, and a bin."""
    places.add_place(context, BIN, PlaceKind.EXPIRED)
    keep(
        context,
        a_batch(lot="OLD", beyond_use=TODAY - timedelta(days=1)),
        a_batch(lot="LAST-DAY", beyond_use=TODAY),
        place="Shelf A",
    )
    return context


def test_an_expired_batch_is_taken_to_the_bin(shelf):
    done = binning.take_to_bin(shelf, "OLD", BIN)

    assert (done.posted.entry.kind, done.posted.entry.place) == (Kind.MOVED, BIN)
    assert binning.to_fetch(shelf) == []


def test_what_is_to_be_fetched_stands_anywhere_but_in_a_bin(shelf):
    assert [kept.batch.lot for kept in binning.to_fetch(shelf)] == ["OLD"]


@pytest.mark.parametrize(
    ("lot", "place", "why"),
    [
        ("LAST-DAY", BIN, "Batch LAST-DAY has not expired: its last usable day is 2026-11-22"),
        ("OLD", "Shelf A", "Shelf A is no place for expired stock"),
        ("NOBODY", BIN, "There is no batch NOBODY"),
        ("OLD", "Nowhere", "There is no place “Nowhere”"),
    ],
)
def test_what_does_not_belong_there_is_refused_and_stays(shelf, lot, place, why):
    with pytest.raises(Refused, match=why):
        binning.take_to_bin(shelf, lot, place)

    assert {batches.card(shelf, each).kept.stock.place for each in ("OLD", "LAST-DAY")} == {"Shelf A"}


def test_a_batch_that_is_there_already_or_gone_is_refused(shelf):
    binning.take_to_bin(shelf, "OLD", BIN)
    with pytest.raises(Refused, match="stands at Expired bin already"):
        binning.take_to_bin(shelf, "OLD", BIN)

    ledger.dispose(shelf, "OLD", 300, reason=DisposalReason.EXPIRED)
    with pytest.raises(Refused, match="nothing is left of batch OLD"):
        binning.take_to_bin(shelf, "OLD", BIN)
