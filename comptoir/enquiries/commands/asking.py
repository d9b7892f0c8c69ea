"""Somebody asks for a service: a deal is opened, its client recognised or created, both sides written to (G1, G2)."""

from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from comptoir.base.errors import Refusal, refuse_all
from comptoir.base.speaking import house, spoken
from comptoir.base.tokens import new_reference
from comptoir.catalogue.models import Activity
from comptoir.clients import numbers as known_numbers
from comptoir.clients.commands import clients, numbers
from comptoir.clients.keys import number_key
from comptoir.clients.matching import Match, matches
from comptoir.clients.models import Client
from comptoir.deals.commands.opening import NewDeal, open_many
from comptoir.deals.models import Deal
from comptoir.deals.states import Service
from comptoir.enquiries import facts, telling, wishes
from comptoir.enquiries.models import Enquiry
from comptoir.enquiries.wishes import ASKED, Wish
from comptoir.journal import commands as journal
from comptoir.organisations.actors import Actor, system
from comptoir.organisations.models import Organisation
from comptoir.preregistrations.commands.requests import TokenReused
from comptoir.preregistrations.identity import identity_of, record_of

WHO = (
    "kind", "legal_name", "siret", "client_number", "address", "postcode", "city", "first_name", "last_name", "email",
    "phone", "message",
)  # fmt: skip


class ServiceClosed(Refusal):
    """The organisation is not asked for that at its counter."""

    code = "service-closed"
    kind = "missing"


@transaction.atomic
def ask(*, wish: Wish, token: str, client_id: int | None, by: Actor, at: datetime) -> str:
    """The enquiry exists, a deal follows it, the mails are in the outbox; its reference is returned.

    The same token again, or twenty times at once: the same enquiry, and nothing new. `client_id` is that of whoever
    is signed in, by the server (A4); else the client is recognised where there is no doubt, opened where nobody is
    like it and no client number was given, and left to a person in between. Whoever gave no number is mailed one in
    the three cases: it leads to the client once that is known.
    Refuses: ServiceClosed, Invalid or Several (every field at fault), TokenReused.
    """
    organisation = Organisation.objects.get(pk=by.organisation_id)
    if not is_open(wish.service, organisation):
        raise ServiceClosed(_("Cette demande ne se fait pas en ligne ici."))
    wish = wishes.cleaned(wish)
    activity = _activity(wish, organisation)
    wish = wish if activity else replace(wish, activity="")
    refuse_all(wishes.problems(wish, today=at.astimezone(ZoneInfo(organisation.time_zone)).date()))
    if (known := _known(token, wish, organisation)) is not None:
        return known
    try:
        with transaction.atomic():
            return _insert(wish, token, organisation, activity, client_id, by=by, at=at)
    except IntegrityError:
        if (known := _known(token, wish, organisation)) is not None:
            return known
        raise


def is_open(service: str, organisation: Organisation) -> bool:
    """Whether that may be asked for at the counter."""
    return {Service.COVER: organisation.takes_cover, Service.COURSE: organisation.takes_courses}.get(
        Service(service), False
    )


def _known(token: str, wish: Wish, organisation: Organisation) -> str | None:
    found = Enquiry.objects.filter(organisation=organisation, token=token).first()
    if found and found.content_digest != wish.digest():
        raise TokenReused(
            _("Cette demande est déjà partie, telle qu’elle était. Pour en faire une autre, envoyez de nouveau.")
        )
    return found.reference if found else None


def _activity(wish: Wish, organisation: Organisation) -> Activity | None:
    """The published activity of that slug; one that is no longer there is nothing chosen."""
    rows = Activity.objects.filter(organisation=organisation, is_published=True)
    return rows.filter(slug=wish.activity).first() if wish.activity else None


def _insert(
    wish: Wish, token: str, organisation: Organisation, activity: Activity | None, client_id: int | None, *,
    by: Actor, at: datetime,
) -> str:  # fmt: skip
    said = {name: getattr(wish, name) for name in ASKED[wish.service] if name != "activity"}
    enquiry = Enquiry(
        organisation=organisation, reference=new_reference("DM"), token=token, content_digest=wish.digest(),
        service=wish.service, activity=activity, authenticated_client_id=client_id, recorded_at=at, language=spoken(),
        **said,
        **{name: getattr(wish.requester, name) for name in WHO},
    )  # fmt: skip
    with house():  # what the desk reads
        found, how, given = _client(enquiry, by=by, at=at)
        enquiry.recognised = how[:300]
        enquiry.deal = _deal(enquiry, found, by=by, at=at)
    enquiry.save(force_insert=True)
    if given:
        telling.tell_number(enquiry, given, at=at)
    telling.announce(enquiry, at=at)
    detail: dict[str, object] = {"service": enquiry.service, "request": enquiry.reference}
    journal.record(what="deal.asked", about=enquiry.deal.reference, by=by, at=at, detail=detail)
    return enquiry.reference


def _client(enquiry: Enquiry, *, by: Actor, at: datetime) -> tuple[int | None, str, str]:
    """The client it comes from, if there is no doubt, how it is known, for the desk only, and the number to mail.

    Whoever gives a number says that the record exists: none is opened beside it, and no number mailed, whether that one
    leads anywhere or not. Whoever gives none is mailed one, whether a record is opened or not (T62: by the mail that
    comes, or does not, numbers, names and SIRETs could be tried one by one).
    """
    if enquiry.authenticated_client_id:
        return enquiry.authenticated_client_id, _("Envoyée depuis l’espace du client."), ""
    match = matches([identity_of(enquiry)], organisation_id=by.organisation_id)[0]
    if enquiry.client_number.strip():
        return (match.client_id if match and match.is_certain else None), _of_number(enquiry, match), ""
    given = numbers.give(enquiry.reference, organisation_id=by.organisation_id)
    if match is None:
        try:
            made = clients.create_client(
                **record_of(enquiry),
                unless_known=True,
                asked_by=enquiry.reference,
                by=system(by.organisation_id),
                at=at,
            )
        except clients.ClientKnown as refusal:  # by what only the record tells, or made meanwhile
            match = refusal.match
        else:
            return made, _("Fiche client ouverte par cette demande, son numéro envoyé au contact."), given
    client_id = match.client_id if match.is_certain else None
    numbers.lead(enquiry.reference, client_id, organisation_id=by.organisation_id)
    told = _("Numéro envoyé au contact\u00a0: %(number)s, qui mène au client du dossier.") % {"number": given}
    return client_id, _both(_recognised(match), told), given


def _of_number(enquiry: Enquiry, match: Match | None) -> str:
    """What the desk reads of the number that was typed: a client's, nobody's, or one mailed to a request that waits."""
    number = number_key(enquiry.client_number)
    if source := known_numbers.awaiting(number, organisation_id=enquiry.organisation_id):
        sentence = _("Numéro indiqué, %(number)s, donné à la demande %(request)s\u00a0: à vérifier avec le demandeur.")
        told = sentence % {"number": number, "request": source}
    else:
        told = "" if match else _("Numéro client indiqué, mais inconnu\u00a0: à vérifier avec le demandeur.")
    return _both(_recognised(match), told) if match else told


def _both(first: str, second: str) -> str:
    """The two sentences within the column's length, the second whole."""
    return f"{first[: 299 - len(second)]} {second}".strip()


def _recognised(match: Match) -> str:
    named = {"client": f"{match.number} {match.legal_name}", "reason": match.reason}
    if match.is_certain:
        return _("Client reconnu\u00a0: %(client)s (%(reason)s).") % named
    return _("Client possible, à vérifier\u00a0: %(client)s (%(reason)s).") % named


def _deal(enquiry: Enquiry, client_id: int | None, *, by: Actor, at: datetime) -> Deal:
    client = Client.objects.filter(pk=client_id).first() if client_id else None
    new = NewDeal(
        source=enquiry.reference, title=facts.title_of(enquiry), chance=enquiry.organisation.default_chance,
        client_id=client_id, prospect_name=enquiry.legal_name,
        contact_name=f"{enquiry.first_name} {enquiry.last_name}".strip(), contact_email=enquiry.email,
        contact_phone=enquiry.phone, owner_id=None, territory_id=client.territory_id if client else None, why="",
        service=enquiry.service,
    )  # fmt: skip
    made = open_many([new], by=by, at=at)
    return Deal.objects.get(pk=made[enquiry.reference][0])
