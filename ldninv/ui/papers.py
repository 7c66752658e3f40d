"""The papers that a batch, a disposal, a recall and an issued report have."""

from __future__ import annotations

from collections.abc import Sequence

from ldninv.domain.entries import Posted
from ldninv.domain.issued import Issued
from ldninv.services import certificate, documents, dossier, issuing, recall, record
from ldninv.services.context import Context
from ldninv.services.recalled import Opened
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


def of_batch(context: Context, lot: str) -> Printable:
    """Return a batch's dossier: all that is known of it."""
    return Printable(
        title=f"Dossier {lot}",
        file=f"dossier-{record.file_name(lot)}.pdf",
        paper=lambda: dossier.paper(context, lot),
        save=lambda path: dossier.save(context, lot, path),
        printed=lambda: documents.printed(context, "Dossier", action=dossier.ACTION, subject=lot),
    )


def of_disposal(context: Context, posted: Posted) -> Printable:
    """Return the certificate of a disposal."""
    lot = posted.lot
    return Printable(
        title=f"Certificate of disposal {lot}",
        file=f"disposal-{record.file_name(lot)}-{posted.id}.pdf",
        paper=lambda: certificate.paper(context, [posted.id]),
        save=lambda path: certificate.save(context, [posted.id], path),
        printed=lambda: documents.printed(context, "Certificate", action=certificate.ACTION, subject=lot),
    )


def of_disposals(context: Context, lots: Sequence[str]) -> Printable:
    """Return one certificate for all that was disposed of these batches.

    Raises:
        Refused: nothing was.
    """
    entries = certificate.of_batches(context, lots)
    one = len(lots) == 1
    about = lots[0] if one else f"{len(entries)} disposals"
    return Printable(
        title=f"Certificate of disposal {lots[0]}" if one else f"Certificate of {about}",
        file=f"disposals-{record.file_name(lots[0]) if one else context.today()}.pdf",
        paper=lambda: certificate.paper(context, entries),
        save=lambda path: certificate.save(context, entries, path),
        printed=lambda: documents.printed(context, "Certificate", action=certificate.ACTION, subject=about),
    )


def call_list(context: Context, opened: Opened, *, whole: bool) -> Printable:
    """Return a recall's call list, with `whole` prescription numbers where they are kept (R29)."""
    number, subject = opened.recall.number, opened.recall.subject
    return Printable(
        title=f"Call list of recall {number}, {opened.recall.what}",
        file=f"recall-{number}.pdf",
        paper=lambda: recall.paper(context, number, whole=whole),
        save=lambda path: recall.save(context, number, path, whole=whole),
        printed=lambda: documents.printed(context, "Call list", action=recall.LISTED, subject=subject),
    )


def issued(context: Context, report: Issued) -> Printable:
    """Return an issued report, as it was issued."""
    title = f"Report {report.number}, week {report.week}"
    return Printable(
        title=title,
        file=f"ldn-expiry-{report.week}-report-{report.number}.pdf",
        paper=lambda: issuing.paper(context, report),
        save=lambda path: issuing.save(context, report.number, path, replacing=True),
        printed=lambda: documents.printed(context, title, action=issuing.COPIED, subject=report.subject),
    )
