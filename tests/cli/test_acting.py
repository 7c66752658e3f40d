"""Commands that write: the entry they made, or one line why not and nothing changed."""

import pytest

from builders import dump
from ldninv.db import open_store
from ldninv.services.signing import UNSIGNED

ENTRY = {"id", "lot", "kind", "capsules", "on_hand", "at", "by", "reason"}
LOT = "LDN260117001M"
VERBS = {
    "dispense": (["dispense", LOT, "--capsules", "30", "--days", "30", "--reinspected"], -30, None),
    "waste": (["waste", "OLD-1", "--capsules", "2", "--reason", "dropped"], -2, "dropped"),
    "sample": (["sample", "OLD-1", "--capsules", "10", "--reason", "assay"], -10, "assay"),
    "reject": (["reject", LOT, "--reason", "wrong colour"], 0, "wrong colour"),
    "hold": (["hold", LOT, "--reason", "41 °C"], 0, "41 °C"),
    "dispose": (["dispose", "OLD-1", "--capsules", "35", "--reason", "expired", "--witness", "Ben"], -35, "expired"),
    "count": (["count", LOT, "--found", "70", "--reason", "recount"], -50, "recount"),
    "move": (["move", LOT, "--to", "shelf 3"], 0, None),
    "quarantine": (["quarantine", LOT, "--reason", "label smudged"], 0, "label smudged"),
}
KINDS = {
    "dispense": "dispensed", "waste": "wasted", "dispose": "destroyed", "count": "counted", "move": "moved",
    "quarantine": "quarantined", "sample": "sampled", "reject": "rejected", "hold": "held",
}  # fmt: skip


@pytest.fixture
def content(tmp_path):
    """Show every row of the database, as it is at that moment."""

    def show():
        store = open_store(str(tmp_path / "batches.db"))
        rows = dump(store)
        store.close()
        return rows

    return show


@pytest.mark.parametrize(("name", "command", "change", "reason"), [(name, *how) for name, how in VERBS.items()])
def test_a_verb_prints_the_entry_it_made(kept, name, command, change, reason):
    said = kept("--user", "Ana", *command)

    assert (said.status, said.err) == (0, f"{UNSIGNED}\n" if name == "dispose" else "")
    assert set(said.json) == ENTRY
    assert [said.json[key] for key in ("lot", "kind", "capsules", "by", "reason")] == [
        command[1], KINDS[name], change, "Ana", reason,
    ]  # fmt: skip
    shown = kept("show", command[1]).json
    assert shown["movements"][-1] == said.json
    assert shown["on_hand"] == said.json["on_hand"]


def test_in_words_a_verb_says_what_is_left(kept, run):
    assert run(*VERBS["dispense"][0]).out == f"{LOT}: dispensed, -30 capsules, 90 on hand.\n"
    assert run(*VERBS["move"][0]).out == f"{LOT}: moved, to Shelf 3, 90 on hand.\n"
    assert kept("batches", "--text", LOT).json[0]["on_hand"] == 90


def test_a_release_says_what_was_not_recorded_beside_its_entry(kept, run):
    run(*VERBS["quarantine"][0])

    said = kept("release", LOT, "--appearance", "ok", "--yield", "298", "--weights", "251, 249,250.5")
    assert (said.status, said.json["kind"]) == (0, "released")
    assert said.err == "Not recorded: label.\nRecorded as unsigned: there are no people in this database yet.\n"
    run(*VERBS["quarantine"][0])
    checked = ["--appearance", "ok", "--label", "ok", "--yield", "298", "--weights", "251,249,250.5"]
    assert run("release", LOT, *checked).err == "Recorded as unsigned: there are no people in this database yet.\n"
    assert kept("record", LOT).json["label"] == "ok"
    run(*VERBS["quarantine"][0])
    assert run("release", LOT).err.startswith("Not recorded: label, appearance, yield, capsule weights.\n")


def test_capsules_that_come_back_wait_for_their_disposal(kept, run):
    said = kept("return", LOT, "--capsules", "30", "--reason", "not picked up")

    assert (said.status, said.json["kind"], said.json["capsules"], said.json["on_hand"]) == (0, "returned", 30, 150)
    assert said.err == "The batch is in quarantine until they are disposed of.\n"
    shown = kept("show", LOT).json
    assert (shown["state"], shown["usable_capsules"]) == ("quarantined", 0)
    assert shown["reasons"] == ["in quarantine: 30 capsules came back; dispose of them"]
    gone = ["dispose", LOT, "--capsules", "30", "--reason", "damage", "--container", "bin 4", "--witness", "Ben"]
    assert run(*gone).out == f"{LOT}: destroyed, -30 capsules, 120 on hand.\n"
    assert kept("show", LOT).json["usable_capsules"] == 120


def test_a_hold_is_closed_by_keeping_shortening_or_discarding(kept):
    for lot in (LOT, "SOON-2", "OLD-1"):
        kept("hold", lot, "--reason", "41 °C")

    kept("decide", "SOON-2", "keep", "--reason", "an hour only")
    shortened = kept("decide", LOT, "shorten", "--date", "2026-12-31", "--reason", "warm")
    kept("decide", "OLD-1", "discard", "--reason", "too warm")

    assert (shortened.json["kind"], shortened.err) == (
        "decided",
        "Recorded as unsigned: there are no people in this database yet.\n",
    )
    shown = {lot: kept("show", lot).json for lot in (LOT, "SOON-2", "OLD-1")}
    assert [shown[lot]["state"] for lot in shown] == ["released", "released", "rejected"]
    assert (shown[LOT]["expires"], shown[LOT]["decided_by"]) == ("2026-12-31", "pharmacist")
    assert shown[LOT]["last_dispensing"]["30"] == "2026-12-02"


@pytest.mark.usefixtures("kept")
def test_a_dispensing_says_that_nobody_looked_again_unless_somebody_did(run):
    wanted = ["dispense", LOT, "--capsules", "30", "--days", "30"]

    assert run(*wanted).err == "Not recorded: that the capsules were looked at again before they left.\n"
    assert run(*wanted, "--reinspected").err == ""


def test_an_entry_is_taken_back_by_its_id(kept):
    wrong = kept(*VERBS["dispense"][0]).json
    said = kept("correct", wrong["id"], "--reason", "wrong lot")

    assert set(said.json) == ENTRY
    assert (said.json["kind"], said.json["capsules"], said.json["on_hand"]) == ("voided", 30, 120)
    assert kept("correct", wrong["id"], "--reason", "wrong lot").status == 1


REFUSED = {
    "an expired batch": ["dispense", "OLD-1", "--capsules", "30", "--days", "30"],
    "too long a supply": ["dispense", LOT, "--capsules", "60", "--days", "60"],
    "too many": ["waste", LOT, "--capsules", "121", "--reason", "x"],
    "none": ["waste", LOT, "--capsules", "0", "--reason", "x"],
    "no such lot": ["count", "NOPE", "--found", "3"],
    "a misread lot": ["count", "LDN260117001K", "--found", "3"],
    "no such place": ["move", LOT, "--to", "Atlantis"],
    "no reason": ["quarantine", LOT, "--reason", " "],
    "released already": ["release", LOT],
    "more back than left": ["return", LOT, "--capsules", "181"],
    "a prescription that is not kept": ["dispense", LOT, "--capsules", "1", "--days", "1", "--rx", "RX-104477"],
    "kept without a hold": ["decide", LOT, "keep", "--reason", "x"],
    "shortened to no date": ["decide", LOT, "shorten", "--reason", "x"],
    "shortened to a later date": ["decide", LOT, "shorten", "--date", "2027-01-18", "--reason", "x"],
    "a clock gone backwards": ["--today", "2026-11-21", "waste", LOT, "--capsules", "1", "--reason", "x"],
    "bytes that are no text": ["waste", LOT, "--capsules", "1", "--reason", "\udcff"],
}


@pytest.mark.parametrize("command", REFUSED.values(), ids=REFUSED)
def test_what_the_rules_refuse_is_one_line_and_changes_nothing(kept, content, command):
    before = content()
    said = kept(*command)

    assert (said.status, said.out) == (1, "")
    assert said.err.count("\n") == 1
    assert said.err.endswith(".\n")
    assert content() == before


WRONG = {
    "no capsules said": ["dispense", LOT, "--days", "30"],
    "no reason said": ["waste", LOT, "--capsules", "1"],
    "a decision that is none": ["decide", LOT, "lengthen", "--reason", "x"],
    "a date that is none": ["decide", LOT, "shorten", "--date", "31.12.", "--reason", "x"],
    "a reason that is none": ["dispose", LOT, "--capsules", "1", "--reason", "boredom"],
    "words for numbers": ["count", LOT, "--found", "many"],
    "a weight that is none": ["release", LOT, "--weights", "251,heavy"],
    "a weight of an elephant": ["release", LOT, "--weights", "25100"],
    "an unknown command": ["dispence", LOT],
    "an unknown option": ["show", LOT, "--loud"],
    "an unknown band": ["batches", "--band", "purple"],
    "a strength that is none": ["batches", "--strength", "50"],
    "a day that is none": ["--today", "2026-02-30", "batches"],
    "a week that is none": ["report", "weekly", "--week", "2026-W60"],
    "an order that is none": ["import", "batches", "x.csv", "--date-order", "ydm"],
    "a format that is none": ["--format", "xml", "batches"],
    "half a command": ["import"],
    "no argument": ["scan"],
}


@pytest.mark.parametrize("command", WRONG.values(), ids=WRONG)
@pytest.mark.usefixtures("kept")
def test_wrong_usage_is_told_with_status_2_and_changes_nothing(run, content, command):
    before = content()
    said = run(*command)

    assert said.status == 2
    assert "Usage: ldninv" in said.err + said.out
    assert content() == before


READERS = [
    ["batches"], ["show", LOT], ["scan", LOT], ["scan", "-"],
    ["suggest", "--strength", "3", "--capsules", "1", "--days", "1"], ["places", "list"],
    ["report", "weekly"], ["report", "dispensings", "--from", "2026-11-01"],
    ["check"], ["audit", "verify"], ["backup", "copy.db"], ["places", "add", "Bin"],
    *(how[0] for how in VERBS.values()),
]  # fmt: skip


@pytest.mark.parametrize("command", READERS, ids=" ".join)
def test_a_database_that_is_not_there_is_refused_by_every_command_that_does_not_make_one(run, tmp_path, command):
    said = run("--format", "json", *command)

    assert (said.status, said.out) == (1, "")
    assert said.err.startswith(f"There is no database {tmp_path / 'batches.db'}. Check the name;")
    assert list(tmp_path.iterdir()) == []


def test_a_decision_says_what_was_decided(kept, run):
    run("hold", LOT, "--reason", "stood warm")
    kept("decide", LOT, "shorten", "--date", "2027-01-02", "--reason", " 26 °C \n for a day ")
    shown = run("show", LOT).out

    assert "decided to keep it, usable until 2027-01-02 only (26 °C for a day)" in shown


@pytest.mark.parametrize("today", ["0001-01-01", "1969-12-31", "2200-01-01", "9999-12-31"])
def test_a_day_at_the_calendars_end_is_no_day_to_work_on(run, today, tmp_path):
    said = run("--today", today, "report", "weekly", "--out", str(tmp_path / "week.json"))

    assert said.status == 2
    assert f"“{today}” is no day to work on. Give one from 1970 to 2199." in " ".join(said.err.split())
