"""The registrations as a table: nearly every value of the registration, its booking, session and activity (C4)."""

from collections.abc import Collection, Iterator
from datetime import datetime
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from comptoir.base.money import price
from comptoir.base.sheets import Cell
from comptoir.bookings import queries
from comptoir.bookings.models import AddOnLine
from comptoir.bookings.queries import Search
from comptoir.bookings.states import PaymentState, RegistrationState
from comptoir.catalogue import zones
from comptoir.catalogue.models import SeatType, Session
from comptoir.catalogue.states import PayMethod
from comptoir.organisations.actors import Actor
from comptoir.organisations.models import ConfirmationLevel

ROWS_AT_ONCE = 2000
READ = (
    "booking_id", "position", "booking__reference", "state", "last_name", "first_name", "email", "level_id",
    "seat_type_id", "price_cents", "vat_bp", "closed_at", "booking__created_at", "booking__source", "booking__label",
    "booking__contact_name", "booking__contact_email", "booking__contact_phone", "booking__owed_cents",
    "booking__paid_cents", "booking__payment", "booking__client__number", "booking__client__legal_name",
    "booking__client__siret", "booking__method", "booking__held_until", "pk", "session_id",
)  # fmt: skip
OWN = (
    _("Réservation"), _("Rang"), _("Statut"), _("Nom"), _("Prénom"), _("Courriel"), _("Niveau de confirmation"),
    _("Tarif"), _("Prix HT"), _("TVA (%)"), _("Prix TTC"), _("Inscrit le"), _("Annulé le"), _("Origine"),
    _("Étiquette"), _("Contact"), _("Courriel du contact"), _("Téléphone du contact"),
    _("Dû pour la réservation (TTC)"), _("Payé pour la réservation"), _("Paiement"), _("Numéro client"), _("Client"),
    _("SIRET"), _("Moyen choisi"), _("Places gardées jusqu’au"), _("Extras"), _("Prix HT des extras"),
)  # fmt: skip
OF_SESSION = (
    _("Activité"), _("Code de l’activité"), _("Genre"), _("Session"), _("Type"), _("État de la session"), _("Début"),
    _("Fin"), _("Lieu"), _("Adresse"), _("Ville"), _("À distance"), _("Capacité"), _("Responsable"),
)  # fmt: skip


def titles() -> list[str]:
    """The head of the table."""
    return [str(title) for title in (*OWN, *OF_SESSION)]


def table(*, seen_by: Actor, search: Search, ids: Collection[int] = ()) -> Iterator[list[Cell]]:
    """A row for each registration the search finds (only `ids`, when given), newest booking first, read by thousands.

    Moments are in the organisation's home zone, amounts in euros. Nothing is held but the rows in hand.
    """
    found = queries.registrations(seen_by=seen_by, search=search).select_related(None)
    rows = (found.filter(pk__in=ids) if ids else found).values_list(*READ)
    shelf = _Shelf(seen_by)
    beyond = Q()
    while some := list(rows.filter(beyond)[:ROWS_AT_ONCE]):
        shelf.fetch({one[-1] for one in some})
        shelf.fetch_extras([one[-2] for one in some])
        yield from (shelf.row(one) for one in some)
        beyond = queries.after(*some[-1][:2])


class _Shelf:
    """What many rows share, read once: sessions, rates, levels."""

    def __init__(self, seen_by: Actor) -> None:
        own = {"organisation_id": seen_by.organisation_id}
        self.levels = dict(ConfirmationLevel.objects.filter(**own).values_list("pk", "name"))
        self.zone = ZoneInfo(zones.HOME)
        self.sessions: dict[int, list[Cell]] = {}
        self.rates: dict[int, str] = {}
        self.states = {state.value: str(state.label) for state in RegistrationState}
        self.payments = {state.value: str(state.label) for state in PaymentState}
        self.methods = {method.value: str(method.label) for method in PayMethod} | {"": ""}
        self.extras: dict[int, list[AddOnLine]] = {}
        self.prices: dict[tuple[int, int], tuple[Decimal, Decimal, Decimal]] = {}

    def fetch(self, session_ids: Collection[int]) -> None:
        """The sessions not yet known, in two queries."""
        new = set(session_ids) - self.sessions.keys()
        if not new:
            return
        for one in Session.objects.filter(pk__in=new).select_related("activity", "owner__user"):
            self.sessions[one.pk] = _of_session(one)
        self.rates |= dict(SeatType.objects.filter(session__in=new).values_list("pk", "name"))

    def fetch_extras(self, registration_ids: Collection[int]) -> None:
        """The add-ons of these people, in place of those of others, in one query."""
        self.extras = {}
        lines = AddOnLine.objects.filter(registration__in=registration_ids).select_related("add_on")
        for line in lines.order_by("add_on__rank", "add_on_id"):
            self.extras.setdefault(line.registration_id, []).append(line)

    def row(self, read: tuple[Any, ...]) -> list[Cell]:
        """One row, in the order of the titles."""
        (_booking, position, reference, state, last, first, email, level, rate, cents, vat, closed_at, created_at,
         source, label, contact, contact_email, contact_phone, owed, paid, payment, number, client, siret,
         method, held_until, pk, session_id) = read  # fmt: skip
        net, percent, gross = self.price(cents, vat)
        return [
            reference, position, self.states[state], last, first, email, self.levels.get(level, ""),
            self.rates.get(rate, ""), net, percent, gross, self.local(created_at), self.local(closed_at), source,
            label, contact, contact_email, contact_phone, Decimal(owed) / 100, Decimal(paid) / 100,
            self.payments[payment], number or "", client or "", siret or "", self.methods[method],
            self.local(held_until), *_of_extras(self.extras.get(pk, [])), *self.sessions[session_id],
        ]  # fmt: skip

    def price(self, cents: int, vat: int) -> tuple[Decimal, Decimal, Decimal]:
        """Net, VAT in per cent, gross: worked out once for each price."""
        if (cents, vat) not in self.prices:
            gross = price(cents, vat).gross_cents
            self.prices[cents, vat] = (Decimal(cents) / 100, Decimal(vat) / 100, Decimal(gross) / 100)
        return self.prices[cents, vat]

    def local(self, moment: datetime | None) -> datetime | None:
        """On the clock people read, without its zone: a spreadsheet has none."""
        return moment.astimezone(self.zone).replace(tzinfo=None) if moment else None


def _of_extras(lines: list[AddOnLine]) -> list[Cell]:
    names = ", ".join(f"{one.quantity} × {one.add_on.name}" for one in lines)
    return [names, Decimal(sum(one.quantity * one.price_cents for one in lines)) / 100]


def _of_session(one: Session) -> list[Cell]:
    return [
        one.activity.title, one.activity.code, one.activity.get_kind_display(), one.reference, one.get_kind_display(),
        one.get_state_display(), one.starts_on, one.ends_on, one.place, one.address, one.city,
        str(_("oui")) if one.is_remote else str(_("non")), one.capacity,
        one.owner.user.full_name if one.owner else "",
    ]  # fmt: skip
