"""Header words in four languages, wherever the header stands."""

import pytest

from ldninv.domain.batch_list import Field
from ldninv.importers import headers
from ldninv.importers.header_words import CERTAIN, EITHER, LIKELY, words


def understood(*cells):
    header = headers.find([(1, cells)])
    return header and [header.columns.get(field) for field in Field]


@pytest.mark.parametrize(
    "line",
    [
        "Lot #|Strength (mg)|Drug|Date Compounded|BUD|Caps Made|Remaining|Shelf|Tech|RPh",
        "LOT NO.|Dose|Product|Prep. date|Discard after|Qty made|On-hand|Cabinet|Made by|Checked by",
        "Ch.-B.|Stärke|Präparat|Hergestellt am|Verwendbar bis|Menge|Bestand|Lagerort|PTA|Geprüft von",
        "Chargen-Nr.|Dosis|Bezeichnung|Herst.-Datum|Verfall|Ansatz|Rest|Regal|PTA|Freigabe",
        "N° de lot|Dosage|Produit|Préparé le|Péremption|Qté préparée|Stock restant|Lieu|Préparateur|Pharmacien",
        "Nº de lote|Potencia|Fármaco|Elaborado el|Caducidad|Cantidad|Existencias|Estante|Técnico|Farmacéutico",
    ],
)
def test_a_whole_header_is_understood_in_four_languages(line):
    assert understood(*line.split("|")) == [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, None, None]


@pytest.mark.parametrize(
    ("cells", "prepared", "made"),
    [
        (("Lot", "Made", "Quantity", "On hand"), 1, 2),
        (("Lot", "Date", "Made", "Remaining"), 1, 2),
        (("Lot", "Date made", "Made", "Remaining"), 1, 2),
        (("Charge", "Menge", "Hergestellt", "Bestand"), 2, 1),
    ],
)
def test_made_is_a_day_unless_another_column_is_it(cells, prepared, made):
    header = headers.find([(1, cells)])

    assert (header.columns[Field.PREPARED], header.columns[Field.MADE]) == (prepared, made)


def test_the_header_is_the_line_with_most_columns_below_titles_and_blanks():
    header = headers.find(
        [(1, ("Naltrexone log",)), (3, ("Lot", "Date")), (5, ("Lot", "Strength", "Date")), (6, ("A", "1", "x"))]
    )

    assert header.line == 5


def test_one_word_in_a_letterhead_is_no_header():
    assert headers.find([(1, ("Location", "Springfield"))]) is None


def test_a_component_lot_is_not_taken_for_the_batch():
    assert understood("Naltrexone lot no. of supplier", "Lot", "Strength")[0] == 1


def test_micrograms_are_known_from_the_header():
    assert headers.find([(1, ("Lot", "Strength (µg)"))]).in_micrograms
    assert headers.find([(1, ("Lot", "Strength mcg"))]).in_micrograms
    assert not headers.find([(1, ("Lot", "Strength (mg)"))]).in_micrograms


def test_every_word_is_kept_as_it_is_compared_and_claims_one_thing():
    blocks = [(field, block) for kept in (CERTAIN, LIKELY) for field, block in kept.items()] + [(None, EITHER)]
    claims = {}
    for field, block in blocks:
        for word in words(block):
            assert headers.plain(word) == word
            claims.setdefault(word, set()).add(field)

    assert {word: fields for word, fields in claims.items() if len(fields) > 1} == {}
