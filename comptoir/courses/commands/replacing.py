"""Ask the mailbox of an earlier sign-up; what it answers is done a floor above, where seats are sold."""

from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from comptoir.base import words
from comptoir.base.speaking import speaking
from comptoir.base.tokens import new_token
from comptoir.bookings.links import address_of
from comptoir.bookings.models import Registration
from comptoir.bookings.states import RegistrationState
from comptoir.catalogue.models import Session
from comptoir.courses.models import PublicCourse, Replacement
from comptoir.courses.queries import digest_of
from comptoir.mail import commands as mail
from comptoir.mail.drafts import Draft
from comptoir.organisations import addresses

VALID = timedelta(hours=48)


def lock_type(course: PublicCourse) -> None:
    """Two sign-ups to one type wait for each other: one person cannot come in twice at once."""
    same = PublicCourse.objects.select_for_update().filter(organisation=course.organisation_id, key=course.key)
    list(same.order_by("pk"))


def ask(
    earlier: Registration,
    session: Session,
    *,
    seat_type_id: int | None,
    method: str,
    terms_version: int | None,
    at: datetime,
) -> None:
    """The earlier one's mailbox is asked, once for each session in 48 hours; nothing else changes.

    A stranger who types the same names again and again makes one mail, and never the second link of one question.
    """
    Replacement.objects.filter(organisation=earlier.organisation_id, expires_at__lte=at).delete()
    if Replacement.objects.filter(earlier=earlier, session=session).exists():
        return
    token = new_token()
    values = {
        "organisation_id": earlier.organisation_id, "session": session, "seat_type_id": seat_type_id, "method": method,
        "terms_version": terms_version, "digest": digest_of(token), "expires_at": at + VALID,
    }  # fmt: skip
    Replacement.objects.update_or_create(earlier=earlier, defaults=values)
    url = addresses.page(earlier.booking.organisation, f"inscription/remplacer/{token}/")
    with speaking(earlier.booking.language):
        button = (_("Voir le remplacement"), url)
        _write(earlier, session, "course-replacing", button, digest_of(token)[:16], "", at=at)


def tell_kept(earlier: Registration, session: Session, *, at: datetime) -> None:
    """The earlier one's mailbox is told why it stays, once a day for each session; nothing else changes."""
    with speaking(earlier.booking.language):
        button = (_("Voir mon inscription"), address_of(earlier.booking))
        why = _why_kept(earlier, session)
        _write(earlier, session, "course-kept", button, f"{session.pk}:{at:%Y%m%d}", why, at=at)


def _why_kept(earlier: Registration, session: Session) -> str:
    if earlier.session_id == session.pk:
        return _("Vous êtes déjà inscrit à cette session.")
    if earlier.state == RegistrationState.VALIDATED:
        return _("Votre inscription est déjà validée\u00a0: pour en changer, écrivez-nous.")
    raise ValueError("an earlier sign-up that may be replaced is asked about")


def _write(
    earlier: Registration, session: Session, kind: str, button: tuple[str, str], key: str, why: str, *, at: datetime
) -> None:
    context = {
        "participant": str(earlier),
        "session": _named(earlier.session),
        "wanted": _named(session),
        **({"reason": why} if why else {"until": _("48 heures")}),
    }
    draft = Draft(
        earlier.organisation_id, kind, f"{kind}:{earlier.pk}:{key}", [earlier.email], context,
        earlier.booking.reference, button=button, organisation=earlier.booking.organisation,
    )  # fmt: skip
    mail.queue_many([draft], at=at)


def _named(session: Session) -> str:
    return f"{session.activity.title}, {words.span(session.starts_on, session.ends_on)}"
