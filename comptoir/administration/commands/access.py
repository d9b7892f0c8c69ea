"""Let a person in by mail, and tell the owner of an account what changed on it (E3, E5, T57).

A link is sealed in its mail's row until it has left, and is kept nowhere else: see `accounts.links`, `mail.sealing`.
"""

from datetime import datetime
from typing import Literal

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from comptoir.accounts import links
from comptoir.accounts import queries as accounts
from comptoir.accounts.models import User
from comptoir.base import words
from comptoir.base.speaking import in_house
from comptoir.base.text import email_key
from comptoir.clients import queries as clients
from comptoir.mail import commands as mail
from comptoir.members import queries as members
from comptoir.organisations import addresses
from comptoir.organisations import queries as organisations
from comptoir.organisations.models import Organisation

Notice = Literal["password", "email", "factor-on", "factor-off", "codes", "key-on", "key-off"]
SENTENCES = {
    "password": gettext_lazy("Le mot de passe de votre compte vient d’être changé."),
    "email": gettext_lazy("L’adresse de courriel de votre compte vient d’être changée."),
    "factor-on": gettext_lazy("La double vérification de votre compte vient d’être mise en service."),
    "factor-off": gettext_lazy("La double vérification de votre compte vient d’être retirée."),
    "codes": gettext_lazy("De nouveaux codes de secours viennent d’être créés pour votre compte."),
    "key-on": gettext_lazy("Une clé d’accès vient d’être ajoutée à votre compte."),
    "key-off": gettext_lazy("Une clé d’accès vient d’être retirée de votre compte."),
}
_BUCKET = 600  # one mail in ten minutes whoever asks: the first still lives, and nobody can flood the owner


@transaction.atomic
def ask_link(*, text: str, organisation_id: int | None, at: datetime) -> None:
    """If this login or address has an account with an address, a link of one hour is on its way to it.

    Nothing is answered either way, so that nobody learns who has an account. Asked again within ten minutes, the
    first link stands. An account that belongs to no organisation (the operator's) gets none: see `comptoir user link`.
    """
    user = accounts.called(text)
    if user is None or not user.is_active or not user.email:
        return
    organisation = _home_of(user, organisation_id)
    if organisation is not None:
        _queue_link(user, organisation, links.SELF_SERVICE, f"self:{int(at.timestamp()) // _BUCKET}", at)


@transaction.atomic
@in_house
def send_link(*, user_id: int, organisation_id: int, at: datetime) -> None:
    """A link of 24 hours is on its way to the account's own address (« Renvoyer mot de passe »).

    For commands that have checked the right to; whoever sends never sees the link.
    """
    user = accounts.account(user_id)
    organisation = organisations.organisation(organisation_id)
    _queue_link(user, organisation, links.FROM_STAFF, f"staff:{int(at.timestamp()) // 60}", at)


@transaction.atomic
def tell_owner(*, user_id: int, what: Notice, organisation_id: int | None, at: datetime, to: str = "") -> None:
    """The owner of the account is told of the change, at its address (or the former one, `to`), with a way back."""
    user = accounts.account(user_id)
    reader = to or user.email
    organisation = _home_of(user, organisation_id)
    if not reader or organisation is None:
        return
    mail.queue(
        organisation_id=organisation.pk,
        kind="account-notice",
        key=f"account-notice:{user.pk}:{what}:{int(at.timestamp())}",
        to=[reader],
        context={"person": user.full_name, "change": str(SENTENCES[what]), "moment": words.moment(at)},
        about=f"account {user.pk}",
        at=at,
        button=(_("Ce n’était pas moi"), addresses.page(organisation, "compte/mot-de-passe/oublie/")),
    )


def _queue_link(user: User, organisation: Organisation, hours: links.Hours, cause: str, at: datetime) -> None:
    mail.queue(
        organisation_id=organisation.pk,
        kind="password-link",
        key=f"password-link:{user.pk}:{cause}",
        to=[email_key(user.email)],
        context={
            "person": user.full_name,
            "login": user.login,
            "until": _("une heure") if hours == links.SELF_SERVICE else _("24 heures"),
        },
        about=f"account {user.pk}",
        at=at,
        button=(_("Choisir mon mot de passe"), addresses.page(organisation, links.path(user, hours))),
    )


def _home_of(user: User, wished_id: int | None) -> Organisation | None:
    """The organisation that writes to this person: the one asked at if it knows them, else the first that does."""
    homes = [place.organisation for place in organisations.places_of(user.pk)]
    homes += [*clients.organisations_of(user.pk), *members.organisations_of(user.pk)]
    return next((one for one in homes if one.pk == wished_id), homes[0] if homes else None)
