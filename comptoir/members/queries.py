"""Read members: the search, the accounts to validate, one record, a person's own. The organisation is in the SQL."""

from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from django.db import connection
from django.db.models import (
    BooleanField,
    Case,
    Exists,
    ExpressionWrapper,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import StrIndex
from django.db.models.lookups import GreaterThan
from django.utils.translation import gettext as _

from comptoir.accounts.models import User
from comptoir.base.errors import Missing
from comptoir.base.prepared import Prepared
from comptoir.base.text import folded
from comptoir.members.access import Standing, standing_of, with_standing, with_standing_in
from comptoir.members.models import Dues, Member, MemberRules
from comptoir.members.states import MemberState
from comptoir.organisations.actors import Actor
from comptoir.organisations.models import Organisation

MOST_COUNTED = 500  # every page of the desk shows the number: it must cost little
TRIGRAM = 3  # letters: what both databases' indexes of parts are made of
FEW = 2_000  # members whose rows are quicker to sort than the whole index by name is to read
BEYOND = 1_000_000_000
VALIDATION_ORDER = ("validation_key", "pk")
SHOWN = 50  # of a search: with more, another letter is quicker than a second page


DECIDED = (
    Q(is_open=True)
    | Q(dues_cents__isnull=False)
    | Q(remind_before_days__isnull=False)
    | Q(remind_after_days__isnull=False)
)


class _Counted(Subquery):
    """How many rows a query gives, within another."""

    template = "(SELECT COUNT(*) FROM (%(subquery)s) counted)"
    output_field = IntegerField()


@dataclass(frozen=True)
class Own:
    """A person's membership of one organisation, and where it stands."""

    member: Member
    standing: Standing


def found(text: str, *, seen_by: Actor, on: date) -> tuple[list[Any], bool]:
    """The first members whose last and first names hold every word, with their facts; and whether there are more. Those
    whose last name begins with the first word come first, then by name. Case and accents aside, part of a name is
    enough (E2). Nobody for who may not see them.

    Whose they are is read from an index alone, then the rows of those shown.
    """
    ids = _first(_own(seen_by), folded(text[:200]).split()[:6])
    shown = {row.pk: row for row in _numbered(on.year).all(ids=ids[:SHOWN])}
    return [shown[pk] for pk in ids[:SHOWN] if pk in shown], len(ids) > SHOWN


def complete(*, seen_by: Actor, on: date, state: str = "") -> QuerySet[Any]:
    """The accounts whose address is proved and details complete (E8), those to validate first, then by name.

    Each has its four facts, and `dues_paid_on`, `dues_cents` of the year (None: not paid). One statement.
    """
    of_the_year = Dues.objects.filter(member=OuterRef("pk"), year=on.year)
    found: QuerySet[Any] = (
        with_standing(_complete(seen_by, state), on=on)
        .annotate(
            dues_paid_on=Subquery(of_the_year.values("paid_on")[:1]),
            dues_cents=Subquery(of_the_year.values("amount_cents")[:1]),
        )
        .select_related("user")
        .order_by(*VALIDATION_ORDER)
    )
    return found


def complete_count(*, seen_by: Actor, state: str = "") -> int:
    """How many accounts `complete` holds. Cut, far beyond them all, and in order: PostgreSQL then reads an index alone,
    where it would read every row.
    """
    return _complete(seen_by, state).order_by(*VALIDATION_ORDER)[:BEYOND].count()


def waiting_count(*, seen_by: Actor) -> int:
    """How many complete accounts wait for an administrator, 500 at most: the number on the desk's rail."""
    return _complete(seen_by, MemberState.PENDING)[:MOST_COUNTED].count()


def waiting_if_taking(*, seen_by: Actor) -> int | None:
    """The same in an organisation that takes members; None where nothing says it does, and to who may not see them.

    It does once sign-up is open, an amount or a reminder is decided, or somebody is a member. One statement: every page
    of the desk asks it.
    """
    if not seen_by.is_administrator:
        return None
    row: Any = _TAKING.first(organisation=seen_by.organisation_id)
    return row.waiting if row and row.is_taking else None


@cache
def _numbered(year: int) -> Prepared[Member]:
    return Prepared(lambda ids: with_standing_in(Member.objects.filter(pk__in=ids), year).select_related("user"))


def _taking(organisation: int) -> QuerySet[Organisation]:
    own = {"organisation": OuterRef("pk")}
    decided = MemberRules.objects.filter(DECIDED, **own)
    anybody = Member.objects.filter(erased_at=None, **own)
    pending = Member.objects.filter(organisation_id=organisation, validation_key__gt="", state=MemberState.PENDING)
    return (
        Organisation.objects.filter(pk=organisation)
        .annotate(
            waiting=_Counted(pending.values("pk")[:MOST_COUNTED]),
            is_taking=ExpressionWrapper(Q(Exists(decided) | Exists(anybody)), output_field=BooleanField()),
        )
        .only("pk")
    )


_TAKING: Prepared[Organisation] = Prepared(_taking)


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
    for word in words:  # a short word is in no index of parts: asked all the same, PostgreSQL would read it whole
        rows = rows.filter(search_key__contains=word) if len(word) >= TRIGRAM else _holding(rows, word)
    return rows


def _first(rows: QuerySet[Member], words: list[str]) -> list[int]:
    """Those shown and one more. Names that begin with the first word come first, each part of the list by name: that
    range of the index by name is read at once, where the rest of a common word may be met at its very end only.
    """
    if not words:
        return _by_name(rows)
    start, wanted = words[0], bearing(rows, words)
    begins = Q(search_key__gte=start, search_key__lt=start + "{")  # the sign after « z »
    few = _few([word for word in words if len(word) >= TRIGRAM])
    if few is not None:
        found = wanted.alias(rank=Case(When(begins, then=0), default=1)).filter(pk__in=few)
        return list(found.order_by("rank", "search_key", "pk").values_list("pk", flat=True)[: SHOWN + 1])
    first = _by_name(wanted.filter(begins))
    return first + _by_name(wanted.exclude(begins), SHOWN + 1 - len(first))  # asked for none, it asks nothing


def _few(words: list[str]) -> list[int] | None:
    """On SQLite, whoever bears the words, of any organisation; None for more than 2,000, or when nothing can tell."""
    if not words or connection.vendor != "sqlite":  # PostgreSQL reads its index by itself
        return None
    match = " AND ".join(f'"{word}"' for word in words)
    with connection.cursor() as cursor:
        sql = "SELECT rowid FROM members_words WHERE members_words MATCH %s LIMIT %s"
        cursor.execute(sql, [match, FEW + 1])
        few = [pk for (pk,) in cursor.fetchall()]
    return few if len(few) <= FEW else None  # many: the first by name are soon met


def _by_name(rows: QuerySet[Member], most: int = SHOWN + 1) -> list[int]:
    return list(rows.order_by("search_key", "pk").values_list("pk", flat=True)[:most])


def _holding(rows: QuerySet[Member], word: str) -> QuerySet[Member]:
    return rows.filter(GreaterThan(StrIndex("search_key", Value(word)), 0))


def _complete(seen_by: Actor, state: str) -> QuerySet[Member]:
    rows = Member.objects.filter(organisation_id=seen_by.organisation_id, validation_key__gt="")
    rows = rows.filter(state=state) if state else rows
    return rows if seen_by.is_administrator else rows.none()


def _own(seen_by: Actor) -> QuerySet[Member]:
    rows = Member.objects.filter(organisation_id=seen_by.organisation_id, erased_at=None)
    return rows if seen_by.is_administrator else rows.none()
