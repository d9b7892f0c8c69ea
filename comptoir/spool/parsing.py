"""From bytes to a payload, strictly: whatever is not one sound JSON object is refused in one French sentence."""

import codecs
import json
import re
import unicodedata
from typing import Never

from django.utils.translation import gettext as _

from comptoir.base.errors import Refusal
from comptoir.spool import names
from comptoir.spool.seal import DEEPEST, Payload, Unsealable, normal

_STRING = re.compile(r'"(?:[^"\\]|\\.)*"', re.DOTALL)
_BRACKET = re.compile(r"[\[\]{}]")
_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


class Unreadable(Refusal):
    """Nothing can be made of this file: it is to be set aside with the sentence."""

    code = "unreadable-file"
    kind = "invalid"


def parse(content: bytes) -> Payload:
    """The object these bytes are, its texts in NFC. Refuses: Unreadable."""
    text = _decoded(content)
    _check_depth(text)
    try:
        value = _DECODER.decode(text)
    except json.JSONDecodeError as error:
        raise Unreadable(_wrong_at(error, text)) from None
    except ValueError:  # an integer of thousands of digits
        raise Unreadable(_("Le fichier contient un nombre démesuré.")) from None
    if not isinstance(value, dict):
        raise Unreadable(_("Le fichier est du JSON, mais pas une pré-inscription (un objet est attendu)."))
    if "\\u" in text or not unicodedata.is_normalized("NFC", text):
        return _normal(value)
    return value


def _decoded(content: bytes) -> str:
    if content.startswith(codecs.BOM_UTF8):
        raise Unreadable(_("Le fichier commence par une marque BOM\u00a0: un autre logiciel l’a réenregistré."))
    if content.startswith(_UTF16):
        raise Unreadable(_("Le fichier est en UTF-16\u202f; il doit être en UTF-8."))
    if b"\0" in content:
        raise Unreadable(_nul_sentence(content))
    try:
        return content.decode()
    except UnicodeDecodeError as error:
        raise Unreadable(_not_utf8(content, error)) from None


def _nul_sentence(content: bytes) -> str:
    half = len(content) // 3  # one byte in two is NUL in Latin text written in UTF-16
    if content[0::2].count(0) > half or content[1::2].count(0) > half:
        return _("Le fichier est en UTF-16\u202f; il doit être en UTF-8.")
    return _("Le fichier est binaire\u00a0: ce n’est pas du texte.")


def _not_utf8(content: bytes, error: UnicodeDecodeError) -> str:
    if error.end == len(content) and error.reason == "unexpected end of data":
        return _cut_sentence()
    control = sum(byte < 32 and byte not in b"\t\n\r" for byte in content[:4096])
    if control > len(content[:4096]) // 20:
        return _("Le fichier est binaire\u00a0: ce n’est pas du texte.")
    return _("Le fichier n’est pas en UTF-8 (il semble être en Latin-1, dit aussi Windows-1252).")


def _check_depth(text: str) -> None:
    """Before parsing, so that no parser ever has to survive a bottomless nest."""
    if text.count("{") + text.count("[") <= DEEPEST:
        return
    depth = 0
    for bracket in _BRACKET.finditer(_STRING.sub("", text)):
        depth += 1 if bracket[0] in "[{" else -1
        if depth > DEEPEST:
            raise Unreadable(_("Le fichier emboîte ses données sur trop de niveaux."))


def _wrong_at(error: json.JSONDecodeError, text: str) -> str:
    sound = text.strip()
    if error.msg == "Extra data" and sound.startswith("{"):
        return _("Le fichier contient autre chose après la pré-inscription (ligne %(line)d).") % {"line": error.lineno}
    if not sound:
        return _("Le fichier est vide.")
    if sound.startswith("{") and (not sound.endswith("}") or error.pos >= len(text.rstrip())):
        return _cut_sentence()
    return _("Le fichier n’est pas du JSON correct (ligne %(line)d, colonne %(column)d).") % {
        "line": error.lineno,
        "column": error.colno,
    }


def _cut_sentence() -> str:
    return _("Le fichier est coupé\u00a0: il s’arrête avant la fin de la pré-inscription.")


def _normal(value: dict[str, object]) -> Payload:
    try:
        return normal(value)
    except Unsealable:
        raise Unreadable(_("Le fichier contient un caractère interdit, ou deux fois le même champ.")) from None


def _object(pairs: list[tuple[str, object]]) -> dict[str, object]:
    result = dict(pairs)
    if len(result) != len(pairs):
        seen: set[str] = set()
        twice = next(name for name, _value in pairs if name in seen or seen.add(name))  # type: ignore[func-returns-value]
        raise Unreadable(_("Le champ «\u202f%(name)s\u202f» figure deux fois.") % {"name": names.shown(twice)})
    return result


def _no_decimal(text: str) -> Never:
    raise Unreadable(
        _("Le nombre «\u202f%(number)s\u202f» n’est pas admis\u00a0: seuls les entiers le sont.")
        % {"number": names.shown(text)}
    )


_DECODER = json.JSONDecoder(object_pairs_hook=_object, parse_float=_no_decimal, parse_constant=_no_decimal)
