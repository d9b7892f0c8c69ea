"""The account of an organisation with whoever takes its cards, the payments begun there, the refunds asked of it."""

from django.db import models

from comptoir.base.constraints import known_state
from comptoir.bookings.models import Booking
from comptoir.cards.states import CardState, Provider, RefundState
from comptoir.organisations.models import Organisation


class CardAccount(models.Model):
    """The keys of one organisation, sealed; the provider itself is named on the organisation."""

    organisation = models.OneToOneField(Organisation, models.CASCADE, related_name="+")
    secret_key = models.TextField(blank=True)  # sealed: opens the provider's door
    webhook_secret = models.TextField(blank=True)  # sealed: signs what the provider tells us

    def __str__(self) -> str:
        return str(self.organisation_id)


class CardPayment(models.Model):
    """One try to pay a booking by card, in cents. At most one of a booking is open at a time.

    `key` is ours (idempotency key, and in the address one comes back by), `ref` the provider's.
    """

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="+", db_index=False)
    booking = models.ForeignKey(Booking, models.PROTECT, related_name="+")
    provider = models.CharField(max_length=10, choices=Provider)
    key = models.CharField(max_length=64)
    ref = models.CharField(max_length=255, blank=True)
    charge = models.CharField(max_length=255, blank=True)  # what a refund is asked on, once paid
    url = models.TextField(blank=True)  # the provider's page
    amount_cents = models.PositiveBigIntegerField()
    state = models.CharField(max_length=9, choices=CardState, default=CardState.OPEN)
    started_at = models.DateTimeField()
    expires_at = models.DateTimeField()  # the provider's page takes nothing after
    settled_at = models.DateTimeField(null=True)
    look_at = models.DateTimeField(null=True)  # when the provider is to be asked; None: it said its last word

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "key"], name="cards_key_once"),
            models.UniqueConstraint(
                fields=["organisation", "provider", "ref"], name="cards_ref_once", condition=~models.Q(ref="")
            ),
            models.UniqueConstraint(
                fields=["booking"], name="cards_one_open", condition=models.Q(state=CardState.OPEN)
            ),
            models.CheckConstraint(condition=models.Q(amount_cents__gt=0), name="cards_amount_above_zero"),
            known_state("state", CardState, name="cards_known_state"),
        ]
        indexes = [models.Index(fields=["look_at"], name="cards_to_look", condition=models.Q(look_at__isnull=False))]

    def __str__(self) -> str:
        return f"{self.key[:8]} {self.state}"


class CardRefund(models.Model):
    """So many cents of one card payment to be paid back: asked of the provider once, however often we ask."""

    payment = models.ForeignKey(CardPayment, models.PROTECT, related_name="refunds")
    amount_cents = models.PositiveBigIntegerField()
    state = models.CharField(max_length=7, choices=RefundState, default=RefundState.WAITING)
    reason = models.CharField(max_length=300, blank=True)  # why it was refused, in the provider's words
    asked_at = models.DateTimeField()
    by_user_id = models.BigIntegerField(null=True)
    by_name = models.CharField(max_length=170)
    send_at = models.DateTimeField(null=True)  # when it is to be sent (again); None: it need not be

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(amount_cents__gt=0), name="cards_refund_above_zero"),
            known_state("state", RefundState, name="cards_known_refund_state"),
        ]
        indexes = [models.Index(fields=["send_at"], name="cards_to_refund", condition=models.Q(send_at__isnull=False))]

    def __str__(self) -> str:
        return f"{self.payment_id} {self.amount_cents} {self.state}"


class SimulatedCard(models.Model):
    """What the simulated provider remembers of one page of its own: it lives here so that a demo needs nobody else."""

    ref = models.CharField(max_length=64, unique=True)
    amount_cents = models.PositiveBigIntegerField()
    title = models.CharField(max_length=200)
    back_url = models.TextField()
    state = models.CharField(max_length=9, choices=CardState, default=CardState.OPEN)
    answers_at = models.DateTimeField(null=True)  # it keeps its answer to itself until then
    refunded_cents = models.PositiveBigIntegerField(default=0)
    refund_keys = models.JSONField(default=list)  # those already done: the same is not done twice

    def __str__(self) -> str:
        return f"{self.ref[:8]} {self.state}"
