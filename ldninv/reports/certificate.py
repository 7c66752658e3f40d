"""The certificate of a disposal: what, how many, why, how, by whom, and who saw it (R13)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ldninv.domain.batch import Kept
from ldninv.domain.entries import Disposal, DisposalReason, Posted
from ldninv.domain.quantities import capsules
from ldninv.domain.signs import TAKEN_BACK
from ldninv.reports.document import Column, Document, Maker, Part, instant, joined, said

TITLE = "Disposal certificate"
REASONS = {
    DisposalReason.EXPIRED: "past its last usable day",
    DisposalReason.FAILED_QC: "failed quality control",
    DisposalReason.STORAGE: "stored outside of its limits",
    DisposalReason.RECALL: "recalled",
    DisposalReason.DAMAGE: "damaged",
    DisposalReason.COUNT_LOSS: "lost, found missing in a count",
}
NOT_VALID = (
    "This disposal was taken back in the books: the paper is not valid, and the capsules count as on hand again."
)
DECLARED = "The capsules named above were disposed of as stated. They cannot be dispensed or recovered."


COLUMNS = (
    Column("Number", 0.8, number=True),
    Column("Disposed of", 1.3),
    Column("Lot", 1.75, bold=True),
    Column("Strength", 1.0),
    Column("Capsules", 0.9, number=True),
    Column("Last day", 1.6),
    Column("Why and how", 2.6),
    Column("By", 1.45),
    Column("Witness", 1.45),
)
SIGNED = (Column("Lots", 1.8, bold=True), Column("Signature", 5))


@dataclass(frozen=True, slots=True)
class Disposed:
    """One disposal with what is kept beside it."""

    kept: Kept
    posted: Posted
    disposal: Disposal | None
    """How; None where an older version wrote the entry, whose note has it."""
    signatures: tuple[str, ...]
    """Who signed it, in words."""
    taken_back: Posted | None
    """The entry that took it back since: then it certifies nothing."""


def build_several(found: Sequence[Disposed], made: Maker) -> Document:
    """Return one certificate for several disposals, which one file and one pair of signatures is enough for."""
    standing = [each for each in found if each.taken_back is None]
    total = sum(-each.posted.entry.capsules for each in standing)
    values = [each.disposal.value_cents for each in standing if each.disposal and each.disposal.value_cents is not None]
    by_hand = not all(each.signatures for each in standing)
    lots = f"{len(found)} disposals"
    return Document(
        title=TITLE,
        subject=lots,
        made=made,
        facts=said(
            ("Disposals", str(len(standing))),
            ("Disposed of", capsules(total)),
            ("Value", money(sum(values)) if values else "not set"),
        ),
        parts=(
            Part(title="What was disposed of", columns=COLUMNS, rows=tuple(map(_row, found))),
            *_signed(found),
        ),
        closing=_declared(len(standing), len(found)),
        signatures=("Performed by", "Witness") if by_hand and standing else (),
    )


def _signed(found: Sequence[Disposed]) -> tuple[Part, ...]:
    """Return who signed what; what one signed at a time stands together."""
    lots: dict[str, list[str]] = {}
    for each in found:
        for text in each.signatures:
            lots.setdefault(text, []).append(each.kept.batch.lot)
    rows = tuple((", ".join(dict.fromkeys(signed)), text) for text, signed in lots.items())
    return (Part(title="Signed", columns=SIGNED, rows=rows),) if rows else ()


def _row(each: Disposed) -> tuple[str, ...]:
    batch, entry, known = each.kept.batch, each.posted.entry, each.disposal or Disposal()
    why = "TAKEN BACK SINCE, not valid" if each.taken_back else _reason(entry.reason)
    return (
        str(each.posted.id),
        each.posted.at[:10],
        batch.lot,
        f"{batch.strength} mg",
        str(-entry.capsules),
        batch.expiry.on.isoformat(),
        joined((why, known.method, known.container, entry.note if each.disposal is None else None)),
        each.posted.by,
        known.witness or "not recorded",
    )


def _reason(reason: str | None) -> str | None:
    return REASONS[DisposalReason(reason)] if reason in set(DisposalReason) else reason


def build(one: Disposed, made: Maker) -> Document:
    """Return the certificate of a disposal."""
    kept, posted, signatures = one.kept, one.posted, one.signatures
    batch, entry = kept.batch, posted.entry
    back = one.taken_back
    taken_back = () if back is None else (Part(title="Taken back", facts=said(*_back(back)), note=NOT_VALID),)
    return Document(
        title=TITLE,
        subject=f"Batch {batch.lot}",
        sign=None if back is None else TAKEN_BACK,
        made=made,
        facts=said(("Certificate", f"number {posted.id}"), ("Disposed of", capsules(-entry.capsules))),
        parts=(
            *taken_back,
            Part(
                title="What was disposed of",
                facts=said(
                    ("Preparation", f"Naltrexone HCl {batch.strength} mg {batch.form}s"),
                    ("Lot", batch.lot),
                    ("Quantity", capsules(-entry.capsules)),
                    ("Prepared", batch.prepared),
                    ("Last usable day", batch.expiry.on),
                    ("Left on hand after it", capsules(posted.on_hand)),
                ),
            ),
            Part(title="Why and how", facts=said(*_how(posted, one.disposal))),
            *((Part(title="Signed", facts=said(*(("Signature", each) for each in signatures))),) if signatures else ()),
        ),
        closing=DECLARED if back is None else "",
        signatures=() if signatures or back else ("Performed by", "Witness"),
    )


def _back(back: Posted) -> list[tuple[str, object]]:
    return [("On", instant(back.at)), ("By", back.by), ("Why", back.entry.reason), ("Entry", back.id)]


def _declared(standing: int, found: int) -> str:
    """Return what the paper declares of those disposals that stand; nothing where none does."""
    if standing == found:
        return DECLARED
    return f"{DECLARED} This does not hold for what was taken back since." if standing else ""


def _how(posted: Posted, disposal: Disposal | None) -> list[tuple[str, object]]:
    entry = posted.entry
    known = disposal or Disposal()
    facts: list[tuple[str, object]] = [
        ("Reason", _reason(entry.reason)),
        ("Performed by", posted.by),
        ("At", instant(posted.at)),
        ("Method", known.method),
        ("Container", known.container),
        ("Witness", known.witness),
        ("Value", "not set" if known.value_cents is None else money(known.value_cents)),
    ]
    return facts if disposal is not None or not entry.note else [*facts, ("Note", entry.note)]


def money(cents: int) -> str:
    """Return an amount of money, without its currency.

    >>> money(123456)
    '1234.56'
    """
    return f"{cents // 100}.{cents % 100:02d}"
