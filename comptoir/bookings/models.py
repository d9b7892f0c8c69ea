"""A booking (one reference) and its registrations (one person, one session)."""

from django.db import models

from comptoir.base.constraints import known_state
from comptoir.bookings.states import RegistrationState
from comptoir.catalogue.models import SeatType, Session
from comptoir.clients.models import Client
from comptoir.organisations.models import ConfirmationLevel, Organisation


class Booking(models.Model):
    """What one contact booked at once. Its status is derived from its registrations (C8), never stored."""

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="+")
    reference = models.CharField(max_length=20)
    source = models.CharField(max_length=20, blank=True)  # the request or deal it was born from
    client = models.ForeignKey(Client, models.PROTECT, null=True, related_name="+")
    contact_name = models.CharField(max_length=170, blank=True)
    contact_email = models.CharField(max_length=254, blank=True)
    contact_phone = models.CharField(max_length=30, blank=True)
    created_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "reference"], name="bookings_reference_once"),
            models.UniqueConstraint(
                fields=["organisation", "source"], name="bookings_source_once", condition=~models.Q(source="")
            ),
        ]
        indexes = [models.Index(fields=["organisation", "-id"], name="bookings_list")]

    def __str__(self) -> str:
        return self.reference


class Registration(models.Model):
    """One seat for one participant on one session, its price in cents without VAT. Commands alone move its state."""

    booking = models.ForeignKey(Booking, models.CASCADE, related_name="registrations")
    position = models.PositiveSmallIntegerField()
    session = models.ForeignKey(Session, models.PROTECT, related_name="+")
    seat_type = models.ForeignKey(SeatType, models.PROTECT, null=True, related_name="+")
    first_name = models.CharField(max_length=80)
    last_name = models.CharField(max_length=80)
    email = models.CharField(max_length=254, blank=True)
    state = models.CharField(max_length=12, choices=RegistrationState, default=RegistrationState.PENDING)
    level = models.ForeignKey(ConfirmationLevel, models.PROTECT, null=True, related_name="+")
    price_cents = models.PositiveIntegerField()
    vat_bp = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["booking", "position"], name="bookings_line_once"),
            known_state("state", RegistrationState, name="bookings_known_state"),
        ]
        indexes = [
            models.Index(fields=["session", "state", "seat_type"], name="bookings_seats"),
            models.Index(fields=["session", "last_name", "first_name"], name="bookings_of_session"),
        ]

    def __str__(self) -> str:
        return f"{self.first_name} {self.last_name}".strip()
