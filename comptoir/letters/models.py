"""A letter the desk writes to registrants it chose, and each person it went to or left out."""

from django.db import models
from django.db.models import Q

from comptoir.accounts.models import User
from comptoir.base.constraints import known_state
from comptoir.bookings.models import Registration
from comptoir.letters.states import Audience, LetterState, Skipped
from comptoir.mail.models import Message
from comptoir.organisations.models import Organisation


class Letter(models.Model):
    """Words with variables, for people chosen; as a draft it only knows who was chosen, sent it has its recipients.

    What goes with it is kept by the outbox, about this reference (`mail.attachments`).
    """

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="+", db_index=False)
    reference = models.CharField(max_length=20)
    kind = models.CharField(max_length=40)  # code of the model it began from
    audience = models.CharField(max_length=12, choices=Audience, default=Audience.PARTICIPANTS)
    with_cancelled = models.BooleanField(default=False)  # those cancelled or withdrawn are written to, on purpose
    subject = models.CharField(max_length=250)
    body = models.TextField()
    chosen = models.JSONField(default=list)  # ids of registrations, while it is a draft
    outside = models.PositiveIntegerField(default=0)  # chosen, and not in the author's perimeter when it left
    state = models.CharField(max_length=5, choices=LetterState, default=LetterState.DRAFT)
    by_user = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    by_name = models.CharField(max_length=170)
    changed_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    erased_at = models.DateTimeField(null=True)  # nobody it was written to is named any more: nor are its words

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "reference"], name="letters_reference_once"),
            known_state("state", LetterState, name="letters_known_state"),
            known_state("audience", Audience, name="letters_known_audience"),
            models.CheckConstraint(
                condition=Q(state="sent", sent_at__isnull=False) | Q(state="draft", sent_at__isnull=True),
                name="letters_sent_has_moment",
            ),
        ]
        indexes = [
            models.Index(fields=["organisation", "-id"], name="letters_list"),
            models.Index(fields=["changed_at"], name="letters_drafts", condition=Q(state="draft")),
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def is_to_contacts(self) -> bool:
        """Whether it goes to the bookings' contacts rather than to their people."""
        return self.audience == Audience.CONTACTS


class Recipient(models.Model):
    """One registration a letter was for: the mail that went, shared by those of one address, or why none did.

    It holds no name nor address: these are read from the booking, and gone when it is erased (C9).
    """

    letter = models.ForeignKey(Letter, models.CASCADE, related_name="recipients", db_index=False)
    registration = models.ForeignKey(Registration, models.CASCADE, related_name="+")
    message = models.ForeignKey(Message, models.CASCADE, null=True, related_name="+")
    skipped = models.CharField(max_length=12, choices=Skipped, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["letter", "registration"], name="letters_written_once"),
            models.CheckConstraint(
                condition=Q(message__isnull=False, skipped="") | (Q(message__isnull=True) & ~Q(skipped="")),
                name="letters_mail_or_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.letter_id}/{self.registration_id}"
