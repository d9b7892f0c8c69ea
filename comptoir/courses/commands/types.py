"""Say that an activity is a public course, and of what type."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from comptoir.base.errors import Invalid
from comptoir.base.text import clean_line, folded
from comptoir.bookings.states import SeatOrder
from comptoir.catalogue.commands.rows import locked_activity
from comptoir.catalogue.rules import rules_of
from comptoir.courses.models import PublicCourse
from comptoir.journal import commands as journal
from comptoir.organisations.actors import Actor

LONGEST = 60


@transaction.atomic
def set_type(*, activity_id: int, name: str, seat_order: str = SeatOrder.ARRIVAL, by: Actor, at: datetime) -> None:
    """The activity is a public course of that type, its seats given in that order from the next sign-up on; those
    signed up before keep what they were told. With an empty name, it is a public course no more.

    Refuses: Forbidden, Missing, Invalid on `name` (too long, or sign-ups to it are requests) or `seat_order`.
    """
    activity = locked_activity(activity_id, by=by)
    name = clean_line(name)
    if len(name) > LONGEST:
        raise Invalid(_("Ce texte est trop long\u00a0: 60 caractères au plus."), field="name")
    if name and not rules_of([activity.pk])[activity.pk].is_direct:
        said = _("Ouvrez d’abord la réservation directe de cette activité\u00a0: une formation publique en a besoin.")
        raise Invalid(said, field="name")
    if seat_order not in SeatOrder.values:
        raise Invalid(_("Choisissez un ordre d’attribution de la liste."), field="seat_order")
    known = PublicCourse.objects.filter(activity=activity).first()
    if (name, seat_order if name else "") == ((known.name, known.seat_order) if known else ("", "")):
        return
    if name:
        values = {
            "organisation_id": activity.organisation_id, "name": name, "key": folded(name), "seat_order": seat_order,
        }  # fmt: skip
        PublicCourse.objects.update_or_create(activity=activity, defaults=values)
    else:
        PublicCourse.objects.filter(activity=activity).delete()
    journal.record(what="activity.course-set", about=activity.slug[:60], by=by, at=at, detail={"id": activity.pk})
