"""A whole deployment into one file, and out of it (product.md §5)."""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.utils import timezone
from django.utils.translation import gettext as _

from comptoir.base import heartbeat
from comptoir.base.errors import Refusal
from comptoir.organisations.models import Organisation
from comptoir.preregistrations.commands import ledger
from comptoir.safekeeping import archive, databases
from comptoir.safekeeping.archive import Manifest
from comptoir.spool import disk

MADE_AGAIN = ("cache", "rounds")  # folders that make themselves again
OURS_ALWAYS = frozenset({*MADE_AGAIN, "secret_key"})  # what a start alone leaves in a data folder


class InTheWay(Refusal):
    """Something is where the file, or what it holds, would go; or Comptoir is at work there."""

    code = "in-the-way"


@dataclass(frozen=True)
class Restored:
    """When the backup was made, what each folder and its ledger disagree on by organisation, what was put aside."""

    made_at: datetime
    findings: dict[str, ledger.Findings]
    aside: list[Path]


def back_up(path: Path, *, at: datetime) -> int:
    """Afterwards the file holds the database as of now, then the folders; what waits in memory of nobody is not in it.

    The service goes on meanwhile: a request confirmed between the two has its file in the backup and no row, which a
    restoration adopts. Answers its bytes. Refuses: InTheWay, ToolFailed.
    """
    if path.exists():
        raise InTheWay(_("«\u202f%(file)s\u202f» existe déjà\u00a0: choisissez un autre nom.") % {"file": path})
    if not path.parent.is_dir():
        raise InTheWay(_("Le dossier «\u202f%(folder)s\u202f» n’existe pas.") % {"folder": path.parent})
    spools = _chosen_spools()
    manifest = Manifest(
        archive.FORMAT, version("comptoir"), connection.vendor, at.astimezone(UTC).isoformat(timespec="seconds"),
        databases.tables(), {slug: str(folder) for slug, folder in spools.items()},
    )  # fmt: skip
    with archive.scratch(path.parent) as folder:
        databases.dump(folder / archive.DATABASE)
        found = {f"{archive.SPOOLS}/{slug}": [spool] for slug, spool in spools.items() if spool.is_dir()}
        data = {archive.DATA: [Path(settings.DATA_DIR), *_left_out(path, folder)]}
        return archive.write(path, manifest, database=folder / archive.DATABASE, folders=data | found)


def restore(path: Path, *, replace: bool, at: datetime) -> Restored:
    """Afterwards this deployment is the one of the file, its tables those of this version, its folders compared.

    Everything is unpacked and checked first, so that a damaged file changes nothing. With `replace`, what was there is
    put aside in folders named after the moment (PostgreSQL replaces its tables in one transaction, and keeps no copy).
    Cut on the way, it is done again by the same words. Refuses: NotABackup, InTheWay, ToolFailed.
    """
    manifest = archive.read_manifest(path)
    _check_kind(manifest)
    data = Path(settings.DATA_DIR)
    _check_room(manifest, data, replace=replace, at=at)
    disk.make_folder(data)
    name = archive.ASIDE + timezone.localtime(at).strftime("%Y%m%d-%H%M%S")
    places = {archive.DATA: data} | {f"{archive.SPOOLS}/{slug}": Path(to) for slug, to in manifest.spools.items()}
    with archive.scratch(data) as unpacked:
        archive.unpack(path, unpacked)
        if replace:
            (data / name).mkdir(mode=0o700)
        databases.load(unpacked / archive.DATABASE, aside=data / name if replace else None)
        for inside, place in places.items():
            if (unpacked / inside).is_dir():
                _put(unpacked / inside, place, aside=place / name if replace else None)
    call_command("migrate", interactive=False, verbosity=0)
    findings = {one.slug: ledger.scan(one.pk, at=at) for one in Organisation.objects.order_by("slug")}
    return Restored(datetime.fromisoformat(manifest.made_at), findings, list(_kept(name, places)))


def _chosen_spools() -> dict[str, Path]:
    rows = Organisation.objects.exclude(spool_folder="").order_by("slug").values_list("slug", "spool_folder")
    return {slug: Path(folder) for slug, folder in rows}


def _left_out(path: Path, scratch: Path) -> list[Path]:
    data = Path(settings.DATA_DIR)
    rows = [data / name for name in (*MADE_AGAIN, *_database_names(data))]
    return [*rows, path, path.with_name(path.name + ".part"), scratch]


def _database_names(folder: Path) -> list[str]:
    place = databases.file()
    return [place.name + end for end in databases.BESIDE] if place and place.parent == folder else []


def _check_kind(manifest: Manifest) -> None:
    if manifest.vendor != connection.vendor:
        raise InTheWay(
            _("La sauvegarde est d’une base %(theirs)s, celle d’ici est %(ours)s\u00a0: changez COMPTOIR_DATABASE_URL.")
            % {"theirs": manifest.vendor, "ours": connection.vendor}
        )


def _check_room(manifest: Manifest, data: Path, *, replace: bool, at: datetime) -> None:
    if heartbeat.read(data, at=at).is_alive:
        raise InTheWay(_("Comptoir tourne encore\u00a0: arrêtez-le d’abord."))
    there = set(databases.tables())
    if there and not replace:
        raise InTheWay(_("La base n’est pas vide\u00a0: ajoutez --replace pour la remplacer."))
    if unknown := sorted(there - set(manifest.tables)):
        raise InTheWay(
            _("La base contient une table inconnue de la sauvegarde (%(name)s)\u00a0: prenez une base neuve.")
            % {"name": unknown[0]}
        )
    for folder in (data, *map(Path, manifest.spools.values())):
        spared = {*OURS_ALWAYS, *_database_names(folder)}
        if not replace and folder.is_dir() and any(_is_old(one, spared) for one in folder.iterdir()):
            raise InTheWay(
                _("Le dossier «\u202f%(folder)s\u202f» n’est pas vide\u00a0: ajoutez --replace pour le mettre de côté.")
                % {"folder": folder}
            )


def _is_old(path: Path, spared: set[str]) -> bool:
    return path.name not in spared and not path.name.startswith((archive.ASIDE, ".comptoir-", ".tmp"))


def _put(source: Path, place: Path, *, aside: Path | None) -> None:
    disk.make_folder(place)
    if aside:
        spared = {*MADE_AGAIN, *_database_names(place)}
        for old in [one for one in place.iterdir() if _is_old(one, spared)]:
            aside.mkdir(mode=0o700, exist_ok=True)
            old.rename(aside / old.name)
    for new in list(source.iterdir()):
        shutil.move(new, place / new.name)
    disk.sync_folder(place)


def _kept(name: str, places: dict[str, Path]) -> Iterator[Path]:
    for place in places.values():
        aside = place / name
        if aside.is_dir():
            if any(aside.iterdir()):
                yield aside
            else:
                aside.rmdir()
