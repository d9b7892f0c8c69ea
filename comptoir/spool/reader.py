"""Reading one file of the spool, whatever somebody dropped there: a request, or one sentence saying what is wrong."""

import errno
import hashlib
import os
import stat
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

from django.utils.translation import gettext as _

from comptoir.base.errors import Refusal
from comptoir.spool import disk, names, parsing
from comptoir.spool.folders import Spool, unavailable
from comptoir.spool.parsing import Unreadable
from comptoir.spool.seal import FORMAT, Payload, verify

LIMIT = 1024 * 1024
__all__ = ["LIMIT", "Foreign", "ReadFile", "Unreadable", "Vanished", "check_seal", "read"]


class Vanished(Refusal):
    """The file is no longer there: another person or process was faster."""

    code = "vanished-file"
    kind = "missing"


class Foreign(Refusal):
    """Well made, but not by this organisation, or changed since."""

    code = "foreign-file"
    kind = "invalid"


@dataclass(frozen=True, slots=True)
class ReadFile:
    """A file read whole: its payload with texts in NFC, and the SHA-256 of its bytes as they lie on the disk."""

    name: str
    payload: Payload
    digest: str


def read(spool: Spool, name: str, *, limit: int = LIMIT, required: Collection[str] = ("reference",)) -> ReadFile:
    """The file of that name in the inbox; its seal is not judged here.

    Refuses: Unreadable (set it aside), Vanished (nothing to do), SpoolUnavailable (the disk, not the file).
    """
    _check_name(name)
    content = _content(spool.inbox / name, limit)
    payload = parsing.parse(content)
    _check_members(payload, required)
    return ReadFile(name, payload, digest_of(content))


def read_bytes_digest(spool: Spool, name: str, *, limit: int = LIMIT) -> str:
    """The digest of a file the ledger vouches for: as safe a read, without judging the content again."""
    _check_name(name)
    return digest_of(_content(spool.inbox / name, limit))


def digest_of(content: bytes) -> str:
    """SHA-256 of a file's bytes, in hexadecimal: what the ledger keeps."""
    return hashlib.sha256(content).hexdigest()


def check_seal(payload: Payload, key: bytes) -> None:
    """Refuses: Foreign, when the payload was not sealed with this key or was changed since."""
    if "seal" not in payload:
        raise Foreign(_("Ce fichier ne porte pas de sceau\u00a0: il ne vient pas de Comptoir."))
    if not verify(payload, key):
        raise Foreign(_("Le sceau ne correspond pas\u00a0: fichier modifié, ou venu d’un autre organisme."))


def _check_name(name: str) -> None:
    if not names.is_plain(name):
        raise Unreadable(_("Le nom de ce fichier n’est pas admis (caractère interdit ou invisible, ou nom trop long)."))
    if not name.endswith(".log"):
        raise Unreadable(_("Ce fichier n’est pas un fichier .log\u00a0: ce n’est pas une pré-inscription."))


def _content(path: Path, limit: int) -> bytes:
    try:
        _check_kind(path.lstat())  # before opening: to open a device is already to act on it
        descriptor = disk.open_to_read(path)
        try:
            found = os.fstat(descriptor)
            _check_kind(found)
            _check_size(found.st_size, limit)
            return _whole(descriptor, found.st_size, limit)
        finally:
            os.close(descriptor)
    except OSError as error:
        raise _refusal(error) from error


def _whole(descriptor: int, size: int, limit: int) -> bytes:
    content = os.read(descriptor, size + 1)
    if len(content) == size:
        return content
    while chunk := os.read(descriptor, limit + 1 - len(content)):  # it is growing, or reads come in parts
        content += chunk
        _check_size(len(content), limit)
    return content


def _check_kind(found: os.stat_result) -> None:
    match stat.S_IFMT(found.st_mode):
        case stat.S_IFREG:
            return
        case stat.S_IFLNK:
            sentence = _("C’est un lien vers un autre endroit\u00a0: un lien n’est jamais suivi.")
        case stat.S_IFDIR:
            sentence = _("C’est un dossier, pas un fichier de pré-inscription.")
        case stat.S_IFIFO:
            sentence = _("C’est un tube (FIFO), pas un fichier de pré-inscription.")
        case stat.S_IFSOCK:
            sentence = _("C’est une prise de communication (socket), pas un fichier de pré-inscription.")
        case _other:
            sentence = _("C’est un périphérique, pas un fichier de pré-inscription.")
    raise Unreadable(sentence)


def _check_size(size: int, limit: int) -> None:
    if size == 0:
        raise Unreadable(_("Le fichier est vide."))
    if size > limit:
        raise Unreadable(
            _("Le fichier est trop gros\u00a0: %(size)d octets, pour %(limit)d au plus.")
            % {"size": size, "limit": limit}
        )


def _refusal(error: OSError) -> Refusal:
    match error.errno:
        case errno.ENOENT | errno.ESTALE:
            return Vanished(_("Le fichier n’est plus dans le dossier Résa."))
        case errno.EACCES | errno.EPERM:
            return Unreadable(_("Comptoir n’a pas le droit de lire ce fichier."))
        case errno.ELOOP:
            return Unreadable(_("C’est un lien vers un autre endroit\u00a0: un lien n’est jamais suivi."))
    return unavailable(error)


def _check_members(payload: Payload, required: Collection[str]) -> None:
    announced = payload.get("format")
    if announced is None:
        raise Unreadable(_("Le fichier ne dit pas son format\u00a0: ce n’est pas une pré-inscription."))
    if announced != FORMAT:
        raise Unreadable(
            _("Le format annoncé, «\u202f%(format)s\u202f», n’est pas celui que Comptoir lit.")
            % {"format": names.shown(str(announced))}
        )
    for name in required:
        if payload.get(name) in (None, "", [], {}):
            raise Unreadable(_("Il manque le champ «\u202f%(name)s\u202f».") % {"name": name})
