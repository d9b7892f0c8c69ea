"""Which folder an organisation may take as its `Résa`: never one where others' files could be read or moved."""

import os
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _

from comptoir.base.errors import Invalid
from comptoir.organisations.models import Organisation
from comptoir.spool import folders
from comptoir.spool.folders import OURS, Spool

FIELD = "spool_folder"


def check_folder(folder: Path, *, organisation_id: int) -> Path:
    """The folder, resolved, its sub-folders made and writable. Refuses: Invalid, SpoolUnavailable.

    It must be absolute, apart from the data folder and from every other organisation's folder, and empty unless it
    has been a `Résa` before: what lies in a `Résa` is moved to REJETS when it is not a request.
    """
    if not folder.is_absolute():
        raise Invalid(_("Donnez un chemin absolu, qui commence par «\u202f/\u202f»."), field=FIELD)
    folder = folder.resolve()
    if any(_overlap(folder, other) for other in _taken(organisation_id)):
        raise Invalid(_("Ce dossier sert déjà\u00a0: choisissez-en un qui ne soit qu’à cet organisme."), field=FIELD)
    if not folder.parent.is_dir():
        raise Invalid(_("Le dossier qui devrait contenir celui-ci n’existe pas."), field=FIELD)
    if folder.exists() and not _is_free(folder):
        raise Invalid(_("Ce dossier contient autre chose\u00a0: prenez un dossier vide."), field=FIELD)
    try:
        folders.prepare(Spool(folder))
    except folders.SpoolUnavailable as refusal:
        raise Invalid(refusal.sentence, field=FIELD) from refusal
    return folder


def _taken(organisation_id: int) -> Iterator[Path]:
    data = Path(settings.DATA_DIR)
    yield data.resolve()
    others = Organisation.objects.exclude(pk=organisation_id).exclude(spool_folder="")
    yield from (Path(chosen) for chosen in others.values_list("spool_folder", flat=True))


def _overlap(one: Path, other: Path) -> bool:
    return one == other or one in other.parents or other in one.parents


def _is_free(folder: Path) -> bool:
    """A folder with nothing in it, or with the sub-folders of a former `Résa`."""
    if not folder.is_dir() or not os.access(folder, os.R_OK | os.X_OK):
        return False
    names = {entry.name for entry in folder.iterdir()}
    return names <= OURS or {"ARCHIVES", "REJETS"} <= names
