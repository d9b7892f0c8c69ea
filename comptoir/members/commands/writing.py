"""The mails to members, each queued in the caller's transaction."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from comptoir.accounts.models import User
from comptoir.base import words
from comptoir.base.speaking import in_house
from comptoir.mail import commands as mail
from comptoir.members import links
from comptoir.members.links import Promise
from comptoir.members.models import Dues, Member
from comptoir.members.states import ReminderKind
from comptoir.organisations import addresses
from comptoir.organisations.models import Organisation

_BUCKET = 600  # seconds: one mail of sign-up in ten minutes whoever asks, so that nobody can flood a mailbox


def sign_up(promise: Promise, organisation: Organisation, *, at: datetime) -> None:
    """A link to open an account goes to the address typed."""
    _queue(
        organisation, "member-sign-up", f"{promise.email}:{int(at.timestamp()) // _BUCKET}", promise.email,
        {"person": f"{promise.first_name} {promise.last_name}", "until": _("24 heures")}, "",
        (_("Confirmer mon adresse"), links.path(promise, at=at)), at,
    )  # fmt: skip


@in_house
def already_known(user: User, organisation: Organisation, *, at: datetime) -> None:
    """The owner of the address is told that there is an account, and how to get in."""
    _queue(
        organisation, "member-known", f"{user.email}:{int(at.timestamp()) // _BUCKET}", user.email,
        {"person": user.full_name, "login": user.login}, "",
        (_("Choisir un nouveau mot de passe"), "compte/mot-de-passe/oublie/"), at,
    )  # fmt: skip


@in_house
def invitation(member: Member, *, at: datetime) -> None:
    """A link that proves the address, then leads to the choice of a password, goes to the member."""
    promise = Promise(member.organisation_id, member.user.email, member.pk)
    _queue(
        member.organisation, "member-invitation", f"{member.pk}:{int(at.timestamp()) // 60}", member.user.email,
        {"person": _name(member), "login": member.user.login, "until": _("24 heures")}, member.number,
        (_("Confirmer mon adresse"), links.path(promise, at=at)), at,
    )  # fmt: skip


@in_house
def decision(member: Member, *, at: datetime) -> None:
    """The member is told that the account is validated, or refused and why."""
    kind = "member-refused" if member.refusal_reason else "member-validated"
    context = {"person": _name(member)} | ({"reason": member.refusal_reason} if member.refusal_reason else {})
    key = f"{member.pk}:{at.timestamp():.6f}"
    _queue(
        member.organisation, kind, key, member.user.email, context, member.number,
        (_("Ouvrir mon espace"), "espace/adherent/"), at,
    )  # fmt: skip


@in_house
def received(member: Member, dues: Dues, *, at: datetime) -> None:
    """The member is told that the dues of the year are recorded; nobody is when there is no address."""
    if not member.user.email:
        return
    context = {
        "person": _name(member), "year": str(dues.year), "amount": words.money(dues.amount_cents),
        "day": words.day_full(dues.paid_on),
    }  # fmt: skip
    _queue(
        member.organisation, "member-dues", f"{member.pk}:{dues.pk}", member.user.email, context, member.number,
        (_("Ouvrir mon espace"), "espace/adherent/"), at,
    )  # fmt: skip


@in_house
def reminder(member: Member, year: int, kind: ReminderKind, dues_cents: int | None, *, at: datetime) -> None:
    """The member is asked for the dues of that year: a year to come is renewed, one that began is missing.

    Once a year for each reminder of the rounds; asked by the desk, once a moment.
    """
    today = localdate(at, ZoneInfo(member.organisation.time_zone))
    is_to_come = year > today.year
    context = {
        "person": _name(member), "year": str(year), "day": words.day_full(date(year - 1, 12, 31)),
        "next": _to_pay(member.organisation, year, dues_cents),
    }  # fmt: skip
    which = f"{kind}-{at.timestamp():.6f}" if kind == ReminderKind.ASKED else str(kind)
    _queue(
        member.organisation, "member-renewal" if is_to_come else "member-dues-missing", f"{member.pk}:{year}:{which}",
        member.user.email, context if is_to_come else {name: context[name] for name in ("person", "year", "next")},
        member.number, (_("Ouvrir mon espace"), "espace/adherent/"), at,
    )  # fmt: skip


def _to_pay(organisation: Organisation, year: int, dues_cents: int | None) -> str:
    """How much, then how; whom to ask when neither is said in the settings."""
    known = {"year": year, "amount": words.money(dues_cents or 0)}
    how_much = _("La cotisation %(year)s est de %(amount)s.") % known if dues_cents else ""
    asked = _("Pour en connaître le montant et la régler, répondez à ce message.")
    return "\n".join(one for one in (how_much, organisation.payment_help) if one) or asked


def _name(member: Member) -> str:
    return f"{member.first_name} {member.last_name}".strip()


def _queue(
    organisation: Organisation, kind: str, cause: str, to: str, context: dict[str, str], about: str,
    button: tuple[str, str], at: datetime,
) -> None:  # fmt: skip
    label, path = button
    mail.queue(
        organisation_id=organisation.pk, kind=kind, key=f"{kind}:{cause}", to=[to], context=context, about=about, at=at,
        button=(label, addresses.page(organisation, path)),
    )  # fmt: skip
