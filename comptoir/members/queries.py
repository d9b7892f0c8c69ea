"""Read members: the search, the accounts to validate, one record, a person's own. The organisation is in the SQL."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection
from django.db.models import F, Max, Q, QuerySet
from django.db.models.expressions import RawSQL
from django.utils.translation import gettext as _

from comptoir.accounts.models import User
from comptoir.base.errors import Missing
from comptoir.base.text import folded
from comptoir.members.access import CHECKED, COMPLETE, Standing, standing_of, with_standing
from comptoir.members.models import Dues, Member, MemberRules
from comptoir.members.states import MemberState
from comptoir.organisations.actors import Actor
from comptoir.organisations.models import Organisation

MOST_COUNTED = 500  # every page of the desk shows the number: it must cost little
TRIGRAM = 3  # letters: what both databases' indexes of parts are made of
SHOWN = 50  # of a search: with more, another letter is quicker than a second page


@dataclass(frozen=True)
class Own:
    """A person's membership of one organisation, and where it stands."""

    member: Member
    standing: Standing


def found(text: str, *, seen_by: Actor, on: date) -> tuple[list[Any], bool]:
    """The first members whose last and first names hold every word, by name, with their facts; and whether there are
    more. Case and accents aside, part of a name is enough (E2). Nobody for who may not see them.
    """
    rows = bearing(_own(seen_by), folded(text[:200]).split()[:6])
    shown = with_standing(rows, on=on).select_related("user").order_by("search_key", "pk")[: SHOWN + 1]
    some = list(shown)
    return some[:SHOWN], len(some) > SHOWN


def complete(*, seen_by: Actor, on: date, state: str = "") -> QuerySet[Any]:
    """The accounts whose address is proved and details complete (E8), those to validate first, then by name.

    Each has its four facts, and `dues_paid_on`, `dues_cents` of the year (None: not paid). One statement.
    """
    rows = with_standing(_own(seen_by).filter(CHECKED, COMPLETE), on=on)
    if state:
        rows = rows.filter(state=state)
    of_the_year = Q(dues__year=on.year)
    found: QuerySet[Any] = (
        rows.annotate(
            dues_paid_on=Max("dues__paid_on", filter=of_the_year),
            dues_cents=Max("dues__amount_cents", filter=of_the_year),
        )
        .select_related("user")
        .order_by(F("is_validated").asc(), "search_key", "pk")
    )
    return found


def waiting_count(*, seen_by: Actor) -> int:
    """How many complete accounts wait for an administrator, 500 at most: the number on the desk's rail."""
    return _own(seen_by).filter(CHECKED, COMPLETE, state=MemberState.PENDING)[:MOST_COUNTED].count()


def member(member_id: int, *, seen_by: Actor, on: date) -> Any:
    """One member with the facts. Refuses: Missing (another organisation's too)."""
    row = with_standing(_own(seen_by), on=on).select_related("user", "decided_by").filter(pk=member_id).first()
    if row is None:
        raise Missing(_("Cet adhérent n’existe pas."))
    return row


def own(user_id: int, *, organisation_id: int, on: date) -> Own | None:
    """What this account is as a member here, and what it opens today: one statement. None when it is no member."""
    rows = Member.objects.filter(user_id=user_id, organisation_id=organisation_id, erased_at=None, user__is_active=True)
    row = with_standing(rows, on=on).select_related("user").first()
    return Own(row, standing_of(row)) if row else None


def dues(member_id: int) -> QuerySet[Dues]:
    """The dues of one member, the latest year first. For a member the caller has read."""
    return Dues.objects.filter(member_id=member_id).order_by("-year")


def organisations_of(user_id: int) -> QuerySet[Organisation]:
    """The organisations this person is a member of, by name."""
    return Organisation.objects.filter(is_active=True, members__user_id=user_id, members__erased_at=None).order_by(
        "name", "pk"
    )


def rules(organisation_id: int) -> MemberRules:
    """How the organisation takes its members, as decided or as nobody decided yet."""
    return MemberRules.objects.filter(organisation_id=organisation_id).first() or MemberRules()


def is_known(user: User, organisation_id: int) -> bool:
    """Whether this account is a member there."""
    return Member.objects.filter(user=user, organisation_id=organisation_id).exists()


def bearing(rows: QuerySet[Member], words: list[str]) -> QuerySet[Member]:
    """Those whose names hold every one of the words, which are folded (letters and digits only)."""
    for word in words:
        rows = rows.filter(search_key__contains=word)
    long = [f'"{word}"' for word in words if len(word) >= TRIGRAM]
    if long and connection.vendor == "sqlite":  # PostgreSQL reads its index by itself
        sql = "SELECT rowid FROM members_words WHERE members_words MATCH %s"
        rows = rows.filter(pk__in=RawSQL(sql, [" AND ".join(long)]))  # noqa: S611  # a constant, and letters
    return rows


def _own(seen_by: Actor) -> QuerySet[Member]:
    rows = Member.objects.filter(organisation_id=seen_by.organisation_id, erased_at=None)
    return rows if seen_by.is_administrator else rows.none()
