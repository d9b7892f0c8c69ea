"""A won deal becomes registrations in one click (B18): it sees deals, clients and seats, so it lives on this floor."""

from dataclasses import replace
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from comptoir.base.errors import Forbidden, Missing, Refusal
from comptoir.base.speaking import FRENCH
from comptoir.bookings.commands import registering as bookings
from comptoir.bookings.commands.registering import NewBooking, Person
from comptoir.bookings.seats import Allotment
from comptoir.clients.commands import clients, numbers
from comptoir.clients.commands.clients import NewClient
from comptoir.clients.identity import Identity
from comptoir.clients.matching import matches
from comptoir.deals.commands.following import close
from comptoir.deals.models import Deal, DealLine
from comptoir.deals.states import Stage, check_move
from comptoir.enquiries.models import Enquiry
from comptoir.integration.reading import closed_because
from comptoir.journal import commands as journal
from comptoir.organisations.actors import Actor
from comptoir.organisations.models import ConfirmationLevel
from comptoir.preregistrations.identity import Asker, identity_of, record_of
from comptoir.preregistrations.models import Request


class CannotSeat(Refusal):
    """A session of the deal is full, closed, cancelled or over: nobody was registered and the deal stays open."""

    code = "cannot-seat"


@transaction.atomic
def win(*, deal_id: int, level_id: int | None = None, by: Actor, at: datetime) -> str:
    """The deal is won, its people registered, its client known; answers the booking's reference ('' without people).

    All or nothing: a session that cannot take its people refuses the whole. An unknown client is recognised when
    there is no doubt, else created. Refuses: Forbidden, Missing, ForbiddenMove, CannotSeat.
    """
    deal = _own(deal_id, by=by)
    check_move(deal.stage, Stage.WON)
    lines = list(DealLine.objects.filter(deal=deal).select_related("session__activity").order_by("position"))
    client_id = deal.client_id or _client(deal, by=by, at=at)
    reference = _register(deal, client_id, lines, _level(level_id, by=by), by=by, at=at) if lines else ""
    deal.client_id = client_id
    deal.save(update_fields=["client"])
    numbers.lead(deal.source, client_id, organisation_id=by.organisation_id)
    close(deal, Stage.WON, at=at)
    journal.record(what="deal.won", about=deal.reference, by=by, at=at, detail={"booking": reference})
    return reference


def _own(deal_id: int, *, by: Actor) -> Deal:
    if not by.works_intake:
        raise Forbidden(_("Le suivi commercial est tenu par l’administration et les commerciaux."))
    deal = Deal.objects.select_for_update().filter(organisation_id=by.organisation_id, pk=deal_id).first()
    if deal is None:
        raise Missing(_("Ce dossier n’existe pas."))
    return deal


def _client(deal: Deal, *, by: Actor, at: datetime) -> int:
    """The client of a deal that names none: by what its request told, and what was written on the deal since.

    A record that is made bears the number its request was mailed.
    """
    request: Asker | None = _asked(deal)
    identity = replace(identity_of(request) if request else Identity(), **_told(deal))
    match = matches([identity], organisation_id=by.organisation_id)[0]
    if match and match.is_certain:
        return match.client_id
    first, _space, last = deal.contact_name.partition(" ")
    record = record_of(request) if request else NewClient(contact_first_name=first, contact_last_name=last)
    told = _told(deal)
    reached = {f"contact_{name}": told[name] for name in ("email", "phone") if name in told}
    record |= NewClient(**{name: text for name, text in told.items() if name != "person"}, **reached)  # type: ignore[typeddict-item]
    return clients.create_client(**record, tell_number=True, asked_by=deal.source, by=by, at=at)


def _told(deal: Deal) -> dict[str, str]:
    told = {
        "legal_name": deal.prospect_name or deal.contact_name, "email": deal.contact_email,
        "phone": deal.contact_phone, "person": deal.contact_name,
    }  # fmt: skip
    return {name: text for name, text in told.items() if text}


def _level(level_id: int | None, *, by: Actor) -> int | None:
    rows = ConfirmationLevel.objects.filter(organisation_id=by.organisation_id)
    chosen = rows.filter(pk=level_id) if level_id else rows.filter(is_default=True)
    found = chosen.values_list("pk", flat=True).first()
    if level_id and found is None:
        raise Missing(_("Ce niveau de confirmation n’existe plus."))
    return found


def _asked(deal: Deal) -> Request | Enquiry | None:
    """What it was born from at the counter; None where staff opened it."""
    own = {"organisation_id": deal.organisation_id, "reference": deal.source or "-"}
    return Request.objects.filter(**own).first() or Enquiry.objects.filter(**own).first()


def _register(
    deal: Deal, client_id: int, lines: list[DealLine], level_id: int | None, *, by: Actor, at: datetime
) -> str:
    by_session: dict[int, list[DealLine]] = {}
    for line in lines:
        by_session.setdefault(line.session_id, []).append(line)
    seats = Allotment.of(by_session, locked=True)
    for session_id, group in by_session.items():
        session = group[0].session
        why = closed_because(session, at=at)
        if not why and not seats.take(session_id, [line.seat_type_id for line in group]):
            why = _("complet")
        if why:
            title = f"{session.activity.title} ({session.reference})"
            raise CannotSeat(_("%(session)s\u00a0: %(why)s. Le dossier reste ouvert.") % {"session": title, "why": why})
    people = [
        Person(
            line.session_id,
            line.seat_type_id,
            line.first_name,
            line.last_name,
            line.email,
            line.price_cents,
            line.vat_bp,
        )
        for line in lines
    ]
    asked = _asked(deal)
    wanted = NewBooking(
        deal.reference, client_id, deal.contact_name, deal.contact_email, deal.contact_phone, people, level_id,
        language=asked.language if asked else FRENCH,
    )  # fmt: skip
    return bookings.register_many([wanted], seated=seats, by=by, at=at)[deal.reference][1]
