"""Papers for the file: certificate and dossier say what the records say, and the trail knows that they were made."""

import re
from datetime import timedelta

import pypdfium2
import pytest

from builders import TODAY, a_batch, keep
from ldninv.domain.entries import DisposalReason
from ldninv.domain.expiry import ComponentLot
from ldninv.domain.refusal import Refused
from ldninv.domain.settings import Settings
from ldninv.reports.certificate import DECLARED
from ldninv.services import certificate, dossier, labels, ledger, recall, record, trail
from staff import ANA, BEN, MARA, pen, staffed

pytestmark = pytest.mark.needs_qt
GOOD = TODAY + timedelta(days=200)


@pytest.fixture
def pharmacy(context):
    with context.store.transaction() as work:
        work.preferences.write(Settings(pharmacy="Elm Street Pharmacy", capsule_value_cents=85))
    keep(context, a_batch(lot="A1", beyond_use=GOOD, components=(ComponentLot("MCC", "MC26"),)))
    return context


def disposed(context, **how):
    return ledger.dispose(context, "A1", 100, reason=DisposalReason.DAMAGE, **how).posted.id


def whole(document):
    return str(document)


def read(file):
    document = pypdfium2.PdfDocument(file.read_bytes())
    try:
        return "\n".join(page.get_textpage().get_text_range() for page in document)
    finally:
        document.close()


def test_a_certificate_says_what_how_many_why_how_by_whom_and_who_saw_it(pharmacy, tmp_path):
    entry = disposed(pharmacy, method="incinerated", container="bin 12", witness="Ben Hart")

    said = read(certificate.save(pharmacy, [entry], tmp_path / "c.pdf").file)

    for text in (
        "A1",
        "100 capsules",
        "damaged",
        "incinerated",
        "bin 12",
        "Ben Hart",
        "Ana",
        "85.00",
        f"number {entry}",
    ):
        assert text in said
    assert "Elm Street Pharmacy" in said
    assert trail.rows(pharmacy, trail.numbers(pharmacy))[0].event.action == "certificate"


def test_a_signed_disposal_shows_its_signature_instead_of_a_line_to_sign(context, tmp_path):
    context = staffed(context)
    keep(context, a_batch(lot="A1", beyond_use=GOOD))
    entry = disposed(context, witness=BEN, sign=pen(MARA))

    made = certificate.document(context, [entry])

    assert made.signatures == ()
    assert "cannot be dispensed or recovered" in read(certificate.save(context, [entry], tmp_path / "c.pdf").file)
    assert "Mara Lind signed the disposal on 2026-11-22 at 09:30; record unchanged since" in whole(made)


def test_a_disposal_that_was_taken_back_certifies_nothing(pharmacy):
    entry = disposed(pharmacy)
    back = ledger.void(pharmacy, entry, reason="wrong batch").posted
    made = certificate.document(pharmacy, [entry])

    assert "the paper is not valid" in made.parts[0].note
    assert (made.sign and made.sign.word) == "Taken back"
    assert made.parts[0].facts == (
        ("On", made.parts[0].facts[0][1]), ("By", "Ana"), ("Why", "wrong batch"), ("Entry", str(back.id)),
    )  # fmt: skip
    assert (made.closing, made.signatures) == ("", ())
    assert certificate.document(pharmacy, [entry, entry]).closing == ""


def test_a_signed_disposal_is_taken_back_by_a_pharmacist_alone_and_every_paper_says_so(pharmacy):
    staffed(pharmacy)
    entry = disposed(pharmacy, witness=BEN, sign=pen(ANA))
    with pytest.raises(Refused, match="takes a signature: the taking back of an entry of batch A1"):
        ledger.void(pharmacy, entry, reason="wrong batch")
    with pytest.raises(Refused, match="Ana Ruiz is a technician, and cannot sign the taking back of an entry of batch"):
        ledger.void(pharmacy, entry, reason="wrong batch", sign=pen(ANA))
    ledger.void(pharmacy, entry, reason="wrong batch", sign=pen(MARA))

    says = "not changed until then; TAKEN BACK on 2026-11-22 at 09:30 by Ana Ruiz"
    assert any(says in each for each in record.record(pharmacy, "A1").signatures)
    for made in (certificate.document(pharmacy, [entry]), dossier.document(pharmacy, "A1")):
        assert says in whole(made)
        assert not re.search(r"Ana Ruiz signed the disposal [^;]+; record", whole(made))
        assert DECLARED not in whole(made)


def test_only_a_disposal_has_a_certificate(pharmacy):
    wasted = ledger.waste(pharmacy, "A1", 1, reason="dropped").posted.id

    with pytest.raises(Refused, match=f"Entry {wasted} of batch A1 is no disposal"):
        certificate.document(pharmacy, [wasted])
    with pytest.raises(Refused, match="There is no entry 99"):
        certificate.document(pharmacy, [99])


def test_a_dossier_holds_the_record_the_places_the_movements_the_recall_and_the_events(pharmacy, tmp_path):
    ledger.dispense(pharmacy, "A1", 30, days_supply=30)
    disposed(pharmacy, method="incinerated")
    recall.open_recall(pharmacy, component="MC26", reason="metal found")

    made = dossier.document(pharmacy, "a1")
    said = read(dossier.save(pharmacy, "a1", tmp_path / "d.pdf").file)

    titles = [part.title for part in made.parts]
    for title in ("Components", "Release", "Label", "Places", "Storage", "Movements", "Disposals", "Recalls"):
        assert title in titles
        assert title in said
    for text in ("MC26", "Shelf A", "dispensed", "incinerated", "metal found", "Recalled", "No label is recorded."):
        assert text in said
    with pharmacy.store.reading() as work:
        events = list(work.trail.all())
    assert [row[0] for row in made.parts[-1].rows] == [str(event.number) for event in events[:-1]]
    assert (events[-1].action, events[-1].subject) == ("dossier", "A1")


def test_a_dossier_tells_of_each_label_and_of_every_signature_whether_it_still_holds(context, tmp_path):
    context = staffed(context)
    keep(context, a_batch(lot="A1", beyond_use=GOOD))
    labels.save(context, labels.make(labels.label(context, "A1")), tmp_path / "a1.svg")
    labels.printed(context, labels.make(labels.label(context, "A1")), 3)
    disposed(context, witness=BEN, sign=pen(MARA))
    parts = {part.title: part for part in dossier.document(context, "A1").parts}

    assert [(row[1], row[2], row[3], row[6]) for row in parts["Label"].rows] == [
        (ANA, "batch", "1", "a1.svg"),
        (ANA, "batch", "3", "printed"),
    ]
    assert parts["Signatures"].rows == (
        ("Mara Lind signed the disposal on 2026-11-22 at 09:30; record unchanged since",),
    )
    assert "signed the" not in str(parts["Release"])


def test_a_dossier_has_no_prescription_numbers(pharmacy):
    with pharmacy.store.transaction() as work:
        work.preferences.write(Settings(rx_numbers=True))
    ledger.dispense(pharmacy, "A1", 30, days_supply=30, rx="RX-104477")

    assert "04477" not in whole(dossier.document(pharmacy, "A1"))


def test_a_paper_carries_the_end_of_the_trail_whole(pharmacy, tmp_path):
    with pharmacy.store.reading() as work:
        head = work.trail.head()

    said = read(dossier.save(pharmacy, "A1", tmp_path / "d.pdf").file)

    assert f"{head.events} event" in said
    assert head.hash in said


def test_a_paper_is_a_pdf_and_writes_over_papers_of_ours_alone(pharmacy, tmp_path):
    (tmp_path / "mine.pdf").write_bytes(b"mine")

    with pytest.raises(Refused, match=r"is no PDF\. Let its name end in \.pdf"):
        dossier.save(pharmacy, "A1", tmp_path / "d.txt")
    with pytest.raises(Refused, match="is no paper of this database"):
        dossier.save(pharmacy, "A1", tmp_path / "mine.pdf")
    dossier.save(pharmacy, "A1", tmp_path / "d.pdf")
    dossier.save(pharmacy, "A1", tmp_path / "d.pdf")


def test_one_certificate_stands_for_several_disposals_and_names_each(pharmacy, tmp_path):
    keep(pharmacy, a_batch(lot="B1", made=50), a_batch(lot="B2", made=60), a_batch(lot="B3", made=70))
    staffed(pharmacy)
    how = {"reason": DisposalReason.DAMAGE, "method": "incineration", "witness": BEN}
    entries = [
        ledger.dispose(pharmacy, lot, number, sign=pen(ANA), **how).posted.id
        for lot, number in (("B1", 50), ("B2", 60), ("B3", 70))
    ]
    ledger.void(pharmacy, entries[1], reason="wrong batch", sign=pen(MARA))
    made = certificate.document(pharmacy, entries)

    assert made.facts[:2] == (("Disposals", "2"), ("Disposed of", "120 capsules"))
    assert [row[1:3] for row in made.parts[0].rows] == [(TODAY.isoformat(), lot) for lot in ("B1", "B2", "B3")]
    assert made.parts[0].rows[1][6].startswith("TAKEN BACK SINCE, not valid")
    (lots, signature), (taken, of_taken) = made.parts[1].rows
    assert (lots, taken) == ("B1, B3", "B2")
    assert signature.startswith("Ana Ruiz signed the disposal on 2026-11-22 at 09:30")
    assert signature.endswith("; record unchanged since")
    assert of_taken.endswith("; TAKEN BACK on 2026-11-22 at 09:30 by Ana Ruiz")
    assert made.closing == f"{DECLARED} This does not hold for what was taken back since."
    assert made.signatures == ()
    said = read(certificate.save(pharmacy, entries, tmp_path / "three.pdf").file)
    assert all(text in said for text in ("B1", "B3", "incineration", BEN, "Ana Ruiz signed the disposal"))


def test_a_certificate_of_several_has_lines_to_sign_while_one_of_them_is_unsigned(pharmacy):
    unsigned = disposed(pharmacy)
    keep(pharmacy, a_batch(lot="B1", made=50))
    staffed(pharmacy)
    how = {"reason": DisposalReason.DAMAGE, "witness": BEN, "sign": pen(ANA)}
    signed = ledger.dispose(pharmacy, "B1", 50, **how).posted.id
    made = certificate.document(pharmacy, [unsigned, signed])

    assert [row[0] for row in made.parts[1].rows] == ["B1"]
    assert made.signatures == ("Performed by", "Witness")


def test_the_disposals_of_some_batches_are_found_again_later_but_those_that_were_taken_back(pharmacy):
    keep(pharmacy, a_batch(lot="B1", made=50), a_batch(lot="B2", made=60))
    how = {"reason": DisposalReason.DAMAGE}
    first = ledger.dispose(pharmacy, "B1", 20, **how).posted.id
    second = ledger.dispose(pharmacy, "B2", 60, **how).posted.id
    third = ledger.dispose(pharmacy, "B1", 30, **how).posted.id
    ledger.void(pharmacy, second, reason="wrong batch")

    assert certificate.of_batches(pharmacy, ["B2", "B1"]) == [first, third]
    with pytest.raises(Refused, match="Nothing of batch B2 was disposed of, so there is no certificate"):
        certificate.of_batches(pharmacy, ["B2"])


def test_a_dossier_says_of_a_movement_that_was_taken_back_by_which_entry(pharmacy):
    wasted = ledger.waste(pharmacy, "A1", 1, reason="dropped").posted.id
    back = ledger.void(pharmacy, wasted, reason="wrong batch").posted.id
    parts = {part.title: part for part in dossier.document(pharmacy, "A1").parts}
    said = {row[0]: row[7] for row in parts["Movements"].rows}

    assert said[str(wasted)] == f"dropped; taken back by entry {back}"
    assert said[str(back)] == f"wrong batch; takes back entry {wasted}"


def test_a_certificate_for_nothing_is_refused(pharmacy):
    with pytest.raises(Refused, match="Name the disposal"):
        certificate.document(pharmacy, [])
