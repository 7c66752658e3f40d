"""The last day of the demo: one of everything that a pharmacy answers for, done by the verbs themselves.

New batches with their worksheets, one of them released and one rejected, a hold that waits and one that was decided on,
a disposal with its witness, a count, a sample, a write-off that was taken back, a component lot that is dated earlier,
and a recall to which capsules came back.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from decimal import Decimal
from itertools import islice

from ldninv.domain.batch import Kept
from ldninv.domain.coverage import Band
from ldninv.domain.entries import Decision, DisposalReason
from ldninv.domain.expiry import ONE_YEAR, ComponentLot, DecidedBy
from ldninv.domain.formulas import Formula, Ingredient
from ldninv.domain.making import Recipe
from ldninv.domain.places import Place
from ldninv.domain.quality import Checks
from ldninv.domain.quantities import Strength
from ldninv.domain.question import Question
from ldninv.domain.record import Potency, Worksheet, calculation
from ldninv.domain.standing import State
from ldninv.domain.weights import plain
from ldninv.services import batches, binning, formulas, ledger, making, policies, recall, standing
from ldninv.services.context import Context
from ldninv.services.sign_in import sign_in
from ldninv.services.signing import Pen

MADE = ("4.5", "3", "1.5")
"""The strengths that are made on that day: one is released, one waits, one is rejected."""
CAPSULES = 300
FILL_MG, SHELL_MG = Decimal(130), Decimal(48)
POTENCY = Potency(Decimal("99.2"))
_WEIGHTS = ("178.2", "177.4", "179.1", "178.6", "177.9", "178.8", "178.0", "179.4", "177.2", "178.5")
_STEPS = """Weigh drug and filler; a second person looks at the balance.
Sieve both, and mix by geometric dilution.
Fill capsules of size 3, and dust them off.
Weigh ten of them, and write the weights down.
Put them into amber bottles, and label these."""
_MINUTES = 50
"""Moments into which what is left of the day is cut."""


@dataclass(frozen=True, slots=True)
class Crew:
    """Who does it: a technician, who looks over their weighings, a pharmacist; and their PINs, if any."""

    technician: str
    second: str
    pharmacist: str
    pins: Mapping[str, str]

    def pen(self, name: str) -> Pen | None:
        """Return how somebody signs."""
        return Pen(name, self.pins[name]) if self.pins else None


def opens(context: Context) -> datetime:
    """Return the moment of today from which on the scenes of this module lie, none after the clock."""
    end = _end(context)
    so_far = end - datetime.combine(end.date(), time(), end.tzinfo)
    return end - min(timedelta(hours=1), so_far / 2)


def live(context: Context, crew: Crew, components: tuple[ComponentLot, ...], *, recalled: str | None) -> None:
    """Let that day happen in a database that a year of batches was put into before."""
    day = _Day(context, crew, _moments(opens(context), _end(context)))
    _made_here(day, components)
    _held(day)
    _dated_anew(day)
    _away(day)
    if recalled is not None:
        _recalled(day, recalled)
    context.seat.lock()


@dataclass(frozen=True, slots=True)
class _Day:
    """Who acts when, moment by moment."""

    context: Context
    crew: Crew
    moments: Iterator[datetime]

    def by(self, name: str) -> Context:
        """Return the context of somebody at the next moment."""
        moment = next(self.moments)
        here = replace(self.context, account=name, now=lambda: moment)
        session = here.seat.session
        if self.crew.pins and (session is None or session.name != name):
            sign_in(here, name, self.crew.pins[name])
        return here

    def some(self, question: Question, most: int) -> list[Kept]:
        """Return a few batches that answer a question."""
        return [kept for kept, _ in batches.find(self.context, replace(question, limit=most))]


def worksheet(drug: ComponentLot, planned: int, formula: Formula | None, verified_by: str) -> Worksheet:
    """Return what was written down of a batch of that size."""
    return Worksheet(
        planned=planned,
        prepared_at=time(9, 30),
        formula=formula,
        fill_mg=FILL_MG,
        shell_mg=SHELL_MG,
        drug_lot=drug.lot,
        potency=POTENCY,
        verified_by=verified_by,
    )


def checks(yielded: int) -> Checks:
    """Return what was seen before a release, with all of it as it should be."""
    return Checks(appearance="ok", label="ok", yielded=yielded, weights_mg=tuple(map(Decimal, _WEIGHTS)))


def _made_here(day: _Day, components: tuple[ComponentLot, ...]) -> None:
    crew = day.crew
    lots = [_made(day, Strength.parse(strength), components) for strength in MADE]
    released, rejected = lots[0], lots[-1]
    standing.release(
        day.by(crew.pharmacist), released, checks(CAPSULES - 2), sign=crew.pen(crew.pharmacist), with_label=True
    )
    ledger.move(day.by(crew.technician), released, "Cabinet A")
    standing.reject(day.by(crew.pharmacist), rejected, reason="weights out of limits")


def _made(day: _Day, strength: Strength, components: tuple[ComponentLot, ...]) -> str:
    crew, (drug, filler, *others) = day.crew, components
    weighed = calculation(strength, CAPSULES, POTENCY, FILL_MG)
    formula = formulas.approve(
        day.by(crew.pharmacist),
        Formula(
            number=f"MF-LDN-{strength}",
            name=f"Naltrexone HCl {strength} mg capsules",
            strength=strength,
            capsule_size="3",
            fill_mg=FILL_MG,
            ingredients=(Ingredient("Naltrexone HCl", f"{strength} mg each"), Ingredient("MCC", "to 130 mg each")),
            steps=_STEPS,
        ),
        sign=crew.pen(crew.pharmacist),
    ).formula
    recipe = Recipe(
        strength=strength,
        prepared=day.context.today(),
        made=CAPSULES,
        policy=ONE_YEAR,
        place=Place("Quarantine shelf"),
        capsule_size="3",
        made_by=crew.technician,
        components=(
            replace(drug, amount=f"{plain(weighed.drug_mg or Decimal(0))} mg"),
            replace(filler, amount=f"{plain(weighed.filler_mg or Decimal(0))} mg"),
            *(replace(each, amount=f"{CAPSULES}") for each in others),
        ),
        worksheet=worksheet(drug, CAPSULES, formula, crew.second),
    )
    return making.make(day.by(crew.technician), recipe).posted.lot


def _held(day: _Day) -> None:
    """Put two on hold, and decide on one of them."""
    crew = day.crew
    good = Question(states=frozenset({State.RELEASED}), bands=frozenset({Band.GOOD}), in_stock=True)
    found = [kept for kept in day.some(good, 4) if kept.batch.prepared < day.context.today()]
    for kept, why in zip(
        found, ("stood on the window sill over lunch", "the lid of its bottle was loose"), strict=False
    ):
        standing.hold(day.by(crew.technician), kept.batch.lot, reason=why)
    for kept in found[1:2]:
        standing.decide(
            day.by(crew.pharmacist),
            kept.batch.lot,
            Decision.SHORTEN,
            expires=kept.batch.expiry.on - timedelta(days=30),
            reason="opened for some days: a month less",
            sign=crew.pen(crew.pharmacist),
        )
    for kept in found[2:3]:
        ledger.sample(day.by(crew.technician), kept.batch.lot, 10, reason="assay")
        wrong = ledger.waste(day.by(crew.technician), kept.batch.lot, 3, reason="dropped")
        ledger.void(day.by(crew.technician), wrong.posted.id, reason="they lay under the tray")
    for kept in found[3:4]:
        ledger.count(day.by(crew.technician), kept.batch.lot, kept.stock.on_hand - 1, reason="miscounted before")


def _dated_anew(day: _Day) -> None:
    """Let a supplier date a lot earlier: batches made with it wait for a decision on theirs."""
    question = Question(states=frozenset({State.RELEASED}), in_stock=True)
    found = (kept.batch for kept in day.some(question, 100) if kept.batch.expiry.decided_by is DecidedBy.COMPONENT)
    for dated in islice(found, 1):
        batch = batches.card(day.context, dated.lot).kept.batch
        part = next(each for each in batch.components if each.expires == batch.expiry.on)
        earlier = batch.expiry.on - timedelta(days=14)
        policies.read_anew(day.by(day.crew.pharmacist), part.lot, earlier, reason="letter of the supplier")


def _away(day: _Day) -> None:
    """Dispose of an expired batch, with a witness."""
    crew = day.crew
    for kept in day.some(Question(states=frozenset({State.EXPIRED}), in_stock=True), 1):
        binning.take_to_bin(day.by(crew.technician), kept.batch.lot, "Expired bin")
        ledger.dispose(
            day.by(crew.technician),
            kept.batch.lot,
            kept.stock.on_hand,
            reason=DisposalReason.EXPIRED,
            method="waste contractor",
            container="pharmaceutical waste bin",
            witness=crew.pharmacist,
            sign=crew.pen(crew.technician),
        )


def _recalled(day: _Day, lot: str) -> None:
    """Recall a batch; half of one supply has come back since."""
    crew = day.crew
    opened = recall.open_recall(
        day.by(crew.pharmacist), lot=lot, reason="complaint: a capsule of another colour in the bottle"
    )
    back = -opened.dispensings[0].entry.capsules // 2
    ledger.accept_return(day.by(crew.technician), lot, back, reason="recall")


def _end(context: Context) -> datetime:
    """Return the moment that the demo has come to: the clock's, or the evening where its day is another one."""
    now = context.now()
    if now.date() == context.today():
        return now
    return datetime.combine(context.today(), time(18)).astimezone()


def _moments(start: datetime, end: datetime) -> Iterator[datetime]:
    step = (end - start) / _MINUTES
    for number in range(1, _MINUTES + 1):
        yield (start + number * step).replace(microsecond=0)
    while True:
        yield end
