"""A new batch is kept under the next lot of its day, in quarantine, with its event; two at once never clash (R31)."""

import json
import subprocess
import sys
from dataclasses import replace
from datetime import date, timedelta
from threading import Thread

import pytest

from builders import TODAY, a_batch, dump, keep
from ldninv.domain.expiry import ONE_YEAR, USP_795, ComponentLot, DecidedBy
from ldninv.domain.lots import internal_lot, is_internal
from ldninv.domain.making import Recipe
from ldninv.domain.places import PlaceKind
from ldninv.domain.quantities import Strength
from ldninv.domain.refusal import Refused
from ldninv.domain.settings import Settings
from ldninv.domain.standing import State
from ldninv.services import batches, ledger, making, places, safety
from ldninv.services.context import Change

pytestmark = pytest.mark.on_both

RECIPE = Recipe(strength=Strength(4500), prepared=TODAY, made=300, policy=ONE_YEAR)
SHORT = ComponentLot("Naltrexone HCl", "NX24", date(2027, 4, 30), "Sample Chemicals", "1.35 g")
MAKER = """
import sys
from datetime import date, timedelta
from ldninv.db import open_store
from ldninv.domain.expiry import ONE_YEAR
from ldninv.domain.making import Recipe
from ldninv.domain.quantities import Strength
from ldninv.services import making
from ldninv.services.context import on_this_computer
store, today = open_store(sys.argv[1]), date.fromisoformat(sys.argv[2])
context = on_this_computer(store, day=today)
sys.stdin.readline()
recipe = Recipe(strength=Strength(4500), prepared=today, made=300, policy=ONE_YEAR)
print(*[making.make(context, recipe).posted.lot for _ in range(10)])
store.close()
"""


def test_a_new_batch_waits_in_quarantine_under_the_first_lot_of_its_day(context):
    place = places.add_place(context, "Quarantine shelf", PlaceKind.QUARANTINE)
    done = making.make(context, replace(RECIPE, place=place, components=(SHORT,), capsule_size="3"))
    card = batches.card(context, done.posted.lot)

    assert done.posted.lot == internal_lot(TODAY, 1)
    assert done.changed is Change.BATCHES | Change.LEDGER
    assert card.standing.state is State.QUARANTINED
    assert (card.kept.stock.on_hand, card.kept.stock.place) == (300, "Quarantine shelf")
    assert card.kept.batch.components == (SHORT,)
    assert card.kept.batch.expiry.decided_by is DecidedBy.COMPONENT
    assert card.kept.batch.made_by == "Ana"
    (event,) = card.events
    assert (event.action, event.subject, event.by) == ("made", done.posted.lot, "Ana")
    assert json.loads(event.after)["expires"] == "2027-04-30"
    assert safety.check(context) == []


def test_lots_count_on_within_a_day_and_begin_again_on_another(context):
    earlier = replace(RECIPE, prepared=date(2026, 11, 21))
    lots = [making.make(context, recipe).posted.lot for recipe in (RECIPE, RECIPE, earlier, RECIPE)]

    assert lots == [
        internal_lot(TODAY, 1), internal_lot(TODAY, 2), internal_lot(date(2026, 11, 21), 1), internal_lot(TODAY, 3),
    ]  # fmt: skip
    assert all(is_internal(lot) for lot in lots)


def test_a_batch_without_a_place_stands_nowhere_yet(context):
    lot = making.make(context, RECIPE).posted.lot

    assert batches.card(context, lot).kept.stock.place is None


def test_unmet_conditions_are_kept_with_their_reason(context):
    done = making.make(context, replace(RECIPE, filler="lactose", reason="study of our own"))

    assert done.notices[0] == "the filler is lactose, and One year holds for MCC"
    assert batches.card(context, done.posted.lot).events[0].reason == "study of our own"


def test_the_notice_about_180_days_is_given_where_the_policy_is_longer_and_decides(context):
    said = [making.make(context, replace(RECIPE, **facts)).notices for facts in (
        {}, {"policy": USP_795}, {"components": (SHORT,)},
    )]  # fmt: skip

    assert [bool(each) for each in said] == [True, False, False]


def test_the_pharmacys_setting_lets_the_policy_decide_alone(context):
    with context.store.transaction() as work:
        work.preferences.write(Settings(with_components=False))
    lot = making.make(context, replace(RECIPE, components=(SHORT,))).posted.lot

    assert batches.card(context, lot).kept.batch.expiry.decided_by is DecidedBy.POLICY


@pytest.mark.parametrize("facts", [{"made": 0}, {"filler": "lactose"}, {"prepared": date(2027, 1, 1)}], ids=str)
def test_a_refusal_keeps_nothing(context, facts):
    before = dump(context.store)

    with pytest.raises(Refused):
        making.make(context, replace(RECIPE, **facts))
    assert dump(context.store) == before


def test_the_last_batch_of_a_strength_is_the_one_prepared_last(context):
    making.make(context, replace(RECIPE, made=100))
    making.make(context, replace(RECIPE, made=200, prepared=date(2026, 11, 20), components=(SHORT,)))
    making.make(context, replace(RECIPE, made=400, strength=Strength(1500), components=(SHORT,)))

    assert making.last_of(context, Strength(4500)).batch.made == 100
    assert making.last_of(context, Strength(1500)).batch.components == (SHORT,)
    assert making.last_of(context, Strength(500)) is None


def test_two_processes_that_make_on_one_day_at_once_never_share_a_lot(filed):
    filed.store.close()
    how = [sys.executable, "-c", MAKER, filed.store.name, TODAY.isoformat()]
    makers = [
        subprocess.Popen(how, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE) for _ in range(2)
    ]
    for maker in makers:
        maker.stdin.write(b"go\n")
        maker.stdin.flush()
    said = [maker.communicate() for maker in makers]

    assert [error for _, error in said] == [b"", b""]
    lots = [lot for answer, _ in said for lot in answer.decode().split()]
    assert sorted(lots) == sorted(internal_lot(TODAY, number) for number in range(1, 21))
    assert safety.check(filed) == []


def test_two_threads_that_make_on_one_day_at_once_never_share_a_lot(filed):
    lots = []

    def make_ten():
        lots.extend(making.make(filed, RECIPE).posted.lot for _ in range(10))
        filed.store.close()

    makers = [Thread(target=make_ten) for _ in range(2)]
    for maker in makers:
        maker.start()
    for maker in makers:
        maker.join()

    assert sorted(lots) == sorted(internal_lot(TODAY, number) for number in range(1, 21))


def test_a_batch_is_made_released_and_dispensed(context):
    lot = making.make(context, RECIPE).posted.lot
    with pytest.raises(Refused, match="quarantine"):
        ledger.dispense(context, lot, 30, days_supply=30)
    ledger.release(context, lot)

    assert ledger.dispense(context, lot, 90, days_supply=90).posted.on_hand == 210


def test_a_lot_that_an_imported_list_took_already_is_never_given_again(context):
    keep(context, a_batch(lot=internal_lot(TODAY, 1).lower(), prepared=TODAY - timedelta(days=1)))

    assert making.make(context, RECIPE).posted.lot == internal_lot(TODAY, 2)
