"""One person, at the person's request: all of it given, all of it erased, and nothing of the others (R9)."""

import csv
import io
import json
import zipfile
from dataclasses import replace

import pytest

from comptoir.base.errors import Forbidden, Invalid, Missing
from comptoir.bookings.commands import confirming
from comptoir.bookings.models import Booking, Registration, SavedSearch
from comptoir.clients.models import Client, ClientImport, Contact
from comptoir.deals.commands import following
from comptoir.deals.models import Deal
from comptoir.enquiries.commands import asking
from comptoir.integration.commands import reporting
from comptoir.journal.models import Entry
from comptoir.mail.models import Message
from comptoir.merging.models import Changed, Merge
from comptoir.organisations.actors import visitor
from comptoir.payments.commands import recording
from comptoir.payments.commands.recording import Settled
from comptoir.preregistrations.commands import erasing
from comptoir.preregistrations.models import Basket
from comptoir.preregistrations.submission import Requester
from comptoir.retention.commands import persons
from comptoir.retention.models import Certificate
from tests import factories as f
from tests.enquiries.test_asking import COVER
from tests.integration.conftest import ask, world  # noqa: F401  # a fixture
from tests.retention.test_erasing import CANARIES, asked, files_with, integrate, tables_with

pytestmark = pytest.mark.django_db(transaction=True)
MAIL = "zorglub@exemple.fr"


def everywhere(world):  # noqa: F811
    """The person in each place that can name one."""
    asked(world)
    integrate(world, "deals")
    following.write_note(deal_id=Deal.objects.get().pk, text="Zorglub Quetzal a rappelé", by=world.by, at=f.NOW)
    asked(world)
    integrate(world)
    booking = Booking.objects.get()
    confirming.send_confirmation(booking_id=booking.pk, by=world.by, at=f.NOW)
    settled = Settled(booking.owed_cents, "cheque", f.NOW.date(), "Chèque Zorglub Quetzal")
    recording.record_payment(booking_id=booking.pk, key="k", settled=settled, notify=True, by=world.by, at=f.NOW)
    f.make_client(world.organisation, "Zorglub Quetzal", kind="person", email=MAIL)
    f.make_contact(world.client, MAIL, last_name="Quetzal", first_name="Zorglub")
    Client.objects.filter(pk=world.client.pk).update(
        notes="Client fidèle\nVoir Zorglub Quetzal", email=MAIL, email_key=MAIL
    )
    user = f.make_user("zorglub", email=MAIL, last_name="Quetzal", first_name="Zorglub")
    f.make_member(world.organisation, last_name="Quetzal", first_name="Zorglub", user=user, dues=[2026])
    SavedSearch.objects.create(staff=world.staff, name="Lui", query=f"q={MAIL}")
    Basket.objects.create(
        organisation=world.organisation, digest="d", form_token="t", client={"email": MAIL}, touched_at=f.NOW
    )
    ClientImport.objects.create(
        organisation=world.organisation, file_name="c.csv", reading={}, foreseen={}, total=1,
        problems=[{"line": 2, "sentence": f"« {MAIL} »"}], by_name="Camille", created_at=f.NOW,
    )  # fmt: skip
    merge = Merge.objects.create(organisation=world.organisation, target=world.client, target_number="C1", at=f.NOW)
    Changed.objects.create(merge=merge, holder="client", row_id=1, column="email", before=MAIL, after="")

    type(world.organisation).objects.filter(pk=world.organisation.pk).update(takes_cover=True)
    who = Requester(
        "Zorglub Quetzal", "Zorglub", "Quetzal", MAIL, kind="person", city="Nantes", phone="0611223344",
        message="Zorglub Quetzal attend",
    )  # fmt: skip
    cover = replace(COVER, requester=who, on_site="Zorglub Quetzal")
    asking.ask(wish=cover, token="jeton", client_id=None, by=visitor(world.organisation.pk), at=f.NOW)


def erase(world):  # noqa: F811
    reference = persons.erase(address=MAIL.upper(), by=world.by, at=f.NOW)
    erasing.erase_due(at=f.NOW)
    reporting.produce_due(at=f.NOW)
    return reference


def test_nothing_of_the_person_is_left_anywhere(world, tmp_path):  # noqa: F811
    everywhere(world)
    assert all(tables_with(one) for one in CANARIES)
    assert files_with(tmp_path, "Zorglub")
    reference = erase(world)
    assert {one: tables_with(one) for one in CANARIES if tables_with(one)} == {}
    assert {one: files_with(tmp_path, one) for one in CANARIES if files_with(tmp_path, one)} == {}
    booking = Booking.objects.get()
    assert (booking.payment, bool(booking.erased_at)) == ("paid", True), "the money and its date stay"
    assert Client.objects.get(pk=world.client.pk).notes == "Client fidèle"
    row = Certificate.objects.get(reference=reference)
    assert (row.kind, row.months, row.by_name) == ("person", None, world.by.name)
    assert row.count > 8
    assert Entry.objects.filter(what="retention.person-erased", about=reference).count() == 1
    with pytest.raises(Missing):
        persons.erase(address=MAIL, by=world.by, at=f.NOW)


def test_the_others_stay(world):  # noqa: F811
    people = [("Zorglub", "Quetzal", ""), ("Hugo", "Voisin", "voisin@exemple.fr")]
    named = {"booking_contact_name": "Zorglub Quetzal", "booking_contact_email": MAIL, "price_cents": 0}
    booking = f.make_registrations(world.session, people=people, **named)[0].booking
    other = f.make_registrations(
        world.session, people=[("Zorglub", "Quetzal", "homonyme@exemple.fr")], price_cents=0,
        booking_contact_name="Zorglub Quetzal", booking_contact_email="homonyme@exemple.fr",
    )[0].booking  # fmt: skip
    f.make_contact(world.client, "voisin@exemple.fr", last_name="Voisin")
    f.make_contact(f.make_client(f.make_organisation()), MAIL, last_name="Ailleurs")
    erase(world)
    booking.refresh_from_db()
    other.refresh_from_db()
    assert (booking.contact_name, booking.erased_at, other.contact_name) == ("", None, "Zorglub Quetzal")
    assert list(booking.registrations.order_by("position").values_list("last_name", flat=True)) == ["", "Voisin"]
    assert "zorglub" not in Registration.objects.get(last_name="Voisin").search_key
    assert set(Contact.objects.values_list("last_name", flat=True)) == {"Voisin", "Ailleurs"}


def test_all_of_it_is_given(world):  # noqa: F811
    everywhere(world)
    file = zipfile.ZipFile(io.BytesIO(persons.export(address=f" {MAIL} ", by=world.by, at=f.NOW)))
    whole = json.loads(file.read("donnees.json"))
    assert whole["personne"] == MAIL
    assert {*whole["données"]} == {
        "Réservations", "Inscriptions", "Pré-inscriptions", "Dossiers commerciaux", "Demandes d’intervention",
        "Interlocuteur de clients",
        "Fiche client", "Adhérent", "Courriels",
    }  # fmt: skip
    assert whole["données"]["Pré-inscriptions"][0]["Message"] == "Appelez Zorglub"
    lines = list(csv.reader(io.StringIO(file.read("adherent.csv").decode("utf-8-sig")), delimiter=";"))
    assert (len(lines), lines[1][2], lines[1][-1]) == (2, "Quetzal", "2026")
    entry = Entry.objects.get(what="retention.exported")
    assert MAIL not in f"{entry.about}{entry.detail}"


def test_what_must_be_settled_first_is_said(world):  # noqa: F811
    ask(world, email=MAIL)
    named = {"booking_contact_email": MAIL, "booking_reference": "R-DUE"}
    f.make_registrations(world.session, **named)
    f.make_staff(world.organisation, "manager", user=f.make_user("z", email=MAIL))
    who = persons.find(MAIL, seen_by=world.by)
    assert len(persons.obstacles(who)) == 3
    with pytest.raises(persons.StillNeeded) as refused:
        persons.erase(address=MAIL, by=world.by, at=f.NOW)
    assert "R-DUE" in refused.value.sentence
    assert tables_with(MAIL)
    assert not Certificate.objects.exists()


def test_who_may_and_what_is_no_address(world):  # noqa: F811
    manager = f.actor_of(f.make_staff(world.organisation, "manager"))
    stranger = f.actor_of(f.make_staff(f.make_organisation()))
    f.make_contact(world.client, MAIL)
    for act in (persons.export, persons.erase):
        with pytest.raises(Forbidden):
            act(address=MAIL, by=manager, at=f.NOW)
        with pytest.raises(Missing):
            act(address=MAIL, by=stranger, at=f.NOW)
        with pytest.raises(Invalid):
            act(address="Quetzal", by=world.by, at=f.NOW)
    assert not persons.find("%@exemple.fr", seen_by=world.by).is_known


def test_sabotage_the_mail_queue_forgotten_is_found(world, monkeypatch):  # noqa: F811
    everywhere(world)
    monkeypatch.setattr("comptoir.retention.commands.erasure.mails.erase_messages", lambda ids: None)
    monkeypatch.setattr("comptoir.retention.commands.erasure.mails.erase", lambda *args, **more: None)
    erase(world)
    assert tables_with(MAIL) >= {"mail.Message.to"}
    assert Message.objects.exists()
