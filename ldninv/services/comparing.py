"""Rows of a list held against the batches that are kept: new, known, known with a notice, or a contradiction."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from ldninv.db import Transaction
from ldninv.domain import batch_list
from ldninv.domain.batch import Batch, Kept, Stock
from ldninv.domain.batch_list import ListedBatch, Remark
from ldninv.domain.expiry import DecidedBy, Expiry, Policy, expiry, notice_on_printed, unmet_conditions
from ldninv.domain.lots import lot_key
from ldninv.domain.progress import Progress

AT_ONCE = 1000
"""Rows between two reports of progress."""


@dataclass
class Compared:
    """The lots of earlier files and of the database, against which the next rows are held."""

    new: list[ListedBatch] = field(default_factory=list)
    again: dict[str, Batch] = field(default_factory=dict)
    """Those of `new` that were taken back here and come in again, by the key of their lot."""
    known: int = 0
    problems: list[Remark] = field(default_factory=list)
    notices: list[Remark] = field(default_factory=list)


def compare(
    work: Transaction,
    rows: Sequence[ListedBatch],
    earlier: Mapping[str, ListedBatch],
    today: date,
    progress: Progress,
) -> Compared:
    """Hold rows against the database and the files before: new, known, known with a notice, or a contradiction."""
    compared = Compared()
    policy = work.settings(today).policy
    kept = work.batches.lots_like(row.lot for row in rows)
    for number, row in enumerate(rows):
        if number % AT_ONCE == 0:
            progress(0, 0)
        key = lot_key(row.lot)
        if key in kept and kept[key].stock.taken_back is None:
            _hold_against(row, kept[key], compared)
        elif key in kept and key not in earlier:
            _come_again(row, kept[key], compared, today)
        elif key in earlier:
            _hold_against(row, _as_kept(earlier[key], policy), compared)
        else:
            compared.new.append(row)
            texts = [*batch_list.notices_of(row, today), *_doubts(row, policy)]
            compared.notices += [Remark(row.line, text) for text in texts]
    unknown = [row for row in compared.new if row.filler is None or row.container is None]
    if unknown:
        lacks = f"{len(unknown)} of {len(compared.new)} new batches come without a known filler or container"
        compared.notices.append(Remark(unknown[0].line, f"{lacks}: {policy.name} holds for {_conditions(policy)}"))
    return compared


def _conditions(policy: Policy) -> str:
    held = [policy.filler or "", "a light-resistant container" if policy.light_resistant else ""]
    return " in ".join(text for text in held if text) or "any filler and container"


def _doubts(row: ListedBatch, policy: Policy) -> list[str]:
    """Return what a pharmacist should know of a row's date; what is not known at all is said once for the file."""
    late = None if row.expires is None else notice_on_printed(row.expires, row.prepared, policy)
    unmet = [text for text in unmet_conditions(policy, row.filler, row.container) if "not known" not in text]
    return [text for text in (late, *unmet) if text]


def _hold_against(row: ListedBatch, kept: Kept, compared: Compared) -> None:
    batch = kept.batch
    text = _contradiction(row, batch)
    if text is not None:
        compared.problems.append(Remark(row.line, text))
        return
    compared.known += 1
    if kept.stock.on_hand != row.on_hand:
        text = f"lot {batch.lot} is kept already with {kept.stock.on_hand} on hand, and the list says {row.on_hand}"
        compared.notices.append(Remark(row.line, f"{text}; nothing was changed. Count it if the list is right."))


def _come_again(row: ListedBatch, kept: Kept, compared: Compared, today: date) -> None:
    """Take a batch that was taken back as new where its own day was right, and only that of its entry was wrong."""
    batch, why = kept.batch, kept.stock.taken_back
    text = _contradiction(row, batch)
    if text is None and batch.made != row.made:
        text = f"lot {batch.lot} is kept already with {batch.made} made, and the list says {row.made}"
    if text is None and batch.prepared > today:
        text = f"lot {batch.lot} was taken back ({why}): it was never made on {batch.prepared}"
    if text is not None:
        compared.problems.append(Remark(row.line, f"{text}. Give the batch another lot."))
        return
    compared.new.append(row)
    compared.again[lot_key(row.lot)] = batch
    compared.notices.append(Remark(row.line, f"lot {batch.lot} was taken back here ({why}), and comes in again"))


def _contradiction(row: ListedBatch, batch: Batch) -> str | None:
    """Return in words what a row says otherwise than the batch of its lot; None where they agree."""
    contradictions = [
        f"{what} {there}, and the list says {here}"
        for what, there, here in (
            ("strength", f"{batch.strength} mg", f"{row.strength} mg"),
            ("prepared on", str(batch.prepared), str(row.prepared)),
            ("expiring on", str(batch.expiry.on), str(row.expires or batch.expiry.on)),
        )
        if there != here
    ]
    return f"lot {batch.lot} is kept already with {'; '.join(contradictions)}" if contradictions else None


def as_batch(key: int, row: ListedBatch, policy: Policy, file: str) -> Batch:
    """Return the batch that a row says, with its own date or else the policy's."""
    date_of = (
        Expiry(row.expires, DecidedBy.PRINTED, f"printed in {file}")
        if row.expires is not None
        else expiry(row.prepared, policy)
    )
    return Batch(
        id=key,
        lot=row.lot,
        strength=row.strength,
        prepared=row.prepared,
        expiry=date_of,
        made=row.made,
        filler=row.filler,
        container=row.container,
        made_by=row.made_by,
        verified_by=row.verified_by,
        policy=policy if row.expires is None else None,
    )


def _as_kept(row: ListedBatch, policy: Policy) -> Kept:
    """Return a row of an earlier file as it will be kept."""
    return Kept(as_batch(0, row, policy, ""), Stock(on_hand=row.on_hand, place=row.place))
