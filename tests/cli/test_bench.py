"""`comptoir bench NAME --json` answers with the figures of product.md §5, on either database, and leaves nothing."""

import json
import os
import subprocess
import sys

import pytest

from tests import database

FIGURES = {
    "name", "database", "size", "seconds", "per_second", "p50_ms", "p95_ms", "p99_ms", "peak_mib", "raw_per_second",
    "ratio",
}  # fmt: skip


def bench(name, size, folder):
    """The object that a small bench prints; what it makes is in this folder, whatever others measure meanwhile."""
    words = ["bench", name, "--size", str(size), "--json", "--database", os.environ.get(database.GIVEN_URL, "")]
    own = {key: value for key, value in os.environ.items() if not key.startswith(("COMPTOIR_", "DJANGO_"))}
    own["TMPDIR"] = str(folder)
    done = subprocess.run(
        [sys.executable, "-m", "comptoir", *words], capture_output=True, text=True, timeout=120, env=own
    )
    assert done.returncode == 0, done.stderr[-2000:]
    return json.loads(done.stdout)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "size"),
    [
        ("intake", 30),
        ("lists", 20),
        ("duplicates", 60),
        ("matching", 60),
        ("proposals", 20),
        ("members", 40),
        ("visible", 5),
        ("export", 40),
        ("registrations", 40),
        ("booking", 10),
        ("counter", 8),
    ],
)
def test_a_bench_says_its_figures(name, size, tmp_path):
    found = bench(name, size, tmp_path)
    assert found.keys() >= FIGURES
    assert not found.get("missed"), "a confirmed request was never shown"
    assert (found["name"], found["size"]) == (name, size)
    assert found["seconds"] > 0
    assert list(tmp_path.glob("comptoir-bench-*")) == []
