"""Many invented members at once, for what is measured: the same columns as the commands write, in few statements."""

from collections.abc import Sequence
from datetime import date, datetime

from comptoir.accounts.models import User
from comptoir.members.fields import search_key
from comptoir.members.models import Dues, Member
from comptoir.members.states import Means, MemberState
from comptoir.organisations.actors import Actor

LAST = (
    "Dupont", "Martin", "Lefèvre", "Bernard", "Kervadec", "Le Goff", "Petit", "Moreau", "Œuvrard", "Chevalier",
    "Haddad", "Diallo", "Messaoudi", "Rousselot", "Guérin", "Prigent", "Bazin", "Jouan", "Herbreteau", "Pichon",
    "Durand", "Dumas", "Fontaine", "Garnier", "Lambert", "Perrin", "Vasseur", "Marchand", "Nguyen", "Da Silva", "Lopez",
)  # fmt: skip
MIDDLE = ("", "", "", "-Renaud", "-Blanc", "-Rivière", "-Morel", "-Caron", "-Faure", "-Girard", "-Mercier")
FIRST = (
    "Jean", "Élodie", "Maïwenn", "Julie", "Gaël", "Zoé", "Karim", "Aïssatou", "Manon", "Ronan", "Loïc", "Nadia", "Théo",
    "Solène", "Alban", "Maud", "Camille", "Hugo", "Claire", "Inès", "Lucas", "Chloé", "Anaïs", "Mathieu", "Sophie",
)  # fmt: skip


def seed(numbers: Sequence[int], *, by: Actor, at: datetime, on: date) -> None:
    """These members exist, complete; one in fifty waits to be validated, one in five owes the dues of the year."""
    users = User.objects.bulk_create([_user(number, at) for number in numbers])
    rows = [_member(number, user, by, at) for number, user in zip(numbers, users, strict=True)]
    made = Member.objects.bulk_create(rows)
    paid = [one for number, one in zip(numbers, made, strict=True) if number % 5]
    Dues.objects.bulk_create(
        Dues(member=one, year=on.year, paid_on=on, amount_cents=3_500, means=Means.CHEQUE, recorded_at=at)
        for one in paid
    )


def _names(number: int) -> tuple[str, str]:
    last = LAST[number % len(LAST)] + MIDDLE[number // 31 % len(MIDDLE)]
    return last, FIRST[number // 7 % len(FIRST)]


def _user(number: int, at: datetime) -> User:
    last, first = _names(number)
    keys = User.keys(f"adherent.{number}", f"adherent-{number}@banc.exemple")
    return User(**keys, first_name=first, last_name=last, password="!", created_at=at)  # noqa: S106  # no password


def _member(number: int, user: User, by: Actor, at: datetime) -> Member:
    last, first = _names(number)
    state = MemberState.VALIDATED if number % 50 else MemberState.PENDING
    return Member(
        organisation_id=by.organisation_id, user=user, number=f"A{number + 1:06}", last_name=last, first_name=first,
        search_key=search_key(last, first), born_on=date(1950 + number % 55, 1 + number % 12, 1 + number % 28),
        phone="0612345678", address="12 rue des Lilas", postcode="44000", city="Nantes", checked_email=user.email,
        checked_at=at, state=state, created_at=at,
    )  # fmt: skip
