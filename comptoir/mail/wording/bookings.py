"""The mails about a booking: its confirmation, its hold, the waiting list; each with the link of its page."""

from django.utils.translation import gettext_lazy as _

from comptoir.mail.wording import variables as v
from comptoir.mail.wording.kind import Kind, Words

CONFIRMATION = Kind(
    code="booking-confirmation",
    label=_("Confirmation de réservation"),
    reader=_("Le contact d’une réservation"),
    variables=(v.CONTACT, v.BOOKING, v.BOOKED, v.TOTAL, v.NEXT),
    needed=("booking", "button"),
    button=_("Voir ma réservation"),
    french=Words(
        "Votre réservation {reservation}",
        """Bonjour {contact},

Votre réservation {reservation} est enregistrée\u00a0:

{inscriptions}

Total\u00a0: {total_ttc} TTC

{suite}

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

{next}

The link below opens the page of your booking. It is yours alone: pass it on only to somebody who may act for you.

{button}

Kind regards,
{organisation}""",
    ),
)

EXPIRED = Kind(
    code="booking-expired",
    label=_("Réservation non payée, places libérées"),
    reader=_("Le contact d’une réservation"),
    variables=(v.CONTACT, v.BOOKING, v.BOOKED),
    needed=("booking",),
    button=_("Voir ma réservation"),
    french=Words(
        "Votre réservation {reservation} a pris fin",
        """Bonjour {contact},

Nous n’avons pas reçu votre paiement dans le délai prévu\u00a0: votre réservation {reservation} est annulée et ses places sont libres à nouveau.

{inscriptions}

Si vous venez de payer, répondez à ce message\u00a0: nous reprendrons votre réservation tant qu’il reste de la place.

{bouton}

Cordialement,
{organisme}""",  # noqa: E501  # a paragraph is one line
    ),
    english=Words(
        "Your booking {booking} has ended",
        """Dear {contact},

Your payment did not reach us in time: your booking {booking} is cancelled and its seats are free again.

{lines}

If you have just paid, reply to this message: we will take your booking up again as long as there is room.

{button}

Kind regards,
{organisation}""",
    ),
)
WAITING = Kind(
    code="waiting-joined",
    label=_("Inscription sur liste d’attente"),
    reader=_("Le contact d’une réservation"),
    variables=(v.CONTACT, v.BOOKING, v.BOOKED, v.RANK),
    needed=("booking", "button"),
    button=_("Voir ma place sur la liste"),
    french=Words(
        "Liste d’attente, {reservation}",
        """Bonjour {contact},

C’est complet pour le moment. Vous êtes sur la liste d’attente, au rang {rang}, sous la référence {reservation}\u00a0:

{inscriptions}

Dès que des places se libèrent, nous vous écrivons pour vous les proposer. Vous n’avez rien à payer d’ici là. Le lien ci-dessous montre votre rang, et permet de quitter la liste.

{bouton}

Cordialement,
{organisme}""",  # noqa: E501  # a paragraph is one line
    ),
    english=Words(
        "Waiting list, {booking}",
        """Dear {contact},

It is full for now. You are on the waiting list, at rank {rank}, under the reference {booking}:

{lines}

As soon as seats are free, we will write to offer them to you. There is nothing to pay until then. The link below shows your rank, and lets you leave the list.

{button}

Kind regards,
{organisation}""",  # noqa: E501  # a paragraph is one line
    ),
)
OFFER = Kind(
    code="waiting-offer",
    label=_("Place proposée à la liste d’attente"),
    reader=_("Le contact d’une réservation"),
    variables=(v.CONTACT, v.BOOKING, v.BOOKED, v.TOTAL, v.MOMENT),
    needed=("booking", "button"),
    button=_("Répondre à la proposition"),
    french=Words(
        "Une place pour vous, {reservation}",
        """Bonjour {contact},

De la place s’est libérée\u00a0: elle est à vous si vous le voulez.

{inscriptions}

Total\u00a0: {total_ttc} TTC

Nous vous la gardons jusqu’au {moment}. Passé ce moment, elle sera proposée à la personne suivante. Dites-nous oui ou non par le lien ci-dessous.

{bouton}

Cordialement,
{organisme}""",  # noqa: E501  # a paragraph is one line
    ),
    english=Words(
        "A seat for you, {booking}",
        """Dear {contact},

A seat has become free: it is yours if you want it.

{lines}

Total: {total} including VAT

We keep it for you until {moment}. After that it will be offered to the next person. Tell us yes or no by the link below.

{button}

Kind regards,
{organisation}""",  # noqa: E501  # a paragraph is one line
    ),
)
OFFER_EXPIRED = Kind(
    code="waiting-offer-expired",
    label=_("Place proposée, sans réponse"),
    reader=_("Le contact d’une réservation"),
    variables=(v.CONTACT, v.BOOKING, v.BOOKED),
    needed=("booking",),
    button=_("Voir ma réservation"),
    french=Words(
        "La place proposée n’est plus gardée, {reservation}",
        """Bonjour {contact},

Le délai de réponse est passé\u00a0: la place que nous vous gardions est proposée à la personne suivante.

{inscriptions}

Pour revenir sur la liste d’attente, inscrivez-vous à nouveau.

{bouton}

Cordialement,
{organisme}""",
    ),
    english=Words(
        "The seat offered is no longer kept, {booking}",
        """Dear {contact},

The time to answer is over: the seat we kept for you is offered to the next person.

{lines}

To be on the waiting list again, please sign up anew.

{button}

Kind regards,
{organisation}""",
    ),
)
