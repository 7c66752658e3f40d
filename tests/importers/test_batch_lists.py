"""What becomes of the lines of a list, whatever its format."""

from datetime import date

import pytest

from ldninv.domain.batch_list import ColumnsUnclear, Field, ListedBatch, Remark
from ldninv.domain.expiry import Container
from ldninv.domain.progress import Cancelled
from ldninv.domain.quantities import Strength
from ldninv.domain.refusal import Refused
from ldninv.importers.batch_lists import read

TODAY = date(2026, 11, 22)
HEADER = "Lot,Strength,Prepared on,Expires,Qty made,On hand,Location"
ROW = "A-1,4.5 mg,2026-03-01,2027-03-01,100,40,Shelf 3"


def listing(*lines, **options):
    return read("list.csv", "\n".join(lines).encode(), today=TODAY, **options)


def problem_of(row, header=HEADER):
    found = listing(header, row)
    assert found.rows == ()
    return found.problems[0].text


def test_a_row_is_read_whole():
    assert listing(HEADER, ROW).rows == (
        ListedBatch(
            line=2,
            lot="A-1",
            strength=Strength(4500),
            prepared=date(2026, 3, 1),
            expires=date(2027, 3, 1),
            made=100,
            on_hand=40,
            place="Shelf 3",
        ),
    )


def test_people_filler_and_container_are_read_where_they_stand():
    row = listing(HEADER + ",Made by,RPh,Filler,Container", ROW + ",S. Okafor,J. Ortiz,Avicel PH-105,amber vial").rows[
        0
    ]

    assert (row.made_by, row.verified_by, row.filler, row.container) == (
        "S. Okafor",
        "J. Ortiz",
        "MCC",
        Container.LIGHT_RESISTANT,
    )


@pytest.mark.parametrize("words", ["bottle", "not light-resistant", "clear or amber"])
def test_a_container_whose_words_do_not_say_is_not_guessed(words):
    assert listing(HEADER + ",Container", f"{ROW},{words}").rows[0].container is None


def test_a_blank_expiry_is_left_to_the_policy():
    assert listing(HEADER, ROW.replace("2027-03-01", "")).rows[0].expires is None


def test_a_list_without_an_expiry_column_leaves_it_to_the_policy():
    assert listing("Lot,Strength,Made on,Qty made,On hand", "A-1,1,2026-03-01,10,5").rows[0].expires is None


def test_a_month_alone_expires_on_its_last_day_and_prepares_on_none():
    assert listing(HEADER, ROW.replace("2027-03-01", "02/2027")).rows[0].expires == date(2027, 2, 28)
    assert problem_of(ROW.replace("2026-03-01", "03/2026")) == "prepared “03/2026” names no day"


@pytest.mark.parametrize("word", ["Quantity", "Remaining", "Menge"])
def test_one_quantity_is_both_made_and_on_hand_with_a_notice(word):
    found = listing(f"Lot,Strength,Made on,{word}", "A-1,1,2026-03-01,10")

    assert (found.rows[0].made, found.rows[0].on_hand) == (10, 10)
    assert found.notices == (
        Remark(1, f"“{word}” is the only quantity: as many capsules are taken to be on hand as were made"),
    )


def test_a_blank_stock_is_a_problem_and_never_a_guess():
    assert problem_of("A-1,4.5 mg,2026-03-01,2027-03-01,100,,Shelf 3") == "on hand is blank"


def test_all_that_is_wrong_with_a_row_is_one_remark():
    assert problem_of(",three mg,2026-02-30,,-1,40,") == (
        "lot is blank; strength “three mg” holds no number; prepared “2026-02-30” is no day of the calendar; "
        "made “-1” is negative"
    )


@pytest.mark.parametrize("lot", ["007", "250821-01", "=1+2", "1.50", "Ä 12/b", "12345"])
def test_a_lot_stays_exactly_the_text_it_is(lot):
    assert listing(HEADER, ROW.replace("A-1", lot)).rows[0].lot == lot


@pytest.mark.parametrize(
    ("lot", "problem"),
    [
        ("L" * 41, "is longer than 40 characters"),
        ("2.5E+11", "is a number that a spreadsheet shortened"),
        ('"A\n1"', "holds a line break or another sign that cannot be printed"),
        ("LDN260117001K", "the check character of lot LDN260117001K does not fit; one character is wrong"),
    ],
)
def test_a_lot_that_cannot_be_one_is_a_problem(lot, problem):
    assert problem in problem_of(ROW.replace("A-1", lot))


def test_the_same_batch_twice_counts_once_with_a_notice():
    found = listing(HEADER, ROW, ROW.replace("A-1", "a-1"))

    assert [row.line for row in found.rows] == [2]
    assert found.notices == (Remark(3, "lot a-1 says the same as on line 2, and counts once"),)


def test_the_same_lot_with_other_contents_is_a_problem_on_the_later_line():
    found = listing(HEADER, ROW, ROW.replace("4.5 mg", "3 mg"))

    assert [row.line for row in found.rows] == [2]
    assert found.problems == (Remark(3, "lot A-1 is already on line 2, with other contents"),)


def test_a_lot_whose_first_line_cannot_be_read_is_not_taken_from_a_later_one():
    found = listing(HEADER, ROW.replace("4.5 mg", "x mg"), ROW)

    assert found.rows == ()
    assert [problem.line for problem in found.problems] == [2, 3]


def test_a_sum_below_the_table_is_a_problem_and_no_batch():
    found = listing(HEADER, ROW, "Total,,,,100,40,")

    assert len(found.rows) == 1
    assert found.problems == (Remark(3, "strength is blank; prepared is blank"),)


def test_blank_lines_are_skipped_and_counted():
    assert [row.line for row in listing("", "Batches", HEADER, "", ",,,,,,", ROW).rows] == [6]


def test_the_header_repeated_on_every_page_is_no_row():
    assert [row.line for row in listing(HEADER, ROW, HEADER, ROW.replace("A-1", "A-2")).rows] == [2, 4]


def test_an_unquoted_thousands_comma_never_moves_the_cells_unnoticed():
    assert "the line has 8 cells and the header 7" in problem_of("A-1,4.5 mg,2026-03-01,2027-03-01,1,000,40,Shelf 3")


def test_an_unquoted_thousands_comma_is_seen_where_the_line_is_no_longer_for_it():
    assert "on hand “000” begins with a zero" in problem_of("A-1,4.5 mg,2026-03-01,2027-03-01,1,000,40")


def test_another_drug_is_not_taken_for_naltrexone():
    header = "Lot,Drug,Prepared on,Qty made,On hand"

    assert problem_of("A-1,Estriol 1mg caps,2026-03-01,10,5", header) == (
        "strength “Estriol 1mg caps” does not name naltrexone"
    )


@pytest.mark.parametrize(
    ("header", "missing"),
    [
        ("Lot,Strength,Expires,Quantity", "no column for the preparation date"),
        ("Strength,Made on,Quantity", "no column for the lot"),
        ("Lot,Made on,Quantity", "no column for the strength"),
        ("Lot,Strength,Made on,Location", "no column for the quantity"),
        ("Lot,Strength,Color", "no column for the preparation date and the quantity"),
    ],
)
def test_a_missing_column_is_named_with_the_headers_found(header, missing):
    with pytest.raises(ColumnsUnclear, match=missing) as refused:
        listing(header, "1,1,1,1")

    assert header.replace(",", ", ") in str(refused.value)
    assert refused.value.header == tuple(header.split(","))


def test_two_columns_for_one_thing_are_asked_about():
    with pytest.raises(ColumnsUnclear, match="“Lot” and “Batch” may hold the same thing"):
        listing("Lot,Batch,Strength,Made on,Quantity", "A,B,1,2026-03-01,10")


def test_a_second_quantity_that_may_be_the_stock_is_asked_about():
    with pytest.raises(ColumnsUnclear, match="“Qty made” and “Count” may hold the same thing"):
        listing("Lot,Strength,Made on,Qty made,Count", "A,1,2026-03-01,10,7")


def test_columns_given_by_hand_go_before_what_the_words_say():
    found = listing(
        "Lot,Batch,Strength,Made on,Quantity", "A,B,1,2026-03-01,10", columns={"lot": 1, "made": 4, "on_hand": 4}
    )

    assert (found.rows[0].lot, found.rows[0].on_hand, found.notices) == ("B", 10, ())


BY_HAND = {"lot": 0, "strength": 1, "prepared": 2, "made": 3}


def test_a_header_in_another_language_is_read_with_columns_given_by_hand():
    found = listing("Partia,Moc,Data,Sztuk", "A-1,1 mg,2026-03-01,10", columns=BY_HAND)

    assert [row.lot for row in found.rows] == ["A-1"]
    assert found.header == ("Partia", "Moc", "Data", "Sztuk")


def test_a_list_without_a_header_is_read_from_its_first_line_with_columns_given_by_hand():
    assert [row.line for row in listing("A-1,1 mg,2026-03-01,10", columns=BY_HAND).rows] == [1]


def test_a_header_in_another_language_is_shown_with_the_lines_below_it_to_be_understood_by_hand():
    with pytest.raises(ColumnsUnclear, match="no column for the lot") as asked:
        listing("LDN", "Partia,Moc,Data,Sztuk", "A-1,1 mg,2026-03-01,10", "A-2,2 mg,2026-03-02,20")

    assert (asked.value.header_line, asked.value.header) == (2, ("Partia", "Moc", "Data", "Sztuk"))
    assert asked.value.below == (("A-1", "1 mg", "2026-03-01", "10"), ("A-2", "2 mg", "2026-03-02", "20"))


def test_what_was_understood_of_an_unclear_header_is_told():
    with pytest.raises(ColumnsUnclear) as asked:
        listing("Lot,Strength,Colour", "A-1,1 mg,red")

    assert asked.value.indices == ((Field.LOT, 0), (Field.STRENGTH, 1))


def test_text_without_rows_below_its_words_is_no_list():
    with pytest.raises(Refused, match="no line of column headers") as refused:
        listing("Dear all, please count, sign, and return", "Thank you, kindly, the, pharmacist")

    assert not isinstance(refused.value, ColumnsUnclear)


def test_a_column_that_a_person_takes_away_is_not_read():
    (row,) = listing(HEADER, ROW, columns={"place": None, "expires": None}).rows

    assert (row.place, row.expires, row.on_hand) == (None, None, 40)


def test_a_choice_between_two_columns_is_settled_by_a_third():
    found = listing("Lot,Batch,Ours,Strength,Made on,Quantity", "A,B,C,1,2026-03-01,10", columns={"lot": 2})

    assert found.rows[0].lot == "C"


def test_what_stands_on_a_line_is_kept_as_it_came():
    found = listing(HEADER, ROW, ROW.replace("4.5 mg", " three mg "))

    assert found.cells(3) == ("A-1", "three mg", "2026-03-01", "2027-03-01", "100", "40", "Shelf 3")
    assert found.cells(1) == ()


@pytest.mark.parametrize("columns", [{"lot": 7}, {"lot": -1}, {"color": 0}])
def test_columns_that_are_not_there_are_refused(columns):
    with pytest.raises(Refused, match="no column"):
        listing(HEADER, ROW, columns=columns)


def test_progress_is_told_up_to_the_end():
    told = []

    listing(
        HEADER, *(ROW.replace("A-1", f"A-{number}") for number in range(1200)), progress=lambda *at: told.append(at)
    )

    assert told == [(0, 1200), (500, 1200), (1000, 1200), (1200, 1200)]


def test_a_person_can_stop_the_reading():
    def stop(_done, _total):
        raise Cancelled

    with pytest.raises(Cancelled):
        listing(HEADER, ROW, progress=stop)
