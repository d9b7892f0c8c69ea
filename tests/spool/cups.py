"""A print service of our own: a real CUPS with Debian's PDF printer, its folders in a corner nobody else sees.

Both insist on `/etc/cups` and on root: the service runs in a mount namespace where that folder is ours.
"""

import os
import shutil
import subprocess
import time
from contextlib import contextmanager
from pathlib import Path

DAEMON = Path("/usr/sbin/cupsd")
BACKEND = Path("/usr/lib/cups/backend/cups-pdf")
DRIVER = Path("/usr/share/ppd/cups-pdf/CUPS-PDF_noopt.ppd")
PRINTER = "Bureau"
PATIENCE = 30
FILES = """\
ServerRoot /etc/cups
RequestRoot {here}/spool
CacheDir {here}/cache
StateDir {here}/state
AccessLog {here}/log/access
ErrorLog {here}/log/error
PageLog {here}/log/page
SystemGroup root
"""
SERVICE = """\
Listen {here}/state/cups.sock
WebInterface No
Browsing No
DefaultAuthType None
<Location />
  Allow all
</Location>
<Policy default>
  <Limit All>
    Allow all
  </Limit>
</Policy>
"""
PDF = "Out {here}/out\nAnonDirName {here}/out\nSpool {here}/pdf\nLog {here}/log\nTitlePref 1\n"


def lacking():
    """What this machine lacks to print for real; nothing when it can."""
    if os.geteuid():
        return "the PDF printer of CUPS runs as root only"
    absent = [str(path) for path in (DAEMON, BACKEND, DRIVER) if not path.exists()]
    return f"not installed: {', '.join(absent)}" if absent else ""


@contextmanager
def running(here, *, with_printer=True):
    """The service answers on a socket of its own, with its printer as the default one; yields where it prints."""
    for name in ("etc/ppd", "spool", "cache", "state", "log", "out", "pdf"):
        (here / name).mkdir(parents=True)
    for name, text in {"cups-files.conf": FILES, "cupsd.conf": SERVICE, "cups-pdf.conf": PDF}.items():
        (here / "etc" / name).write_text(text.format(here=here))
    here.chmod(0o755)
    command = f"mount --bind {here}/etc /etc/cups && exec {DAEMON} -f"
    service = subprocess.Popen(["unshare", "--mount", "sh", "-c", command])
    try:
        _wait(lambda: _asked(here, "lpstat", "-r").stdout.strip().endswith("is running"))
        if with_printer:
            _asked(here, "lpadmin", "-p", PRINTER, "-E", "-v", "cups-pdf:/", "-P", DRIVER, check=True)
            _asked(here, "lpadmin", "-d", PRINTER, check=True)
        yield here / "out"
    finally:
        service.terminate()
        service.wait(PATIENCE)


def printed(folder, count=1):
    """The files the printer made, once there are so many and nothing is being written."""
    _wait(lambda: len(list(folder.rglob("*.pdf"))) >= count)
    sizes = None
    while sizes != (sizes := [path.stat().st_size for path in folder.rglob("*.pdf")]):
        time.sleep(0.3)
    return sorted(folder.rglob("*.pdf"))


def address(here):
    """What `CUPS_SERVER` must say to print there."""
    return str(here / "state" / "cups.sock")


def _asked(here, command, *words, check=False):
    own = {**os.environ, "CUPS_SERVER": address(here)}
    program = shutil.which(command, path="/usr/sbin:/usr/bin:/sbin:/bin")
    return subprocess.run([program, *map(str, words)], env=own, capture_output=True, text=True, check=check)


def _wait(until):
    deadline = time.monotonic() + PATIENCE
    while not until():
        assert time.monotonic() < deadline, "the print service kept us waiting"
        time.sleep(0.1)
