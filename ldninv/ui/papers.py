"""The papers that a batch has."""

from __future__ import annotations

from ldninv.services import record
from ldninv.services.context import Context
from ldninv.ui.paper_panel import Printable


def batch_record(context: Context, lot: str) -> Printable:
    """Return the record of a batch, as it is when it is made."""
    return Printable(
        title=f"Batch record {lot}",
        file=f"batch-record-{record.file_name(lot)}.pdf",
        paper=lambda: record.paper(record.record(context, lot)),
        save=lambda path: record.save(context, record.record(context, lot), path),
        printed=lambda: record.remember(context, record.record(context, lot)),
    )
