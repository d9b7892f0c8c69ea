"""Takes the pictures of docs/screens: opens the demonstration, lives a day in it, photographs every screen on the way.

`make screens`, or `python tools/screens FOLDER`. The days are in `counter`, `desk` and `account`; `walk` then follows
links, so that a page nobody thought of is photographed too.
"""

import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from urllib.request import urlopen

import account
import counter
import desk
import django
import empty
import walk
from camera import ROOT, Album
from playwright.sync_api import sync_playwright

PICTURES = Path(sys.argv[1]).resolve() if sys.argv[1:] else ROOT / "docs" / "screens"
CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
DAYS = (empty.day, counter.day, account.day, desk.day, walk.day)


def opened(port: int, data: str) -> subprocess.Popen[bytes]:
    """The demonstration, answering."""
    command = [sys.executable, "-m", "comptoir", "demo", "--port", str(port), "--data", data]
    own = {name: value for name, value in os.environ.items() if not name.startswith("COMPTOIR_")}
    process = subprocess.Popen(command, cwd=ROOT, env=own | {"COMPTOIR_LOG_LEVEL": "ERROR"}, stdout=subprocess.DEVNULL)
    for _ in range(240):
        try:
            urlopen(f"http://127.0.0.1:{port}/health", timeout=2).close()
        except OSError:
            time.sleep(0.5)
        else:
            return process
    process.terminate()
    raise SystemExit("The demonstration did not open within two minutes.")


def main() -> None:
    """Open, live, close, and write the index."""
    django.setup()
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    with tempfile.TemporaryDirectory() as data, sync_playwright() as play:
        demo = opened(port, data)
        try:
            browser = play.chromium.launch(
                executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu", "--lang=fr-FR"],
                env={**os.environ, "LANGUAGE": "fr_FR"},
            )  # fmt: skip
            album = Album(browser, f"http://127.0.0.1:{port}", PICTURES)
            for day in DAYS:
                day(album)
            album.bind()
            browser.close()
        finally:
            demo.terminate()
            demo.wait(15)


if __name__ == "__main__":
    main()
