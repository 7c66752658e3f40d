"""`correct` takes an entry back by a new one."""

LOT = "LDN260117001M"


def test_an_entry_is_taken_back_once(kept):
    wrong = kept("waste", LOT, "--capsules", "2", "--reason", "dropped").json
    said = kept("--user", "Ana", "correct", wrong["id"], "--reason", "wrong lot")

    assert (said.status, said.err) == (0, "")
    assert {key: said.json[key] for key in ("lot", "kind", "capsules", "on_hand", "by", "reason")} == {
        "lot": LOT, "kind": "voided", "capsules": 2, "on_hand": 120, "by": "Ana", "reason": "wrong lot",
    }  # fmt: skip
    again = kept("correct", wrong["id"], "--reason", "wrong lot")
    assert (again.status, again.out) == (1, "")
    assert again.err.startswith(f"Entry {wrong['id']} of batch {LOT} was taken back already. ")


def test_an_entry_that_is_not_there_is_refused(kept):
    said = kept("correct", "9999", "--reason", "wrong lot")

    assert (said.status, said.err) == (1, "There is no entry 9999. Look at the batch's movements for its number.\n")


def test_no_reason_is_wrong_usage(kept):
    assert kept("correct", "1").status == 2
