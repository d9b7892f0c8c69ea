"""A direct activity for the tests, and orders for it in as few words as possible."""

from dataclasses import dataclass
from itertools import count

from comptoir.checkout.booking import Order, book
from comptoir.checkout.fates import Fate
from comptoir.organisations.actors import visitor
from comptoir.preregistrations.submission import Participant, Requester, Submission
from tests.factories import NOW, actor_of, make_activity, make_organisation, make_rules, make_session, make_staff

_tokens = count(1)
RIGHTS = ("may_cancel", "may_rename", "may_change_add_ons", "may_change_method")
METHODS = ("takes_cheque", "takes_transfer")
CLAIRE = Requester("Ateliers du Lac", "Claire", "Perrin", "claire@exemple.fr", phone="0478000000", city="Lyon")


@dataclass
class Fair:
    """An organisation with one direct activity of one session."""

    organisation: object
    activity: object
    session: object
    staff: object

    @property
    def by(self):
        return visitor(self.organisation.pk)

    @property
    def desk(self):
        return actor_of(self.staff)


def make_fair(*, rules=None, **session):
    """Everything allowed, a list, two ways of paying; four seats at 100 € unless told."""
    organisation = make_organisation()
    activity = make_activity(organisation)
    allowed = dict.fromkeys((*RIGHTS, *METHODS, "is_direct", "has_waiting_list"), True)
    make_rules(activity, **{**allowed, **(rules or {})})
    made = make_session(activity, **{"capacity": 4, "price_cents": 10_000, **session})
    return Fair(organisation, activity, made, make_staff(organisation))


def order(session, people=1, *, method="transfer", wait=False, extras=(), rate=None, token="", part=0):
    """An order of so many people, each with the same rate and add-ons."""
    named = tuple(
        Participant(session.reference, "Hugo", f"Marchand {n}", "", rate, tuple(extras)) for n in range(people)
    )
    fate = Fate.WAIT if wait else Fate.BOOK
    method = "" if wait else method
    return Order(Submission(CLAIRE, named, None), token or f"jeton-{next(_tokens)}", part, fate, method)


def booked(fair, people=1, *, at=NOW, session=None, **said):
    """The booking that such an order makes."""
    return book(order(session or fair.session, people, **said), by=fair.by, at=at).booking
