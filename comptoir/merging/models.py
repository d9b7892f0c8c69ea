"""What a merge moved and changed, so that it can be undone for 30 days (G6)."""

from datetime import datetime, timedelta

from django.db import models

from comptoir.accounts.models import User
from comptoir.clients.models import Client
from comptoir.organisations.models import Organisation

UNDONE_WITHIN = timedelta(days=30)


class Merge(models.Model):
    """Records emptied into one that is kept. Its notes go after 30 days, or as soon as it can no longer be undone."""

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="+")
    target = models.ForeignKey(Client, models.SET_NULL, null=True, related_name="+")
    target_number = models.CharField(max_length=20)
    at = models.DateTimeField()
    by_user = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    by_name = models.CharField(max_length=170)
    moved = models.PositiveIntegerField(default=0)
    undone_at = models.DateTimeField(null=True)
    undone_by_name = models.CharField(max_length=170, blank=True)
    left_alone = models.PositiveIntegerField(default=0)  # when undone: what was deleted or changed since
    forgotten_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["organisation", "-id"], name="merging_list"),
            models.Index(fields=["at"], name="merging_to_forget", condition=models.Q(forgotten_at__isnull=True)),
        ]

    def __str__(self) -> str:
        return f"→ {self.target_number}"

    def can_be_undone(self, at: datetime) -> bool:
        """Whether its notes are there and its 30 days not over; the command also looks at the records."""
        return not self.undone_at and not self.forgotten_at and at <= self.at + UNDONE_WITHIN


class Emptied(models.Model):
    """One record that a merge emptied. `named`: this merge made its number lead to the kept record."""

    merge = models.ForeignKey(Merge, models.CASCADE, related_name="sources")
    client = models.ForeignKey(Client, models.SET_NULL, null=True, related_name="+")
    number = models.CharField(max_length=20)
    named = models.BooleanField(default=False)

    def __str__(self) -> str:
        return self.number


class Moved(models.Model):
    """The ids of the rows of one holder that went from the emptied record to the kept one."""

    source = models.ForeignKey(Emptied, models.CASCADE, related_name="moved")
    holder = models.CharField(max_length=40)
    ids = models.JSONField()

    def __str__(self) -> str:
        return f"{self.holder} {len(self.ids)}"


class Changed(models.Model):
    """One value that a merge changed, before and after: personal data, gone after 30 days."""

    merge = models.ForeignKey(Merge, models.CASCADE, related_name="changes")
    holder = models.CharField(max_length=40)
    row_id = models.BigIntegerField()
    column = models.CharField(max_length=40)
    before = models.JSONField(null=True)
    after = models.JSONField(null=True)

    class Meta:
        indexes = [models.Index(fields=["holder", "row_id", "column"], name="merging_changes_of")]

    def __str__(self) -> str:
        return f"{self.holder} {self.row_id} {self.column}"
