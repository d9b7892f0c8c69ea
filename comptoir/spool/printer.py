"""Handing a file to the server's printer, through CUPS (B15)."""

import subprocess
from pathlib import Path

from django.utils.translation import gettext as _

from comptoir.base.errors import Refusal

SECONDS = 30


class CannotPrint(Refusal):
    """No print service, no such printer, or it refused the file."""

    code = "cannot-print"
    kind = "unavailable"


def send(path: Path, queue: str = "", *, title: str = "") -> str:
    """The print service accepted the file; answers its job's name. `queue` empty = the default printer.

    Refuses: CannotPrint, with the service's own words.
    """
    command = ["lp", *(["-d", queue] if queue else []), "-t", title or path.name, "--", str(path)]
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=SECONDS, check=False)  # noqa: S603 (no shell)
    except FileNotFoundError as error:
        raise CannotPrint(_("Aucun service d’impression (CUPS) sur ce serveur.")) from error
    except subprocess.TimeoutExpired as error:
        raise CannotPrint(_("Le service d’impression ne répond pas.")) from error
    if done.returncode:
        words = " ".join((done.stderr or done.stdout).split())[:200]
        raise CannotPrint(_refused(queue) % {"printer": queue, "words": words or "?"})
    return done.stdout.strip()


def _refused(queue: str) -> str:
    if queue:
        return _("L’imprimante «\u202f%(printer)s\u202f» a refusé\u00a0: %(words)s")
    return _("L’imprimante par défaut a refusé\u00a0: %(words)s")
