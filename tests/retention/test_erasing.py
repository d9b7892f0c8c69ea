"""Personal data erased are nowhere: no table, no file, no report; what is not personal stays (C9)."""

import io

import pytest
from django.apps import apps
from pypdf import PdfReader

from comptoir.base.errors import Missing
from comptoir.bookings.commands import confirming
from comptoir.bookings.counting import differences
from comptoir.bookings.models import Booking, Registration
from comptoir.bookings.perimeter import OutsidePerimeter
from comptoir.deals.commands import following
from comptoir.deals.models import Deal
from comptoir.integration.commands import reporting, running, starting, winning
from comptoir.integration.commands.starting import Options
from comptoir.mail.models import Message
from comptoir.payments.commands import recording
from comptoir.payments.commands.recording import Settled
from comptoir.payments.models import Entry
from comptoir.preregistrations.commands import archiving, erasing
from comptoir.preregistrations.models import Request, SpoolFile
from comptoir.retention.commands.erasing import AlreadyErased, erase_booking
from tests.factories import NOW, actor_of, make_organisation, make_registrations, make_session, make_staff
from tests.integration.conftest import ask, world  # noqa: F401  # world is a fixture
from tests.web.desk.desk import Desk

pytestmark = pytest.mark.django_db(transaction=True)
CANARIES = ("Zorglub", "Quetzal", "zorglub@exemple.fr", "0611223344", "Chèque Zorglub", "rue Quetzal")


def tables_with(text):
    """Every column of ours that holds this text, whatever its type."""
    ours = (model for model in apps.get_models() if model.__module__.startswith("comptoir."))
    found = set()
    for model in ours:
        for row in model._default_manager.values():
            for column, value in row.items():
                if text.casefold() in str(value).casefold():
                    found.add(f"{model._meta.label}.{column}")
    return found


def files_with(folder, text):
    """Every file that holds this text, the PDF read as text."""
    found = []
    for path in folder.rglob("*"):
        if path.is_file() and path.suffix not in {".sqlite3", ".test"}:
            data = path.read_bytes()
            whole = (
                "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(data)).pages)
                if path.suffix == ".pdf"
                else data.decode(errors="ignore")
            )
            if text.casefold() in whole.casefold():
                found.append(path.name)
    return found


def integrate(world, method="identified", **options):  # noqa: F811
    started = starting.start(
        ticket=f"t-{world.asked}-{method}",
        method=method,
        options=Options(**options),
        request_ids=None,
        by=world.by,
        at=NOW,
    )
    assert running.work(started.run_id, clock=lambda: NOW)
    reporting.produce_due(at=NOW)
    archiving.archive_all(at=NOW)


def asked(world, **fields):  # noqa: F811
    request = ask(
        world,
        people=1,
        client=world.client,
        first_name="Zorglub",
        last_name="Quetzal",
        email="zorglub@exemple.fr",
        phone="0611223344",
        address="3 rue Quetzal",
        message="Appelez Zorglub",
        **fields,
    )
    request.lines.update(first_name="Zorglub", last_name="Quetzal", email="zorglub@exemple.fr")
    return request


def erase(booking, by):
    erase_booking(booking_id=booking.pk, by=by, at=NOW)
    erasing.erase_due(at=NOW)
    reporting.produce_due(at=NOW)


def test_nothing_personal_is_left_anywhere(world, tmp_path):  # noqa: F811
    asked(world)
    integrate(world)
    booking = Booking.objects.get()
    confirming.send_confirmation(booking_id=booking.pk, by=world.by, at=NOW)
    settled = Settled(booking.owed_cents, "cheque", NOW.date(), "Chèque Zorglub")
    recording.record_payment(booking_id=booking.pk, key="k", settled=settled, notify=True, by=world.by, at=NOW)
    assert all(tables_with(one) for one in CANARIES), "the canaries were there"
    assert files_with(tmp_path, "Zorglub")
    erase(booking, world.by)
    assert {one: tables_with(one) for one in CANARIES if tables_with(one)} == {}
    assert {one: files_with(tmp_path, one) for one in CANARIES if files_with(tmp_path, one)} == {}
    booking.refresh_from_db()
    assert (booking.erased_at, booking.payment, Entry.objects.count()) == (NOW, "paid", 1)
    assert differences() == {}
    assert SpoolFile.objects.get().state == "erased"
    assert not Message.objects.filter(next_at__isnull=False).exists(), "what waited does not leave"
    with pytest.raises(AlreadyErased):
        erase_booking(booking_id=booking.pk, by=world.by, at=NOW)


def test_a_won_deal_and_its_request_go_too(world, tmp_path):  # noqa: F811
    asked(world)
    integrate(world, "deals")
    deal = Deal.objects.get()
    following.write_note(deal_id=deal.pk, text="Zorglub a rappelé", by=world.by, at=NOW)
    winning.win(deal_id=deal.pk, by=world.by, at=NOW)
    erase(Booking.objects.get(), world.by)
    assert {one: tables_with(one) for one in CANARIES if tables_with(one)} == {}
    assert files_with(tmp_path, "Zorglub") == []


def test_the_neighbours_keep_theirs(world, tmp_path):  # noqa: F811
    asked(world)
    ask(world, people=1, client=world.client, last_name="Voisin", email="voisin@exemple.fr")
    integrate(world)
    first = Booking.objects.get(contact_email="zorglub@exemple.fr")
    erase(first, world.by)
    assert tables_with("voisin@exemple.fr") >= {"bookings.Booking.contact_email", "preregistrations.Request.email"}
    assert len(files_with(tmp_path, "voisin@exemple.fr")) == 1
    assert Registration.objects.exclude(first_name="").count() == 1


def test_sabotage_a_forgotten_place_is_found(world, monkeypatch):  # noqa: F811
    asked(world)
    integrate(world)
    monkeypatch.setattr("comptoir.retention.commands.erasing.mails.erase", lambda *args, **more: None)
    erase(Booking.objects.get(), world.by)
    assert tables_with("Zorglub") >= {"mail.Message.text"}


def test_who_may_and_who_may_not(world):  # noqa: F811
    booking = make_registrations(world.session)[0].booking
    stranger = actor_of(make_staff(make_organisation()))
    with pytest.raises(Missing):
        erase_booking(booking_id=booking.pk, by=stranger, at=NOW)
    manager = make_staff(world.organisation, "manager")
    world.session.managers.add(manager)
    outside = make_registrations(make_session(world.activity))[0]
    Registration.objects.filter(pk=outside.pk).update(booking=booking, position=9)
    with pytest.raises(OutsidePerimeter):
        erase_booking(booking_id=booking.pk, by=actor_of(manager), at=NOW)


def test_the_pages_stay_whole(world):  # noqa: F811
    request = asked(world)
    integrate(world)
    booking, desk = Booking.objects.get(), Desk(world.staff)
    assert "n’est pas passée" in desk.get("booking-erase", booking.reference).content.decode()
    assert desk.post("booking-erase", booking.reference, data={"confirmation": "non"}).status_code == 422
    assert desk.post("booking-erase", booking.reference, data={"confirmation": booking.reference}).status_code == 302
    erasing.erase_due(at=NOW)
    reporting.produce_due(at=NOW)
    row = Request.objects.get(pk=request.pk)
    message = Message.objects.first()
    for page in (
        desk.get("booking", booking.reference), desk.get("bookings"), desk.get("session", world.session.pk),
        desk.get("intake-request", row.reference), desk.get("message", message.pk), desk.get("messages"),
        desk.get("client", world.client.pk), desk.get("booking-user-mode", booking.reference), desk.get("runs"),
    ):  # fmt: skip
        assert page.status_code == 200
        assert "Zorglub" not in page.content.decode()
    assert "Nom effacé" in desk.get("booking", booking.reference).content.decode()
