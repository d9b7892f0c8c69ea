"""Who did what, when, as whom: rows that are only ever added, without personal values."""

from django.db import models

from comptoir.accounts.models import User
from comptoir.organisations.models import Organisation


class Entry(models.Model):
    """One act. `about` is a reference such as `DO-7K3QX9MB`, never a person's name."""

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="+")
    at = models.DateTimeField()
    by_user = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    by_name = models.CharField(max_length=170)
    as_name = models.CharField(max_length=170, blank=True)  # user mode (C10): on whose behalf
    what = models.CharField(max_length=60)  # code such as `deal.won`
    about = models.CharField(max_length=60, blank=True)
    detail = models.JSONField(default=dict)  # ids, counts, codes; no personal value

    class Meta:
        indexes = [
            models.Index(fields=["organisation", "-at", "-id"], name="journal_by_date"),
            models.Index(fields=["organisation", "about", "-id"], name="journal_by_about"),
        ]

    def __str__(self) -> str:
        return f"{self.what} {self.about}".strip()
