"""« Modifier adhérent »: the address of a member's account, and « Renvoyer mot de passe » (E3, T57)."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from comptoir.accounts import commands as accounts
from comptoir.administration.commands.access import send_link, tell_owner
from comptoir.administration.commands.staff import NoAddress, NotYours
from comptoir.base.speaking import house
from comptoir.base.text import email_key
from comptoir.clients import queries as clients
from comptoir.members import queries
from comptoir.members.commands import writing
from comptoir.members.commands.rows import in_hand, record
from comptoir.members.models import Member
from comptoir.organisations import queries as organisations
from comptoir.organisations.actors import Actor


@transaction.atomic
def set_member_email(*, member_id: int, email: str, by: Actor, at: datetime) -> bool:
    """The account has this address, to be proved; its owner is told at the former one. Answers whether it changed.

    Refuses: Forbidden, Missing, NotYours (the account serves elsewhere too), Invalid, EmailTaken.
    """
    member = in_hand(member_id, by=by)
    former = member.user.email
    if former == email_key(email):
        return False
    _check_own_account(member)
    accounts.set_email(user_id=member.user_id, email=email)
    if former:
        with house():
            tell_owner(user_id=member.user_id, what="email", organisation_id=by.organisation_id, at=at, to=former)
    record("member.address-changed", member, by=by, at=at)
    return True


@transaction.atomic
def resend_password(*, member_id: int, by: Actor, at: datetime) -> str:
    """A single-use link of 24 hours goes to the member's own address, which is returned; nobody here sees it.

    An address not proved yet gets the link that proves it and leads to the choice of a password.
    Refuses: Forbidden, Missing, NoAddress.
    """
    member = in_hand(member_id, by=by)
    email = member.user.email
    if not email:
        sentence = _("Cet adhérent n’a pas d’adresse de courriel\u00a0: complétez-la d’abord, sur cette page.")
        raise NoAddress(sentence, field="email")
    if member.checked_email == email:
        send_link(user_id=member.user_id, organisation_id=by.organisation_id, at=at)
    else:
        writing.invitation(member, at=at)
    record("member.link-sent", member, by=by, at=at)
    return email


def _check_own_account(member: Member) -> None:
    """The address is the key to everything the account opens: only its owner changes one that serves elsewhere."""
    user = member.user
    elsewhere = [*organisations.places_of(user.pk), *clients.organisations_of(user.pk)]
    others = any(one.pk != member.organisation_id for one in queries.organisations_of(user.pk))
    if user.is_operator or elsewhere or others:
        raise NotYours(
            _("Ce compte sert aussi ailleurs\u00a0: seule la personne peut en faire changer l’adresse."), field="email"
        )
