"""Who was there: one row for one person at one sitting."""

from django.db import models

from comptoir.accounts.models import User
from comptoir.bookings.models import Registration


class Presence(models.Model):
    """One person was there at the sitting that began at that moment, says whoever marked it.

    The sitting is named by its beginning, not by its row: sessions that are moved replace their slots, and who was
    there stays so (ADR 0019). A session without slots has a sitting a day.
    """

    # No index of its own: the constraint begins with it.
    registration = models.ForeignKey(Registration, models.CASCADE, related_name="+", db_index=False)
    starts_at = models.DateTimeField()
    marked_at = models.DateTimeField()
    by_user = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    by_name = models.CharField(max_length=170)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["registration", "starts_at"], name="attendance_once")]

    def __str__(self) -> str:
        return f"{self.registration_id}: {self.starts_at:%Y-%m-%d %H:%M}"
