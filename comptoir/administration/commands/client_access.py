"""Let a client's contact into the client's space: the account, and the mail that gives it a password (A4, E3)."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from comptoir.accounts import links
from comptoir.accounts import queries as accounts
from comptoir.base.speaking import in_house
from comptoir.clients import queries as clients
from comptoir.clients.commands import contacts
from comptoir.mail import commands as mail
from comptoir.organisations import addresses
from comptoir.organisations import queries as organisations
from comptoir.organisations.actors import Actor


@transaction.atomic
@in_house
def invite_contact(*, contact_id: int, by: Actor, at: datetime) -> str:
    """The contact has an account, and a link of 24 hours is on its way to its address, which is returned.

    Again within a minute: the same mail. The link goes to the account's own address, and staff never see it.
    Refuses: what `contacts.give_access` refuses.
    """
    user = accounts.account(contacts.give_access(contact_id=contact_id, by=by, at=at))
    contact = clients.contact(contact_id, seen_by=by)
    organisation = organisations.organisation(by.organisation_id)
    mail.queue(
        organisation_id=organisation.pk,
        kind="client-access",
        key=f"client-access:{contact.pk}:{int(at.timestamp()) // 60}",
        to=[user.email],
        context={
            "contact": str(contact), "client": contact.client.legal_name, "login": user.login,
            "until": _("24 heures"),
        },
        about=contact.client.number,
        at=at,
        button=(_("Ouvrir mon espace"), addresses.page(organisation, links.path(user, links.FROM_STAFF))),
    )  # fmt: skip
    return user.email
