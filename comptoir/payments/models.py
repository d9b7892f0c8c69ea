"""The ledger of bookings: entries that are only ever added (C22); a trigger refuses any change."""

from django.db import models

from comptoir.accounts.models import User
from comptoir.base.constraints import known_state
from comptoir.bookings.models import Booking
from comptoir.catalogue.states import PayMethod
from comptoir.organisations.models import Organisation
from comptoir.payments.states import EntryKind


class Entry(models.Model):
    """Money received or paid back for one booking, in cents, always above zero. `key` makes it unique."""

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="+", db_index=False)
    booking = models.ForeignKey(Booking, models.PROTECT, related_name="+")
    number = models.PositiveIntegerField()  # in a row within the organisation: the number of its receipt
    key = models.CharField(max_length=64)
    kind = models.CharField(max_length=8, choices=EntryKind)
    method = models.CharField(max_length=14, choices=PayMethod)
    amount_cents = models.PositiveBigIntegerField()
    settled_on = models.DateField()  # the day the money came or went, as told
    at = models.DateTimeField()  # when it was written here
    by_user = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    by_name = models.CharField(max_length=170)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "key"], name="payments_key_once"),
            models.UniqueConstraint(fields=["organisation", "number"], name="payments_number_once"),
            models.CheckConstraint(condition=models.Q(amount_cents__gt=0), name="payments_amount_above_zero"),
            known_state("kind", EntryKind, name="payments_known_kind"),
            known_state("method", PayMethod, name="payments_known_method"),
        ]
        indexes = [models.Index(fields=["organisation", "settled_on", "id"], name="payments_by_day")]

    def __str__(self) -> str:
        return f"{self.kind} {self.number}"


class Comment(models.Model):
    """What the desk noted about an entry (number of the cheque, say), apart: it may be erased, the entry may not."""

    entry = models.OneToOneField(Entry, models.CASCADE, related_name="comment")
    text = models.CharField(max_length=500)

    def __str__(self) -> str:
        return self.text[:40]
