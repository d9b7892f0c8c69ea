"""A spool of one's own, and the laboratory where children are killed, starved and lied to at a chosen call."""

import os
import shutil
import tempfile
from pathlib import Path

import pytest

from comptoir.spool.folders import Spool, prepare
from tests.spool.lab.strace import Laboratory, NoTracing


@pytest.fixture
def spool(tmp_path):
    spool = Spool(tmp_path / "acme" / "Résa")
    prepare(spool)
    return spool


@pytest.fixture(scope="session")
def lab():
    try:
        laboratory = Laboratory()
    except NoTracing as why:
        _skip_here(str(why))
    yield laboratory
    laboratory.close()


@pytest.fixture
def other_disk(tmp_path):
    """A folder on another file system than `tmp_path`."""
    shm = Path("/dev/shm")
    if not shm.is_dir() or shm.stat().st_dev == tmp_path.stat().st_dev:
        pytest.skip("no second file system here")
    folder = Path(tempfile.mkdtemp(dir=shm))
    yield folder
    shutil.rmtree(folder)


@pytest.fixture
def shared_folder():
    """A folder that user nobody reaches too (those of pytest are closed to others)."""
    folder = Path(tempfile.mkdtemp())
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder)


def _skip_here(why):
    if os.environ.get("CI") == "true":
        pytest.fail(f"{why}; CI must run this")
    pytest.skip(why)
