"""Where an organisation's spool lies, and the key that seals its files."""

from pathlib import Path

from django.conf import settings

from comptoir.organisations.models import Organisation
from comptoir.spool import folders
from comptoir.spool.folders import Spool


def spool_of(organisation: Organisation) -> Spool:
    """The organisation's `Résa`: the folder it chose, else one in the data folder."""
    return Spool(Path(organisation.spool_folder) if organisation.spool_folder else _default(organisation))


def ready_spool_of(organisation: Organisation) -> Spool:
    """The same, its folders made. Refuses: SpoolUnavailable, when the disk says no (T11, T14)."""
    spool = spool_of(organisation)
    folders.prepare(spool, create=not organisation.spool_folder)  # a chosen folder that is gone is a disk unmounted
    return spool


def seal_key(organisation: Organisation) -> bytes:
    """The secret of the organisation's seals."""
    return organisation.spool_key.encode()


def _default(organisation: Organisation) -> Path:
    return Path(settings.DATA_DIR) / organisation.slug / "Résa"
