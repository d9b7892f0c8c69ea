"""Begin to pay a booking by card: one page at the provider's, the same for a double click (C23)."""

from datetime import datetime, timedelta

import structlog
from django.db import transaction
from django.utils.translation import gettext as _

from comptoir.base.errors import Invalid
from comptoir.base.tokens import new_token
from comptoir.bookings.commands.own_hand import opened
from comptoir.bookings.commands.paying import keep_for_card
from comptoir.bookings.models import Booking
from comptoir.cards.models import CardPayment
from comptoir.cards.providers.choosing import provider_of
from comptoir.cards.providers.seam import Asked, Opened, ProviderDown, ProviderRefuses
from comptoir.cards.states import CardState
from comptoir.organisations import addresses, queries
from comptoir.organisations.actors import Actor
from comptoir.payments.commands.recording import NothingDue

log = structlog.get_logger(__name__)
OPEN_FOR = timedelta(minutes=31)  # providers want half an hour at least
STILL_OPEN = timedelta(minutes=5)  # less than that left: another page is opened
FIRST_LOOK = timedelta(minutes=1)


def start(*, reference: str, link: str, cents: int, by: Actor, at: datetime) -> str:
    """The address of the page to pay so many cents on; while it is open, asking again gives the same.

    Its seats are kept while the first page is open, once. Nothing is charged here. Refuses: Missing, NothingDue,
    Invalid on `cents` (what is due changed), ProviderDown (nothing is lost: ask again).
    """
    card = _begun(reference, link, cents, by=by, at=at)
    if card.url:
        return card.url
    page = _opened(card)
    CardPayment.objects.filter(pk=card.pk, ref="").update(ref=page.ref, url=page.url)
    return page.url


@transaction.atomic
def _begun(reference: str, link: str, cents: int, *, by: Actor, at: datetime) -> CardPayment:
    held, allowed = opened(reference, link, by=by, at=at)
    if not allowed.card_cents:
        raise NothingDue(_("Il n’y a rien à payer par carte pour cette réservation."))
    if cents not in allowed.card_cents:
        raise Invalid(_("Le montant à payer vient de changer\u00a0: vérifiez-le, puis payez."), field="cents")
    before = CardPayment.objects.filter(booking=held.booking)
    current = before.filter(state=CardState.OPEN).first()
    if current:
        if current.amount_cents == cents and _is_usable(current, at=at):
            return current
        current.state, current.settled_at, current.look_at = CardState.ABANDONED, at, at
        current.save(update_fields=["state", "settled_at", "look_at"])
    until = at + OPEN_FOR
    if not before.exists():
        keep_for_card(held, until=until)
    return CardPayment.objects.create(
        organisation_id=by.organisation_id, booking=held.booking, key=new_token(), amount_cents=cents, started_at=at,
        provider=queries.organisation(by.organisation_id).card_provider, expires_at=until, look_at=at + FIRST_LOOK,
    )  # fmt: skip


def _is_usable(card: CardPayment, *, at: datetime) -> bool:
    """Its page can still be paid on; or its opening has only just been asked, and may be asked again."""
    return card.expires_at - at > STILL_OPEN if card.url else at - card.started_at < FIRST_LOOK


def _opened(card: CardPayment) -> Opened:
    booking = Booking.objects.select_related("organisation").get(pk=card.booking_id)
    asked = Asked(
        card.key, card.amount_cents, _("Réservation %(reference)s") % {"reference": booking.reference},
        booking.contact_email, addresses.page(booking.organisation, f"carte/{card.key}/"), card.expires_at,
    )  # fmt: skip
    try:
        return provider_of(card.organisation_id, card.provider).open(asked)
    except ProviderRefuses as refusal:  # what it says is for us, not for whoever pays
        log.error("card page refused", provider=card.provider, why=refusal.sentence)
        said = _("Le paiement par carte n’est pas possible pour l’instant\u00a0: choisissez un autre moyen.")
        raise ProviderDown(said) from refusal
