"""The mails that open a door: a password link (E3), a client’s access, a client’s number (G1)."""

from django.utils.translation import gettext_lazy as _

from comptoir.mail.wording import variables as v
from comptoir.mail.wording.kind import Kind, Words

PASSWORD_LINK = Kind(
    code="password-link",
    label=_("Lien pour choisir un mot de passe"),
    reader=_("La personne qui l’a demandé, ou pour qui votre organisme l’a demandé"),
    variables=(v.PERSON, v.LOGIN, v.UNTIL),
    needed=("button",),
    button=_("Choisir mon mot de passe"),
    is_secret=True,
    french=Words(
        "Choisissez votre mot de passe",
        """Bonjour {personne},

Voici le lien pour choisir votre mot de passe. Il ne sert qu’une fois et reste valable {validite}.

{bouton}

Votre identifiant : {identifiant}

Vous n’avez rien demandé ? Ne faites rien : votre mot de passe ne change pas.""",
    ),
    english=Words(
        "Choose your password",
        """Dear {person},

Here is the link to choose your password. It works once only and stays valid for {until}.

{button}

Your login: {login}

You asked for nothing? Do nothing: your password does not change.""",
    ),
)

CLIENT_ACCESS = Kind(
    code="client-access",
    label=_("Accès à l’espace client"),
    reader=_("Le contact à qui vous ouvrez un accès"),
    variables=(v.CONTACT, v.CLIENT, v.LOGIN, v.UNTIL),
    needed=("button",),
    button=_("Ouvrir mon espace"),
    is_secret=True,
    french=Words(
        "Votre espace client chez {organisme}",
        """Bonjour {contact},

Un espace client est ouvert à votre nom pour {client}. Vous y retrouvez vos demandes, et vos coordonnées sont déjà remplies quand vous vous inscrivez.

Le lien ci-dessous sert à choisir votre mot de passe. Il ne sert qu’une fois et reste valable {validite}.

{bouton}

Votre identifiant : {identifiant}

Cordialement,
{organisme}""",  # noqa: E501  # a paragraph is one line
    ),
    english=Words(
        "Your client space at {organisation}",
        """Dear {contact},

A client space is open in your name for {client}. Your requests are kept there, and your details are already filled in when you sign up.

The link below lets you choose your password. It works once only and stays valid for {until}.

{button}

Your login: {login}

Kind regards,
{organisation}""",  # noqa: E501  # a paragraph is one line
    ),
)

CLIENT_NUMBER = Kind(
    code="client-number",
    label=_("Numéro client"),
    reader=_("Le contact d’un nouveau client, ou d’une demande d’intervention"),
    variables=(v.CONTACT, v.CLIENT, v.CLIENT_NUMBER),
    needed=("client_number",),
    button=_("Voir le catalogue"),
    french=Words(
        "Votre numéro client : {numero_client}",
        """Bonjour {contact},

{client} a désormais un numéro client : {numero_client}

Indiquez-le lors de vos prochaines demandes : nous vous reconnaîtrons aussitôt, et vous n’aurez plus à redonner vos coordonnées.

{bouton}

Cordialement,
{organisme}""",  # noqa: E501  # a paragraph is one line
    ),
    english=Words(
        "Your client number: {client_number}",
        """Dear {contact},

{client} now has a client number: {client_number}

Please give it with your next requests: we will recognise you at once, and you will not have to give your details again.

{button}

Kind regards,
{organisation}""",
    ),
)

ACCOUNT_NOTICE = Kind(
    code="account-notice",
    label=_("Sécurité du compte"),
    reader=_("La personne dont le compte vient de changer"),
    variables=(v.PERSON, v.CHANGE, v.MOMENT),
    needed=("change", "button"),
    button=_("Ce n’était pas moi"),
    french=Words(
        "Un changement sur votre compte",
        """Bonjour {personne},

{changement} C’était {moment}.

Si c’est bien vous, il n’y a rien à faire. Sinon, choisissez aussitôt un nouveau mot de passe, puis prévenez votre organisme.

{bouton}""",  # noqa: E501  # a paragraph is one line
    ),
    english=Words(
        "A change on your account",
        """Dear {person},

{change} It was {moment}.

If this was you, there is nothing to do. If not, choose a new password at once, then tell your organisation.

{button}""",
    ),
)
