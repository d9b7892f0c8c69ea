"""The mails by which a client confirms the dates of a session: asked, asked again, answered, called off (D2–D11)."""

from django.utils.translation import gettext_lazy as _

from comptoir.mail.wording import variables as v
from comptoir.mail.wording.kind import Kind, Layout, Variable, Words

DEADLINE = Variable("deadline", "echeance", _("Jusqu’à quand répondre"), "lundi 30 novembre 2026 à 18 h")
CHANGES = Variable(
    "changes",
    "changements",
    _("Ce qui change depuis la proposition d’avant\u202f; vide la première fois"),
    "Ne sont plus prévus\n– jeudi 3 décembre 2026, 9 h – 12 h 30\nSont prévus à la place\n"
    "– lundi 7 décembre 2026, 9 h – 12 h 30",
    Layout.LIST,
)
ANSWER = Variable("answer", "reponse", _("Ce qui a été répondu"), "Vous acceptez ces dates.")
ANSWERED = Variable("answer", "reponse", _("Ce qui a été répondu"), "Ateliers du Lac accepte ces dates.")
COMMENT = Variable(
    "comment", "commentaire", _("Ce que le client a écrit"), "Merci de prévoir une salle accessible.", Layout.QUOTE
)
OTHER = Variable(
    "other_dates",
    "autres_dates",
    _("Les autres dates que le client propose"),
    "la semaine du 14 décembre",
    Layout.QUOTE,
)
NOTE = Variable("note", "remarque", _("Ce qu’il faut en savoir\u202f; souvent vide"), "")
ASKED = (v.CONTACT, v.CLIENT, v.SESSION, v.DATES, v.DAYS, v.PLACE, DEADLINE)
REPLIED = (v.CONTACT, v.CLIENT, v.SESSION, v.DAYS, v.PLACE, COMMENT, OTHER)

PROPOSAL = Kind(
    code="date-proposal",
    label=_("Proposition de dates"),
    reader=_("Le contact principal d’un client de la session"),
    variables=(*ASKED, CHANGES),
    needed=("days", "deadline", "button"),
    button=_("J’accepte"),
    second=_("Je décline"),
    french=Words(
        "Vos dates\u00a0: {session}",
        """Bonjour {contact},

Nous vous proposons ces dates pour {session}\u00a0:

{horaires}

Lieu\u00a0: {lieu}

{changements}

Merci de nous répondre avant le {echeance}. Chaque bouton ouvre une page où vous confirmez votre réponse, et où vous pouvez nous écrire.

{bouton}

Le fichier joint inscrit ces dates, provisoires, dans votre agenda.

Cordialement,
{organisme}""",  # noqa: E501  # a paragraph is one line
    ),
    english=Words(
        "Your dates: {session}",
        """Dear {contact},

We suggest these dates for {session}:

{days}

Place: {place}

{changes}

Please answer before {deadline}. Each button opens a page where you confirm your answer, and where you can write to us.

{button}

The file that comes with this message puts these dates, provisional, into your calendar.

Kind regards,
{organisation}""",
    ),
)
REMINDER = Kind(
    code="date-proposal-reminder",
    label=_("Relance d’une proposition de dates"),
    reader=_("Le contact d’un client qui n’a pas encore répondu"),
    variables=ASKED,
    needed=("days", "deadline", "button"),
    button=_("J’accepte"),
    second=_("Je décline"),
    french=Words(
        "Votre réponse est attendue\u00a0: {session}",
        """Bonjour {contact},

Nous n’avons pas encore votre réponse sur les dates de {session}\u00a0:

{horaires}

Lieu\u00a0: {lieu}

Merci de nous répondre avant le {echeance}.

{bouton}

Cordialement,
{organisme}""",
    ),
    english=Words(
        "Your answer is expected: {session}",
        """Dear {contact},

We do not have your answer yet on the dates of {session}:

{days}

Place: {place}

Please answer before {deadline}.

{button}

Kind regards,
{organisation}""",
    ),
)
RECEIPT = Kind(
    code="date-answer-receipt",
    label=_("Réponse sur les dates, accusé de réception"),
    reader=_("Le contact du client qui vient de répondre"),
    variables=(*REPLIED, ANSWER, DEADLINE),
    needed=("answer",),
    button=_("Voir ma réponse"),
    french=Words(
        "Votre réponse est enregistrée\u00a0: {session}",
        """Bonjour {contact},

Votre réponse est enregistrée. {reponse}

{session}

{horaires}

Lieu\u00a0: {lieu}

{commentaire}

{autres_dates}

Vous pouvez changer d’avis jusqu’au {echeance}, par le même lien.

{bouton}

Cordialement,
{organisme}""",
    ),
    english=Words(
        "Your answer is recorded: {session}",
        """Dear {contact},

Your answer is recorded. {answer}

{session}

{days}

Place: {place}

{comment}

{other_dates}

You may change your mind until {deadline}, by the same link.

{button}

Kind regards,
{organisation}""",
    ),
)
ANSWER_TO_US = Kind(
    code="date-answer",
    label=_("Réponse d’un client sur les dates, à l’organisme"),
    reader=_("Qui a envoyé la proposition, le responsable et l’assistant de la session"),
    variables=(v.CLIENT, v.SESSION, v.DAYS, v.PLACE, ANSWERED, COMMENT, OTHER, NOTE),
    needed=("answer",),
    button=_("Voir la session"),
    french=Words(
        "{reponse}",
        """Bonjour,

{reponse}

{session}

{horaires}

{commentaire}

{autres_dates}

{remarque}

{bouton}

{organisme}""",
    ),
    english=Words(
        "{answer}",
        """Hello,

{answer}

{session}

{days}

{comment}

{other_dates}

{note}

{button}

{organisation}""",
    ),
)
CALLED_OFF = Kind(
    code="date-proposal-cancelled",
    label=_("Session annulée, au client à qui des dates étaient proposées"),
    reader=_("Le contact d’un client de la session"),
    variables=(v.CONTACT, v.CLIENT, v.SESSION, v.DAYS, v.PLACE),
    needed=("session",),
    button=_("Voir le site"),
    french=Words(
        "Annulée\u00a0: {session}",
        """Bonjour {contact},

Nous sommes au regret d’annuler la session dont nous vous avions proposé les dates\u00a0:

{session}

{horaires}

Le fichier joint la retire de votre agenda. Nous revenons vers vous pour la suite.

{bouton}

Cordialement,
{organisme}""",
    ),
    english=Words(
        "Cancelled: {session}",
        """Dear {contact},

We are sorry to cancel the session whose dates we had suggested:

{session}

{days}

The file that comes with this message takes it off your calendar. We will come back to you about what follows.

{button}

Kind regards,
{organisation}""",
    ),
)
