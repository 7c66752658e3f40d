"""What the keys of common keyboards write, place by place, as Windows has them; no Qt."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

DEAD = "\0"
"""A key that writes nothing until the next one comes, or no key at all."""

_ROWS = 5
"""Of a keyboard: digits, three of letters, and the key that stands left of the lowest on European ones."""


@dataclass(frozen=True, slots=True)
class Keyboard:
    """What its keys write, place by place, in the order of the American one's."""

    name: str
    plain: tuple[str, ...]
    """Without another key, a row each."""
    shift: tuple[str, ...]
    alt_gr: dict[str, str]
    """By what the key writes without another."""

    def at(self, place: tuple[int, int, str]) -> str:
        """Return what the key at a place writes with Shift, AltGr or nothing; `DEAD` where that is no character."""
        row, column, level = place
        keys = self.shift[row] if level == "shift" else self.plain[row]
        key = keys[column] if column < len(keys) else DEAD
        return self.alt_gr.get(key, DEAD) if level == "alt-gr" else key

    def places(self) -> Iterator[tuple[str, tuple[int, int, str]]]:
        """Yield every character with its place; the easiest to reach first."""
        for level in ("plain", "shift", "alt-gr"):
            for row in range(_ROWS):
                for column in range(len(self.plain[row])):
                    place = (row, column, level)
                    if self.at(place) != DEAD:
                        yield self.at(place), place


_NORDIC = {"2": "@", "3": "£", "4": "$", "5": "€", "7": "{", "8": "[", "9": "]", "0": "}"}
_SWISS = {"1": "¦", "2": "@", "3": "#", "6": "¬", "7": "|", "8": "¢", "$": "}", "<": "\\"}

KEYBOARDS = {
    "us": Keyboard(
        "American",
        ("`1234567890-=", "qwertyuiop[]\\", "asdfghjkl;'", "zxcvbnm,./", DEAD),
        ("~!@#$%^&*()_+", "QWERTYUIOP{}|", 'ASDFGHJKL:"', "ZXCVBNM<>?", DEAD),
        {},
    ),
    "uk": Keyboard(
        "British",
        ("`1234567890-=", "qwertyuiop[]#", "asdfghjkl;'", "zxcvbnm,./", "\\"),
        ('¬!"£$%^&*()_+', "QWERTYUIOP{}~", "ASDFGHJKL:@", "ZXCVBNM<>?", "|"),
        {},
    ),
    "de": Keyboard(
        "German",
        (f"{DEAD}1234567890ß{DEAD}", "qwertzuiopü+#", "asdfghjklöä", "yxcvbnm,.-", "<"),
        (f'°!"§$%&/()=?{DEAD}', "QWERTZUIOPÜ*'", "ASDFGHJKLÖÄ", "YXCVBNM;:_", ">"),
        {"q": "@", "7": "{", "8": "[", "9": "]", "0": "}", "ß": "\\", "+": "~", "<": "|"},
    ),
    "fr": Keyboard(
        "French",
        ("²&é\"'(-è_çà)=", f"azertyuiop{DEAD}$*", "qsdfghjklmù", "wxcvbn,;:!", "<"),
        (f"{DEAD}1234567890°+", f"AZERTYUIOP{DEAD}£µ", "QSDFGHJKLM%", "WXCVBN?./§", ">"),
        {'"': "#", "'": "{", "(": "[", "-": "|", "_": "\\", "ç": "^", "à": "@", ")": "]", "=": "}"},
    ),
    "es": Keyboard(
        "Spanish",
        ("º1234567890'¡", f"qwertyuiop{DEAD}+ç", f"asdfghjklñ{DEAD}", "zxcvbnm,.-", "<"),
        ('ª!"·$%&/()=?¿', f"QWERTYUIOP{DEAD}*Ç", f"ASDFGHJKLÑ{DEAD}", "ZXCVBNM;:_", ">"),
        {"º": "\\", "1": "|", "2": "@", "3": "#", "6": "¬", "+": "]", "ç": "}"},
    ),
    "la": Keyboard(
        "Latin American",
        ("|1234567890'¿", f"qwertyuiop{DEAD}+}}", "asdfghjklñ{", "zxcvbnm,.-", "<"),
        ('°!"#$%&/()=?¡', f"QWERTYUIOP{DEAD}*]", "ASDFGHJKLÑ[", "ZXCVBNM;:_", ">"),
        {"q": "@", "+": "~", "'": "\\", "|": "¬"},
    ),
    "it": Keyboard(
        "Italian",
        ("\\1234567890'ì", "qwertyuiopè+ù", "asdfghjklòà", "zxcvbnm,.-", "<"),
        ('|!"£$%&/()=?^', "QWERTYUIOPé*§", "ASDFGHJKLç°", "ZXCVBNM;:_", ">"),
        {"è": "[", "+": "]", "ò": "@", "à": "#"},
    ),
    "pt": Keyboard(
        "Portuguese",
        ("\\1234567890'«", f"qwertyuiop+{DEAD}{DEAD}", "asdfghjklçº", "zxcvbnm,.-", "<"),
        ('|!"#$%&/()=?»', f"QWERTYUIOP*{DEAD}{DEAD}", "ASDFGHJKLÇª", "ZXCVBNM;:_", ">"),
        {"2": "@", "3": "£", "4": "§", "7": "{", "8": "[", "9": "]", "0": "}"},
    ),
    "br": Keyboard(
        "Brazilian",
        ("'1234567890-=", f"qwertyuiop{DEAD}[]", f"asdfghjklç{DEAD}", "zxcvbnm,.;/", "\\"),
        (f'"!@#$%{DEAD}&*()_+', f"QWERTYUIOP{DEAD}{{}}", f"ASDFGHJKLÇ{DEAD}", "ZXCVBNM<>:?", "|"),
        {"1": "¹", "2": "²", "3": "³", "4": "£", "5": "¢", "6": "¬"},
    ),
    "da": Keyboard(
        "Danish",
        (f"½1234567890+{DEAD}", f"qwertyuiopå{DEAD}'", "asdfghjklæø", "zxcvbnm,.-", "<"),
        (f'§!"#¤%&/()=?{DEAD}', f"QWERTYUIOPÅ{DEAD}*", "ASDFGHJKLÆØ", "ZXCVBNM;:_", ">"),
        {**_NORDIC, "<": "\\"},
    ),
    "no": Keyboard(
        "Norwegian",
        ("|1234567890+\\", f"qwertyuiopå{DEAD}'", "asdfghjkløæ", "zxcvbnm,.-", "<"),
        (f'§!"#¤%&/()=?{DEAD}', f"QWERTYUIOPÅ{DEAD}*", "ASDFGHJKLØÆ", "ZXCVBNM;:_", ">"),
        _NORDIC,
    ),
    "sv": Keyboard(
        "Swedish or Finnish",
        (f"§1234567890+{DEAD}", f"qwertyuiopå{DEAD}'", "asdfghjklöä", "zxcvbnm,.-", "<"),
        (f'½!"#¤%&/()=?{DEAD}', f"QWERTYUIOPÅ{DEAD}*", "ASDFGHJKLÖÄ", "ZXCVBNM;:_", ">"),
        {**_NORDIC, "+": "\\", "<": "|"},
    ),
    "ch": Keyboard(
        "Swiss German",
        (f"§1234567890'{DEAD}", f"qwertzuiopü{DEAD}$", "asdfghjklöä", "yxcvbnm,.-", "<"),
        (f'°+"*ç%&/()=?{DEAD}', "QWERTZUIOPè!£", "ASDFGHJKLéà", "YXCVBNM;:_", ">"),
        {**_SWISS, "ü": "[", "ä": "{"},
    ),
    "ch-fr": Keyboard(
        "Swiss French",
        (f"§1234567890'{DEAD}", f"qwertzuiopè{DEAD}$", "asdfghjkléà", "yxcvbnm,.-", "<"),
        (f'°+"*ç%&/()=?{DEAD}', "QWERTZUIOPü!£", "ASDFGHJKLöä", "YXCVBNM;:_", ">"),
        {**_SWISS, "è": "[", "à": "{"},
    ),
    "be": Keyboard(
        "Belgian",
        ("²&é\"'(§è!çà)-", f"azertyuiop{DEAD}$µ", "qsdfghjklmù", "wxcvbn,;:=", "<"),
        ("³1234567890°_", f"AZERTYUIOP{DEAD}*£", "QSDFGHJKLM%", "WXCVBN?./+", ">"),
        {"&": "|", "é": "@", '"': "#", "§": "^", "ç": "{", "à": "}", "$": "]", "<": "\\"},
    ),
    "ca": Keyboard(
        "Canadian French",
        ("#1234567890-=", f"qwertyuiop{DEAD}{DEAD}<", f"asdfghjkl;{DEAD}", "zxcvbnm,.é", "«"),
        ('|!"/$%?&*()_+', f"QWERTYUIOP{DEAD}{DEAD}>", f"ASDFGHJKL:{DEAD}", "ZXCVBNM'.É", "»"),
        {"#": "\\", "2": "@", "3": "£", "4": "¢", "6": "¬", ";": "~", "<": "}"},
    ),
    "ca-multi": Keyboard(
        "Canadian Multilingual",
        ("/1234567890-=", f"qwertyuiop{DEAD}çà", "asdfghjkl;è", "zxcvbnm,.é", "ù"),
        ("\\!@#$%?&*()_+", f"QWERTYUIOP{DEAD}ÇÀ", "ASDFGHJKL:È", "ZXCVBNM'\"É", "Ù"),
        {"/": "|", "7": "{", "8": "}", "9": "[", "0": "]", ",": "<", ".": ">"},
    ),
}  # fmt: skip
