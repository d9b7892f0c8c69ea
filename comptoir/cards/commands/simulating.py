"""What is pressed on the simulated provider's page, and how it tells us: once, twice, or later (demos and tests)."""

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db.models import TextChoices
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from comptoir.base.errors import Invalid, Missing
from comptoir.cards.commands.answering import take
from comptoir.cards.providers import simulated
from comptoir.cards.states import CardState, Provider
from comptoir.organisations.actors import system


class Press(TextChoices):
    """The buttons of its page."""

    PAY = "pay", gettext_lazy("Payer")
    DECLINE = "decline", gettext_lazy("Faire refuser la carte")
    ABANDON = "abandon", gettext_lazy("Abandonner")
    TWICE = "twice", gettext_lazy("Payer, et répondre deux fois")
    LATE = "late", gettext_lazy("Payer, et répondre dans deux minutes")


STATES = {Press.DECLINE: CardState.DECLINED, Press.ABANDON: CardState.ABANDONED}


@dataclass(frozen=True)
class Page:
    """What its page shows."""

    ref: str
    title: str
    amount_cents: int
    is_over: bool


def page(ref: str) -> Page:
    """The page of one payment. Refuses: Missing (also wherever people really pay)."""
    _require_simulated()
    card = simulated.page(ref)
    return Page(card.ref, card.title, card.amount_cents, card.state in (CardState.PAID, CardState.ABANDONED))


def press(*, ref: str, button: str, organisation_id: int, at: datetime) -> str:
    """The provider did so and told us; the address it sends the person back to. Refuses: Missing, Invalid."""
    _require_simulated()
    if button not in Press.values:
        raise Invalid(_("Choisissez un bouton de la page."), field="button")
    pressed = Press(button)
    answer = simulated.press(ref, STATES.get(pressed, CardState.PAID), is_late=pressed == Press.LATE, at=at)
    for _time in range(2 if pressed == Press.TWICE else 1):
        take(answer, provider=Provider.SIMULATED, by=system(organisation_id), at=at)
    return simulated.page(ref).back_url


def _require_simulated() -> None:
    if not settings.SIMULATED_CARDS:
        raise Missing(_("Cette page n’existe pas."))
