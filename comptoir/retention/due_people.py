"""The people of clients, and the members, with whom nothing has happened for long enough."""

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce

from comptoir.bookings.models import Booking
from comptoir.clients.commands.forgetting import NOBODY
from comptoir.clients.models import Client, Contact
from comptoir.clients.states import ClientKind
from comptoir.deals.models import Deal
from comptoir.members.models import Dues, Member
from comptoir.organisations.models import Organisation
from comptoir.preregistrations.models import Request
from comptoir.proposals.models import DateProposal
from comptoir.retention.calendar import Cutoff


def contacts(organisation: Organisation, cutoff: Cutoff) -> QuerySet[Contact]:
    """Those of clients asleep since then, who have not signed in since either."""
    rows = Contact.objects.filter(client__in=asleep(organisation, cutoff))
    return rows.exclude(user__last_login__gte=cutoff.moment)


def private(organisation: Organisation, cutoff: Cutoff) -> QuerySet[Client]:
    """Private persons asleep since then, whose name is still there."""
    return asleep(organisation, cutoff).filter(kind=ClientKind.PERSON).exclude(legal_name__startswith=NOBODY)


def members(organisation: Organisation, cutoff: Cutoff) -> QuerySet[Member]:
    """Who have not signed in since then, and whose last year of dues ended before."""
    paid = Dues.objects.filter(member=OuterRef("pk"), year__gte=cutoff.day.year)
    rows = Member.objects.filter(organisation=organisation, erased_at=None).filter(~Exists(paid))
    return rows.annotate(since=Coalesce("user__last_login", "created_at")).filter(since__lt=cutoff.moment)


def asleep(organisation: Organisation, cutoff: Cutoff) -> QuerySet[Client]:
    """Clients with whom nothing has happened since then: no request, deal, booking, session nor proposal."""
    then = cutoff.moment
    of = {"organisation": organisation}
    lately = Q(created_at__gte=then) | Q(registrations__session__ends_on__gte=cutoff.day)
    booked = Booking.objects.filter(lately, client=OuterRef("pk"), **of)
    dealt = Deal.objects.filter(
        Q(created_at__gte=then) | Q(closed_at__gte=then) | Q(notes__written_at__gte=then), client=OuterRef("pk"), **of
    )
    asked = Request.objects.filter(recorded_at__gte=then, **of)
    chosen, signed = asked.filter(chosen_client=OuterRef("pk")), asked.filter(authenticated_client=OuterRef("pk"))
    told = DateProposal.objects.filter(client=OuterRef("pk"), sent_at__gte=then, **of)
    rows = Client.objects.filter(created_at__lt=then, **of)
    return rows.filter(~Exists(booked), ~Exists(dealt), ~Exists(chosen), ~Exists(signed), ~Exists(told))
