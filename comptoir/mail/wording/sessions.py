"""The mails before a session: to the contact of a booking, and to each participant who has an address."""

from django.utils.translation import gettext_lazy as _

from comptoir.mail.wording import variables as v
from comptoir.mail.wording.kind import Kind, Words

REMINDER = Kind(
    code="session-reminder",
    label=_("Rappel avant une session, au contact"),
    reader=_("Le contact d’une réservation"),
    variables=(v.CONTACT, v.BOOKING, v.SESSION, v.DAYS, v.PLACE, v.EXPECTED),
    needed=("session",),
    button=_("Voir ma réservation"),
    french=Words(
        "Bientôt\u00a0: {session}",
        """Bonjour {contact},

C’est bientôt\u00a0: {session}.

{horaires}

Lieu\u00a0: {lieu}

Nous attendons, sous la référence {reservation}\u00a0:

{participants}

Le lien ci-dessous ouvre votre réservation, avec le code à présenter à l’entrée et les dates pour votre agenda.

{bouton}

Cordialement,
{organisme}""",
    ),
    english=Words(
        "Soon: {session}",
        """Dear {contact},

It is soon: {session}.

{days}

Place: {place}

We expect, under the reference {booking}:

{lines}

The link below opens your booking, with the code to show at the entrance and the dates for your calendar.

{button}

Kind regards,
{organisation}""",
    ),
)
INVITATION = Kind(
    code="session-invitation",
    label=_("Convocation d’un participant"),
    reader=_("Un participant qui a un courriel"),
    variables=(v.PERSON, v.SESSION, v.DAYS, v.PLACE),
    needed=("session",),
    button=_("Voir la session"),
    french=Words(
        "Vous êtes attendu\u00a0: {session}",
        """Bonjour {personne},

Vous êtes inscrit à {session}.

{horaires}

Lieu\u00a0: {lieu}

En cas d’empêchement, prévenez-nous en répondant à ce message.

{bouton}

Cordialement,
{organisme}""",
    ),
    english=Words(
        "You are expected: {session}",
        """Dear {person},

You are registered for {session}.

{days}

Place: {place}

If you cannot come, let us know by replying to this message.

{button}

Kind regards,
{organisation}""",
    ),
)
CHANGED = Kind(
    code="session-changed",
    label=_("Dates ou lieu d’une session changés"),
    reader=_("Le contact d’une réservation, et chaque participant qui a un courriel"),
    variables=(v.CONTACT, v.BOOKING, v.SESSION, v.DAYS, v.PLACE),
    needed=("session",),
    button=_("Voir ma réservation"),
    french=Words(
        "Changement\u00a0: {session}",
        """Bonjour {contact},

Les dates ou le lieu d’une session où vous êtes inscrit ont changé (réservation {reservation}). Voici ce qui vaut désormais\u00a0:

{session}

{horaires}

Lieu\u00a0: {lieu}

Le fichier joint met votre agenda à jour. Si cela ne vous convient plus, répondez à ce message.

{bouton}

Cordialement,
{organisme}""",  # noqa: E501  # a paragraph is one line
    ),
    english=Words(
        "Changed: {session}",
        """Dear {contact},

The dates or the place of a session you are registered for have changed (booking {booking}). This is what holds now:

{session}

{days}

Place: {place}

The file that comes with this message puts your calendar right. If it no longer suits you, reply to this message.

{button}

Kind regards,
{organisation}""",
    ),
)
CANCELLED = Kind(
    code="session-cancelled",
    label=_("Session annulée"),
    reader=_("Le contact d’une réservation, et chaque participant qui a un courriel"),
    variables=(v.CONTACT, v.BOOKING, v.SESSION, v.DAYS, v.PLACE),
    needed=("session",),
    button=_("Voir ma réservation"),
    french=Words(
        "Annulée\u00a0: {session}",
        """Bonjour {contact},

Nous sommes au regret d’annuler une session où vous êtes inscrit (réservation {reservation})\u00a0:

{session}

Nous revenons vers vous pour la suite. Le fichier joint la retire de votre agenda.

{bouton}

Cordialement,
{organisme}""",
    ),
    english=Words(
        "Cancelled: {session}",
        """Dear {contact},

We are sorry to cancel a session you are registered for (booking {booking}):

{session}

We will come back to you about what follows. The file that comes with this message takes it off your calendar.

{button}

Kind regards,
{organisation}""",
    ),
)
