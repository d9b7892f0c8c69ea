"""The two mails of an enquiry: to its contact (A7), to the organisation (A8)."""

from django.utils.translation import gettext_lazy as _

from comptoir.mail.wording import variables as v
from comptoir.mail.wording.kind import Kind, Words

_VARIABLES = (v.ENQUIRY, v.SERVICE, v.CONTACT, v.CLIENT, v.DETAILS, v.EMAIL, v.PHONE, v.MESSAGE)

CONTACT = Kind(
    code="enquiry-contact",
    label=_("Récapitulatif d’une demande d’intervention"),
    reader=_("La personne qui a demandé un poste de secours ou une formation en interne"),
    variables=_VARIABLES,
    needed=("reference",),
    button=_("Voir le catalogue"),
    french=Words(
        "Votre demande {reference} est enregistrée",
        """Bonjour {contact},

Nous avons bien reçu votre demande, sous la référence {reference} : {prestation}, pour {client}.

{details}

Vous avez ajouté :
{message}

Nous l’étudions et vous répondons avec une proposition. Rien n’est engagé avant votre accord.

Une question, une correction ? Répondez simplement à ce message : la référence suffit pour retrouver votre demande.

{bouton}

Cordialement,
{organisme}""",
    ),
    english=Words(
        "Your request {reference} is recorded",
        """Dear {contact},

We have received your request, under reference {reference}: {service}, for {client}.

{details}

You added:
{message}

We are looking into it and will answer with a proposal. Nothing is binding before you agree.

A question, a correction? Just reply to this message: the reference is enough to find your request.

{button}

Kind regards,
{organisation}""",
    ),
)

ORGANISATION = Kind(
    code="enquiry-organisation",
    label=_("Nouvelle demande d’intervention"),
    reader=_("Votre organisme, à l’adresse de notification"),
    variables=_VARIABLES,
    button=_("Ouvrir le dossier"),
    french=Words(
        "{prestation}, demande {reference} : {client}",
        """{contact} ({client}) vient d’envoyer la demande {reference} : {prestation}. Un dossier est ouvert dans le suivi commercial.

{details}

Courriel : {courriel}
Téléphone : {telephone}

Message du contact :
{message}

{bouton}

Répondre à ce message, c’est écrire à {contact}.""",  # noqa: E501  # a paragraph is one line
    ),
    english=Words(
        "{service}, request {reference}: {client}",
        """{contact} ({client}) has just sent request {reference}: {service}. A deal follows it in the pipeline.

{details}

E-mail: {email}
Telephone: {phone}

Message from the contact:
{message}

{button}

Replying to this message writes to {contact}.""",
    ),
)
