"""Who works for the organisation: add, change, close, send a link (T55, T57)."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from comptoir.accounts import commands as accounts
from comptoir.accounts import queries as account_queries
from comptoir.accounts.models import User
from comptoir.administration.commands.access import send_link, tell_owner
from comptoir.administration.rights import require_administrator, require_either
from comptoir.base.errors import Invalid, Missing, Refusal
from comptoir.base.speaking import house
from comptoir.base.text import clean_line, email_key, login_key
from comptoir.clients import queries as clients
from comptoir.journal import commands as journal
from comptoir.members import queries as members
from comptoir.organisations import queries
from comptoir.organisations.actors import Actor
from comptoir.organisations.models import Organisation, Staff, Territory
from comptoir.organisations.states import Role


class AlreadyStaff(Refusal):
    """This account already has a place in the organisation."""

    code = "already-staff"


class LastAdministrator(Refusal):
    """The organisation must keep one active administrator."""

    code = "last-administrator"


class NoAddress(Refusal):
    """The account has no address to send a link to."""

    code = "no-address"


class NotYours(Refusal):
    """The account is somebody's elsewhere too: its address is changed by its owner only."""

    code = "not-yours"
    kind = "forbidden"


@transaction.atomic
def add_staff(
    *,
    login: str,
    role: str,
    by: Actor,
    at: datetime,
    email: str = "",
    first_name: str = "",
    last_name: str = "",
    phone: str = "",
    territory_id: int | None = None,
    password: str = "",
) -> int:
    """The person has a place and its id is returned. An account is opened if no account has the address; a new one, or
    one nobody has used yet, is sent a link of 24 hours when it has an address. `password` is the console's and the
    demonstration's: it is given to a new account, which is then sent nothing.

    The operator may do this for an organisation without administrator. Refuses: Invalid, AlreadyStaff, LoginTaken.
    """
    _may_appoint(by, role)
    _check_role(role)
    user_id = _account_for(login, email, first_name, last_name, password, at)
    try:
        with transaction.atomic():
            place = Staff.objects.create(
                organisation_id=by.organisation_id,
                user_id=user_id,
                role=role,
                phone=clean_line(phone),
                territory=_territory(territory_id, by),
            )
    except IntegrityError as error:
        raise AlreadyStaff(_("Cette personne est déjà de l’équipe."), field="login") from error
    user = place.user
    if user.email and not user.has_usable_password():
        send_link(user_id=user_id, organisation_id=by.organisation_id, at=at)
    _record("staff.added", place, by, at)
    return place.pk


@transaction.atomic
def change_staff(
    *, staff_id: int, role: str, by: Actor, at: datetime, territory_id: int | None = None, phone: str = ""
) -> None:
    """Role, territory and phone are these. Another role ends the person's sessions (T55).

    Refuses: Missing, Invalid, LastAdministrator.
    """
    require_administrator(by)
    _check_role(role)
    place = _own(staff_id, by)
    was = place.role
    if was == Role.ADMINISTRATOR and role != was:
        _require_another(place, by)
    place.role, place.territory, place.phone = role, _territory(territory_id, by), clean_line(phone)
    place.save(update_fields=["role", "territory", "phone"])
    if role != was:
        accounts.end_sessions(user_id=place.user_id)
    _record("staff.changed", place, by, at)


@transaction.atomic
def deactivate_staff(*, staff_id: int, by: Actor, at: datetime) -> None:
    """The person's next request is refused here, and every session is over (T55). Refuses: LastAdministrator."""
    require_administrator(by)
    place = _own(staff_id, by)
    if place.role == Role.ADMINISTRATOR:
        _require_another(place, by)
    place.is_active = False
    place.save(update_fields=["is_active"])
    accounts.end_sessions(user_id=place.user_id)
    _record("staff.deactivated", place, by, at)


@transaction.atomic
def reactivate_staff(*, staff_id: int, by: Actor, at: datetime) -> None:
    """The person has the same place again."""
    require_administrator(by)
    place = _own(staff_id, by)
    place.is_active = True
    place.save(update_fields=["is_active"])
    _record("staff.reactivated", place, by, at)


@transaction.atomic
def set_staff_email(*, staff_id: int, email: str, by: Actor, at: datetime) -> None:
    """The account has this address (E3: a missing one is added here), the owner is told at the former one.

    Refuses: NotYours when the account also serves elsewhere, Invalid, EmailTaken.
    """
    require_administrator(by)
    place = _own(staff_id, by)
    user = place.user
    _check_own_account(user, by)
    former = user.email
    if former == email_key(email):
        return
    accounts.set_email(user_id=user.pk, email=email)
    if former:
        with house():
            tell_owner(user_id=user.pk, what="email", organisation_id=by.organisation_id, at=at, to=former)
    _record("staff.address-changed", place, by, at)


@transaction.atomic
def send_password_link(*, staff_id: int, by: Actor, at: datetime) -> None:
    """« Renvoyer mot de passe »: a single-use link of 24 hours goes to the person's own address (E3, T57).

    Refuses: Missing, NoAddress.
    """
    require_administrator(by)
    place = _own(staff_id, by)
    if not place.user.email:
        raise NoAddress(_("Ce compte n’a pas d’adresse\u00a0: ajoutez-la d’abord."), field="email")
    send_link(user_id=place.user_id, organisation_id=by.organisation_id, at=at)
    _record("staff.link-sent", place, by, at)


def _may_appoint(by: Actor, role: str) -> None:
    require_either(by)
    if by.is_operator and (role != Role.ADMINISTRATOR or queries.administrators(by.organisation_id).exists()):
        require_administrator(by)  # once an organisation has an administrator, its staff is its own affair


def _check_role(role: str) -> None:
    if role not in Role.values:
        raise Invalid(_("Ce rôle n’existe pas."), field="role")


def _account_for(login: str, email: str, first_name: str, last_name: str, password: str, at: datetime) -> int:
    """The account of that address, else a new one. An account found keeps its own details.

    A login alone never finds anybody: the person of that login elsewhere may be a stranger who would be let in.
    """
    found = account_queries.by_email(email)
    if found is not None and (not login or found.username == login_key(login)):
        return found.pk
    if login and account_queries.by_login(login) is not None:
        sentence = _("Cet identifiant est déjà pris. Si c’est la même personne, donnez l’adresse de son compte.")
        raise accounts.LoginTaken(sentence, field="login")
    return accounts.open_account(
        login=login or email, email=email, password=password, first_name=first_name, last_name=last_name, at=at
    )


def _territory(territory_id: int | None, by: Actor) -> Territory | None:
    if territory_id is None:
        return None
    found = queries.territories(seen_by=by).filter(pk=territory_id).first()
    if found is None:
        raise Invalid(_("Ce secteur n’existe pas."), field="territory")
    return found


def _own(staff_id: int, by: Actor) -> Staff:
    place = queries.staff(seen_by=by).filter(pk=staff_id).first()
    if place is None:
        raise Missing(_("Cette personne n’est pas de l’équipe."))
    return place


def _require_another(place: Staff, by: Actor) -> None:
    """Lock the organisation, then count: two administrators cannot close each other at once."""
    Organisation.objects.select_for_update().get(pk=by.organisation_id)
    if place.is_active and not queries.administrators(by.organisation_id).exclude(pk=place.pk).exists():
        raise LastAdministrator(
            _("C’est le dernier administrateur de l’organisme\u00a0: nommez-en un autre d’abord."), field="role"
        )


def _check_own_account(user: User, by: Actor) -> None:
    elsewhere = Staff.objects.filter(user=user).exclude(organisation_id=by.organisation_id).exists()
    homes = [*clients.organisations_of(user.pk), *members.organisations_of(user.pk)]
    if user.is_operator or elsewhere or any(one.pk != by.organisation_id for one in homes):
        raise NotYours(
            _("Ce compte sert aussi ailleurs\u00a0: seule la personne peut en faire changer l’adresse."), field="email"
        )


def _record(what: str, place: Staff, by: Actor, at: datetime) -> None:
    detail: dict[str, object] = {"role": place.role, "territory": place.territory_id}
    journal.record(what=what, about=f"staff {place.pk}", by=by, at=at, detail=detail)
