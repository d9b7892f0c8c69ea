"""The receipt of a payment or a refund, as a PDF: made again from the ledger each time, always the same."""

from pathlib import Path

from django.utils.translation import gettext as _

from comptoir.base import typeset, words
from comptoir.base.errors import Refusal
from comptoir.base.speaking import spoken
from comptoir.bookings.models import Booking
from comptoir.organisations.models import Organisation
from comptoir.payments.models import Entry
from comptoir.payments.states import EntryKind

TEMPLATE = Path(__file__).with_name("receipt.typ")


class ReceiptFailed(Refusal):
    """The typesetter gave no PDF: asking again may."""

    code = "receipt-failed"
    kind = "unavailable"


def name_of(entry: Entry) -> str:
    """The name its file is given."""
    return f"recu-{entry.number:06}.pdf"


def pdf(entry: Entry, booking: Booking, organisation: Organisation) -> bytes:
    """The PDF of one entry. Refuses: ReceiptFailed."""
    try:
        return typeset.typeset(TEMPLATE, content(entry, booking, organisation))
    except typeset.NotTypeset as error:
        raise ReceiptFailed(_("Le reçu n’a pas pu être mis en page\u00a0: réessayez dans un instant.")) from error


def content(entry: Entry, booking: Booking, organisation: Organisation) -> dict[str, object]:
    """What the receipt says, as plain texts."""
    is_refund = entry.kind == EntryKind.REFUND
    payer = booking.client.legal_name if booking.client else booking.contact_name
    facts = [
        [_("Numéro"), f"{entry.number:06}"],
        [_("Réservation"), booking.reference],
        [_("Versé à") if is_refund else _("Reçu de"), payer or "–"],
        [_("Moyen"), str(entry.get_method_display())],
        [_("Le"), words.day(entry.settled_on)],
    ]
    return {
        "title": _("Reçu de remboursement") if is_refund else _("Reçu de paiement"),
        "organisation": organisation.name, "address": organisation.address, "colour": organisation.colour,
        "facts": facts, "amount_title": _("Montant TTC"), "amount": words.money(entry.amount_cents),
        "language": spoken(),
        "note": _("Ce reçu n’est pas une facture."),
    }  # fmt: skip
