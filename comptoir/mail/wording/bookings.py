"""The mails about a booking: its confirmation, with the link of its page."""

from django.utils.translation import gettext_lazy as _

from comptoir.mail.wording import variables as v
from comptoir.mail.wording.kind import Kind, Words

CONFIRMATION = Kind(
    code="booking-confirmation",
    label=_("Confirmation de réservation"),
    reader=_("Le contact d’une réservation"),
    variables=(v.CONTACT, v.BOOKING, v.BOOKED, v.TOTAL),
    needed=("booking", "button"),
    button=_("Voir ma réservation"),
    french=Words(
        "Votre réservation {reservation}",
        """Bonjour {contact},

Votre réservation {reservation} est enregistrée\u00a0:

{inscriptions}

Total\u00a0: {total_ttc} TTC

Le lien ci-dessous ouvre la page de votre réservation. Il est à vous seul\u00a0: ne le transmettez qu’à qui peut agir à votre place.

{bouton}

Cordialement,
{organisme}""",  # noqa: E501  # a paragraph is one line
    ),
    english=Words(
        "Your booking {booking}",
        """Dear {contact},

Your booking {booking} is recorded:

{lines}

Total: {total} including VAT

The link below opens the page of your booking. It is yours alone: pass it on only to somebody who may act for you.

{button}

Kind regards,
{organisation}""",
    ),
)
