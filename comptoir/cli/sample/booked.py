"""The demonstration's direct bookings: free, awaiting a cheque or a transfer, and a list for what is full."""

from collections.abc import Callable
from datetime import datetime, timedelta

from comptoir.base.tokens import new_token
from comptoir.catalogue import queries as catalogue
from comptoir.catalogue.rules import rules_of
from comptoir.checkout.booking import Order, book
from comptoir.checkout.fates import Fate
from comptoir.checkout.offers import Offer, offers, too_few
from comptoir.courses.queries import public_among
from comptoir.organisations.actors import Actor
from comptoir.preregistrations.submission import Participant, Requester, Submission

GROUPS = (2, 1, 3, 1, 2, 1, 1)  # how many people each booking is for
MOST = 9  # bookings a session; the smallest sessions fill up, and a list begins
METHODS = ("transfer", "cheque")


def book_all(by: Actor, next_name: Callable[[], tuple[str, str]], *, at: datetime) -> None:
    """The organisation's direct sessions have bookings; two activities in three go on selling."""
    sessions = list(catalogue.on_sale(organisation_id=by.organisation_id, at=at))
    rules = rules_of({one.activity_id for one in sessions})
    public = public_among({one.activity_id for one in sessions})  # these have a door of their own
    direct = [one.pk for one in sessions if rules[one.activity_id].is_direct and one.activity_id not in public]
    for number, pk in enumerate(direct):
        for turn in range(MOST if number % 3 == 0 else 2 + number % 2):
            offer = offers([pk], organisation_id=by.organisation_id, at=at)[pk]
            _book(offer, turn, [next_name() for _one in range(GROUPS[turn % len(GROUPS)])], by=by, at=at)


def _book(offer: Offer, turn: int, names: list[tuple[str, str]], *, by: Actor, at: datetime) -> None:
    rate = list(offer.rates)[turn % len(offer.rates)] if offer.rates else None
    extra = [pk for pk in offer.add_ons if turn % 2 == 0][:1]
    first, last = names[0]
    mail = f"{first}.{last}@exemple.fr".lower().replace(" ", "").encode("ascii", "ignore").decode()
    requester = Requester(f"{first} {last}", first, last, mail, kind="person", city="Saumur", phone="02 41 00 00 00")
    people = tuple(
        Participant(offer.session.reference, *name, seat_type=rate, extras=tuple((pk, 1) for pk in extra))
        for name in names
    )
    terms = catalogue.current_terms(by.organisation_id)
    fate = Fate.WAIT if too_few(offer, [rate] * len(people)) else Fate.BOOK
    submission = Submission(requester, people, terms.version if terms else None)
    method = METHODS[turn % 2] if fate == Fate.BOOK and offer.price_cents(rate) else ""
    book(Order(submission, new_token(), 0, fate, method), by=by, at=at - timedelta(minutes=6 * (MOST - turn)))
