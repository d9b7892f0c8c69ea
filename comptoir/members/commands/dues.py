"""The dues of a year: recorded once, taken back when it was a mistake."""

from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from comptoir.base.errors import Invalid, Missing, Refusal, refuse_all
from comptoir.members.commands import writing
from comptoir.members.commands.rows import in_hand, record
from comptoir.members.models import Dues
from comptoir.members.states import Means
from comptoir.organisations.actors import Actor

DEAREST = 1_000_000  # cents: a slip of the keyboard is dearer
FIRST_YEAR = 2000


class YearPaid(Refusal):
    """The dues of that year are recorded already."""

    code = "year-paid"


@transaction.atomic
def record_dues(
    *, member_id: int, year: int, paid_on: date, amount_cents: int, means: str, by: Actor, at: datetime
) -> int:
    """The dues of that year are recorded, in cents, the member is told, and their id is returned.

    Refuses: Forbidden, Missing, Invalid (every field at fault), YearPaid.
    """
    member = in_hand(member_id, by=by)
    refuse_all(_problems(year, paid_on, amount_cents, means, localdate(at)))
    try:
        with transaction.atomic():
            dues = Dues.objects.create(
                member=member, year=year, paid_on=paid_on, amount_cents=amount_cents, means=means, recorded_at=at,
                recorded_by_id=by.user_id,
            )  # fmt: skip
    except IntegrityError as error:
        raise YearPaid(_("La cotisation de %(year)s est déjà enregistrée.") % {"year": year}, field="year") from error
    writing.received(member, dues, at=at)
    record("member.dues-recorded", member, by=by, at=at, detail={"year": year, "cents": amount_cents})
    return dues.pk


@transaction.atomic
def withdraw_dues(*, member_id: int, dues_id: int, by: Actor, at: datetime) -> None:
    """The year is not paid any more: it was recorded by mistake. Refuses: Forbidden, Missing."""
    member = in_hand(member_id, by=by)
    dues = Dues.objects.filter(pk=dues_id, member=member).first()
    if dues is None:
        raise Missing(_("Cette cotisation n’existe pas."))
    year = dues.year
    dues.delete()
    record("member.dues-withdrawn", member, by=by, at=at, detail={"year": year})


def _problems(year: int, paid_on: date, amount_cents: int, means: str, today: date) -> list[Refusal]:
    found: list[Refusal] = []
    if not FIRST_YEAR <= year <= today.year + 1:
        found.append(Invalid(_("Choisissez une année passée, celle-ci ou la suivante."), field="year"))
    if paid_on > today:
        found.append(Invalid(_("Une cotisation reçue l’a été aujourd’hui au plus tard."), field="paid_on"))
    if not 0 <= amount_cents <= DEAREST:
        found.append(Invalid(_("Indiquez un montant entre 0 et 10\u202f000\u00a0€."), field="amount_cents"))
    if means not in Means.values:
        found.append(Invalid(_("Choisissez comment la cotisation a été payée."), field="means"))
    return found
