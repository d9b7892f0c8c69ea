"""The demonstration's members: in order, unproved, incomplete, to validate, refused, late with their dues."""

from collections.abc import Callable
from datetime import datetime, timedelta

from comptoir.base.demo import PASSWORD
from comptoir.base.text import folded
from comptoir.members.commands import dues, opening, renewing, rules, validation
from comptoir.members.commands.details import change_details
from comptoir.members.links import Promise, path
from comptoir.organisations.actors import Actor

HOW = ("full", "full", "waiting", "full", "incomplete", "late", "waiting", "unproved", "refused", "full", "new", "late")
STREETS = ("12 rue des Lilas", "3 quai de la Fosse", "48 boulevard Gabriel-Guist’hau", "7 impasse du Moulin")
TOWNS = (("44000", "Nantes"), ("44400", "Rezé"), ("49100", "Angers"), ("44600", "Saint-Nazaire"))
DUES = 3_500


def enrol(by: Actor, next_name: Callable[[], tuple[str, str]], *, at: datetime) -> None:
    """A dozen members, one in each state there is; sign-up is open to the public, and dues are reminded of."""
    rules.set_rules(
        is_open=True, dues_cents=DUES, remind_before_days=30, remind_after_days=30, by=by, at=at
    )  # fmt: skip
    for number, how in enumerate(HOW):
        first, last = next_name()
        email = "" if how == "new" else f"{folded(first)}.{folded(last).replace(' ', '')}@adherents.exemple"
        made_at = at - timedelta(days=60 - 4 * number)
        member_id = opening.create_member(
            last_name=last, first_name=first, email=email, password=PASSWORD, by=by, at=made_at
        )
        if how not in ("unproved", "new"):
            _prove(member_id, email, by, made_at + timedelta(hours=1))
        if how not in ("incomplete", "new"):
            _complete(member_id, number, (last, first), by, made_at + timedelta(hours=2))
        _decide(member_id, how, by, made_at + timedelta(days=1))
        if how == "late":
            renewing.remind_member(member_id=member_id, year=at.year, by=by, at=at - timedelta(days=2))


def _prove(member_id: int, email: str, by: Actor, at: datetime) -> None:
    key = path(Promise(by.organisation_id, email, member_id), at=at).removeprefix("adhesion/").rstrip("/")
    opening.confirm_address(key=key, organisation_id=by.organisation_id, at=at)


def _complete(member_id: int, number: int, names: tuple[str, str], by: Actor, at: datetime) -> None:
    postcode, city = TOWNS[number % len(TOWNS)]
    values = {
        "last_name": names[0], "first_name": names[1], "born_on": f"{1961 + 3 * number}-0{1 + number % 9}-14",
        "phone": f"06 12 34 5{number % 10} 78", "address": STREETS[number % len(STREETS)], "postcode": postcode,
        "city": city,
    }  # fmt: skip
    change_details(member_id=member_id, values=values, by=by, at=at)


def _decide(member_id: int, how: str, by: Actor, at: datetime) -> None:
    if how in ("full", "late"):
        validation.validate_member(member_id=member_id, by=by, at=at)
    if how == "refused":
        reason = "La date de naissance n’est pas celle de votre pièce d’identité."
        validation.refuse_member(member_id=member_id, reason=reason, by=by, at=at)
    if how in ("full", "late", "waiting"):
        year = at.year - 1 if how == "late" else at.year
        paid_on = min(at.date(), at.date().replace(year=year, month=1, day=20))
        means = ("cheque", "transfer", "card")[member_id % 3]
        dues.record_dues(member_id=member_id, year=year, paid_on=paid_on, amount_cents=DUES, means=means, by=by, at=at)
