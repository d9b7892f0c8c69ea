"""Fetches pip's own wheel, for a Python that came without pip and venv, and runs it: `borrowed_pip.py install …`.

Written for any Python 3.8 or later, with nothing but its standard library.
"""

import hashlib
import json
import os
import re
import subprocess
import sys
import tempfile
import urllib.parse
import urllib.request
from pathlib import Path

INDEX = os.environ.get("UV_DEFAULT_INDEX") or os.environ.get("PIP_INDEX_URL") or "https://pypi.org/simple"
ACCEPT = "application/vnd.pypi.simple.v1+json"
FINAL = re.compile(r"pip-(\d+)\.(\d+)(?:\.(\d+))?-py3-none-any\.whl")


def newest_wheel():
    """Where the newest final release of pip is, under which name, and its digest."""
    page = INDEX.rstrip("/") + "/pip/"
    with urllib.request.urlopen(urllib.request.Request(page, headers={"Accept": ACCEPT}), timeout=30) as answer:
        files = json.load(answer)["files"]
    versions = {}
    for file in files:
        match = FINAL.fullmatch(file["filename"])
        if match and not file.get("yanked"):
            versions[tuple(int(part or 0) for part in match.groups())] = file
    best = versions[max(versions)]
    return urllib.parse.urljoin(page, best["url"]), best["filename"], best["hashes"]["sha256"]


def main():
    """Download, compare the digest, run."""
    address, name, digest = newest_wheel()
    with urllib.request.urlopen(address, timeout=60) as answer:
        content = answer.read()
    if hashlib.sha256(content).hexdigest() != digest:
        raise SystemExit("pip: the file received is not the one announced")
    with tempfile.TemporaryDirectory() as folder:
        wheel = Path(folder, name)
        wheel.write_bytes(content)
        return subprocess.call([sys.executable, str(wheel / "pip"), *sys.argv[1:]])


if __name__ == "__main__":
    raise SystemExit(main())
