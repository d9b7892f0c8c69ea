"""What a visitor's basket holds: its lines, what was typed in steps 1 and 2, and the submission they make."""

import hashlib
import re
from collections.abc import Iterable, Iterator
from copy import copy
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from django.db.models import QuerySet

from comptoir.base.prepared import Prepared
from comptoir.catalogue.sale import with_choices
from comptoir.preregistrations.models import Basket, BasketLine, Request
from comptoir.preregistrations.states import Origin
from comptoir.preregistrations.submission import Participant, Requester, Submission

KEPT_FOR = timedelta(days=1)  # without use; then the basket and all that was typed are forgotten
MOST_LINES = 20
MOST_PEOPLE = 50  # a line
PERSON = "person"  # a private person has no firm and no SIRET
CLIENT_FIELDS = tuple(Requester.__dataclass_fields__)
PEOPLE_FIELDS = ("first_name", "last_name", "email")
EXTRA = re.compile(r"extra-([1-9][0-9]{0,17})")  # what a person is given under `extra-<add-on>`: how many

type Person = dict[str, str]
type Line = BasketLine


@dataclass(frozen=True)
class Contents:
    """A basket as it stands. `typed` and `people` are as typed, right or wrong; `people` is by line id."""

    basket_id: int
    form_token: str
    typed: dict[str, str]
    people: dict[int, list[Person]]
    lines: tuple[Line, ...]
    confirmed_at: datetime | None = None

    @property
    def count(self) -> int:
        """How many lines: the number beside « Panier »."""
        return len(self.lines)

    @property
    def has_client(self) -> bool:
        """Whether step 1 was ever sent."""
        return bool(self.typed)

    def people_of(self, line: Line) -> list[Person]:
        """As many people as the line has seats, blank where nothing was typed."""
        typed = self.people.get(line.pk, [])[: line.quantity]
        return typed + [dict.fromkeys(PEOPLE_FIELDS, "") for _ in range(line.quantity - len(typed))]

    def naming(self, people: dict[int, list[Person]]) -> "Contents":
        """The same once `keep_people` has kept these: each line is for as many as are listed."""
        lines = tuple(copy(line) for line in self.lines)
        for line in lines:
            line.quantity = len(people.get(line.pk, ())) or line.quantity
        return replace(self, people=self.people | people, lines=lines)

    def requester(self) -> Requester:
        """Step 1 as the request will have it: a private person is its own client, without SIRET."""
        values = dict.fromkeys(("legal_name", "first_name", "last_name", "email"), "") | self.typed
        if values.get("kind") == PERSON:
            values |= {"legal_name": f"{values['first_name']} {values['last_name']}".strip(), "siret": ""}
        return Requester(**values)

    def participants(self, lines: Iterable[Line]) -> Iterator[Participant]:
        """Step 2 of these lines, in their order."""
        for line in lines:
            for person in self.people_of(line):
                named = {name: person[name] for name in PEOPLE_FIELDS}
                yield Participant(
                    line.session.reference, seat_type=line.seat_type_id, extras=extras_of(person), **named
                )

    def submission(self, terms_version: int | None, lines: Iterable[Line] | None = None) -> Submission:
        """What confirming this basket, or some of its lines, sends."""
        people = tuple(self.participants(self.lines if lines is None else lines))
        return Submission(self.requester(), people, terms_version, Origin.COUNTER)


def extras_of(person: Person) -> tuple[tuple[int, int], ...]:
    """The add-ons one person takes: (add-on, how many), those taken alone."""
    asked = ((EXTRA.fullmatch(name), value) for name, value in sorted(person.items()))
    return tuple((int(found[1]), int(value)) for found, value in asked if found and value.strip("0"))


def digest_of(token: str) -> str:
    """What is kept of the cookie's token: its SHA-256, so that a read of the table opens no basket."""
    return hashlib.sha256(token.encode()).hexdigest()


def count(token: str, *, organisation_id: int, at: datetime) -> int:
    """Lines in the basket of this cookie; 0 when it is unknown or forgotten."""
    return BasketLine.objects.filter(
        basket__digest=digest_of(token), basket__organisation_id=organisation_id, basket__touched_at__gt=at - KEPT_FOR
    ).count()


def by_token(token: str, *, organisation_id: int, at: datetime) -> Contents | None:
    """The basket of this cookie; None when it is unknown, forgotten, or another organisation's."""
    digest = digest_of(token)
    lines = _LINES.all(organisation=organisation_id, digest=digest)
    basket = lines[0].basket if lines else _BY_DIGEST.first(organisation=organisation_id, digest=digest)
    return _contents(basket, lines) if basket and basket.touched_at > at - KEPT_FOR else None


def confirmed(token: str, *, organisation_id: int, at: datetime) -> Contents | None:
    """The same once it is confirmed, without what it may still hold; None too while it is not."""
    basket = _BY_DIGEST.first(organisation=organisation_id, digest=digest_of(token))
    is_known = basket is not None and basket.confirmed_at and basket.touched_at > at - KEPT_FOR
    return _contents(basket, ()) if basket and is_known else None


def contents(basket_id: int, *, organisation_id: int) -> Contents | None:
    """One basket by its id."""
    lines = _LINES_BY_ID.all(organisation=organisation_id, basket=basket_id)
    basket = lines[0].basket if lines else _BY_ID.first(organisation=organisation_id, basket=basket_id)
    return _contents(basket, lines) if basket else None


_BY_DIGEST: Prepared[Basket] = Prepared(
    lambda organisation, digest: Basket.objects.filter(organisation_id=organisation, digest=digest)
)
_BY_ID: Prepared[Basket] = Prepared(
    lambda organisation, basket: Basket.objects.filter(organisation_id=organisation, pk=basket)
)
_LINES: Prepared[BasketLine] = Prepared(
    lambda organisation, digest: _whole(
        BasketLine.objects.filter(basket__organisation_id=organisation, basket__digest=digest)
    )
)
_LINES_BY_ID: Prepared[BasketLine] = Prepared(
    lambda organisation, basket: _whole(
        BasketLine.objects.filter(basket__organisation_id=organisation, basket_id=basket).select_related(
            "session__organisation"
        )
    )
)
_SENT: Prepared[Request] = Prepared(
    lambda organisation, token: Request.objects.filter(organisation_id=organisation, token=token).select_related(
        "terms"
    )
)


def _whole(lines: QuerySet[BasketLine]) -> QuerySet[BasketLine]:
    """The lines with the basket they are in and all that their sessions are sold by: read by one statement."""
    found = lines.select_related("basket", "session__activity__rules", "seat_type").order_by("pk")
    return with_choices(found, "session_id")


def _contents(basket: Basket, lines: Iterable[BasketLine]) -> Contents:
    people = {int(line_id): people for line_id, people in basket.participants.items()}
    return Contents(basket.pk, basket.form_token, basket.client, people, tuple(lines), basket.confirmed_at)


def request_of(form_token: str, *, organisation_id: int) -> Request | None:
    """The request this basket became, if it was confirmed: what the last page shows, as often as it is asked for."""
    return _SENT.first(organisation=organisation_id, token=form_token)
