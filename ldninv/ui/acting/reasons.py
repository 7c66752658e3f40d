"""What people choose from in the forms: reasons, methods, decisions. No Qt."""

from __future__ import annotations

from ldninv.domain.entries import Decision, DisposalReason

EXPIRED = "expired"
"""Why expired capsules are written off."""
WASTE = ("dropped", "broken", "spilled", "soiled", "label damaged")
QUARANTINE = ("label doubtful", "looks odd", "storage doubtful", "returned stock", "complaint")
HOLD = ("storage doubtful", "assay doubtful", "label doubtful", "complaint")
REJECT = ("weights out of limits", "looks odd", "wrong component", "contaminated")
SHORTEN = ("storage", "component expires earlier", "assay low", "policy changed")
DECIDE = ("looked into: no harm", "storage", "assay low", "not clear what happened")
RETURN = ("not taken", "supply changed", "complaint", "recall")
SAMPLE = ("assay", "stability", "retained sample")
PASSING = ("asked for this lot", "other batch out of reach", "label damaged")
COUNT = ("miscounted before", "count loss", "found elsewhere")
AS_EXPECTED = "as expected"
LABEL_MATCHES = "matches the record"
UNDONE = "taken back at once"
"""The reason of an entry that *undo* makes."""
TAKE_BACK = ("wrong number", "wrong batch", "not handed out")
TAKE_BACK_SIGNED = ("the computer's clock was wrong", "wrong batch")
TAKEN_BACK = "taken back"
METHODS = ("incineration", "waste contractor", "rendered unusable")
AMEND = ("typed wrong", "left out", "certificate read again")
CONTAINERS = ("pharmaceutical waste bin", "sealed bag", "contractor's drum")
DECISIONS = {
    Decision.KEEP: "Keep as it is",
    Decision.SHORTEN: "Shorten to a date",
    Decision.DISCARD: "Discard",
}

DISPOSAL = {
    DisposalReason.EXPIRED: "Expired",
    DisposalReason.FAILED_QC: "Failed quality check",
    DisposalReason.STORAGE: "Storage",
    DisposalReason.RECALL: "Recall",
    DisposalReason.DAMAGE: "Damage",
    DisposalReason.COUNT_LOSS: "Count loss",
}
