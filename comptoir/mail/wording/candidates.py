"""The mails to candidates: recorded, seated, paid for without a seat, ended without one (ADR 0035)."""

from django.utils.translation import gettext_lazy as _

from comptoir.mail.wording import variables as v
from comptoir.mail.wording.kind import Kind, Words

RECORDED = Kind(
    code="candidate-recorded",
    label=_("Candidature enregistrée, sans place encore"),
    reader=_("Qui s’inscrit quand les places sont données au paiement ou à la validation"),
    variables=(v.CONTACT, v.BOOKING, v.BOOKED, v.HOW_SEATED),
    needed=("booking", "next", "button"),
    button=_("Voir ma candidature"),
    french=Words(
        "Votre candidature {reservation}",
        """Bonjour {contact},

Votre candidature {reservation} est enregistrée. Vous n’avez pas encore de place\u00a0:

{inscriptions}

{suite}

Le lien ci-dessous montre où elle en est et permet de la retirer. Il est à vous seul\u00a0: ne le transmettez qu’à qui peut agir à votre place.

{bouton}

Cordialement,
{organisme}""",  # noqa: E501  # a paragraph is one line
    ),
    english=Words(
        "Your application {booking}",
        """Dear {contact},

Your application {booking} is recorded. You have no seat yet:

{lines}

{next}

The link below shows where it stands and lets you take it back. It is yours alone: pass it on only to somebody who may act for you.

{button}

Kind regards,
{organisation}""",  # noqa: E501  # a paragraph is one line
    ),
)

SEATED = Kind(
    code="candidate-seated",
    label=_("Candidature validée, place attribuée"),
    reader=_("Le contact d’une candidature qui reçoit sa place"),
    variables=(v.CONTACT, v.BOOKING, v.BOOKED, v.TOTAL, v.NEXT),
    needed=("booking", "button"),
    button=_("Voir ma réservation"),
    french=Words(
        "Vous avez votre place, {reservation}",
        """Bonjour {contact},

Une place vous est attribuée, sous la référence {reservation}\u00a0:

{inscriptions}

Total\u00a0: {total_ttc} TTC

{suite}

{bouton}

Cordialement,
{organisme}""",
    ),
    english=Words(
        "You have your seat, {booking}",
        """Dear {contact},

A seat is yours, under the reference {booking}:

{lines}

Total: {total} including VAT

{next}

{button}

Kind regards,
{organisation}""",
    ),
)

UNSEATED = Kind(
    code="candidate-unseated",
    label=_("Paiement reçu, plus de place"),
    reader=_("Le contact d’une candidature payée quand la session est déjà complète"),
    variables=(v.CONTACT, v.BOOKING, v.BOOKED, v.PAID_RANK),
    needed=("booking", "button"),
    button=_("Voir ma candidature"),
    french=Words(
        "Plus de place pour le moment, {reservation}",
        """Bonjour {contact},

Votre paiement est bien enregistré, mais d’autres sont arrivés avant lui et la session est complète. Vous n’avez donc pas de place\u00a0:

{inscriptions}

Vous êtes au rang {rang} de ceux qui ont payé et attendent une place. Si l’une se libère, elle est à vous sans rien faire, et nous vous l’écrivons. Si aucune ne se libère avant le début de la session, nous vous remboursons.

Vous préférez ne pas attendre\u202f? Retirez votre candidature par le lien ci-dessous\u00a0: nous vous remboursons.

{bouton}

Cordialement,
{organisme}""",  # noqa: E501  # a paragraph is one line
    ),
    english=Words(
        "No seat left for now, {booking}",
        """Dear {contact},

Your payment is recorded, but others came before it and the session is full. So you have no seat:

{lines}

You are at rank {rank} of those who have paid and wait for a seat. If one becomes free it is yours, with nothing to do, and we will write to you. If none does before the session begins, we will pay you back.

You would rather not wait? Take your application back by the link below: we will pay you back.

{button}

Kind regards,
{organisation}""",  # noqa: E501  # a paragraph is one line
    ),
)

ENDED = Kind(
    code="candidate-ended",
    label=_("Candidature close sans place"),
    reader=_("Le contact d’une candidature dont la session a commencé ou est annulée"),
    variables=(v.CONTACT, v.BOOKING, v.BOOKED, v.REFUND),
    needed=("booking",),
    button=_("Voir ma candidature"),
    french=Words(
        "Votre candidature {reservation} est close",
        """Bonjour {contact},

La session a commencé ou est annulée, et aucune place n’a pu vous être attribuée\u00a0: votre candidature {reservation} est close.

{inscriptions}

{suite}

{bouton}

Cordialement,
{organisme}""",  # noqa: E501  # a paragraph is one line
    ),
    english=Words(
        "Your application {booking} is closed",
        """Dear {contact},

The session has begun or is cancelled, and no seat could be given to you: your application {booking} is closed.

{lines}

{next}

{button}

Kind regards,
{organisation}""",
    ),
)
