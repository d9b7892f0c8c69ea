"""The members of an organisation, and the dues they paid each year."""

from django.db import models

from comptoir.accounts.models import User
from comptoir.base.constraints import known_state, not_negative
from comptoir.members.states import Means, MemberState, ReminderKind
from comptoir.organisations.models import Organisation


class Member(models.Model):
    """One person's membership of one organisation.

    The address is the account's; `checked_email` is the one that was proved, so that another address has to be proved
    again. Whether the details are complete is derived from the columns (`members.access`), never set.
    """

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="members")
    user = models.ForeignKey(User, models.PROTECT, related_name="memberships")
    number = models.CharField(max_length=20)
    last_name = models.CharField(max_length=80, blank=True)
    first_name = models.CharField(max_length=80, blank=True)
    search_key = models.CharField(max_length=330, blank=True)  # last then first name, folded
    # Where a complete account stands in the list to validate: 1 (not validated) or 2, then the search key; '' when it
    # is not there. The database itself keeps it (migration 0003), after the account's address too: never set it.
    validation_key = models.CharField(max_length=331, blank=True, editable=False)
    born_on = models.DateField(null=True)
    phone = models.CharField(max_length=30, blank=True)
    address = models.CharField(max_length=250, blank=True)
    postcode = models.CharField(max_length=10, blank=True)
    city = models.CharField(max_length=80, blank=True)
    checked_email = models.CharField(max_length=254, blank=True)
    checked_at = models.DateTimeField(null=True)
    state = models.CharField(max_length=10, choices=MemberState, default=MemberState.PENDING)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    refusal_reason = models.CharField(max_length=500, blank=True)
    created_at = models.DateTimeField()
    erased_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "user"], name="members_account_once"),
            models.UniqueConstraint(fields=["organisation", "number"], name="members_number_once"),
            known_state("state", MemberState, name="members_known_state"),
            models.CheckConstraint(
                name="members_refused_with_reason",
                condition=models.Q(models.Q(state=MemberState.REFUSED), ~models.Q(refusal_reason=""))
                | models.Q(~models.Q(state=MemberState.REFUSED), models.Q(refusal_reason="")),
            ),
        ]
        indexes = [
            models.Index(
                fields=["organisation", "search_key", "id"],
                name="members_by_name",
                condition=models.Q(erased_at__isnull=True),
            ),
            models.Index(fields=["organisation", "validation_key", "id"], name="members_to_validate"),
            models.Index(fields=["organisation", "state", "validation_key", "id"], name="members_by_state"),
        ]

    def __str__(self) -> str:
        return f"{self.last_name} {self.first_name}".strip() or self.number


class Dues(models.Model):
    """The dues of one member for one calendar year: one payment a year opens the whole year."""

    member = models.ForeignKey(Member, models.CASCADE, related_name="dues")
    year = models.PositiveSmallIntegerField()
    paid_on = models.DateField()
    amount_cents = models.PositiveIntegerField()
    means = models.CharField(max_length=10, choices=Means)
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["member", "year"], name="members_dues_once_a_year"),
            known_state("means", Means, name="members_dues_known_means"),
            not_negative("amount_cents", name="members_dues_amount"),
        ]

    def __str__(self) -> str:
        return f"{self.year}"


class DuesReminder(models.Model):
    """A member was asked for the dues of a year: once by each reminder of the rounds, as often as the desk asks."""

    member = models.ForeignKey(Member, models.CASCADE, related_name="reminders", db_index=False)
    year = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=10, choices=ReminderKind)
    sent_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["member", "year", "kind"],
                name="members_reminded_once",
                condition=~models.Q(kind=ReminderKind.ASKED),
            ),
            known_state("kind", ReminderKind, name="members_reminder_known_kind"),
        ]
        indexes = [models.Index(fields=["member", "year", "-sent_at"], name="members_reminders")]

    def __str__(self) -> str:
        return f"{self.year}"


class MemberRules(models.Model):
    """How an organisation takes its members; no row: nobody signs up by oneself, no amount is proposed, nobody is
    reminded.

    `reminders_set_on`: the day one of the delays was last decided; a reminder whose day is not later stays unsent.
    """

    organisation = models.OneToOneField(Organisation, models.CASCADE, related_name="member_rules")
    is_open = models.BooleanField(default=False)  # the public address of sign-up answers
    dues_cents = models.PositiveIntegerField(null=True)  # proposed when dues are recorded
    remind_before_days = models.PositiveSmallIntegerField(null=True)  # before the year ends; empty: nobody is
    remind_after_days = models.PositiveSmallIntegerField(null=True)  # after it begins, without its dues; empty: nobody
    reminders_set_on = models.DateField(null=True)

    def __str__(self) -> str:
        return f"{self.organisation_id}"
