"""Erased while mails leave, while a file is written, while requests are integrated: one order or the other (T67)."""

import pytest

from comptoir.bookings import exporting
from comptoir.bookings.commands import confirming
from comptoir.bookings.counting import differences
from comptoir.bookings.models import Booking
from comptoir.bookings.queries import Search
from comptoir.integration.commands import reporting, running, starting
from comptoir.integration.commands.starting import Options
from comptoir.mail import outbox
from comptoir.mail.models import Message
from comptoir.mail.states import OPEN
from comptoir.preregistrations.commands import archiving, erasing
from comptoir.retention.commands.erasing import erase_booking
from tests.factories import NOW, make_registrations
from tests.faults.size import of
from tests.hands import together
from tests.integration.conftest import ask, world  # noqa: F401  # world is a fixture
from tests.mail.conftest import postbox, smtp_port  # noqa: F401  # fixtures
from tests.mail.made import send
from tests.retention.test_erasing import files_with, tables_with

pytestmark = [pytest.mark.fault, pytest.mark.django_db(transaction=True)]
RACES = of(6, 200)
MAIL = "zorglub@exemple.fr"


@pytest.fixture(autouse=True)
def roomy(world):  # noqa: F811
    type(world.session).objects.update(capacity=None)


def written(world, number):  # noqa: F811
    """A booking with its confirmation waiting to leave."""
    row = make_registrations(
        world.session, people=[("Zorglub", "Quetzal", MAIL)], booking_reference=f"R-{number}",
        booking_contact_name="Zorglub Quetzal", booking_contact_email=MAIL,
    )[0]  # fmt: skip
    confirming.send_confirmation(booking_id=row.booking_id, by=world.by, at=NOW)
    return row.booking


def erase(booking, by):
    return lambda: erase_booking(booking_id=booking.pk, by=by, at=NOW)


def test_a_mail_left_before_or_never_and_nothing_of_it_stays(world, postbox):  # noqa: F811
    for number in range(RACES):
        booking = written(world, number)
        together([erase(booking, world.by), lambda: send(limit=10)])
        assert tables_with("Zorglub") == tables_with(MAIL) == set()
        assert not Message.objects.filter(about=booking.reference, state__in=OPEN).exists()
    left = len(postbox.taken)
    send(limit=100)
    assert len(postbox.taken) == left, "what was erased leaves no more"
    assert left == len({one.message_id for one in postbox.taken})


def test_a_file_holds_the_whole_person_or_nobody(world):  # noqa: F811
    for number in range(RACES):
        booking = written(world, number)
        said = together([erase(booking, world.by), lambda: list(exporting.table(seen_by=world.by, search=Search()))])
        ((_titles, *people),) = [one for one in said if one]
        for row in people:
            cells = dict(zip(exporting.titles(), row, strict=True))
            whole = [str(cells[name]) for name in ("Prénom", "Nom", "Courriel")]
            assert whole in (["Zorglub", "Quetzal", MAIL], ["", "", ""])


def test_requests_integrated_meanwhile_are_whole_and_the_erased_stay_erased(world, tmp_path):  # noqa: F811
    for number in range(of(3, 100)):
        booking = written(world, number)
        ask(world, people=1, client=world.client, last_name="Voisin", email=f"voisin-{number}@exemple.fr")
        run = starting.start(
            ticket=f"t-{number}", method="identified", options=Options(), request_ids=None, by=world.by, at=NOW
        )
        together([erase(booking, world.by), lambda run=run: running.work(run.run_id, clock=lambda: NOW)])
        running.work(run.run_id, clock=lambda: NOW)
        assert Booking.objects.filter(contact_email=f"voisin-{number}@exemple.fr").count() == 1
    for act in (erasing.erase_due, reporting.produce_due, archiving.archive_all):
        act(at=NOW)
    assert tables_with("Zorglub") == tables_with(MAIL) == set()
    assert files_with(tmp_path, "Zorglub") == []
    assert differences() == {}


def test_sabotage_a_sender_that_settles_what_it_no_longer_holds(world, postbox, monkeypatch):  # noqa: F811
    """The claim is not looked at again: what the server said is written over the erased row."""
    booking = written(world, 0)
    postbox.after_taking = lambda taken: erase_booking(booking_id=booking.pk, by=world.by, at=NOW)
    monkeypatch.setattr(outbox, "_ours", lambda messages: Message.objects.filter(pk__in=[one.pk for one in messages]))
    send(limit=10)
    assert tables_with(MAIL)
