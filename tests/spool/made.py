"""A request as the counter makes it, and its file: what every spool test starts from."""

from datetime import UTC, datetime

from comptoir.spool.folders import file_name
from comptoir.spool.seal import encode

KEY = b"key of the organisation acme....."
OTHER_KEY = b"key of the organisation autre...."
AT = datetime(2026, 11, 22, 13, 3, 10, tzinfo=UTC)


def payload(reference="PR-7K3QX9", **more):
    return {
        "reference": reference,
        "made_at": "2026-11-22T13:03:10Z",
        "client": {"legal_name": "Société d'Électricité de l'Œuf", "siret": "73282932000074", "city": "Saint-Étienne"},
        "contact": {"last_name": "Lefèvre", "first_name": "Zoé", "email": "zoe@example.org"},
        "lines": [
            {
                "session": number,
                "unit_cents": 12_000,
                "vat_bp": 2000,
                "participants": [{"last_name": f"N°{number}"}] * 3,
            }
            for number in (1, 2)
        ],
        "signed_in": False,
        **more,
    }


def name_of(reference="PR-7K3QX9"):
    return file_name(AT, reference)


def file_of(reference="PR-7K3QX9", key=KEY, **more):
    return encode(payload(reference, **more), key)


def drop(spool, reference="PR-7K3QX9", **more):
    """Put a sound file in the inbox by the shortest way; its name."""
    name = name_of(reference)
    (spool.inbox / name).write_bytes(file_of(reference, **more))
    return name
