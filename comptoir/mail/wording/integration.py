"""The information mails of an integration run, each to one person about what concerns that person (B16)."""

from django.utils.translation import gettext_lazy as _

from comptoir.mail.wording import variables as v
from comptoir.mail.wording.kind import Kind, Words

OWNER = Kind(
    code="integration-owner",
    label=_("Intégration : au responsable"),
    reader=_("Le responsable des formations concernées"),
    variables=(v.RECIPIENT, v.RUN, v.COUNTED, v.ADDED),
    button=_("Voir les sessions"),
    french=Words(
        "{nombre} sur vos formations",
        """Bonjour {destinataire},

L’intégration {integration} vient d’ajouter {nombre} à des sessions dont vous êtes responsable.

{inscriptions}

{bouton}""",
    ),
    english=Words(
        "{counted} on your courses",
        """Dear {recipient},

Integration {run} has just added {counted} to sessions you are in charge of.

{lines}

{button}""",
    ),
)

ASSISTANT = Kind(
    code="integration-assistant",
    label=_("Intégration : à l’assistant"),
    reader=_("L’assistant des sessions concernées"),
    variables=(v.RECIPIENT, v.RUN, v.COUNTED, v.ADDED),
    button=_("Voir les sessions"),
    french=Words(
        "{nombre} sur les sessions que vous suivez",
        """Bonjour {destinataire},

L’intégration {integration} vient d’ajouter {nombre} à des sessions que vous suivez.

{inscriptions}

{bouton}""",
    ),
    english=Words(
        "{counted} on the sessions you look after",
        """Dear {recipient},

Integration {run} has just added {counted} to sessions you look after.

{lines}

{button}""",
    ),
)

SALES_REP = Kind(
    code="integration-sales-rep",
    label=_("Intégration : au commercial"),
    reader=_("Le commercial à qui des dossiers sont confiés"),
    variables=(v.RECIPIENT, v.RUN, v.DEALS_COUNTED, v.DEALS),
    button=_("Ouvrir le suivi commercial"),
    french=Words(
        "{nombre} dans votre suivi commercial",
        """Bonjour {destinataire},

L’intégration {integration} vous confie {nombre}.

{dossiers}

{bouton}""",
    ),
    english=Words(
        "{counted} in your sales pipeline",
        """Dear {recipient},

Integration {run} has given you {counted}.

{lines}

{button}""",
    ),
)
