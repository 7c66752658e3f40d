"""A batch that was made while the clock stood ahead has a way back: signed, by a new entry, and whole (R8, R10)."""

from datetime import timedelta

import pytest

from builders import TODAY, a_batch, at_work, dump, keep
from ldninv.domain.amounts import amount
from ldninv.domain.expiry import ONE_YEAR, ComponentLot
from ldninv.domain.goods import Delivery, Product
from ldninv.domain.making import Recipe
from ldninv.domain.places import Place
from ldninv.domain.quantities import Strength
from ldninv.domain.question import Question
from ldninv.domain.record import Worksheet
from ldninv.domain.refusal import Refused
from ldninv.domain.standing import State
from ldninv.services import (
    batches,
    binning,
    components,
    counting,
    goods,
    importing,
    labels,
    ledger,
    lookup,
    making,
    recall,
    record,
    safety,
    signed,
    standing,
    weekly,
)  # fmt: skip
from staff import BEN, pen, staffed

pytestmark = pytest.mark.on_both

AHEAD = TODAY + timedelta(days=800)
MCC = Product(name="MCC", supplier="Ash")


def make(here, day, **more):
    parts = (ComponentLot("MCC", "M1", amount="27 g"),)
    recipe = Recipe(
        strength=Strength(4500), prepared=day, made=90, policy=ONE_YEAR, components=parts, place=Place("Shelf A"),
        worksheet=Worksheet(planned=90), **more,
    )  # fmt: skip
    return making.make(here, recipe).posted


@pytest.fixture
def wrong(context):
    """The entry of a batch that was made while the clock stood ahead, of goods that were received today."""
    keep(context, a_batch(lot="OTHER", beyond_use=TODAY + timedelta(days=300)))
    goods.receive(context, Delivery(product=MCC, lot="M1", amount=amount("100", "g")))
    return make(at_work(context.store, AHEAD), AHEAD)


def left(here):
    return str(components.card(here, "MCC", "M1").known.on_hand)


def test_it_is_taken_back_with_a_reason_and_a_pharmacists_signature_and_is_made_anew_on_its_right_day(context, wrong):
    assert left(context) == "73 g"
    staffed(context)
    with pytest.raises(Refused, match="takes a signature: the taking back of an entry"):
        ledger.void(context, wrong.id, reason="wrong clock")
    with pytest.raises(Refused, match="takes a pharmacist: Mara Lind"):
        ledger.void(context, wrong.id, reason="wrong clock", sign=pen(BEN))
    with pytest.raises(Refused, match="A reason is needed"):
        ledger.void(context, wrong.id, reason=" ", sign=pen())
    done = ledger.void(context, wrong.id, reason="wrong clock", sign=pen())
    card = batches.card(context, wrong.lot)

    assert (done.posted.entry.day, done.posted.on_hand, done.notices) == (AHEAD, 0, ())
    assert left(context) == "100 g"
    assert (card.standing.state, card.sign.word, card.kept.stock.place) == (State.REJECTED, "Taken back", None)
    assert card.standing.reasons == ("taken back, never made under this lot: wrong clock",)
    assert [each.unchanged for each in signed.of_batch(context, card.kept)] == [True]
    anew = make(context, TODAY)
    assert (anew.lot[:9], left(context)) == ("LDN261122", "73 g")
    assert safety.check(context) == []


def test_its_lot_is_never_given_again_and_the_next_batch_does_not_begin_from_it(context, wrong):
    ledger.void(context, wrong.id, reason="wrong clock")

    assert make(at_work(context.store, AHEAD), AHEAD).lot[9:12] == "002"
    assert wrong.lot[9:12] == "001"


def test_a_new_batch_begins_from_the_last_that_was_made(context, wrong):
    right = make(context, TODAY)
    assert making.last_of(context, Strength(4500)).batch.lot == wrong.lot
    ledger.void(context, wrong.id, reason="wrong clock")

    begun = making.prefilled(context, Strength(4500))
    assert (begun.kept.batch.lot, begun.worksheet.planned) == (right.lot, 90)


def test_a_batch_with_its_own_day_right_and_its_entry_ahead_goes_the_same_way(context, wrong):
    other = make(at_work(context.store, AHEAD), TODAY)
    with pytest.raises(Refused, match="if it is right, take that entry back first"):
        ledger.waste(context, other.lot, 1, reason="dropped")
    ledger.void(context, other.id, reason="wrong clock")

    assert batches.card(context, other.lot).sign.word == "Taken back"
    assert safety.check(context) == []


NOTHING_MORE = {
    "write off": lambda here, lot: ledger.waste(here, lot, 1, reason="dropped"),
    "dispense": lambda here, lot: ledger.dispense(here, lot, 1, days_supply=1),
    "return": lambda here, lot: ledger.accept_return(here, lot, 1),
    "count": lambda here, lot: ledger.count(here, lot, 5),
    "count of a place": lambda here, lot: counting.post(here, "Shelf A", {lot: 5}),
    "move": lambda here, lot: ledger.move(here, lot, "Shelf A"),
    "bin": lambda here, lot: binning.take_to_bin(here, lot, "Shelf A"),
    "release": standing.release,
    "hold": lambda here, lot: standing.hold(here, lot, reason="odd"),
    "reject": lambda here, lot: standing.reject(here, lot, reason="odd"),
    "correct the record": lambda here, lot: record.amend(here, lot, Worksheet(planned=80), reason="typed wrong"),
    "label": labels.label,
    "take back again": lambda here, _: ledger.void(here, 3, reason="again"),
}


@pytest.mark.parametrize("verb", NOTHING_MORE.values(), ids=NOTHING_MORE)
def test_nothing_can_happen_to_it_any_more_and_it_is_said_why(context, wrong, verb):
    ledger.void(context, wrong.id, reason="wrong clock")
    before = dump(context.store)

    with pytest.raises(Refused, match=f"{wrong.lot} was taken back|taken back already"):
        verb(context, wrong.lot)
    assert dump(context.store) == before


def test_it_is_shown_and_found_and_counts_for_nothing_in_report_and_stock(context, wrong):
    ledger.void(context, wrong.id, reason="wrong clock")
    scanned = lookup.scan(context, wrong.lot)
    later = at_work(context.store, AHEAD + timedelta(days=1))

    assert (scanned.card.sign.word, scanned.card.standing.usable) == ("Taken back", False)
    assert [kept.batch.lot for kept, _ in batches.find(context, Question(states=frozenset({State.REJECTED})))] == [
        wrong.lot
    ]
    assert batches.find(context, Question(text=wrong.lot, in_stock=True)) == []
    for day in (context, later):
        made = weekly.report(day)
        assert wrong.lot not in {row.kept.batch.lot for row in (*made.expired, *made.near_expiry, *made.held)}
    assert record.record(context, wrong.lot).sign.word == "Taken back"


def test_what_was_dispensed_from_it_is_named_and_taken_back_first(context, wrong):
    ahead = at_work(context.store, AHEAD)
    standing.release(ahead, wrong.lot)
    away = ledger.dispense(ahead, wrong.lot, 30, days_supply=30, reason="asked for").posted
    with pytest.raises(Refused, match=rf"Take back this entry: {away.id} \(dispensed\)"):
        ledger.void(context, wrong.id, reason="wrong clock")
    ledger.void(context, away.id, reason="wrong clock")
    ledger.void(context, wrong.id, reason="wrong clock")

    assert batches.card(context, wrong.lot).sign.word == "Taken back"
    assert safety.check(context) == []


def test_what_went_into_it_was_counted_since_and_that_is_said(context, wrong):
    goods.count(context, MCC, "M1", amount("70", "g"))
    done = ledger.void(context, wrong.id, reason="wrong clock")

    assert done.notices[0] == "MCC M1 was counted since it was used: count it again."
    assert left(context) == "97 g"


def test_a_recall_reaches_it_all_the_same_and_comes_and_goes_without_it(context, wrong):
    ledger.void(context, wrong.id, reason="wrong clock")
    opened = recall.open_recall(at_work(context.store, AHEAD), component="M1", reason="letter")
    assert batches.card(context, wrong.lot).standing.state is State.RECALLED
    assert [each.kept.batch.lot for each in opened.reached] == [wrong.lot]
    recall.take_back(context, opened.recall.number, reason="wrong clock")

    assert batches.card(context, wrong.lot).sign.word == "Taken back"
    assert safety.check(context) == []


LIST = "Lot,Strength,Made,Expires,Capsules,On hand\nOLD-1,4.5,2026-10-01,2027-10-01,90,60\n"


@pytest.fixture
def listed(tmp_path):
    """A function that reads the same list, as people do once they see that something is wrong."""
    file = tmp_path / "list.csv"
    file.write_text(LIST, encoding="utf-8")

    def read(here, **facts):
        file.write_text(LIST if not facts else LIST.replace(facts["old"], facts["new"]), encoding="utf-8")
        return importing.preview(here, file)

    return read


@pytest.fixture
def taken_back(context, listed):
    """A list that came in while the clock stood ahead, its batch taken back since."""
    ahead = at_work(context.store, AHEAD)
    importing.import_lists(ahead, [listed(ahead)])
    made, counted, _ = reversed(batches.card(context, "OLD-1").movements)
    with pytest.raises(Refused, match=rf"Take back this entry: {counted.id} \(counted\)"):
        ledger.void(context, made.id, reason="wrong clock")
    ledger.void(context, counted.id, reason="wrong clock")
    ledger.void(context, made.id, reason="wrong clock")


@pytest.mark.usefixtures("taken_back")
def test_a_list_that_came_in_under_a_wrong_clock_comes_in_again_and_its_batch_lives(context, listed):
    seen = listed(context)
    assert [each.text for each in seen.notices][:1] == [
        "lot OLD-1 was taken back here (wrong clock), and comes in again"
    ]
    importing.import_lists(context, [seen])
    card = batches.card(context, "OLD-1")

    assert (card.standing.usable, card.kept.stock.on_hand, card.kept.stock.taken_back) == (True, 60, None)
    assert ledger.dispense(context, "OLD-1", 30, days_supply=30).posted.on_hand == 30
    assert listed(context).new == 0
    assert safety.check(context) == []


@pytest.mark.usefixtures("taken_back")
@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("2027-10-01", "2027-09-01", "kept already with expiring on"),
        (",90,60", ",95,60", "kept already with 90 made"),
    ],
)
def test_a_list_that_says_otherwise_does_not_bring_it_back(context, listed, old, new, words):
    (problem,) = listed(context, old=old, new=new).problems

    assert words in problem.text
    assert problem.text.endswith("Give the batch another lot.")


def test_a_batch_whose_own_day_lies_ahead_is_taken_back_and_does_not_come_in_again(context, listed):
    importing.import_lists(context, [listed(context, old="2026-10-01", new="2027-01-01")])
    made, counted, _ = reversed(batches.card(context, "OLD-1").movements)
    with pytest.raises(Refused, match="take back the entry that made it"):
        ledger.waste(context, "OLD-1", 1, reason="dropped")
    ledger.void(context, counted.id, reason="a slip")
    ledger.void(context, made.id, reason="a slip in the list")

    (same,) = listed(context, old="2026-10-01", new="2027-01-01").problems
    (mended,) = listed(context).problems
    assert "it was never made on 2027-01-01. Give the batch another lot." in same.text
    assert "kept already with prepared on 2027-01-01" in mended.text
    assert safety.check(context) == []
