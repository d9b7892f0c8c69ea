"""The two mails of a pre-registration: to its contact (A7), to the organisation (A8)."""

from django.utils.translation import gettext_lazy as _

from comptoir.mail.wording import variables as v
from comptoir.mail.wording.kind import Kind, Words

_VARIABLES = (v.REFERENCE, v.CONTACT, v.CLIENT, v.LINES, v.NET, v.VAT, v.TOTAL, v.EMAIL, v.PHONE, v.MESSAGE)

CONTACT = Kind(
    code="preregistration-contact",
    label=_("Récapitulatif de la pré-inscription"),
    reader=_("La personne qui s’est pré-inscrite"),
    variables=_VARIABLES,
    needed=("reference",),
    button=_("Voir le catalogue"),
    french=Words(
        "Votre demande {reference} est enregistrée",
        """Bonjour {contact},

Votre demande est enregistrée sous la référence {reference}. C’est une pré-inscription : elle devient ferme quand nous vous l’aurons confirmée.

{inscriptions}

Total : {total_ht} hors taxes, soit {total_ttc} avec la TVA

Vous avez ajouté :
{message}

Une question, une correction ? Répondez simplement à ce message : la référence suffit pour retrouver votre demande.

{bouton}

Cordialement,
{organisme}""",  # noqa: E501  # a paragraph is one line
    ),
    english=Words(
        "Your request {reference} is recorded",
        """Dear {contact},

Your request is recorded under reference {reference}. It is a pre-registration: it becomes firm once we have confirmed it to you.

{lines}

Total: {net} without tax, {total} with VAT

You added:
{message}

A question, a correction? Just reply to this message: the reference is enough to find your request.

{button}

Kind regards,
{organisation}""",  # noqa: E501  # a paragraph is one line
    ),
)

ORGANISATION = Kind(
    code="preregistration-organisation",
    label=_("Nouvelle pré-inscription"),
    reader=_("Votre organisme, à l’adresse de notification"),
    variables=_VARIABLES,
    button=_("Ouvrir l’assistant"),
    french=Words(
        "Pré-inscription {reference} : {client}",
        """{contact} ({client}) vient d’envoyer la demande {reference}. Elle attend dans l’assistant d’intégration.

{inscriptions}

Total : {total_ht} hors taxes, {tva} de TVA, soit {total_ttc}

Courriel : {courriel}
Téléphone : {telephone}

Message du contact :
{message}

{bouton}

Répondre à ce message, c’est écrire à {contact}.""",
    ),
    english=Words(
        "Pre-registration {reference}: {client}",
        """{contact} ({client}) has just sent request {reference}. It is waiting in the integration assistant.

{lines}

Total: {net} without tax, {vat} of VAT, {total} in all

E-mail: {email}
Telephone: {phone}

Message from the contact:
{message}

{button}

Replying to this message writes to {contact}.""",
    ),
)
