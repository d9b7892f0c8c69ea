"""Rows for tests: each maker gives a plausible object with as little as possible said."""

import itertools
from datetime import UTC, date, datetime

from django.db import transaction

from comptoir.accounts.models import User
from comptoir.base.text import email_key, folded, login_key
from comptoir.base.tokens import new_reference
from comptoir.bookings.amounts import owed
from comptoir.bookings.keys import search_key
from comptoir.bookings.models import Booking, Registration
from comptoir.bookings.seats import Allotment
from comptoir.bookings.states import CLOSED
from comptoir.catalogue.commands.sessions import new_references
from comptoir.catalogue.hours import first_hour
from comptoir.catalogue.models import Activity, AddOn, SaleRules, SeatType, Session, Slot, Terms, Theme
from comptoir.catalogue.planning import follow_slots
from comptoir.clients import keeping
from comptoir.clients.fields import derive_client, derive_contact
from comptoir.clients.models import Client, Contact
from comptoir.members.fields import search_key as member_key
from comptoir.members.models import Dues, Member
from comptoir.organisations.actors import Actor
from comptoir.organisations.models import ConfirmationLevel, Organisation, Staff

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
PASSWORD = "un mot de passe de bureau"
_count = itertools.count(1)


def make_organisation(slug=None, **fields):
    slug = slug or f"organisme-{next(_count)}"
    fields = {"name": slug.replace("-", " ").title(), "spool_key": "k" * 43, "created_at": NOW, **fields}
    return Organisation.objects.create(slug=slug, **fields)


def make_user(login=None, *, password="", **fields):
    login = login or f"personne.{next(_count)}"
    fields = {"first_name": "Camille", "last_name": "Vasseur", "created_at": NOW, **fields}
    email = fields.pop("email", f"{login_key(login)}@exemple.test")
    user = User(login=login, username=login_key(login), email=email_key(email), **fields)
    user.set_password(password) if password else user.set_unusable_password()
    user.save()
    return user


def make_staff(organisation, role="administrator", **fields):
    user = fields.pop("user", None) or make_user(password=PASSWORD)
    return Staff.objects.create(organisation=organisation, user=user, role=role, **fields)


def actor_of(staff):
    return Actor(staff.organisation_id, staff.user.full_name, staff.user_id, staff.pk, staff.role)


def make_activity(organisation, **fields):
    number = next(_count)
    fields = {"title": f"Sauveteur secouriste {number}", "is_published": True, "created_at": NOW, **fields}
    fields.setdefault("slug", f"activite-{number}")
    fields.setdefault("search_key", folded(fields["title"]))
    return Activity.objects.create(organisation=organisation, **fields)


def make_session(activity, **fields):
    day = date(2027, 1, 11)
    fields = {
        "starts_on": day,
        "ends_on": day,
        "state": "open",
        "is_published": True,
        "capacity": 12,
        "price_cents": 25_000,
        "city": "Nantes",
        "place": "Salle Loire",
        "created_at": NOW,
        **fields,
    }
    managers = fields.pop("managers", ())
    fields.setdefault("begins_at", first_hour(fields["starts_on"], fields.get("time_zone", "Europe/Paris")))
    fields.setdefault("reference", new_references(activity.organisation_id, 1)[0])
    fields.setdefault("search_key", folded(f"{fields['reference']} {fields['place']} {fields['city']}"))
    made = Session.objects.create(organisation=activity.organisation, activity=activity, **fields)
    made.managers.set(managers)
    return made


def make_slot(session, start, end, **fields):
    slot = Slot.objects.create(session=session, starts_at=start, ends_at=end, **fields)
    follow_slots(session)
    return slot


def make_theme(organisation, name="Secourisme", **fields):
    return Theme.objects.create(
        organisation=organisation, name=name, slug=fields.pop("slug", folded(name).replace(" ", "-")), **fields
    )


def make_seat_type(session, name="Plein tarif", **fields):
    return SeatType.objects.create(session=session, name=name, **{"price_cents": 25_000, **fields})


def make_add_on(session, name="Déjeuner", **fields):
    return AddOn.objects.create(session=session, name=name, **{"price_cents": 2_000, **fields})


def make_rules(activity, **fields):
    return SaleRules.objects.create(activity=activity, **fields)


def make_terms(organisation, version=1, text="Conditions générales de vente."):
    return Terms.objects.create(organisation=organisation, version=version, text=text, published_at=NOW)


def make_level(organisation, name="Confirmée", **fields):
    return ConfirmationLevel.objects.create(organisation=organisation, name=name, **{"rank": 1, **fields})


def make_client(organisation, legal_name="Ateliers du Lac", *, is_kept=True, **fields):
    """A client as the commands leave it; without `is_kept`, as one the engine has not seen yet."""
    fields = {"number": f"C{next(_count):06}", "created_at": NOW, **fields}
    client = Client(organisation=organisation, legal_name=legal_name, **fields)
    derive_client(client)
    client.save()
    if is_kept:
        keeping.keep([client.pk], organisation_id=client.organisation_id)
    return client


def make_contact(client, email="", **fields):
    contact = Contact(client=client, email=email, **fields)
    derive_contact(contact)
    contact.save()
    keeping.keep([client.pk], organisation_id=client.organisation_id, again=True)
    return contact


def make_registrations(session, count=1, *, seat_type=None, state="validated", at=NOW, **fields):
    """A booking of so many people, taken as the product takes them: counted, whatever the capacity says."""
    booking = {name.removeprefix("booking_"): fields.pop(name) for name in [*fields] if name.startswith("booking_")}
    people = fields.pop("people", [("Claire", "Martin", "")] * count)
    fields = {"price_cents": session.price_cents, "vat_bp": session.vat_bp, **fields}
    made = Booking(
        organisation_id=session.organisation_id, created_at=at, **{"reference": new_reference("R"), **booking}
    )
    rows = [
        Registration(
            organisation_id=session.organisation_id, booking=made, position=position, session=session,
            seat_type=seat_type, first_name=first, last_name=last, email=email, state=state,
            closed_at=at if state in CLOSED else None, **fields,
        )
        for position, (first, last, email) in enumerate(people, 1)
    ]  # fmt: skip
    made.owed_cents = owed(rows).gross_cents
    for row in rows:
        row.search_key = search_key(made, row)
    with transaction.atomic():
        made.save()
        made.refresh_from_db()
        Registration.objects.bulk_create(rows)
        Allotment.of([session.pk], locked=True).write([((session.pk, seat_type and seat_type.pk), state, len(rows))])
    return rows


def make_member(organisation, *, checked=True, complete=True, state="validated", dues=(), **fields):
    """A member whose account has everything, less what is said."""
    names = {"last_name": fields.pop("last_name", "Dupont"), "first_name": fields.pop("first_name", "Jean")}
    user = fields.pop("user", None) or make_user(password=fields.pop("password", ""), **names)
    details = {"born_on": date(1994, 3, 7), "phone": "0612345678", "address": "12 rue des Lilas", "postcode": "83000",
               "city": "Toulon"} if complete else {}  # fmt: skip
    member = Member.objects.create(
        organisation=organisation, user=user, number=fields.pop("number", f"A{next(_count):06}"),
        checked_email=user.email if checked else "", state=state,
        refusal_reason="Cotisation non reçue." if state == "refused" else "",
        search_key=member_key(**names), created_at=NOW, **names, **details, **fields,
    )  # fmt: skip
    for year in dues:
        Dues.objects.create(
            member=member, year=year, paid_on=date(year, 1, 15), amount_cents=3_500, means="cheque", recorded_at=NOW
        )
    return member
