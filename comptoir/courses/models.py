"""Public courses: the type an activity is of, and a sign-up that waits for the word of the earlier one's mailbox."""

from django.db import models
from django.utils.translation import gettext as _

from comptoir.base.constraints import known_state
from comptoir.bookings.models import Registration
from comptoir.bookings.states import SeatOrder
from comptoir.catalogue.models import Activity, SeatType, Session
from comptoir.organisations.models import Organisation


class PublicCourse(models.Model):
    """This activity is a public course of a type: one person has one sign-up to a type at a time (F2)."""

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="+", db_index=False)
    activity = models.OneToOneField(Activity, models.CASCADE, related_name="public_course")
    name = models.CharField(max_length=60)  # of the type, as typed: « PSC1 »
    key = models.CharField(max_length=60)  # folded: « psc1 » and « PSC1 » are one type
    seat_order = models.CharField(max_length=10, choices=SeatOrder, default=SeatOrder.ARRIVAL)  # of its next sign-ups

    class Meta:
        constraints = [known_state("seat_order", SeatOrder, name="courses_known_seat_order")]
        indexes = [models.Index(fields=["organisation", "key"], name="courses_of_type")]

    def __str__(self) -> str:
        return self.name


class Replacement(models.Model):
    """What the mailbox of the earlier sign-up is asked: to leave it for a seat on `session`.

    It names nobody: the person and the address are the earlier one's, and go with them (C9). Its token is held as its
    SHA-256 alone, serves once and ends at `expires_at`.
    """

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="+", db_index=False)
    earlier = models.OneToOneField(Registration, models.CASCADE, related_name="+")  # the last asked for counts
    session = models.ForeignKey(Session, models.CASCADE, related_name="+")
    seat_type = models.ForeignKey(SeatType, models.CASCADE, null=True, related_name="+")
    method = models.CharField(max_length=14, blank=True)
    terms_version = models.PositiveIntegerField(null=True)
    digest = models.CharField(max_length=64, unique=True)
    expires_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["organisation", "expires_at"], name="courses_ended")]

    def __str__(self) -> str:
        return _("Remplacement de %(earlier)s") % {"earlier": self.earlier_id}
