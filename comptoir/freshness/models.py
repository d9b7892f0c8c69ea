"""What changed, for whoever keeps a copy: written by triggers of the database itself, so that nothing can forget to."""

from django.db import models


class Change(models.Model):
    """Something that an organisation's public pages show was written. No key to it: it may be on its way out."""

    organisation_id = models.BigIntegerField()

    class Meta:
        indexes = [models.Index(fields=["organisation_id", "id"], name="freshness_of_organisation")]

    def __str__(self) -> str:
        return f"{self.organisation_id}/{self.pk}"
