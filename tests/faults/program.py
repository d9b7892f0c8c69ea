"""The product as a program of its own: data made for it, its pages served, killed; and what is in its database after.

`python -m tests.faults.program make|verdict` runs inside the environment of the test that starts it.
"""

import json
import os
import secrets
import sys


def environment(folder, url=""):
    """Settings of a deployment in a folder of its own, without those of the tests."""
    own = {name: value for name, value in os.environ.items() if not name.startswith(("COMPTOIR_", "DJANGO_"))}
    return own | {
        "COMPTOIR_DATA_DIR": str(folder), "COMPTOIR_DATABASE_URL": url, "COMPTOIR_LOG_LEVEL": "ERROR",
        "COMPTOIR_SECRET_KEY": secrets.token_urlsafe(50), "COMPTOIR_PUBLIC_URL": "http://127.0.0.1:8000",
        "DJANGO_SETTINGS_MODULE": "comptoir.settings",
    }  # fmt: skip


def make():
    """An organisation with sessions on sale; prints the key of a program that may post, and the sessions."""
    from django.core.management import call_command

    from comptoir.administration.commands import tokens
    from comptoir.cli.benches.crowd import Crowd

    call_command("migrate", interactive=False, verbosity=0)
    crowd = Crowd.make(sessions=10, clients=5)
    key = tokens.issue_token(name="essai", scopes=["preregistrations:write"], by=crowd.by, at=crowd.at)
    print(json.dumps({"key": key, "sessions": crowd.sessions}))


def verdict():
    """What there is of each request: rows, files, mails; after what was left half-done has been finished."""
    from collections import Counter
    from datetime import timedelta

    from django.utils import timezone

    from comptoir.mail.models import Message
    from comptoir.organisations.models import Organisation
    from comptoir.preregistrations.commands import requests
    from comptoir.preregistrations.folder import ready_spool_of
    from comptoir.preregistrations.models import Request, SpoolFile
    from comptoir.spool import reader

    requests.finish_recorded(at=timezone.now() + timedelta(minutes=5), limit=100_000)
    spool = ready_spool_of(Organisation.objects.get(slug="banc"))
    ledger = dict(SpoolFile.objects.values_list("name", "digest"))
    there = {path.name for path in spool.inbox.glob("*.log")}
    mails = Message.objects.filter(kind__startswith="preregistration")
    told = {
        "references": list(Request.objects.values_list("reference", flat=True)),
        "states": Counter(Request.objects.values_list("state", flat=True)),
        "missing": sorted(ledger.keys() - there),
        "foreign": sorted(there - ledger.keys()),
        "unreadable": [name for name in there & ledger.keys() if reader.read_bytes_digest(spool, name) != ledger[name]],
        "mails": Counter(mails.values_list("kind", flat=True)),
    }
    print(json.dumps(told))


if __name__ == "__main__":
    import django

    django.setup()
    {"make": make, "verdict": verdict}[sys.argv[1]]()
