"""A small pharmacy in which everything happened once: at least a row in every table, most columns filled."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal

from ldninv.domain.amounts import amount
from ldninv.domain.entries import Decision, DisposalReason
from ldninv.domain.expiry import DAYS_360, ONE_YEAR, USP_795, ComponentLot
from ldninv.domain.formulas import Formula, Ingredient
from ldninv.domain.goods import Delivery, Product
from ldninv.domain.making import Recipe
from ldninv.domain.people import Role
from ldninv.domain.places import Light, PlaceKind
from ldninv.domain.quality import Checks
from ldninv.domain.quantities import Strength
from ldninv.domain.record import Potency, Worksheet
from ldninv.domain.settings import Settings
from ldninv.domain.storage.daily import DailyReading
from ldninv.services import (
    codes,
    formulas,
    goods,
    importing,
    issuing,
    ledger,
    making,
    people,
    places,
    policies,
    preferences,
    recall,
    record,
    standing,
)
from ldninv.services.context import Context
from ldninv.services.sign_in import sign_in
from ldninv.services.storage import daily, deciding, loggers, looking
from ldninv.services.storage import places as storage_places
from ldninv.services.storage.deciding import Choice
from ldninv.services.storage.importing import Incoming, bring_in
from rooms import START, ZONE, a_room, brought
from staff import ANA, BEN, IDA, MARA, PINS, pen, staffed

BEFORE = datetime.fromtimestamp(START, UTC) - timedelta(days=20)
DRUG = Product(name="Naltrexone HCl", supplier="Sample Chemicals")
GTIN = "00347335326833"
STRENGTH = Strength(4500)
CHECKS = Checks(appearance="ok", label="ok", yielded=298, weights_mg=(Decimal("248.5"), Decimal(251)))
LIST = "lot,strength,prepared,expires,quantity,on hand,place\nOLD-1,4.5,2026-06-01,2027-06-01,100,60,Old shelf\n"


def at(context: Context, moment: datetime, who: str = ANA) -> Context:
    """Return somebody signed in at a moment."""
    here = replace(context, now=lambda: moment, today=moment.date)
    return sign_in(here, who, PINS[who])


def live(context: Context, *, issued: bool = True) -> None:
    """Let all of it happen in an empty database in a file; `issued` draws a report, which takes Qt."""
    before = replace(context, now=lambda: BEFORE, today=BEFORE.date)
    staffed(before, MARA)
    _shelves(before)
    lots = _made(context)
    _ledger(context, lots)
    _storage(context, lots)
    _chosen(context, lots)
    _recalled(context, lots)
    _people(context)
    if issued:
        issuing.issue(at(context, context.now(), MARA), sign_off=True, sign=pen())


def _shelves(before: Context) -> None:
    places.add_place(before, "Shelf A", PlaceKind.SHELF, Light.SHADED)
    places.add_place(before, "Shelf B")
    storage_places.change(before, replace(places.add_place(before, "Window sill"), lux_limit=20))
    wanted = Settings(pharmacy="Elm Street", rx_numbers=True, capsule_value_cents=40, buffer=1)
    preferences.change(before, wanted)
    goods.receive(
        before,
        Delivery(
            product=DRUG,
            lot="NX1",
            amount=amount("100", "g"),
            expires=date(2027, 9, 1),
            code=GTIN,
            serial="S1",
            note="in order",
        ),
    )
    codes.link(before, "white powder", product=DRUG)
    goods.count(before, DRUG, "NX1", amount("99", "g"), reason="spilt")
    goods.dispose(before, DRUG, "NX1", amount("1", "g"), reason="swept up")


def _made(context: Context) -> list[str]:
    formula = Formula(
        number="MF-4.5", name="Naltrexone 4.5 mg", strength=STRENGTH, capsule_size="3", filler="MCC",
        fill_mg=Decimal(130), ingredients=(Ingredient("Naltrexone HCl", "4.5 mg each"),), steps="Weigh.\nMix.",
    )  # fmt: skip
    kept = formulas.approve(at(context, BEFORE, MARA), formula, sign=pen()).formula
    sheet = Worksheet(
        planned=300, prepared_at=time(9, 30), formula=kept, fill_mg=Decimal(130), shell_mg=Decimal(48),
        drug_lot="NX1", potency=Potency(Decimal("99.1"), Decimal("0.4")), verified_by=BEN, note="by hand",
    )  # fmt: skip
    parts = (
        ComponentLot("Naltrexone HCl", "NX1", date(2027, 9, 1), "Sample Chemicals", "1.35 g"),
        ComponentLot("MCC", "MC26", date(2028, 6, 30), "Ash Chemicals", "37.65 g"),
    )
    shelf = next(each for each in places.places(context) if each.name == "Shelf A")
    recipe = Recipe(
        strength=STRENGTH, prepared=BEFORE.date(), made=300, policy=ONE_YEAR, place=shelf, capsule_size="3",
        made_by=ANA, components=parts, worksheet=sheet,
    )  # fmt: skip
    lots = [making.make(at(context, BEFORE), replace(recipe, made=made)).posted.lot for made in (300, 200, 100, 90)]
    for lot in lots[:3]:
        standing.release(at(context, BEFORE, MARA), lot, CHECKS, sign=pen())
    record.amend(at(context, BEFORE), lots[0], replace(sheet, note="by hand, twice"), reason="left out")
    return lots


def _ledger(context: Context, lots: list[str]) -> None:
    here = at(context, BEFORE + timedelta(days=1))
    ledger.dispense(here, lots[0], 30, days_supply=30, reminded=True, reinspected=True, rx="1234567")
    ledger.accept_return(here, lots[0], 10, reason="too many")
    wrong = ledger.waste(here, lots[1], 3, reason="dropped")
    ledger.void(here, wrong.posted.id, reason="under the tray")
    ledger.sample(here, lots[1], 5, reason="assay")
    ledger.count(here, lots[1], 194, reason="miscounted")
    ledger.move(here, lots[1], "Shelf B")
    standing.hold(here, lots[1], reason="stood open")
    standing.decide(
        at(context, BEFORE + timedelta(days=1), MARA), lots[1], Decision.SHORTEN, reason="a month less",
        expires=date(2027, 8, 1), sign=pen(),
    )  # fmt: skip
    ledger.dispose(
        here,
        lots[2],
        10,
        reason=DisposalReason.DAMAGE,
        method="contractor",
        container="bin",
        witness=BEN,
        sign=pen(ANA),
    )
    codes.link(here, "the blue tray", batch=lots[2])
    standing.reject(here, lots[3], reason="wrong shells")


def _storage(context: Context, lots: list[str]) -> None:
    loggers.add(at(context, BEFORE), "Room 1", ZONE, calibrated=date(2026, 5, 1))
    later = datetime.fromtimestamp(START, UTC) + timedelta(days=12)
    brought(at(context, later), a_room(t41=(5, 6), gap=(20, 30), lux=3.0))
    (breach,) = [each for each in looking.events(context) if each.happening.kind == "above-40"]
    chosen = {one.lot: Choice(Decision.KEEP) for one in breach.batches}
    deciding.decide(at(context, later, MARA), breach.happening.id, chosen, reason="kept in foil", sign=pen())
    daily.read(at(context, later), "Shelf B", lowest=19.0, highest=23.5, now=21.0, note="door open")
    days = [DailyReading(place="", day=date(2026, 11, 1 + day), lowest=20.0, highest=24.0 + day) for day in range(3)]
    bring_in(
        at(context, later), Incoming(file="days.csv", content=b"days", days=days), place="Shelf B", logger="Room 2",
        zone=ZONE,
    )  # fmt: skip


def _chosen(context: Context, lots: list[str]) -> None:
    here = at(context, context.now(), MARA)
    policies.approve(here, DAYS_360, sign=pen())
    policies.approve(here, USP_795, effective_from=context.today() + timedelta(days=9), reason="no study", sign=pen())
    policies.read_anew(here, "NX1", date(2027, 7, 1), reason="letter of the supplier", name="Naltrexone HCl")
    policies.decide(here, lots[2], Decision.KEEP, reason="in foil", sign=pen())
    preferences.change(here, replace(context.settings, buffer=2), "closer")


def _recalled(context: Context, lots: list[str]) -> None:
    here = at(context, context.now(), MARA)
    opened = recall.open_recall(here, component="MC26", reason="letter")
    recall.close(here, opened.recall.number, note="all were called", sign=pen())


def _people(context: Context) -> None:
    here = at(context, context.now(), IDA)
    people.set_badge(here, BEN, "BADGE-77")
    people.rename(here, BEN, "Ben Berg")
    people.set_role(here, "Ben Berg", Role.PHARMACIST)
    people.reset_pin(here, ANA, "918273")
    people.retire(here, ANA, "moved away")


def listed(context: Context, path: object) -> None:
    """Let a batch list come in."""
    importing.import_lists(at(context, context.now(), MARA), [importing.preview(context, path)])  # type: ignore[arg-type]
