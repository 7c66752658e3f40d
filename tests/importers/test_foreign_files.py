"""Files that are no batch list: one calm sentence, whatever their bytes."""

import gzip
import io
import re
import sqlite3
import zipfile
from datetime import date
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from ldninv.domain.batch_list import BatchList, DateOrder
from ldninv.domain.refusal import Refused
from ldninv.importers import formats
from ldninv.importers.batch_lists import read

TODAY = date(2026, 11, 22)
LISTS = Path(__file__).parents[1] / "data" / "batches"
REAL = {path.name: path.read_bytes() for path in LISTS.iterdir() if path.suffix != ".json"}
SUFFIXES = (".csv", ".tsv", ".txt", ".xlsx", ".xls", "")
OLE = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(504)


def a_zip(**parts):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, text in parts.items():
            archive.writestr(name.replace("__", "/").replace("_", "."), text)
    return out.getvalue()


def a_database():
    with sqlite3.connect(":memory:") as connection:
        connection.execute("create table lot (strength, made, quantity)")
        content = connection.serialize()
    connection.close()
    return content


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "is empty"),
        (b"\xef\xbb\xbf \r\n\r\n", "is empty"),
        (bytes(1000), "is empty"),
        (b"%PDF-1.7\n1 0 obj", "is a PDF document"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "is a picture"),
        (b"\xff\xd8\xff\xe0\0\x10JFIF", "is a picture"),
        (a_database(), "is a database"),
        (OLE + "Workbook".encode("utf-16-le"), "is an old Excel or Office document"),
        (OLE + "EncryptedPackage".encode("utf-16-le"), "is locked with a password"),
        (a_zip(readme_txt="hello"), "is a ZIP archive, or a document that is no XLSX workbook"),
        (a_zip(xl__workbook_xml="<workbook/>"), "is damaged"),
        (gzip.compress(b"Lot,Strength"), "is a compressed archive"),
        (b"<html><table><tr><td>Lot</td></tr></table>", "is a web page"),
        (b"{\\rtf1 Lot}", "is a text document"),
        (b"MZ\x90\0\x03", "is a program"),
        (b"Lot,Strength\0,Made on\x07", "is no table of text"),
        (b"Dear Sir, the batches are on the shelf.", "has no line of column headers"),
        (b"A-1,4.5,2026-03-01,100,40", "has no line of column headers"),
        (b'{"lot": 1, "strength": 2}', "is a JSON document"),
        (b"Lot,Strength,Made on,Quantity\n", "has a header on line 1 and no batch below it"),
        (b"Lot,Strength,Made on,Quantity\n,,,\n\n", "has a header on line 1 and no batch below it"),
        (b"x" * (formats.LARGEST + 1), "is larger than 32 MB"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("suffix", [".csv", ".xlsx"])
def test_a_file_that_is_no_list_is_refused_by_name_in_one_sentence_and_a_way_out(content, sentence, suffix):
    with pytest.raises(Refused, match=re.escape(f"log{suffix} {sentence}")) as refused:
        read(f"log{suffix}", content, today=TODAY)

    assert re.search(r"\. (?:Save|Choose|Write|Split|Open) .*\.$", str(refused.value))
    assert "\n" not in str(refused.value)


def reads_or_refuses(name, content, **options):
    try:
        found = read(name, content, today=TODAY, **options)
    except Refused as refused:
        return len(str(refused)) > 20
    return isinstance(found, BatchList) and bool(found.rows or found.problems)


@given(st.binary(max_size=400), st.sampled_from(SUFFIXES), st.sampled_from([None, *DateOrder]))
@example(b"PK\x03\x04xl/workbook.xml", ".xlsx", None)
def test_any_bytes_are_a_list_or_refused(content, suffix, order):
    assert reads_or_refuses(f"log{suffix}", content, date_order=order)


@given(st.lists(st.lists(st.text(max_size=12), min_size=4, max_size=7), max_size=6), st.sampled_from(",;\t|"))
def test_any_cells_below_a_header_are_a_list_or_refused(rows, delimiter):
    header = delimiter.join(["Lot", "Strength", "Made on", "Expires", "Qty made", "On hand"])
    text = "\n".join([header, *(delimiter.join(row) for row in rows)])

    assert reads_or_refuses("log.csv", text.encode("utf-8", "surrogatepass"))


@given(
    st.sampled_from(sorted(REAL)),
    st.lists(st.tuples(st.floats(0, 1), st.integers(0, 40), st.binary(max_size=8)), min_size=1, max_size=4),
    st.sampled_from(SUFFIXES),
    st.sampled_from([None, *DateOrder]),
)
def test_a_real_list_with_damage_is_a_list_or_refused(name, damage, suffix, order):
    content = REAL[name]
    for where, lost, put in damage:
        at = int(where * len(content))
        content = content[:at] + put + content[at + lost :]

    assert reads_or_refuses(f"log{suffix}", content, date_order=order)


@given(st.sampled_from(["xl/worksheets/sheet1.xml", "xl/workbook.xml", "xl/styles.xml"]), st.data())
def test_a_workbook_with_damage_inside_is_a_list_or_refused(part, data):
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(REAL["workbook_log.xlsx"])) as before, zipfile.ZipFile(out, "w") as after:
        for name in before.namelist():
            text = before.read(name)
            if name == part:
                at = data.draw(st.integers(0, len(text)))
                text = text[:at] + data.draw(st.binary(max_size=6)) + text[at + data.draw(st.integers(0, 6)) :]
            after.writestr(name, text)

    assert reads_or_refuses("log.xlsx", out.getvalue())
