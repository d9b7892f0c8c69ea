"""Everything that points to a client, and what a merge does with it. A new foreign key is a line here (house test)."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Model, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from comptoir.bookings.models import Booking
from comptoir.clients.models import Client, Contact, FormerNumber, GivenNumber, Place, RefusedMatch
from comptoir.deals.models import Deal
from comptoir.enquiries.models import Enquiry
from comptoir.mail.models import Message
from comptoir.preregistrations.models import Request
from comptoir.proposals.models import DateProposal, SessionClient


@dataclass(frozen=True)
class Holder:
    """Rows that name a client in one column: by its id, or by its number (`by_number`, within its organisation)."""

    code: str
    label: str | Promise
    model: type[Model]
    column: str
    by_number: bool = False
    by_session: bool = False  # one client of a session has one row of it, which says what it answered

    def key(self, client: Client) -> Any:
        """What the column holds for that client."""
        return client.number if self.by_number else client.pk

    def rows(self, client: Client) -> QuerySet[Any]:
        """The rows that name it."""
        rows = self.model._default_manager.filter(**{self.column: self.key(client)})
        return rows.filter(organisation_id=client.organisation_id) if self.by_number else rows


def sessions_of(client: Client) -> list[int]:
    """The ids of the sessions whose dates it confirms."""
    return sorted({pk for one in BY_SESSION for pk in one.rows(client).values_list("session_id", flat=True)})


CONTACTS = Holder("contacts", _("Interlocuteurs"), Contact, "client")
REFUSALS = Holder("refused-matches", _("Rapprochements refusés"), RefusedMatch, "client")
# Moved whole, without asking: nothing in them can clash.
WHOLE = (
    Holder("requests", _("Demandes"), Request, "chosen_client"),
    Holder("requests-signed-in", _("Demandes de l’espace client"), Request, "authenticated_client"),
    Holder("deals", _("Dossiers"), Deal, "client"),
    Holder("enquiries-signed-in", _("Demandes d’intervention de l’espace client"), Enquiry, "authenticated_client"),
    Holder("bookings", _("Réservations"), Booking, "client"),
    Holder("places", _("Autres coordonnées"), Place, "client"),
    Holder("pays-for", _("Clients dont elle règle les factures"), Client, "payer"),
    Holder("mails", _("Messages"), Message, "about", by_number=True),
    Holder("former-numbers", _("Anciens numéros"), FormerNumber, "client"),
    Holder("given-numbers", _("Numéros donnés à ses demandes"), GivenNumber, "client"),
)
# A session that has both clients keeps both: two answers to the same dates are never made one (D8).
BY_SESSION = (
    Holder("session-clients", _("Sessions à confirmer"), SessionClient, "client", by_session=True),
    Holder("date-proposals", _("Propositions de dates"), DateProposal, "client", by_session=True),
)
HOLDERS = (CONTACTS, *WHOLE, *BY_SESSION, REFUSALS)
BY_CODE = {one.code: one for one in HOLDERS}
# They name a client and stay: the notes of merges, and what a scan for duplicates works out of a record.
STAY = frozenset(
    {
        ("merging.Merge", "target"), ("merging.Emptied", "client"), ("clients.Profile", "client"),
        ("clients.LookupKey", "client"), ("clients.ToCompare", "client"), ("clients.Suspicion", "left"),
        ("clients.Suspicion", "right"),
    }
)  # fmt: skip
