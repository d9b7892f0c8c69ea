"""The demonstration's sign-ups to public courses: validated, to validate, and one that asks to change session."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from comptoir.base.text import folded
from comptoir.base.tokens import new_token
from comptoir.bookings import queries as bookings
from comptoir.bookings.commands.moving import ACTS
from comptoir.catalogue import queries as catalogue
from comptoir.checkout.courses import SignUp, sign_up
from comptoir.courses.queries import public_among
from comptoir.organisations.actors import Actor

PEOPLE = (
    5,
    3,
)  # who sign up to the first sessions of each activity: nobody twice, one person has one sign-up to a type
VALIDATED = 2  # those a manager validated already


def sign_up_all(by: Actor, next_name: Callable[[], tuple[str, str]], *, at: datetime) -> None:
    """The first sessions of the organisation's public courses have people; one of them asks for another session."""
    sessions = list(catalogue.on_sale(organisation_id=by.organisation_id, at=at))
    public = sorted(public_among({one.activity_id for one in sessions}))
    told: list[tuple[timedelta, Any, tuple[str, str]]] = []
    for activity_id in public:
        held = [one for one in sessions if one.activity_id == activity_id]
        name = ("", "")
        for number, (session, count) in enumerate(zip(held, PEOPLE, strict=False)):
            for turn in range(count):
                name = next_name()
                told.append((timedelta(hours=50 - 9 * number - turn), session, name))
        if len(held) > len(PEOPLE):
            told.append((timedelta(hours=1), held[len(PEOPLE)], name))
    for before, session, who in sorted(told, key=lambda one: -one[0]):  # in the order it happened, as lists show it
        _sign_up(session, who, by=by, at=at - before)
    if public:
        _validate_some(by, at=at)


def _sign_up(session: Any, name: tuple[str, str], *, by: Actor, at: datetime) -> None:
    first, last = name
    email = f"{folded(first)}.{folded(last).replace(' ', '')}@exemple.fr"
    method = "cheque" if session.price_cents else ""
    terms = catalogue.current_terms(by.organisation_id)
    version = terms.version if terms else None
    wanted = SignUp(session.reference, first, last, email, "06 12 34 56 78", None, method, version, new_token())
    sign_up(wanted, by=by, at=at)


def _validate_some(by: Actor, *, at: datetime) -> None:
    first = bookings.bookings(seen_by=by).order_by("pk").values_list("pk", flat=True)
    for booking_id in list(first[:VALIDATED]):
        ACTS["validate"](booking_id=booking_id, by=by, at=at - timedelta(hours=20))
