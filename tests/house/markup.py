"""The HTML of a page as the checker of the W3C reads it: one Java process for hundreds of pages."""

import json
import os
import shutil
import subprocess

import pytest

from tests.house.source import ROOT


def checker():
    """The command of the checker; skipped where there is no Java or no way to fetch it, never in CI."""
    java = shutil.which("java")
    found = subprocess.run([ROOT / "tools" / "vnu"], cwd=ROOT, capture_output=True, text=True) if java else None
    if found is None or found.returncode:
        assert not os.environ.get("CI"), found.stderr if found else "Java is not installed"
        pytest.skip("the HTML checker needs Java, and npm to fetch it once")
    return [java, "-Xss4m", "-jar", str(ROOT / found.stdout.strip())]


def faults(folder):
    """What is wrong with the HTML files of a folder: « file:line: sentence »."""
    command = [*checker(), "--errors-only", "--format", "json", "--stdout", "--exit-zero-always", str(folder)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=300)
    messages = json.loads(done.stdout or done.stderr)["messages"]
    return [
        f"{one['url'].rpartition('/')[2]}:{one.get('lastLine')}: {one['message']} « {one.get('extract', '')[:160]} »"
        for one in messages
        if one["type"] == "error"
    ]


class Collection:
    """Pages kept as files, each under the name of its address."""

    def __init__(self, folder):
        self.folder = folder
        self.names = set()

    def keep(self, name, answer):
        """Keep this answer if it is a whole page; answers whether it is."""
        if answer.streaming or not answer.get("Content-Type", "").startswith("text/html"):
            return False
        text = answer.content.decode()
        if not text.lstrip().lower().startswith("<!doctype"):
            return False
        name = name.strip("/").replace("/", "_").replace("<", "").replace(">", "") or "home"
        (self.folder / f"{name}.html").write_text(text)
        self.names.add(name)
        return True
