"""One person, at the person's request: everything held is given (GDPR, 15), or erased (17); what must stay is said."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from comptoir.base.errors import Invalid, Missing, Refusal
from comptoir.base.text import email_key
from comptoir.journal import commands as journal
from comptoir.organisations.actors import Actor
from comptoir.organisations.models import Organisation
from comptoir.retention import holdings, queries
from comptoir.retention.commands import erasure
from comptoir.retention.commands.certifying import certify
from comptoir.retention.people import Person
from comptoir.retention.states import Kind


class StillNeeded(Refusal):
    """Money is awaited, a request waits, or the person works here: settled first, erased then."""

    code = "still-needed"


def find(address: str, *, seen_by: Actor) -> Person:
    """Whoever has this address, in the reader's organisation. Refuses: Forbidden, Invalid."""
    queries.require_administrator(seen_by)
    key = email_key(address)
    if "@" not in key:
        raise Invalid(_("Indiquez une adresse de courriel, comme nom@domaine.fr."), field="email")
    return Person(key, seen_by.organisation_id)


def export(*, address: str, by: Actor, at: datetime) -> bytes:
    """A ZIP of all that is held; the journal says that it was made, not for whom.

    Refuses: Forbidden, Invalid, Missing.
    """
    who = _known(address, by=by)
    organisation = Organisation.objects.get(pk=by.organisation_id)
    journal.record(what="retention.exported", by=by, at=at)
    return holdings.archive(who, organisation=organisation.name, at=at)


def obstacles(who: Person) -> list[str]:
    """Why the person cannot be erased yet, each with what to do; none: the person can be."""
    found = []
    if references := ", ".join(who.blocking_bookings.values_list("reference", flat=True)):
        found.append(
            _("Un paiement ou un remboursement est attendu (%(references)s)\u00a0: soldez-le ou annulez d’abord.")
            % {"references": references}
        )
    if references := ", ".join(who.waiting_requests.values_list("reference", flat=True)):
        found.append(
            _("Une demande attend d’être traitée (%(references)s)\u00a0: intégrez-la ou mettez-la à la corbeille.")
            % {"references": references}
        )
    if who.staff_account:
        found.append(_("Cette personne travaille ici\u00a0: fermez d’abord son accès, dans Équipe."))
    return found


@transaction.atomic
def erase(*, address: str, by: Actor, at: datetime) -> str:
    """The person is named nowhere in the organisation, for good; answers the certificate's reference.

    Others in the same bookings and deals stay named. Seats, amounts, receipts, dues and dates stay: accounts are kept
    ten years. Refuses: Forbidden, Invalid, Missing, StillNeeded.
    """
    who = _known(address, by=by)
    if reasons := obstacles(who):
        raise StillNeeded(" ".join(reasons))
    count = sum(len(one.rows) for one in holdings.holdings(who))
    erasure.erase(who, by=by, at=at)
    return certify(Kind.PERSON, count, by=by, at=at)


def _known(address: str, *, by: Actor) -> Person:
    who = find(address, seen_by=by)
    if not who.is_known:
        raise Missing(_("Rien ici ne nomme cette personne."))
    return who
