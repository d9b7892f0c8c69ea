"""A session, four bookings: one with two people, one whose contact alone has an address, one cancelled."""

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest

from comptoir.letters.commands.drafting import Written, begin_letter
from comptoir.letters.commands.sending import send_letter
from comptoir.letters.models import Letter
from tests.bookings.conftest import place  # noqa: F401  # a fixture
from tests.factories import NOW, make_registrations, make_slot
from tests.mail.conftest import postbox, smtp_port  # noqa: F401  # fixtures

BODY = "Bonjour {destinataire},\n\n{horaires}\n\nLieu : {lieu}\n\n{bouton}\n\n{organisme}"


@pytest.fixture
def desk(place):  # noqa: F811
    """The organisation at work, and what its registrations are called."""
    begins = datetime(2027, 1, 11, 8, tzinfo=UTC)
    make_slot(place.session, begins, begins + timedelta(hours=3))
    place.session.refresh_from_db()
    claire = {"booking_contact_name": "Claire Lefèvre", "booking_contact_email": "claire@exemple.fr"}
    paul = {"booking_contact_name": "Paul Roy", "booking_contact_email": "paul@exemple.fr"}
    people = [("Hugo", "Marchand", "hugo@exemple.fr"), ("Anne", "Vial", "anne@exemple.fr")]
    hugo, anne = make_registrations(place.session, people=people, **claire)
    mute = make_registrations(place.session, people=[("Zoé", "Roy", "")], **paul)[0]
    gone = make_registrations(place.session, people=[("Ugo", "Petit", "ugo@exemple.fr")], state="cancelled", **paul)[0]
    away = make_registrations(place.other, people=[("Léa", "Loin", "lea@exemple.fr")], **paul)[0]
    return SimpleNamespace(**vars(place), hugo=hugo, anne=anne, mute=mute, gone=gone, away=away)


def begin(desk, *rows, by=None, kind="letter"):
    pk = begin_letter(registration_ids=[row.pk for row in rows], kind=kind, by=by or desk.by, at=NOW)
    return Letter.objects.get(pk=pk)


def written(**fields):
    return Written(**{"subject": "Au sujet de {session}", "body": BODY, "audience": "participants", **fields})


def send(desk, letter, by=None, at=NOW, **fields):
    send_letter(letter_id=letter.pk, written=written(**fields), by=by or desk.by, at=at)
    letter.refresh_from_db()
    return letter
