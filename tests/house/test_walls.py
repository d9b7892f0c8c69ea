"""The walls stand, and each goes red when it is broken: on a copy of the tree with one wrong line added."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.house.source import ROOT

pytest.importorskip("importlinter", reason="the walls need the group lint (make check)")
LINT = Path(sys.executable).with_name("lint-imports")

BREACHES = [
    ("an upward import", "base/money.py", "from comptoir.clients import models", "Floors"),
    ("a sideways import", "deals/states.py", "from comptoir.bookings import states", "Floors"),
    ("a door on a door", "api/__init__.py", "import comptoir.web.urls", "Floors"),
    ("a package without a floor", "nowhere/__init__.py", "", "Floors"),
    ("an area on an area", "web/public/apps.py", "import comptoir.web.desk.apps", "Areas of the web"),
    (
        "a door on a table",
        "cli/__init__.py",
        "from comptoir.clients.models import Client",
        "Doors leave the models alone",
    ),
    ("states that know models", "deals/states.py", "from comptoir.deals import models", "Inside a package"),
]


@pytest.fixture
def copy(tmp_path):
    """The product's code and its walls, to spoil."""
    shutil.copytree(ROOT / "comptoir", tmp_path / "comptoir", ignore=shutil.ignore_patterns("__pycache__", "static"))
    shutil.copy(ROOT / ".importlinter", tmp_path)
    return tmp_path


def linted(folder):
    return subprocess.run([LINT, "--no-logo", "--no-cache"], cwd=folder, capture_output=True, text=True)


@pytest.mark.slow
def test_the_walls_stand(copy):
    ran = linted(copy)
    assert ran.returncode == 0, ran.stdout


@pytest.mark.slow
@pytest.mark.fault
@pytest.mark.parametrize(("file", "line", "wall"), [b[1:] for b in BREACHES], ids=[b[0] for b in BREACHES])
def test_a_breach_is_seen(copy, file, line, wall):
    path = copy / "comptoir" / file
    path.parent.mkdir(exist_ok=True)
    text = path.read_text() if path.exists() else ""
    path.write_text(f"{text}\n{line}\n")
    ran = linted(copy)
    assert ran.returncode != 0
    assert f"{wall} BROKEN" in ran.stdout or "Missing layer" in ran.stdout or "nowhere" in ran.stdout, ran.stdout


@pytest.mark.slow
@pytest.mark.fault
def test_a_circle_is_seen(copy):
    for one, other in (("notes", "labels"), ("labels", "notes")):
        (copy / "comptoir" / "clients" / f"{one}.py").write_text(f"from comptoir.clients import {other}\n")
    assert "No circles BROKEN" in linted(copy).stdout
