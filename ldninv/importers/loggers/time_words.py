"""What a heading says of times, in the languages that loggers speak: a moment, a time of day, or a duration."""

from __future__ import annotations

import re

from ldninv.importers.loggers.headings import folded

_TIME_OF_DAY = re.compile(
    r"\btime\b|uhrzeit|\bzeit\b|heure|\bhora\b|\bora\b|\bore\b|\btijd\b|\btid\b|hour|время|godzina|時刻|时间|時間|시간|시각"
)
_DATE = re.compile(
    r"\bdate|\bdatum|\bdato\b|\bfecha|\btarih|\bpaiva|ημερομ|дата|日付|日期|日時|날짜|\bngay\b|time ?stamp|zeitpunkt"
    r"|zeitstempel|horodat|\bobserved|\brecorded|\by{4}\b"
)
_DURATION = re.compile(
    r"elapsed|duration|dauer|duree|duracion|above|below|over|under|\bmin|\bmax|low|high|alarm|total|since|zone"
)


def tells_time_of_day(heading: str) -> bool:
    """Whether a heading tells of times of day, and of no duration.

    >>> tells_time_of_day("Uhrzeit"), tells_time_of_day("Time above limit"), tells_time_of_day("Date")
    (True, False, False)
    """
    word = folded(heading)
    return _TIME_OF_DAY.search(word) is not None and _DURATION.search(word) is None


def tells_moment(heading: str) -> bool:
    """Whether a heading tells of moments, of their dates or of their times of day.

    >>> tells_moment("Date Time, GMT-05:00"), tells_moment("Elapsed time"), tells_moment("Temperature (°C)")
    (True, False, False)
    """
    return _DATE.search(folded(heading)) is not None or tells_time_of_day(heading)
