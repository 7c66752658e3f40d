"""Spoilt files are read right or refused in words: never a crash, never a reading that the file does not hold."""

import random
from pathlib import Path

import pytest

from ldninv.domain.refusal import Refused
from ldninv.domain.storage.logger_file import LoggerFile
from ldninv.importers import loggers
from mutations import WAYS, pairs, wrong

FILES = Path(__file__).parents[2] / "data" / "loggers"
TEXTS = sorted(path for path in FILES.iterdir() if path.suffix in {".csv", ".txt"})


def whole(path):
    try:
        read = loggers.read(path.name, path.read_bytes())
    except Refused:
        return None
    return pairs(read) if isinstance(read, LoggerFile) else None


READ = [(path, known) for path in TEXTS if (known := whole(path)) is not None]


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("way", WAYS, ids=range(len(WAYS)))
def test_a_spoilt_file_is_read_right_or_refused(way, seed):
    rng = random.Random(f"{seed}")
    for path, known in READ:
        spoilt = way(rng, path.read_bytes())
        if spoilt is not None:
            assert wrong(path.name, known, spoilt) is None, (path.name, spoilt.kind, seed)


def test_a_file_larger_than_any_logger_makes_is_refused_before_it_is_read():
    with pytest.raises(Refused, match="larger than"):
        loggers.read("log.csv", b"x" * (loggers.LARGEST + 1))


@pytest.mark.parametrize(
    "content",
    [b"", b"\x00" * 5000, b'"' * 20000, b"," * 200_000, b"\n" * 100_000, b"\xff\xfe" + b"\x00\xd8" * 500, b"%PDF-1.4"],
)
def test_what_is_no_table_is_refused_in_words(content):
    with pytest.raises(Refused):
        loggers.read("log.csv", content)


@pytest.mark.parametrize("name", [path.name for path in TEXTS])
def test_a_year_at_one_minute_in_sixteen_bits_a_letter_is_not_too_large(name):
    widest = max((FILES / name).read_bytes().splitlines()[-3:], key=len)

    assert 2 * len(widest) * 525_600 < loggers.LARGEST


def test_what_holds_no_readings_is_told_as_a_loggers_file_and_not_as_a_list():
    with pytest.raises(Refused, match="Choose the file that holds the readings"):
        loggers.read("log.csv", b" ")
