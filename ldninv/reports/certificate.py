"""The certificate of a disposal: what, how many, why, how, by whom, and who saw it (R13)."""

from __future__ import annotations

from collections.abc import Sequence

from ldninv.domain.batch import Kept
from ldninv.domain.entries import Disposal, DisposalReason, Posted
from ldninv.domain.quantities import capsules
from ldninv.reports.document import Document, Maker, Part, instant, said

TITLE = "Disposal certificate"
REASONS = {
    DisposalReason.EXPIRED: "past its last usable day",
    DisposalReason.FAILED_QC: "failed quality control",
    DisposalReason.STORAGE: "stored outside of its limits",
    DisposalReason.RECALL: "recalled",
    DisposalReason.DAMAGE: "damaged",
    DisposalReason.COUNT_LOSS: "lost, found missing in a count",
}
DECLARED = "The capsules named above were disposed of as stated. They cannot be dispensed or recovered."


def build(
    kept: Kept, posted: Posted, disposal: Disposal | None, signatures: Sequence[str], made: Maker, *, voided: bool
) -> Document:
    """Return the certificate of a disposal.

    Args:
        kept: The batch.
        posted: The entry that disposed of its capsules.
        disposal: How; None where an older version wrote the entry, whose note has it.
        signatures: Who signed it, in words.
        made: Who makes the paper.
        voided: Whether the entry was taken back since: then it certifies nothing.
    """
    batch, entry = kept.batch, posted.entry
    taken_back = (Part(title="Taken back", none="This entry was taken back in the books: the paper is not valid."),)
    return Document(
        title=TITLE,
        subject=f"Batch {batch.lot}",
        made=made,
        facts=said(("Certificate", f"number {posted.id}"), ("Disposed of", capsules(-entry.capsules))),
        parts=(
            *(taken_back if voided else ()),
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
            Part(title="Why and how", facts=said(*_how(posted, disposal))),
            *((Part(title="Signed", facts=said(*(("Signature", each) for each in signatures))),) if signatures else ()),
        ),
        closing=DECLARED,
        signatures=() if signatures else ("Performed by", "Witness"),
    )


def _how(posted: Posted, disposal: Disposal | None) -> list[tuple[str, object]]:
    entry = posted.entry
    reason = REASONS[DisposalReason(entry.reason)] if entry.reason in set(DisposalReason) else entry.reason
    known = disposal or Disposal()
    facts: list[tuple[str, object]] = [
        ("Reason", reason),
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
