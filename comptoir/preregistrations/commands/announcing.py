"""The two mails of a confirmed request: to its contact (A7) and to the organisation (A8)."""

from datetime import datetime

from django.utils.translation import gettext as _

from comptoir.base import words
from comptoir.base.speaking import house, speaking
from comptoir.mail import commands as mail
from comptoir.organisations import addresses
from comptoir.preregistrations.models import Request


def announce(request: Request, *, at: datetime) -> None:
    """Both mails are in the outbox with the caller's transaction; once each, however often it is called."""
    with speaking(request.language):
        mail.queue(
            organisation_id=request.organisation_id, kind="preregistration-contact",
            key=f"preregistration:{request.reference}:contact", to=[request.email], context=_context(request),
            about=request.reference, at=at, reply_to=request.organisation.contact_email,
            button=(_("Voir le catalogue"), addresses.home(request.organisation)),
        )  # fmt: skip
    if not request.organisation.notification_email:
        return
    with house():
        mail.queue(
            organisation_id=request.organisation_id, kind="preregistration-organisation",
            key=f"preregistration:{request.reference}:organisation", to=[request.organisation.notification_email],
            context=_context(request), about=request.reference, at=at, reply_to=request.email,
            button=(_("Ouvrir l’assistant"), addresses.page(request.organisation, "bureau/importation/")),
        )  # fmt: skip


def _context(request: Request) -> dict[str, str]:
    return {
        "organisation": request.organisation.name,
        "reference": request.reference,
        "contact": f"{request.first_name} {request.last_name}",
        "client": request.legal_name,
        "email": request.email,
        "phone": words.phone(request.phone),
        "lines": lines_as_text(request.typed),
        "net": words.money(request.net_cents),
        "vat": words.money(request.vat_cents),
        "total": words.money(request.gross_cents),
        "message": request.message,
    }


def lines_as_text(typed: dict[str, object]) -> str:
    """One line a participant, under the title of each session, as a mail shows them."""
    shown: list[str] = []
    title = ""
    for line in typed["lines"]:  # type: ignore[attr-defined]  # checked by payload.Payload
        day = datetime.fromisoformat(line["starts_on"]).date()
        heading = f"{line['activity']}, {words.day(day)}"
        if heading != title:
            shown.append(heading)
            title = heading
        rate = f" ({line['seat_type']})" if line["seat_type"] else ""
        shown.append(f"– {line['first_name']} {line['last_name']}{rate} : {words.money(line['price_cents'])}")
    return "\n".join(shown)
