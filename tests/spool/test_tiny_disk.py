"""T11, T14 on a real disk that is full, then larger, then read-only."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.fault


@pytest.fixture(scope="module")
def said(tmp_path_factory):
    folder = tmp_path_factory.mktemp("tiny")
    as_root = [] if os.geteuid() == 0 else ["--user", "--map-root-user"]
    apart = ["unshare", *as_root, "--mount"]
    try:
        subprocess.run([*apart, "mount", "-t", "tmpfs", "tmpfs", folder], check=True, capture_output=True)
    except (OSError, subprocess.CalledProcessError) as error:
        pytest.skip(f"no disk of one's own may be mounted here: {error}")
    run = subprocess.run(
        [*apart, sys.executable, "-m", "tests.spool.lab.tiny_disk", folder],
        cwd=Path(__file__).parents[2], capture_output=True, text=True,
    )  # fmt: skip
    assert run.returncode == 0, run.stderr
    return json.loads(run.stdout)


def test_a_full_disk_refuses_and_everything_said_done_is_whole(said):
    assert said["said_done"] > 50
    assert said["sentence"] == "Le disque du dossier Résa est plein."
    assert said["lies"] == []


def test_a_full_disk_still_archives_and_refuses_what_it_cannot_explain(said):
    assert said["archived_when_full"] == 20
    assert said["rejects"] == "Le disque du dossier Résa est plein."


def test_the_retry_succeeds_once_there_is_room(said):
    assert said["retry"] is True


def test_a_read_only_disk_is_named(said):
    words = "Le disque du dossier Résa est en lecture seule."
    assert (said["read_only"], said["read_only_write"], said["read_only_archive"]) == (words, words, [words])
