"""The outbox: each mail is a row written with its cause, what goes with it, and models edited by the organisation."""

from datetime import timedelta

from django.db import models

from comptoir.accounts.models import User
from comptoir.base.constraints import known_state
from comptoir.base.speaking import FRENCH
from comptoir.mail.states import OPEN, MailState
from comptoir.organisations.models import Organisation

LATE_AFTER = timedelta(hours=1)


class Message(models.Model):
    """One mail to send once. `key` makes it unique per cause; its Message-ID stays the same through every retry.

    `answers` holds what the server said last and for good of each address (accepted or refused), so that a retry
    writes only to those still without an answer. `fate` is the mail's own history, shown on the desk.
    """

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="+")
    key = models.CharField(max_length=120)  # e.g. `preregistration:PR-…:contact`
    kind = models.CharField(max_length=40)  # code of its model
    message_id = models.CharField(
        max_length=120, unique=True
    )  # a resend is another mail for servers: it gets a new one
    to = models.JSONField()  # list of addresses
    cc = models.JSONField(default=list)
    bcc = models.JSONField(default=list)
    reply_to = models.CharField(max_length=254, blank=True)
    language = models.CharField(max_length=5, default=FRENCH)
    subject = models.CharField(max_length=250)
    text = models.TextField()
    html = models.TextField()
    secret = models.TextField(blank=True)  # the single-use link, sealed; empty once the mail has left (E3)
    values = models.JSONField(default=dict)  # of its variables, for a model's preview; none where the mail is secret
    about = models.CharField(max_length=60, blank=True)  # reference it is about
    state = models.CharField(max_length=10, choices=MailState, default=MailState.QUEUED)
    created_at = models.DateTimeField()
    queued_at = models.DateTimeField()  # when it last entered the queue: its Date, and where lateness counts from
    next_at = models.DateTimeField(null=True)  # next attempt; while SENDING, when the claim lapses; none: at rest
    attempts = models.PositiveSmallIntegerField(default=0)
    is_stranded = models.BooleanField(default=False)  # no server answered: leaves as soon as one does
    sends = models.PositiveSmallIntegerField(default=0)  # how many times a server accepted it
    answers = models.JSONField(default=dict)  # address → [SMTP code, what the server said]
    last_error = models.CharField(max_length=300, blank=True)
    sent_at = models.DateTimeField(null=True)
    fate = models.JSONField(default=list)  # [{at, what, said, by}] in order; see `fate.py`

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "key"], name="mail_once_per_cause"),
            known_state("state", MailState, name="mail_known_state"),
            models.CheckConstraint(
                condition=models.Q(state__in=OPEN, next_at__isnull=False)
                | (~models.Q(state__in=OPEN) & models.Q(next_at__isnull=True)),
                name="mail_due_while_open",
            ),
        ]
        indexes = [
            # « next_at <= moment » implies the condition: SQLite needs that to use the index, read twice a second.
            models.Index(fields=["next_at", "id"], name="mail_due", condition=models.Q(next_at__isnull=False)),
            models.Index(fields=["organisation", "-id"], name="mail_list"),
            models.Index(fields=["organisation", "state", "-id"], name="mail_list_by_state"),
            models.Index(fields=["organisation", "kind", "-id"], name="mail_list_by_kind"),
            models.Index(fields=["organisation", "about", "-id"], name="mail_by_about"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.about}".strip()

    @property
    def recipients(self) -> list[str]:
        """Everybody it is for, hidden ones included."""
        return [*self.to, *self.cc, *self.bcc]

    @property
    def is_late(self) -> bool:
        """It left more than an hour after it was written: said on the desk, since what it says may be past (T39)."""
        return self.sent_at is not None and self.sent_at - self.queued_at > LATE_AFTER


class Attachment(models.Model):
    """What goes with mails, kept once however many there are: a file as it is, or a paper typeset when a mail leaves.

    A paper holds what it says to everybody; what it says to one person is with that person's mail.
    """

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="+", db_index=False)
    about = models.CharField(max_length=60)  # reference of what it was made for, and is removed with
    name = models.CharField(max_length=120)  # of the file, as the reader sees it
    media_type = models.CharField(max_length=100)
    content = models.BinaryField(blank=True)  # empty for a paper
    size = models.PositiveIntegerField(default=0)  # bytes, 0 for a paper
    paper = models.CharField(max_length=20, blank=True)  # code of its template (`attachments.PAPERS`)
    shared = models.JSONField(default=dict)  # what the paper says to everybody
    created_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(paper="", size__gt=0) | (~models.Q(paper="") & models.Q(size=0)),
                name="mail_file_or_paper",
            )
        ]
        indexes = [models.Index(fields=["organisation", "about", "id"], name="mail_attached_to")]

    def __str__(self) -> str:
        return self.name


class Enclosure(models.Model):
    """One mail carries one attachment, under a name of its own when `name` says so."""

    message = models.ForeignKey(Message, models.CASCADE, related_name="+", db_index=False)
    attachment = models.ForeignKey(Attachment, models.PROTECT, related_name="+")
    position = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=120, blank=True)
    own = models.JSONField(default=dict)  # what a paper says to this reader alone

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["message", "position"], name="mail_enclosed_once"),
        ]

    def __str__(self) -> str:
        return self.name or f"{self.attachment_id}"


class MailModel(models.Model):
    """The organisation's own words for one kind of mail; each change is a new version, the highest is in force."""

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="+")
    kind = models.CharField(max_length=40)
    language = models.CharField(max_length=5, default="fr")
    version = models.PositiveIntegerField()
    subject = models.CharField(max_length=250)
    body = models.TextField()
    is_default = models.BooleanField(default=False)  # back to the product's own words
    written_at = models.DateTimeField()
    written_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "kind", "language", "version"], name="mail_model_version_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} v{self.version}"
