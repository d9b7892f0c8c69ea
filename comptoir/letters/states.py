"""The life of a letter, to whom it goes, and why somebody chosen was not written to."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from comptoir.mail.states import MailState


class LetterState(TextChoices):
    """A draft is its author's, and may change; once sent nothing of it changes any more."""

    DRAFT = "draft", _("Brouillon")
    SENT = "sent", _("Envoyé")


class Audience(TextChoices):
    """To whom a letter goes."""

    PARTICIPANTS = "participants", _("Les participants")
    CONTACTS = "contacts", _("Les contacts des réservations")


class Skipped(TextChoices):
    """Why somebody who was chosen is not written to."""

    NO_ADDRESS = "no_address", _("Sans courriel")
    ERASED = "erased", _("Données personnelles effacées")
    CANCELLED = "cancelled", _("Inscription annulée ou retirée")
    WAITING = "waiting", _("Sur liste d’attente, sans place")
    CANDIDATE = "candidate", _("Candidature, sans place")
    SESSION_OFF = "session_off", _("Session annulée")


MOVES: dict[LetterState, frozenset[LetterState]] = {
    LetterState.DRAFT: frozenset({LetterState.SENT}),
    LetterState.SENT: frozenset(),
}
FATES = [*MailState.choices, ("skipped", _("Laissé de côté"))]  # what the list of a sent letter can be narrowed to
