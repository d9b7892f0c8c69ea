"""The mails of an enquiry: two to its contact, one to the organisation at the address it sets itself (A7, A8)."""

from datetime import datetime

from django.utils.translation import gettext as _

from comptoir.base import words
from comptoir.base.speaking import house, speaking
from comptoir.clients.commands import numbers
from comptoir.deals.states import Service
from comptoir.enquiries.facts import facts
from comptoir.enquiries.models import Enquiry
from comptoir.mail import commands as mail
from comptoir.organisations import addresses


def announce(enquiry: Enquiry, *, at: datetime) -> None:
    """Both mails are in the outbox with the caller's transaction.

    The contact's says nothing that was not typed: whoever types the name of a client learns nothing of it (G2, T62).
    """
    organisation = enquiry.organisation
    with speaking(enquiry.language):
        mail.queue(
            organisation_id=organisation.pk, kind="enquiry-contact", key=f"enquiry:{enquiry.reference}:contact",
            to=[enquiry.email], context=_context(enquiry), about=enquiry.deal.reference, at=at,
            reply_to=organisation.contact_email, button=(_("Voir le catalogue"), addresses.home(organisation)),
        )  # fmt: skip
    if not organisation.notification_email:
        return
    path = f"bureau/dossiers/{enquiry.deal.reference}/"
    with house():
        mail.queue(
            organisation_id=organisation.pk, kind="enquiry-organisation",
            key=f"enquiry:{enquiry.reference}:organisation", to=[organisation.notification_email],
            context=_context(enquiry), about=enquiry.deal.reference, at=at,
            reply_to=enquiry.email, button=(_("Ouvrir le dossier"), addresses.page(organisation, path)),
        )  # fmt: skip


def tell_number(enquiry: Enquiry, number: str, *, at: datetime) -> None:
    """The number to give next time is in the outbox: one and the same mail, whoever is known here (G1, T62).

    Names and address are those typed, even when they are about a client whose record says otherwise.
    """
    with speaking(enquiry.language):
        numbers.tell(
            number, reader=enquiry.email, contact=f"{enquiry.first_name} {enquiry.last_name}".strip(),
            legal_name=enquiry.legal_name, about=number, organisation_id=enquiry.organisation_id, at=at,
        )  # fmt: skip


def _context(enquiry: Enquiry) -> dict[str, str]:
    return {
        "reference": enquiry.reference,
        "service": str(Service(enquiry.service).label),
        "contact": f"{enquiry.first_name} {enquiry.last_name}",
        "client": enquiry.legal_name,
        "email": enquiry.email,
        "phone": words.phone(enquiry.phone),
        "details": "\n".join(f"– {words.labelled(one.label, one.text)}" for one in facts(enquiry)),
        "message": enquiry.message,
    }
