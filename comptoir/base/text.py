"""Text made comparable: names without case, accents, punctuation or legal form; SIRET; e-mail; phone."""

import re
import unicodedata
from collections.abc import Iterable

from stdnum.fr import siret as stdnum_siret

_LIGATURES = str.maketrans({"œ": "oe", "Œ": "oe", "æ": "ae", "Æ": "ae", "ß": "ss", "ı": "i", "ø": "o", "Ø": "o"})
_DOUBLED = str.maketrans("0123456789", "0246813579")  # twice a digit, the digits of that added up
_WORD = re.compile(r"[a-z0-9]+")
_NOT_DIGIT = re.compile(r"\D+")
# Legal forms as written after or before a name; « et cie » is part of none.
LEGAL_FORMS = frozenset(
    "sa sas sasu sarl eurl snc sci scp selarl selas scop scic gie earl gaec epic epa eirl ei asso association".split()
)
_DOTTED = re.compile(r"\b(?:[a-z]\.){2,}", re.IGNORECASE)
_CONTROL = {code: None for code in range(32) if code not in (9, 10, 13)} | {127: None}
_ONE_LINE = _CONTROL | dict.fromkeys((9, 10, 11, 12, 13, 0x2028, 0x2029), " ")


def clean_line(text: str) -> str:
    """One line as people typed it: no control character, no doubled space, NFC."""
    if text.isprintable():  # no blank in it but the space: nearly all, four times as fast
        text = text if text.isascii() else unicodedata.normalize("NFC", text)
        return " ".join(text.split()) if "  " in text else text.strip()
    return " ".join(unicodedata.normalize("NFC", text).translate(_ONE_LINE).split())


def clean_text(text: str) -> str:
    """Several lines as people typed them: no control character, line ends as \\n, no blank at the ends, NFC."""
    text = unicodedata.normalize("NFC", text).replace("\r\n", "\n").replace("\r", "\n")
    return text.translate(_CONTROL).strip()


def folded(text: str) -> str:
    """Lower case, no accent, no ligature, punctuation as single spaces."""
    if not text.isascii():
        bare = text.translate(_BARE)  # nearly all names end here, five times as fast
        text = bare if bare.isascii() else _without_marks(text.translate(_LIGATURES))
    return " ".join(_WORD.findall(text.casefold()))


def _without_marks(text: str) -> str:
    return "".join(char for char in unicodedata.normalize("NFKD", text) if not unicodedata.combining(char))


_BARE = {
    code: _without_marks(chr(code).translate(_LIGATURES))
    for code in range(0xA0, 0x180)
    if _without_marks(chr(code).translate(_LIGATURES)).isascii()
}


def name_key(legal_name: str) -> str:
    """What two spellings of one legal name share: folded, dotted forms joined, legal form set aside (B6)."""
    joined = _DOTTED.sub(lambda match: match[0].replace(".", "") + " ", legal_name)
    words = folded(joined).split()
    kept = [word for word in words if word not in LEGAL_FORMS]
    return " ".join(kept or words)


def digits(text: str) -> str:
    """Only the digits."""
    return text if not text or text.isdecimal() else _NOT_DIGIT.sub("", text)


_LA_POSTE = "356000000"  # whose sites are numbered by a rule of their own


def siret_problem(text: str) -> str:
    """Why this is not a SIRET: '' when it is one, else 'length' or 'checksum' (La Poste's exception known)."""
    number = digits(text)
    if len(number) != 14:
        return "length"
    # Nearly all are: asked of the library only when they are not, which takes twenty times as long.
    is_usual = not number.startswith(_LA_POSTE) and is_keyed(number) and is_keyed(number[:9])
    return "" if is_usual or stdnum_siret.is_valid(number) else "checksum"


def is_keyed(number: str) -> bool:
    """Whether the check digit is right (ISO/IEC 7812-1, annex B); other digits than ours are the library's matter."""
    if not number.isascii():
        return False
    from_last = number[::-1]
    return (sum(map(int, from_last[::2])) + sum(map(int, from_last[1::2].translate(_DOUBLED)))) % 10 == 0


def email_key(email: str) -> str:
    """An address made comparable: trimmed, lower case."""
    return email.strip().casefold()


def login_key(login: str) -> str:
    """Logins that people take for one another are one login (E6): NFKC, case, ligatures, dots on i, marks that show
    nothing. Accents are kept apart. The key of a key is itself.
    """
    if login.isascii():
        return login.casefold().strip()
    shown = "".join(char for char in login if unicodedata.category(char) != "Cf")
    text = unicodedata.normalize("NFKC", shown.translate(_LIGATURES)).casefold().replace("i\u0307", "i")
    return unicodedata.normalize("NFKC", text.translate(_LIGATURES)).casefold().strip()


def speaks_of(text: str, marks: Iterable[str]) -> bool:
    """Whether the text holds one of these: an address in any case, a name (folded) as whole words."""
    if not text:
        return False
    plain, words = text.casefold(), f" {folded(text)} "
    return any(mark in plain if "@" in mark else f" {mark} " in words for mark in marks if mark)
