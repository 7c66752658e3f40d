"""What a heading says that its column holds, in the languages that loggers speak."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from enum import Enum, auto
from functools import lru_cache

from ldninv.importers.loggers import light
from ldninv.importers.loggers.values import unit_in

_LONGEST = 200


class Role(Enum):
    """What a column holds."""

    TEMPERATURE = auto()
    HUMIDITY = auto()
    LUX = auto()
    UNIT = auto()
    VALUE = auto()
    """Whatever the unit's column says."""
    OTHER = auto()
    """Something that is none of these and must not be taken for them: dew point, battery, alarm limits …"""


_DEW_POINT = (
    r"dew|taupunkt|taupkt|\btau\b|rosee|rocio|orvalho|rugiada|dauwpunt|dagg|dugpunkt|duggpunkt|kastepiste|rosy|harmat"
    r"|punktu? ros|rosn|露点|露點|이슬점|росы|роси|орос|ciy|\btd\b|\bdpt\b|\bdp\b|δροσου"
    r"|rasas|rasos|rosist|rosisce|\bros[ao]s?\b|rosada|\broua|kastep|suong|embun|frost|reifpunkt|givre"
)
_OTHER = re.compile(
    _DEW_POINT + r"|batt|akku|spannung|volt|tension|voltaje|bateria|pile\b|电池|電池|배터리|, ?v\b"
    r"|wet.?bulb|feuchtkugel|bulbo|heat ?index|hitze|feels|gefuhlt|apparent|ressenti|humidex|\bvpd\b|vapou?r"
    r"|\bpm ?[0-9]|particle|partikel|particul|co2|voc\b|pressure|\bpres|druck|pression|presion|\bh?pa\b|mbar"
    r"|\bmin\b|\bmax\b|\blow\b|\bhigh\b|lowest|highest|tiefst|hochst|minim|maxim|alarm|limit|grenz|threshold|schwelle|seuil|\bmkt\b|kinetic|kinetisch"
    r"|\bmean\b|\bavg\b|average|mittel|durchschnitt|moyenne|promedio|media\b|median|平均|最高|最低|最大|最小"
    r"|\btarget|\bset\b|set ?point|\bsoll|consigne|\bziel|forecast|vorhersage|prevision|\bcpu\b|\bchip\b|error"
    r"|\bchange|korrektur|correct"
    r"|offset|calib|\bstd|deviation|\bdelta|\bdiff|cumul|total|\blxh\b|lx.?h\b|lux.?h|absolut|g/m"
    r"|\bm?w/cm|rssi|signal|status|serial|elapsed|duration"
)
_DEW = re.compile(_DEW_POINT)
_LIMIT = re.compile(r"alarm|limit|grenz|threshold|seuil|umbral")
_TEMPERATURE = re.compile(
    r"temp(?!s\b|o\b|oral|us)|celsius|fahrenheit|thermo|termo|lampotila|teplot|homersek|hofok|sicakl|θερμοκρ"
    r"|температур|温度|溫度|气温|氣溫|気温|온도|nhiet do|^t\b ?[(\[,]?"
)
_HUMIDITY = re.compile(
    r"\brh\b|\b[hu]\.?r\b|\br\.?h\.?\b|\brf\b|humid|humed|umid|feuchte|feuchtigk|\bfeucht|vocht|fugt|fukt|kosteus|vlhkost|wilgotn"
    r"|paratart|\bnem\b|υγρασ|влажн|湿度|濕度|습도|do am|%\s?rh|^\W*%\W*$"
)
_OUTDOORS = re.compile(r"outdoor|outside|aussen|exteri|esterno|buiten|weather|wetter|meteo")
_UNIT = re.compile(r"units?|einheit|unite|unidad|unita|eenheid|单位|單位|単位|단위")
_VALUE = re.compile(r"value|wert|messwert|valeur|valor|valore|waarde|reading|值|値|data")


_SURE: tuple[tuple[Role, Callable[[str], object]], ...] = (
    (Role.OTHER, _OTHER.search),
    (Role.HUMIDITY, _HUMIDITY.search),
    (Role.LUX, light.lux_in),
    (Role.TEMPERATURE, _TEMPERATURE.search),
)


def is_outdoors(heading: str) -> bool:
    """Whether a heading names the temperature of somewhere else than where the logger stands.

    >>> is_outdoors("Outdoor temperature (°C)"), is_outdoors("Ambient (°C)")
    (True, False)
    """
    return _OUTDOORS.search(folded(heading)) is not None


@lru_cache(maxsize=4096)
def role(heading: str) -> Role | None:
    """Return what a heading means; None where it says nothing that is known.

    >>> role("H08 Temp., °F (LGR S/N: 274341)"), role("DewPt, °F"), role("GCap. RH, %")
    (<Role.TEMPERATURE: 1>, <Role.OTHER: 6>, <Role.HUMIDITY: 2>)
    """
    own = re.sub(r"\((?:lgr|sen) s/?n.*", "", folded(heading))
    for meaning, says in _SURE:
        if own and says(own):
            return meaning
    if unit_in(own) is not None:
        return Role.TEMPERATURE
    if _UNIT.fullmatch(own):
        return Role.UNIT
    return Role.VALUE if _VALUE.fullmatch(own) else None


def is_dew_point(heading: str) -> bool:
    """Whether a heading tells of a dew point.

    >>> is_dew_point("TauPkt, °C"), is_dew_point("Batt, V")
    (True, False)
    """
    return _DEW.search(folded(heading)) is not None


def is_limit(heading: str) -> bool:
    """Whether a heading tells of a limit that was set, which no reading changes.

    >>> is_limit("High Alarm"), is_limit("Batt, V")
    (True, False)
    """
    return _LIMIT.search(folded(heading)) is not None


def folded(text: str) -> str:
    """Return a heading without case, accents and needless blanks; signs of degrees stay.

    >>> folded(" Température,  ºC ")
    'temperature, °c'
    """
    plain = unicodedata.normalize("NFKD", text[:_LONGEST].replace("º", "°").replace("˚", "°")).casefold()
    bare = "".join(each for each in plain if not unicodedata.combining(each))
    return " ".join(unicodedata.normalize("NFC", bare).replace("_", " ").split())
