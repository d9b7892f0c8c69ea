"""The outbox: each mail is a row written with its cause, and models edited by the organisation."""

from django.db import models

from comptoir.accounts.models import User
from comptoir.base.constraints import known_state
from comptoir.mail.states import MailState
from comptoir.organisations.models import Organisation


class Message(models.Model):
    """One mail to send once. `key` makes it unique per cause; Message-ID never changes, resends included in `sends`."""

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="+")
    key = models.CharField(max_length=120)  # e.g. `preregistration:PR-…:contact`
    kind = models.CharField(max_length=40)  # code of its model
    message_id = models.CharField(max_length=120, unique=True)
    to = models.JSONField()  # list of addresses
    cc = models.JSONField(default=list)
    bcc = models.JSONField(default=list)
    reply_to = models.CharField(max_length=254, blank=True)
    subject = models.CharField(max_length=250)
    text = models.TextField()
    html = models.TextField()
    about = models.CharField(max_length=60, blank=True)  # reference it is about
    state = models.CharField(max_length=10, choices=MailState, default=MailState.QUEUED)
    created_at = models.DateTimeField()
    next_at = models.DateTimeField()  # when the next attempt is due; while SENDING, when the claim lapses
    attempts = models.PositiveSmallIntegerField(default=0)
    sends = models.PositiveSmallIntegerField(default=0)  # how many times the server accepted it
    last_error = models.CharField(max_length=300, blank=True)
    sent_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "key"], name="mail_once_per_cause"),
            known_state("state", MailState, name="mail_known_state"),
        ]
        indexes = [
            models.Index(
                fields=["next_at", "id"], name="mail_due", condition=models.Q(state__in=["queued", "sending"])
            ),
            models.Index(fields=["organisation", "-id"], name="mail_list"),
            models.Index(fields=["organisation", "state", "-id"], name="mail_list_by_state"),
            models.Index(fields=["organisation", "about", "-id"], name="mail_by_about"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.about}".strip()


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
