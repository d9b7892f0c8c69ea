"""Members are reminded of the dues of a year: by themselves on the days decided (a round), and by the desk."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from comptoir.base import words
from comptoir.base.errors import Invalid, Refusal
from comptoir.base.outcome import Outcome
from comptoir.members import owing, queries, renewal
from comptoir.members.commands import writing
from comptoir.members.commands.dues import YearPaid
from comptoir.members.commands.rows import in_hand, name_of, record, require_administrator
from comptoir.members.models import DuesReminder, Member, MemberRules
from comptoir.members.renewal import Wave
from comptoir.members.states import MemberState, ReminderKind
from comptoir.organisations.actors import Actor, system

LEAST = timedelta(hours=20)  # nobody is pressed twice in a day, even by hand


class NotValidated(Refusal):
    """An account that is not validated owes nothing."""

    code = "not-validated"


class NotReached(Refusal):
    """There is no proved address to write to, or the account is closed."""

    code = "not-reached"


class RemindedLately(Refusal):
    """The member was reminded less than twenty hours ago."""

    code = "reminded-lately"


def remind_due(*, at: datetime, limit: int = 100) -> Outcome[str]:
    """Each member whose reminder is due has one mail queued, once for the year and the reminder; done: their numbers.

    Each is looked at again under the lock that recording dues takes, in a transaction of its own: who pays meanwhile is
    not reminded, and two rounds at once remind once.
    """
    outcome: Outcome[str] = Outcome()
    decided = Q(remind_before_days__isnull=False) | Q(remind_after_days__isnull=False)
    for rules in MemberRules.objects.filter(decided, organisation__is_active=True).select_related("organisation"):
        for wave in renewal.due(rules, at=at):
            found = owing.to_remind(rules.organisation_id, wave, at=at).order_by("pk").values_list("pk", flat=True)
            for pk in list(found[: limit - len(outcome.done)]):
                if number := _remind_one(pk, wave, rules, at=at):
                    outcome.done.append(number)
    return outcome


def remind_members(*, member_ids: Iterable[int], year: int, by: Actor, at: datetime) -> Outcome[int]:
    """Each member that can be is reminded; the others are skipped, each with its reason. Refuses: Forbidden."""
    require_administrator(by)
    outcome: Outcome[int] = Outcome()
    for member_id in dict.fromkeys(member_ids):
        try:
            outcome.done.append(remind_member(member_id=member_id, year=year, by=by, at=at))
        except Refusal as refusal:
            outcome.skip(name_of(member_id, by=by), refusal)
    return outcome


@transaction.atomic
def remind_member(*, member_id: int, year: int, by: Actor, at: datetime) -> int:
    """A mail asks the member for the dues of that year, and the member's id is returned.

    Refuses: Forbidden, Missing, Invalid (neither this year nor, in its time, the next), NotValidated, YearPaid,
    NotReached, RemindedLately.
    """
    member = in_hand(member_id, by=by)
    rules = queries.rules(by.organisation_id)
    if year not in renewal.years(rules, today=localdate(at)):
        raise Invalid(_("Il n’est pas temps de demander la cotisation de %(year)s.") % {"year": year}, field="year")
    _check(member, year, at)
    _remind(member, ReminderKind.ASKED, year, rules, by=by, at=at)
    return member.pk


def _check(member: Member, year: int, at: datetime) -> None:
    if member.state != MemberState.VALIDATED:
        raise NotValidated(_("Ce compte n’est pas validé\u00a0: aucune cotisation ne lui est demandée."))
    if member.dues.filter(year=year).exists():
        raise YearPaid(_("La cotisation de %(year)s est déjà enregistrée.") % {"year": year})
    if not member.user.is_active:
        raise NotReached(_("Son compte est fermé."))
    if not member.user.email:
        raise NotReached(_("Son adresse de courriel n’est pas connue."))
    if member.user.email != member.checked_email:
        raise NotReached(_("Son adresse de courriel n’est pas confirmée."))
    last = owing.reminders(member.pk).first()
    if last is not None and last.sent_at > at - LEAST:
        said = _("Un rappel est déjà parti le %(when)s\u00a0: attendez le lendemain.")
        raise RemindedLately(said % {"when": words.moment_short(last.sent_at)})


def _remind_one(pk: int, wave: Wave, rules: MemberRules, *, at: datetime) -> str:
    """The number of the member reminded; '' when the dues came, or another round did it, meanwhile."""
    with transaction.atomic():
        Member.objects.select_for_update().filter(pk=pk).first()
        rows = owing.to_remind(rules.organisation_id, wave, at=at).filter(pk=pk)
        member = rows.select_related("user", "organisation").first()
        if member is None:
            return ""
        _remind(member, wave.kind, wave.year, rules, by=system(rules.organisation_id), at=at)
        return member.number


def _remind(
    member: Member, kind: ReminderKind, year: int, rules: MemberRules, *, by: Actor, at: datetime
) -> None:  # fmt: skip
    DuesReminder.objects.create(member=member, year=year, kind=kind, sent_at=at)
    writing.reminder(member, year, kind, rules.dues_cents, at=at)
    record("member.reminded", member, by=by, at=at, detail={"year": year})
