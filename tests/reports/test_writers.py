"""One report in every kind of file: the same facts, read back as others would."""

import csv
import io
import json
import re
from dataclasses import replace
from datetime import date, datetime, timedelta
from html.parser import HTMLParser

import openpyxl
import pytest

from builders import a_batch, kept
from ldninv.domain.changes import Changes, Listed, Resolved
from ldninv.domain.days import Week
from ldninv.domain.expiry import ComponentLot
from ldninv.domain.refusal import Refused
from ldninv.domain.settings import Settings
from ldninv.domain.standing import of
from ldninv.reports.facts import batch_facts
from ldninv.reports.json_file import listed
from ldninv.reports.sections import NOT_BEGUN, QUIET_LINE, sections
from ldninv.reports.table import CHECK_OFF, text
from ldninv.reports.writers import WRITERS, render

TODAY = date(2026, 11, 22)
NONE_LINES = (
    "No expired stock on hand.",
    "No stock near its expiry.",
    "No report was issued before: there is none to compare this one with.",
    "No stock in quarantine, recalled, rejected or on hold.",
    "No component lot is expired or near its expiry.",
    "No place is watched by a logger or read by hand: storage is not monitored.",
)


CHANGES = Changes(
    since=11,
    new=(Listed(lot="=1+2", section="expired", on_hand=300, since=Week(2026, 47), was="near_expiry"),),
    open=(Listed(lot="B-2", section="near_expiry", on_hand=300, since=Week(2026, 45)),),
    resolved=(Resolved(lot="Z-9", section="held", how="=released", by="Ana", on=date(2026, 11, 20)),),
)


def lasting(days, lot, **facts):
    return kept(a_batch(lot=lot, beyond_use=TODAY + timedelta(days=days - 1)), **facts)


@pytest.fixture
def full(a_report):
    """Return a report with something in every section, some of it awkward."""
    report = a_report(
        lasting(-2, "=1+2", place="<b>Shelf & more</b>"),
        lasting(5, "LDN250301001T", on_hand=41),
        lasting(45, "B-2", place=None),
        lasting(200, "C-3", held="41.2 °C on 2026-11-02"),
        components=[(ComponentLot("MCC", "@M1", TODAY), ("=1+2", "B-2"))],
    )
    return replace(report, changes=CHANGES)


class Tables(HTMLParser):
    """The cells of every table, row by row, and everything else as text."""

    def __init__(self):
        super().__init__()
        self.rows, self.texts, self.open, self.tags = [], [], [], []

    def handle_starttag(self, tag, attributes):
        self.tags.append((tag, dict(attributes)))
        if tag == "tr":
            self.rows.append([])
        if tag in {"td", "th"}:
            self.rows[-1].append("")
            self.open.append(tag)

    def handle_endtag(self, tag):
        if tag in {"td", "th"}:
            self.open.pop()

    def handle_data(self, text):
        self.texts.append(text)
        if self.open:
            self.rows[-1][-1] += text


def parsed(report):
    page = Tables()
    page.feed(render(report, "html").decode())
    return page


def table(report):
    return list(csv.DictReader(io.StringIO(render(report, "csv").decode("utf-8-sig"))))


def workbook(report):
    return openpyxl.load_workbook(io.BytesIO(render(report, ".xlsx")))


def test_json_has_the_keys_of_the_contract_and_batches_as_everywhere(full):
    said = json.loads(render(full, "json"))

    assert (said["number"], said["week"], said["as_of"]) == (None, "2026-W47", "2026-11-22")
    names = ["expired", "near_expiry", "changes", "held", "components", "storage", "potency", "waste"]
    assert list(said["sections"]) == names
    assert said["compared_with"] == 11
    assert said["sections"]["changes"] == {
        "new": [{"lot": "=1+2", "section": "expired", "was": "near_expiry", "on_hand": 300}],
        "resolved": [
            {"lot": "Z-9", "section": "held", "how": "=released", "by": "Ana", "on": "2026-11-20", "on_hand": 0}
        ],
        "open": [{"lot": "B-2", "section": "near_expiry", "since": "2026-W45", "weeks": 3, "on_hand": 300}],
    }
    assert listed(render(full, "json")) == (
        Listed(lot="=1+2", section="expired", on_hand=300, since=Week(2026, 47)),
        CHANGES.open[0],
    )
    near = full.near_expiry[0].kept
    facts = batch_facts(near, of(near, TODAY))
    assert said["sections"]["near_expiry"][0] == json.loads(
        json.dumps(facts | {"this_week": True, "projected_waste": 41})
    )


def test_json_lists_a_component_lot_with_the_batches_it_went_into(full):
    assert json.loads(render(full, "json"))["sections"]["components"] == [
        {
            "name": "MCC",
            "supplier": "",
            "lot": "@M1",
            "expires": "2026-11-22",
            "usable_days": 1,
            "band": "under-30",
            "batches": ["=1+2", "B-2"],
        }
    ]


def test_every_kind_of_file_says_the_same(full):
    book, page, csv_rows = workbook(full), parsed(full), table(full)
    for section in sections(full):
        plain = [[text(cell) for cell in row] for row in section.rows]
        assert [row[: len(section.columns)] for row in page.rows if row[: len(section.columns)] in plain] == plain
        titles = [title for _, title in section.columns]
        in_csv = [
            [row[title].removeprefix("'") for title in titles]
            for row in csv_rows
            if row["Section"] == section.title and not row["Note"]
        ]
        assert in_csv == plain
        sheet = [row[: len(titles)] for row in book[section.short].iter_rows(min_row=2, values_only=True)]
        sheet = sheet if section.rows else []
        assert [[as_text(value, title) for value, title in zip(row, titles, strict=True)] for row in sheet] == plain


def as_text(value, title):
    if isinstance(value, datetime):
        return value.date().isoformat()
    if title == "Strength":
        return f"{value:g} mg"
    return "" if value is None else str(value)


def test_an_empty_report_says_in_every_kind_of_file_that_there_is_nothing(a_report):
    empty = a_report()

    assert tuple(row["Note"] for row in table(empty)) == NONE_LINES
    assert [sheet["A2"].value for sheet in workbook(empty).worksheets[1:]] == list(NONE_LINES)
    assert [said for said in parsed(empty).texts if said in NONE_LINES] == list(NONE_LINES)


def test_where_no_batch_was_ever_entered_every_kind_of_file_says_so_once(a_report):
    bare = a_report(begun=False)

    (row,) = table(bare)
    assert (row["Note"], row["Section"], row["Lot"]) == (NOT_BEGUN, "", "")
    (cover,) = workbook(bare).worksheets
    assert [line[1] for line in cover.iter_rows(values_only=True)].count(NOT_BEGUN) == 1
    assert parsed(bare).texts.count(NOT_BEGUN) == 1
    assert json.loads(render(bare, "json"))["notice"] == NOT_BEGUN
    for said in (str(list(cover.values)), render(bare, "csv").decode(), render(bare, "html").decode()):
        assert not [line for line in NONE_LINES if line in said]


@pytest.mark.parametrize(("number", "says"), [(None, False), (12, True)])
def test_a_report_speaks_of_its_number_only_once_it_has_one(a_report, number, says):
    numbered = a_report(number=number)

    assert ("Report number" in parsed(numbered).texts) is says
    assert ("Report number" in str(list(workbook(numbered)["Report"].values))) is says
    assert json.loads(render(numbered, "json"))["number"] == number


def test_csv_begins_with_a_byte_order_mark_and_no_cell_with_a_formula(full):
    assert render(full, "csv").startswith(b"\xef\xbb\xbf")
    assert [row["Lot"] for row in table(full)] == [
        "'=1+2",
        "LDN250301001T",
        "B-2",
        "'=1+2",
        "Z-9",
        "B-2",
        "C-3",
        "'@M1",
        "",
    ]


def test_a_workbook_has_days_and_numbers_and_keeps_a_lot_that_looks_like_a_formula_as_text(full):
    sheet = workbook(full)["Expired"]

    assert [sheet["B2"].value, sheet["B2"].data_type] == ["=1+2", "s"]
    assert (sheet["D2"].value, sheet["D2"].number_format) == (datetime(2026, 11, 19), "yyyy-mm-dd")  # noqa: DTZ001
    assert (sheet["F2"].value, sheet["F2"].data_type) == (300, "n")
    assert sheet.freeze_panes == "C2"
    assert sheet.print_title_rows == "$1:$1"
    assert [cell.value for cell in sheet[1]][-4:] == list(CHECK_OFF)


def test_the_cover_of_a_workbook_says_what_it_is_and_how_much(full):
    said = {row[0]: row[1] for row in workbook(full)["Report"].iter_rows(values_only=True, max_col=2)}

    assert said["Pharmacy"] == "Elm Street Pharmacy"
    assert said["Near expiry"] == "2 batches, 341 capsules, 341 capsules likely left over"
    assert said["Audit trail"].endswith("3f9a1c2b" * 8)
    assert QUIET_LINE in said


def test_html_needs_nothing_beside_it_and_shows_what_was_typed_as_text(full):
    page = parsed(full)

    assert not [tag for tag, _ in page.tags if tag in {"script", "img", "link", "b"}]
    assert "<b>Shelf & more</b>" in [cell for row in page.rows for cell in row]
    assert not re.search(r"https?://(?!www\.w3\.org/2000/svg)", render(full, "html").decode())


def test_html_shows_an_icon_with_every_word_for_a_state(full):
    page = parsed(full)

    drawn = {attributes["id"] for tag, attributes in page.tags if tag == "symbol"}
    used = {attributes["href"].removeprefix("#") for tag, attributes in page.tags if tag == "use"}
    assert used == {"close-octagon", "alarm", "clock-alert", "hand-back-left", "plus-circle", "check-circle"}
    assert used <= drawn


def test_the_head_says_who_and_when(full):
    said = parsed(full).texts

    for words in (
        "Elm Street Pharmacy",
        "2026-W47, 2026-11-16 to 2026-11-22",
        "One year (1 year)",
        "Ana",
    ):
        assert words in said
    assert "2026-11-22 14:05 (UTC-05:00)" in said
    assert QUIET_LINE in said


def test_a_pharmacy_without_a_name_gets_a_hint(a_report):
    assert "Pharmacy name not set" in parsed(a_report(settings=Settings())).texts


def test_a_trail_without_events_says_so(a_report):
    assert "Audit trail: no events yet" in parsed(a_report(head=None)).texts


def test_a_kind_of_file_that_nobody_writes_is_refused_with_those_that_are(a_report):
    with pytest.raises(Refused, match=re.escape(f"“docx”. Choose one of {', '.join(WRITERS)} or pdf.")):
        render(a_report(), "docx")
