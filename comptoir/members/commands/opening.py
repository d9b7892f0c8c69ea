"""A member's account begins: by an administrator (E2), or by sign-up and a link in the mailbox (E7)."""

from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from comptoir.accounts import commands as accounts
from comptoir.accounts import queries as account_queries
from comptoir.accounts.models import User
from comptoir.base.errors import Refusal, refuse_all
from comptoir.base.text import email_key, folded
from comptoir.members import fields, queries
from comptoir.members.commands import writing
from comptoir.members.commands.rows import acting, record, require_administrator
from comptoir.members.links import Promise, promise_of
from comptoir.members.models import Member
from comptoir.organisations import queries as organisations
from comptoir.organisations.actors import Actor, visitor
from comptoir.organisations.numbers import next_numbers

SERIES = "member"
_ATTEMPTS = 5  # at a login nobody else took meanwhile


class AlreadyMember(Refusal):
    """The account of this address is a member already."""

    code = "already-member"


class SignUpClosed(Refusal):
    """The organisation opens its members' accounts itself."""

    code = "sign-up-closed"
    kind = "missing"


class LinkDead(Refusal):
    """The link was used, has lapsed, or never was one."""

    code = "link-dead"


@transaction.atomic
def create_member(
    *, last_name: str, first_name: str, by: Actor, at: datetime, email: str = "", login: str = "", password: str = ""
) -> int:
    """The member exists, not validated, and its id is returned; with an address, a link of 24 hours goes to it.

    The account of that address is the one, if there is one; else an account is opened, named after the person unless
    a login is given. `password` is the demonstration's: a new account is given it, and sent nothing.
    Refuses: Forbidden, Invalid (every field at fault), AlreadyMember, LoginTaken.
    """
    require_administrator(by)
    values = _checked(last_name, first_name, email, needed=fields.NAMES, on=localdate(at))
    known = account_queries.by_email(values["email"])
    if known is not None and queries.is_known(known, by.organisation_id):
        raise AlreadyMember(_("Le compte de cette adresse est déjà celui d’un adhérent."), field="email")
    user_id = known.pk if known else _open(values, at=at, login=login, password=password)
    member = _insert(by.organisation_id, user_id, values, at=at)
    if values["email"] and not password:
        writing.invitation(member, at=at)
    record("member.created", member, by=by, at=at)
    return member.pk


@transaction.atomic
def ask_to_join(*, last_name: str, first_name: str, email: str, organisation_id: int, at: datetime) -> None:
    """One mail leaves for that address: a link that opens the account, or word that there is one (T56).

    The answer is the same, and nothing else is written: an account is born when its mailbox says so (T65).
    Refuses: SignUpClosed, Invalid (every field at fault).
    """
    if not queries.rules(organisation_id).is_open:
        raise SignUpClosed(_("Cet organisme ouvre lui-même les comptes de ses adhérents."))
    values = _checked(last_name, first_name, email, needed=(*fields.NAMES, "email"), on=localdate(at))
    organisation = organisations.organisation(organisation_id)
    user = account_queries.by_email(values["email"])
    if user is not None and queries.is_known(user, organisation_id):
        writing.already_known(user, organisation, at=at)
    else:
        promise = Promise(organisation_id, values["email"], 0, values["last_name"], values["first_name"])
        writing.sign_up(promise, organisation, at=at)


@transaction.atomic
def confirm_address(*, key: str, organisation_id: int, at: datetime) -> User:
    """The address of the link is proved, its account and its member exist; the account is returned. Once only.

    Refuses: LinkDead.
    """
    promise = promise_of(key, organisation_id=organisation_id, at=at)
    if promise is None:
        raise _dead()
    member = _proved(promise) if promise.member_id else _joined(promise, at=at)
    member.checked_email, member.checked_at = promise.email, at
    member.save(update_fields=["checked_email", "checked_at"])
    record("member.address-checked", member, by=acting(member), at=at)
    return member.user


def is_live(*, key: str, organisation_id: int, at: datetime) -> bool:
    """Whether `confirm_address` would do it; writes nothing, so that opening a link decides nothing."""
    promise = promise_of(key, organisation_id=organisation_id, at=at)
    if promise is None:
        return False
    if promise.member_id:
        return _pending(promise) is not None
    known = account_queries.by_email(promise.email)
    return known is None or not queries.is_known(known, organisation_id)


def _checked(last_name: str, first_name: str, email: str, *, needed: tuple[str, ...], on: date) -> dict[str, str]:
    values = fields.cleaned({"last_name": last_name, "first_name": first_name, "email": email_key(email)})
    refuse_all(fields.problems(values, needed=needed, on=on))
    return values


def _pending(promise: Promise) -> Member | None:
    rows = Member.objects.select_related("user").filter(
        pk=promise.member_id, organisation_id=promise.organisation_id, user__email=promise.email, erased_at=None
    )
    return rows.exclude(checked_email=promise.email).first()


def _proved(promise: Promise) -> Member:
    """The member whose address waits for this link, locked. Refuses: LinkDead (proved already, or changed since)."""
    Member.objects.select_for_update().filter(pk=promise.member_id).first()
    member = _pending(promise)
    if member is None:
        raise _dead()
    return member


def _joined(promise: Promise, *, at: datetime) -> Member:
    """The new member of a sign-up. Refuses: LinkDead (used already)."""
    values = {"last_name": promise.last_name, "first_name": promise.first_name, "email": promise.email}
    known = account_queries.by_email(promise.email)
    try:
        user_id = known.pk if known else _open(values, at=at)
        member = _insert(promise.organisation_id, user_id, values, at=at)
    except (AlreadyMember, accounts.LoginTaken) as error:
        raise _dead() from error
    record("member.signed-up", member, by=visitor(promise.organisation_id), at=at)
    return member


def _open(values: dict[str, str], *, at: datetime, login: str = "", password: str = "") -> int:
    """A new account, named after the person; somebody else's name may be taken meanwhile, by name or by number."""
    first, last = values["first_name"], values["last_name"]
    for attempt in range(1, _ATTEMPTS + 1):
        wanted = login or _free_login(last, first)
        try:
            return accounts.open_account(
                login=wanted, email=values["email"], password=password, first_name=first, last_name=last, at=at
            )
        except accounts.LoginTaken as taken:
            if login or attempt == _ATTEMPTS or account_queries.by_email(values["email"]):
                raise taken
    raise AssertionError("the last attempt returns or raises")


def _free_login(last_name: str, first_name: str) -> str:
    """« DUPONT.jean », or « DUPONT.jean2 » when that one is taken: read aloud, it says who it is (E6)."""
    stem = (
        f"{folded(last_name).replace(' ', '-')[:60] or 'adherent'}.{folded(first_name).replace(' ', '-')[:60] or 'x'}"
    )
    taken = set(User.objects.filter(username__startswith=stem).values_list("username", flat=True))
    number = next(n for n in range(1, len(taken) + 2) if (stem if n == 1 else f"{stem}{n}") not in taken)
    last, _dot, first = stem.partition(".")
    return f"{last.upper()}.{first}{'' if number == 1 else number}"


def _insert(organisation_id: int, user_id: int, values: dict[str, str], *, at: datetime) -> Member:
    number = f"A{next_numbers(organisation_id, SERIES)[0]:06}"
    member = Member(organisation_id=organisation_id, user_id=user_id, number=number, created_at=at)
    fields.put(member, values)
    try:
        with transaction.atomic():
            member.save(force_insert=True)
    except IntegrityError as error:
        raise AlreadyMember(_("Ce compte est déjà celui d’un adhérent."), field="email") from error
    return member


def _dead() -> LinkDead:
    return LinkDead(_("Ce lien a déjà servi, ou n’est plus valable."))
