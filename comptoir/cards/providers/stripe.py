"""Stripe, by its own pages (Checkout): no card number ever comes near us. Needs the extra `stripe`."""

from collections.abc import Mapping
from datetime import datetime
from functools import cached_property
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from comptoir.cards.providers.seam import Answer, Asked, NotSigned, Opened, ProviderDown, ProviderRefuses
from comptoir.cards.states import CardState

TIMEOUT_SECONDS = 10
RETRIES = 2
PAID_EVENTS = ("checkout.session.completed", "checkout.session.async_payment_succeeded")
FAILED = "checkout.session.async_payment_failed"
EXPIRED = "checkout.session.expired"
EVENTS = (*PAID_EVENTS, FAILED, EXPIRED)  # what it is to call us for


class Stripe:
    """One organisation's account: its secret key, and what signs the calls of Stripe to us."""

    def __init__(self, *, secret_key: str, webhook_secret: str) -> None:
        self._secret_key = secret_key
        self._webhook_secret = webhook_secret

    @cached_property
    def _stripe(self) -> Any:
        import stripe  # noqa: PLC0415  # an extra, and heavy: only who takes cards carries it

        return stripe

    @cached_property
    def _client(self) -> Any:
        http = self._stripe.RequestsClient(timeout=TIMEOUT_SECONDS)
        return self._stripe.StripeClient(
            self._secret_key, http_client=http, max_network_retries=RETRIES,
            base_addresses={"api": settings.STRIPE_URL},
        )  # fmt: skip

    def open(self, asked: Asked) -> Opened:
        """A Checkout session; asked again with the same key, Stripe gives the same (idempotency)."""
        line = {
            "quantity": 1,
            "price_data": {
                "currency": "eur", "unit_amount": asked.amount_cents, "product_data": {"name": asked.title},
            },
        }  # fmt: skip
        params: dict[str, Any] = {
            "mode": "payment", "line_items": [line], "client_reference_id": asked.key, "locale": "fr",
            "payment_method_types": ["card"], "success_url": asked.back_url, "cancel_url": asked.back_url,
            "expires_at": int(asked.expires_at.timestamp()),
        }  # fmt: skip
        if asked.email:
            params["customer_email"] = asked.email
        made = self._call(self._client.v1.checkout.sessions.create, params, key=asked.key)
        return Opened(made.id, made.url)

    def look(self, ref: str, *, at: datetime) -> Answer:  # noqa: ARG002  # the seam's
        """The session as Stripe has it now."""
        return _read(self._call(self._client.v1.checkout.sessions.retrieve, ref))

    def close(self, ref: str) -> None:
        """The session expires now; one already paid or expired stays so."""
        try:
            self._call(self._client.v1.checkout.sessions.expire, ref)
        except ProviderRefuses:  # it was not open any more: `look` says how it ended
            return

    def refund(self, charge: str, *, amount_cents: int, key: str) -> None:
        """A refund of the payment, once for each key."""
        self._call(self._client.v1.refunds.create, {"payment_intent": charge, "amount": amount_cents}, key=key)

    def heard(self, body: bytes, headers: Mapping[str, str]) -> list[Answer]:
        """One event, its signature and its age (five minutes) checked."""
        try:
            event = self._client.construct_event(body, headers.get("Stripe-Signature", ""), self._webhook_secret)
        except (ValueError, self._stripe.SignatureVerificationError) as error:
            raise NotSigned(_("La signature de cet appel n’est pas la bonne.")) from error
        session = event.data.object
        if event.type in PAID_EVENTS:
            return [_read(session)]
        if event.type == FAILED:
            return [Answer(session.id, CardState.DECLINED)]
        return [Answer(session.id, CardState.ABANDONED)] if event.type == EXPIRED else []

    def _call(self, ask: Any, *params: Any, key: str = "") -> Any:
        try:
            return ask(*params, options={"idempotency_key": key}) if key else ask(*params)
        except (self._stripe.InvalidRequestError, self._stripe.AuthenticationError) as error:
            raise ProviderRefuses(_("Stripe refuse\u00a0: %(why)s") % {"why": error.user_message or error}) from error
        except self._stripe.StripeError as error:
            raise ProviderDown(_("Le paiement par carte ne répond pas\u00a0: réessayez dans un instant.")) from error


def _read(session: Any) -> Answer:
    if session.payment_status == "paid":
        return Answer(
            session.id, CardState.PAID, session.amount_total, str(getattr(session, "payment_intent", None) or "")
        )
    return Answer(session.id, CardState.ABANDONED if session.status == "expired" else CardState.OPEN)
