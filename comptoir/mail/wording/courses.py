"""To whoever was signed up to a public course already: asked whether to leave it, or told why it stays (F2)."""

from django.utils.translation import gettext_lazy as _

from comptoir.mail.wording import variables as v
from comptoir.mail.wording.kind import Kind, Words

READER = _("La personne inscrite auparavant à une formation publique du même type")

REPLACING = Kind(
    code="course-replacing",
    label=_("Remplacement d’une inscription à confirmer"),
    reader=READER,
    variables=(v.PARTICIPANT, v.SESSION, v.WANTED, v.UNTIL),
    needed=("button",),
    button=_("Voir le remplacement"),
    is_secret=True,
    french=Words(
        "Changer de session ? À vous de confirmer",
        """Bonjour {participant},

Vous êtes inscrit à {session}. Une nouvelle inscription à votre nom vient d’être demandée pour {voulue}.

Pour changer de session, ouvrez le lien ci-dessous et confirmez. Votre inscription actuelle sera alors annulée. Le lien ne sert qu’une fois et reste valable {validite}.

{bouton}

Vous n’avez rien demandé ? Ne faites rien : votre inscription ne change pas.

Cordialement,
{organisme}""",  # noqa: E501  # a paragraph is one line
    ),
    english=Words(
        "Changing session? Please confirm",
        """Dear {participant},

You are signed up to {session}. A new sign-up in your name was just asked for {wanted}.

To change session, open the link below and confirm. Your present sign-up will then be cancelled. The link works once only and stays valid for {until}.

{button}

You asked for nothing? Do nothing: your sign-up does not change.

Kind regards,
{organisation}""",  # noqa: E501  # a paragraph is one line
    ),
)

KEPT = Kind(
    code="course-kept",
    label=_("Nouvelle inscription refusée"),
    reader=READER,
    variables=(v.PARTICIPANT, v.SESSION, v.WANTED, v.REASON),
    needed=("reason",),
    button=_("Voir mon inscription"),
    french=Words(
        "Votre nouvelle inscription n’a pas été prise",
        """Bonjour {participant},

Une inscription à votre nom vient d’être demandée pour {voulue}. Elle n’a pas été prise, car vous êtes inscrit à {session}.

{motif}

{bouton}

Cordialement,
{organisme}""",  # noqa: E501  # a paragraph is one line
    ),
    english=Words(
        "Your new sign-up was not taken",
        """Dear {participant},

A sign-up in your name was just asked for {wanted}. It was not taken, as you are signed up to {session}.

{reason}

{button}

Kind regards,
{organisation}""",  # a paragraph is one line
    ),
)
