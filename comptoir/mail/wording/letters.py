"""The mails the desk writes itself to those registered: models to start from, changed before each sending."""

from django.utils.translation import gettext_lazy as _

from comptoir.mail.wording import variables as v
from comptoir.mail.wording.kind import Kind, Words

ANY = (v.RECIPIENT, v.PARTICIPANT, v.CONTACT, v.SESSION, v.DATES, v.DAYS, v.PLACE, v.BOOKING)

FREE = Kind(
    code="letter",
    label=_("Message libre"),
    reader=_("Les inscrits que vous choisissez, ou leurs contacts"),
    variables=ANY,
    button=_("Voir la session"),
    french=Words(
        "À propos de {session}",
        """Bonjour {destinataire},

Nous vous écrivons au sujet de {session}.

{bouton}

Cordialement,
{organisme}""",
    ),
    english=Words(
        "About {session}",
        """Dear {recipient},

We are writing to you about {session}.

{button}

Kind regards,
{organisation}""",
    ),
)
CONVOCATION = Kind(
    code="convocation",
    label=_("Convocation"),
    reader=_("Les inscrits que vous choisissez, ou leurs contacts"),
    variables=ANY,
    needed=("session",),
    button=_("Voir la session"),
    french=Words(
        "Convocation\u00a0: {session}",
        """Bonjour {destinataire},

Nous avons le plaisir de vous convoquer à {session}.

{horaires}

Lieu\u00a0: {lieu}

Présentez-vous un quart d’heure avant le début, avec une pièce d’identité et de quoi écrire.

En cas d’empêchement, prévenez-nous en répondant à ce message.

{bouton}

Cordialement,
{organisme}""",
    ),
    english=Words(
        "Joining instructions: {session}",
        """Dear {recipient},

We are pleased to invite you to {session}.

{days}

Place: {place}

Please arrive a quarter of an hour before it begins, with proof of identity and something to write with.

If you cannot come, let us know by replying to this message.

{button}

Kind regards,
{organisation}""",
    ),
)

MODELS = {kind.code: kind for kind in (FREE, CONVOCATION)}  # what the desk may start from
