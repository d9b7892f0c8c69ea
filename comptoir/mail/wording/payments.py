"""The mails about money: a payment was received (C20)."""

from django.utils.translation import gettext_lazy as _

from comptoir.mail.wording import variables as v
from comptoir.mail.wording.kind import Kind, Words

RECEIVED = Kind(
    code="payment-received",
    label=_("Paiement reçu"),
    reader=_("Le contact d’une réservation dont le paiement est validé, ou arrive par carte"),
    variables=(v.CONTACT, v.BOOKING, v.AMOUNT, v.METHOD, v.DAY, v.LEFT),
    needed=("amount",),
    button=_("Voir ma réservation"),
    french=Words(
        "Paiement reçu pour la réservation {reservation}",
        """Bonjour {contact},

Nous avons bien reçu votre paiement de {montant} ({moyen}), {jour}, pour la réservation {reservation}.

Reste à régler : {reste}.

{bouton}

Cordialement,
{organisme}""",
    ),
    english=Words(
        "Payment received for booking {booking}",
        """Dear {contact},

We have received your payment of {amount} ({method}), {day}, for booking {booking}.

Left to pay: {left}.

{button}

Kind regards,
{organisation}""",
    ),
)
