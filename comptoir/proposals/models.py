"""The clients of a session, the proposals sent to them, and all they answered (D1–D11)."""

from django.db import models
from django.db.models import Q

from comptoir.accounts.models import User
from comptoir.base.constraints import known_state
from comptoir.catalogue.models import Session
from comptoir.clients.models import Client
from comptoir.organisations.models import Organisation
from comptoir.proposals.states import Confirmation, ProposalState, SendingState


class SessionClient(models.Model):
    """A client of a session: chosen (INTRA), or registered and written to once. One who only registered has no row.

    `standing` holds for the calendar numbered `sequence`: when the session's number is higher the dates have moved,
    and the client is back to À confirmer (D11) without a row being touched.
    """

    session = models.ForeignKey(Session, models.CASCADE, related_name="+", db_index=False)
    client = models.ForeignKey(Client, models.PROTECT, related_name="+")
    is_chosen = models.BooleanField(default=False)
    added_at = models.DateTimeField()
    added_by_name = models.CharField(max_length=170)
    standing = models.CharField(max_length=10, choices=Confirmation, default=Confirmation.TO_CONFIRM)
    sequence = models.PositiveIntegerField(default=0)
    due_at = models.DateTimeField(null=True)  # the deadline, while an answer is awaited
    validated_at = models.DateTimeField(null=True)  # D10; for the calendar numbered `validated_sequence`
    validated_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    validated_by_name = models.CharField(max_length=170, blank=True)
    validated_sequence = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["session", "client"], name="proposals_client_once"),
            known_state("standing", Confirmation, name="proposals_known_standing"),
            models.CheckConstraint(
                condition=Q(standing="pending", due_at__isnull=False)
                | (~Q(standing="pending") & Q(due_at__isnull=True)),
                name="proposals_pending_has_deadline",
            ),
        ]
        indexes = [models.Index(fields=["due_at"], name="proposals_due", condition=Q(due_at__isnull=False))]

    def __str__(self) -> str:
        return f"{self.session_id}/{self.client_id}"

    def is_validated(self, sequence: int) -> bool:
        """Whether somebody validated by hand the dates of the calendar so numbered (D10)."""
        return self.validated_at is not None and self.validated_sequence == sequence


class Sending(models.Model):
    """One proposal of a session's dates to one client or to many, each by its own mail; a draft until it is sent.

    `schedule`, `place` and `sequence` are the dates as they were told: dates that move leave them alone. What goes
    with the mails is kept by the outbox, about this reference (`mail.attachments`).
    """

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="+", db_index=False)
    session = models.ForeignKey(Session, models.CASCADE, related_name="+")
    reference = models.CharField(max_length=20)
    chosen = models.JSONField(default=list)  # ids of clients, while it is a draft
    to = models.JSONField(default=dict)  # client id (as text) → addresses typed instead of the main contact's
    cc = models.TextField(blank=True)
    bcc = models.TextField(blank=True)
    subject = models.CharField(max_length=250)
    body = models.TextField()
    deadline_at = models.DateTimeField(null=True)
    state = models.CharField(max_length=5, choices=SendingState, default=SendingState.DRAFT)
    sequence = models.PositiveIntegerField(default=0)
    schedule = models.JSONField(default=list)  # [[start, end, place, link] …], moments in UTC, ISO 8601
    place = models.CharField(max_length=600, blank=True)
    by_user = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    by_name = models.CharField(max_length=170)
    key = models.CharField(max_length=64, blank=True)  # a program's: the same again is the same sending
    digest = models.CharField(max_length=64, blank=True)  # SHA-256 of what came with it
    changed_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "reference"], name="proposals_sending_once"),
            models.UniqueConstraint(fields=["session", "key"], name="proposals_key_once", condition=~Q(key="")),
            known_state("state", SendingState, name="proposals_sending_known"),
            models.CheckConstraint(
                condition=Q(state="draft", sent_at__isnull=True)
                | Q(state="sent", sent_at__isnull=False, deadline_at__isnull=False),
                name="proposals_sent_has_deadline",
            ),
        ]
        indexes = [models.Index(fields=["changed_at"], name="proposals_drafts", condition=Q(state="draft"))]

    def __str__(self) -> str:
        return self.reference


class DateProposal(models.Model):
    """The dates of a session as proposed to one client, by one mail (and its reminders), and what came of it.

    At most one lives for a client of a session. `sequence` is the session's when it left: higher since, it moved.
    """

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="+", db_index=False)
    sending = models.ForeignKey(Sending, models.CASCADE, related_name="proposals")
    session = models.ForeignKey(Session, models.CASCADE, related_name="+", db_index=False)
    client = models.ForeignKey(Client, models.PROTECT, related_name="+")
    reference = models.CharField(max_length=20)
    contact_name = models.CharField(max_length=170, blank=True)
    to = models.JSONField(default=list)
    sequence = models.PositiveIntegerField()
    deadline_at = models.DateTimeField()
    state = models.CharField(max_length=9, choices=ProposalState, default=ProposalState.WAITING)
    sent_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)  # the last time
    ended_at = models.DateTimeField(null=True)  # replaced, or withdrawn
    reminders = models.PositiveSmallIntegerField(default=0)
    reminded_at = models.DateTimeField(null=True)
    erased_at = models.DateTimeField(null=True)  # it names nobody any more, and its link opens nothing

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "reference"], name="proposals_reference_once"),
            models.UniqueConstraint(fields=["sending", "client"], name="proposals_sent_once"),
            models.UniqueConstraint(
                fields=["session", "client"], name="proposals_one_lives",
                condition=Q(state__in=["waiting", "accepted", "declined"]),
            ),
            known_state("state", ProposalState, name="proposals_known_state"),
            models.CheckConstraint(
                condition=Q(state__in=["replaced", "withdrawn"], ended_at__isnull=False)
                | Q(state__in=["waiting", "accepted", "declined"], ended_at__isnull=True),
                name="proposals_ended_has_moment",
            ),
        ]  # fmt: skip
        indexes = [
            models.Index(fields=["session", "client", "-id"], name="proposals_of_session"),
            models.Index(fields=["deadline_at"], name="proposals_waiting", condition=Q(state="waiting")),
        ]

    def __str__(self) -> str:
        return self.reference


class Answer(models.Model):
    """One answer of a client, never changed nor removed: the last one holds (D7)."""

    proposal = models.ForeignKey(DateProposal, models.CASCADE, related_name="answers", db_index=False)
    position = models.PositiveIntegerField()
    said = models.CharField(max_length=9, choices=ProposalState)
    comment = models.TextField(blank=True)
    other_dates = models.TextField(blank=True)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["proposal", "position"], name="proposals_answer_once"),
            models.CheckConstraint(condition=Q(said__in=["accepted", "declined"]), name="proposals_known_answer"),
        ]

    def __str__(self) -> str:
        return f"{self.proposal_id}.{self.position} {self.said}"
