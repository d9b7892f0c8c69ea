"""A number for every request that gave none, whoever is known here: by the mail nobody learns who is (G1, G2, T62)."""

from datetime import datetime

from django.utils.translation import gettext as _

from comptoir.clients.keys import SERIES, client_number
from comptoir.clients.models import GivenNumber
from comptoir.mail import commands as mail
from comptoir.organisations import addresses
from comptoir.organisations import queries as organisations
from comptoir.organisations.numbers import next_numbers


def give(source: str, *, organisation_id: int) -> str:
    """The next number is kept aside for that request, and leads nowhere yet. Other creations wait, as for a record.

    In the caller's transaction.
    """
    number = client_number(next_numbers(organisation_id, SERIES)[0])
    GivenNumber.objects.create(organisation_id=organisation_id, number=number, source=source)
    return number


def lead(source: str, client_id: int | None, *, organisation_id: int) -> None:
    """The number given to that request, if one was, leads to that client, or waits again. In the caller's transaction.

    Whoever changes the client of a deal says so here.
    """
    if source:
        GivenNumber.objects.filter(organisation_id=organisation_id, source=source).update(client_id=client_id)


def take(source: str, *, organisation_id: int) -> str:
    """The number that waits for the client of that request, for the record about to bear it; '' when none does.

    In the caller's transaction: the number is no longer another one.
    """
    waiting = GivenNumber.objects.select_for_update().filter(organisation_id=organisation_id, client=None)
    row = waiting.filter(source=source).first() if source else None
    if row is None:
        return ""
    row.delete()
    return row.number


def tell(
    number: str, *, reader: str, contact: str, legal_name: str, about: str, organisation_id: int, at: datetime
) -> None:
    """The number is mailed, to be given next time (G1), with the names as given here and nothing from a record."""
    mail.queue(
        organisation_id=organisation_id, kind="client-number", key=f"client-number:{number}", to=[reader],
        context={"contact": contact, "client": legal_name, "client_number": number}, about=about, at=at,
        button=(_("Voir le catalogue"), addresses.home(organisations.organisation(organisation_id))),
    )  # fmt: skip
