"""An activity that takes cards, and what is done to a payment in as few words as possible."""

from comptoir.bookings.links import link_of
from comptoir.cards.commands import accounts, simulating, starting
from comptoir.cards.models import CardPayment
from comptoir.organisations.actors import registrant, system
from tests.checkout.direct import booked, make_fair
from tests.factories import NOW


def make_shop(settings, *, rules=None, **session):
    """A fair that takes cards by the simulated provider."""
    settings.SIMULATED_CARDS = True
    fair = make_fair(rules={"takes_card": True, **(rules or {})}, **session)
    accounts.open_account(provider="simulated", by=system(fair.organisation.pk), at=NOW)
    return fair


def by_card(shop, people=1, *, at=NOW, **said):
    """A booking to be paid by card."""
    return booked(shop, people, method="card", at=at, **said)


def start(booking, cents=None, *, at=NOW):
    """The page to pay on, and the payment begun."""
    cents = booking.owed_cents if cents is None else cents
    named = {"reference": booking.reference, "link": link_of(booking), "by": registrant(booking.organisation_id)}
    url = starting.start(**named, cents=cents, at=at)
    return url, CardPayment.objects.filter(booking=booking).latest("pk")


def press(card, button, *, at=NOW):
    """A button of the simulated page."""
    return simulating.press(ref=card.ref, button=button, organisation_id=card.organisation_id, at=at)
