"""What an organisation decided to keep how long, and the certificates of what went."""

from django.db import models

from comptoir.accounts.models import User
from comptoir.base.constraints import both_or_none, known_state
from comptoir.organisations.models import Organisation
from comptoir.retention.states import Kind


class Policy(models.Model):
    """Whether the rules are applied every night, since who said so, and when they last were. No row: they are not.

    `asked_at`: somebody asked for a run at once; empty again when it is done.
    """

    organisation = models.OneToOneField(Organisation, models.CASCADE, related_name="+")
    is_applied = models.BooleanField(default=False)
    decided_at = models.DateTimeField(null=True)
    decided_by_name = models.CharField(max_length=170, blank=True)
    asked_at = models.DateTimeField(null=True)
    asked_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    ran_on = models.DateField(null=True)  # the organisation's day of its last whole run
    ran_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [both_or_none("asked_at", "asked_by", name="retention_asked_by_somebody")]

    def __str__(self) -> str:
        return f"{self.organisation_id}"


class Duration(models.Model):
    """How many months one kind of record is kept, where it is not the recommended number."""

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="+", db_index=False)
    kind = models.CharField(max_length=10, choices=Kind)
    months = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "kind"], name="retention_duration_once"),
            known_state("kind", Kind, name="retention_duration_known_kind"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.months}"


class Certificate(models.Model):
    """So many records of one kind were erased then: written with the erasure, never changed (a trigger refuses).

    `before`: what was dated before that day went. Neither it nor `months` for a person erased on request.
    """

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="+", db_index=False)
    reference = models.CharField(max_length=20)
    kind = models.CharField(max_length=10, choices=Kind)
    months = models.PositiveSmallIntegerField(null=True)
    before = models.DateField(null=True)
    count = models.PositiveIntegerField()
    at = models.DateTimeField()
    by_user = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    by_name = models.CharField(max_length=170)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "reference"], name="retention_certificate_once"),
            known_state("kind", Kind, name="retention_certificate_known_kind"),
            both_or_none("months", "before", name="retention_certificate_rule"),
        ]
        indexes = [models.Index(fields=["organisation", "-id"], name="retention_certificates")]

    def __str__(self) -> str:
        return self.reference
