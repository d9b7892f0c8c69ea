"""The mails to members: the link that proves an address, what was decided, the dues received (E3, E7, E8)."""

from django.utils.translation import gettext_lazy as _

from comptoir.mail.wording import variables as v
from comptoir.mail.wording.kind import Kind, Words

SIGN_UP = Kind(
    code="member-sign-up",
    label=_("Adhésion\u00a0: confirmer l’adresse"),
    reader=_("La personne qui demande à ouvrir un compte d’adhérent"),
    variables=(v.PERSON, v.UNTIL),
    needed=("button",),
    button=_("Confirmer mon adresse"),
    is_secret=True,
    french=Words(
        "Confirmez votre adresse pour ouvrir votre compte",
        """Bonjour {personne},

Vous demandez un compte d’adhérent chez {organisme}. Confirmez cette adresse, puis choisissez votre mot de passe : votre compte sera ouvert. Le lien ne sert qu’une fois et reste valable {validite}.

{bouton}

Vous n’avez rien demandé ? Ne faites rien : aucun compte n’est ouvert.""",  # noqa: E501  # a paragraph is one line
    ),
    english=Words(
        "Confirm your address to open your account",
        """Dear {person},

You asked for a member’s account at {organisation}. Confirm this address, then choose your password: your account will be open. The link works once only and stays valid for {until}.

{button}

You asked for nothing? Do nothing: no account is opened.""",  # noqa: E501  # a paragraph is one line
    ),
)

KNOWN = Kind(
    code="member-known",
    label=_("Adhésion\u00a0: le compte existe déjà"),
    reader=_("L’adhérent dont l’adresse a été donnée de nouveau"),
    variables=(v.PERSON, v.LOGIN),
    needed=("button",),
    button=_("Choisir un nouveau mot de passe"),
    french=Words(
        "Vous avez déjà un compte chez {organisme}",
        """Bonjour {personne},

Quelqu’un, sans doute vous, vient de demander un compte d’adhérent avec cette adresse : vous en avez déjà un.

Votre identifiant : {identifiant}

Si vous avez oublié votre mot de passe, choisissez-en un autre.

{bouton}""",
    ),
    english=Words(
        "You already have an account at {organisation}",
        """Dear {person},

Somebody, probably you, has just asked for a member’s account with this address: you already have one.

Your login: {login}

If you have forgotten your password, choose another.

{button}""",
    ),
)

INVITATION = Kind(
    code="member-invitation",
    label=_("Adhérent\u00a0: confirmer l’adresse et choisir un mot de passe"),
    reader=_("L’adhérent dont l’adresse n’est pas encore confirmée"),
    variables=(v.PERSON, v.LOGIN, v.UNTIL),
    needed=("button",),
    button=_("Confirmer mon adresse"),
    is_secret=True,
    french=Words(
        "Votre compte d’adhérent chez {organisme}",
        """Bonjour {personne},

Un compte d’adhérent est à votre nom chez {organisme}. Confirmez cette adresse, puis choisissez votre mot de passe si vous n’en avez pas encore. Le lien ne sert qu’une fois et reste valable {validite}.

{bouton}

Votre identifiant : {identifiant}""",  # noqa: E501  # a paragraph is one line
    ),
    english=Words(
        "Your member’s account at {organisation}",
        """Dear {person},

A member’s account is in your name at {organisation}. Confirm this address, then choose your password if you have none yet. The link works once only and stays valid for {until}.

{button}

Your login: {login}""",  # noqa: E501  # a paragraph is one line
    ),
)

VALIDATED = Kind(
    code="member-validated",
    label=_("Adhérent\u00a0: compte validé"),
    reader=_("L’adhérent dont vous validez le compte"),
    variables=(v.PERSON,),
    needed=("button",),
    button=_("Ouvrir mon espace"),
    french=Words(
        "Votre compte est validé",
        """Bonjour {personne},

Votre compte d’adhérent est validé. Votre espace vous dit ce qu’il ouvre, et si votre cotisation de l’année est enregistrée.

{bouton}

Cordialement,
{organisme}""",  # noqa: E501  # a paragraph is one line
    ),
    english=Words(
        "Your account is validated",
        """Dear {person},

Your member’s account is validated. Your space tells you what it opens, and whether your dues of the year are recorded.

{button}

Kind regards,
{organisation}""",
    ),
)

REFUSED = Kind(
    code="member-refused",
    label=_("Adhérent\u00a0: compte refusé"),
    reader=_("L’adhérent dont vous refusez le compte"),
    variables=(v.PERSON, v.REFUSAL_REASON),
    needed=("reason", "button"),
    button=_("Ouvrir mon espace"),
    french=Words(
        "Votre compte n’est pas validé",
        """Bonjour {personne},

Nous ne pouvons pas valider votre compte d’adhérent, pour la raison suivante :

{motif}

Corrigez vos informations dans votre espace : votre compte sera examiné de nouveau.

{bouton}

Cordialement,
{organisme}""",
    ),
    english=Words(
        "Your account is not validated",
        """Dear {person},

We cannot validate your member’s account, for this reason:

{reason}

Correct your details in your space: your account will be looked at again.

{button}

Kind regards,
{organisation}""",
    ),
)

DUES = Kind(
    code="member-dues",
    label=_("Adhérent\u00a0: cotisation reçue"),
    reader=_("L’adhérent dont vous enregistrez la cotisation"),
    variables=(v.PERSON, v.YEAR, v.AMOUNT_PAID, v.PAID_ON),
    needed=("year",),
    button=_("Ouvrir mon espace"),
    french=Words(
        "Votre cotisation {annee} est enregistrée",
        """Bonjour {personne},

Votre cotisation {annee} de {montant}, reçue le {jour}, est enregistrée.

{bouton}

Cordialement,
{organisme}""",
    ),
    english=Words(
        "Your dues for {year} are recorded",
        """Dear {person},

Your dues for {year}, {amount} received on {day}, are recorded.

{button}

Kind regards,
{organisation}""",
    ),
)

RENEWAL = Kind(
    code="member-renewal",
    label=_("Adhérent\u00a0: cotisation à renouveler"),
    reader=_("L’adhérent validé dont la cotisation de l’année qui vient n’est pas enregistrée"),
    variables=(v.PERSON, v.YEAR_TO_PAY, v.YEAR_ENDS, v.TO_PAY),
    needed=("year",),
    button=_("Ouvrir mon espace"),
    french=Words(
        "Votre cotisation {annee} chez {organisme}",
        """Bonjour {personne},

L’année de cotisation se termine le {jour}. Pour garder votre accès complet au-delà, renouvelez votre cotisation pour {annee}.

{suite}

{bouton}

Vous l’avez déjà réglée ? Nos messages se sont croisés : vous n’avez rien à faire.

Cordialement,
{organisme}""",  # noqa: E501  # a paragraph is one line
    ),
    english=Words(
        "Your dues for {year} at {organisation}",
        """Dear {person},

The year of your dues ends on {day}. To keep your full access after that day, renew your dues for {year}.

{next}

{button}

You have paid already? Our messages crossed: there is nothing to do.

Kind regards,
{organisation}""",
    ),
)

DUES_MISSING = Kind(
    code="member-dues-missing",
    label=_("Adhérent\u00a0: cotisation manquante"),
    reader=_("L’adhérent validé dont la cotisation de l’année en cours n’est pas enregistrée"),
    variables=(v.PERSON, v.YEAR_TO_PAY, v.TO_PAY),
    needed=("year",),
    button=_("Ouvrir mon espace"),
    french=Words(
        "Votre cotisation {annee} n’est pas enregistrée",
        """Bonjour {personne},

Votre cotisation {annee} n’est pas encore enregistrée. Votre accès complet et votre carte d’adhérent vous attendent dès que nous l’avons reçue.

{suite}

{bouton}

Vous l’avez déjà réglée ? Répondez à ce message : nous vérifierons.

Cordialement,
{organisme}""",  # noqa: E501  # a paragraph is one line
    ),
    english=Words(
        "Your dues for {year} are not recorded",
        """Dear {person},

Your dues for {year} are not recorded yet. Your full access and your member’s card are waiting until we receive them.

{next}

{button}

You have paid already? Answer this message and we shall check.

Kind regards,
{organisation}""",
    ),
)
