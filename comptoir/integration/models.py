"""A run of the assistant and its lines: the memory of what went where, and why."""

from django.db import models

from comptoir.accounts.models import User
from comptoir.base.constraints import known_state
from comptoir.bookings.models import Booking
from comptoir.deals.models import Deal
from comptoir.integration.states import Method, Place, ReportState, RunState
from comptoir.organisations.models import ConfirmationLevel, Organisation, Staff, Territory
from comptoir.preregistrations.models import Request


class Draft(models.Model):
    """Where one person stands in the assistant: saved at every step, found again after a closed page."""

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="+")
    user = models.ForeignKey(User, models.CASCADE, related_name="+")
    selection = models.JSONField(default=list)  # request ids; empty: every pending request
    method = models.CharField(max_length=13, choices=Method, default=Method.DEALS)
    options = models.JSONField(default=dict)
    ticket = models.CharField(max_length=64)  # becomes the run's: one validation, one run
    touched_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["organisation", "user"], name="integration_draft_once")]

    def __str__(self) -> str:
        return f"draft {self.user_id}"


class Run(models.Model):
    """One validation of the assistant. Options are typed columns; counts are derived from its lines."""

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="+")
    reference = models.CharField(max_length=20)
    ticket = models.CharField(max_length=64)
    method = models.CharField(max_length=13, choices=Method)
    sales_rep = models.ForeignKey(Staff, models.PROTECT, null=True, related_name="+")
    territory = models.ForeignKey(Territory, models.PROTECT, null=True, related_name="+")
    level = models.ForeignKey(ConfirmationLevel, models.PROTECT, null=True, related_name="+")
    mail_owner = models.BooleanField(default=True)
    mail_assistant = models.BooleanField(default=True)
    mail_sales_rep = models.BooleanField(default=True)
    print_report = models.BooleanField(default=False)
    state = models.CharField(max_length=8, choices=RunState, default=RunState.WAITING)
    total = models.PositiveIntegerField()  # requests claimed when it was validated
    by_user = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    by_name = models.CharField(max_length=170)
    created_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    held_until = models.DateTimeField(null=True)  # the worker's claim; past it, another may take the run up
    report_state = models.CharField(max_length=12, choices=ReportState, default=ReportState.OWED)
    report_name = models.CharField(max_length=120, blank=True)
    print_error = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "reference"], name="integration_run_reference_once"),
            models.UniqueConstraint(fields=["organisation", "ticket"], name="integration_run_ticket_once"),
            known_state("state", RunState, name="integration_run_known_state"),
            known_state("method", Method, name="integration_run_known_method"),
        ]
        indexes = [models.Index(fields=["organisation", "-id"], name="integration_run_list")]

    def __str__(self) -> str:
        return self.reference


class RunLine(models.Model):
    """What became of one request: never two lines for one request in one run, nor two that went somewhere."""

    run = models.ForeignKey(Run, models.CASCADE, related_name="lines")
    request = models.ForeignKey(Request, models.CASCADE, related_name="+")
    place = models.CharField(max_length=8, choices=Place)
    reason = models.CharField(max_length=300)
    match_reason = models.CharField(max_length=200, blank=True)
    client_number = models.CharField(max_length=20, blank=True)
    booking = models.ForeignKey(Booking, models.CASCADE, null=True, related_name="+")
    deal = models.ForeignKey(Deal, models.CASCADE, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["run", "request"], name="integration_line_once"),
            models.UniqueConstraint(
                fields=["request"], name="integration_request_placed_once", condition=~models.Q(place="skipped")
            ),
            known_state("place", Place, name="integration_line_known_place"),
        ]

    def __str__(self) -> str:
        return f"{self.run_id} {self.request_id} {self.place}"
