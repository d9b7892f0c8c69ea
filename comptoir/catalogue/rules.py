"""How an activity is booked, and what a registrant may do alone, until which day (C11–C13)."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, fields
from datetime import date, datetime, timedelta

from comptoir.base.prepared import Prepared
from comptoir.catalogue.models import Activity, SaleRules, Session
from comptoir.catalogue.states import PayMethod

CARD_HOLD = timedelta(minutes=30)  # to type a card's number: nobody needs days


@dataclass(frozen=True)
class Rules:
    """The rules of one activity; without a row, sign-ups are requests and a registrant may do nothing alone."""

    may_cancel: bool = False
    may_rename: bool = False
    until_days: int = 2
    may_change_add_ons: bool = False
    may_change_method: bool = False
    is_direct: bool = False
    takes_cheque: bool = False
    takes_transfer: bool = False
    takes_purchase_order: bool = False
    takes_card: bool = False
    hold_days: int = 15
    deposit_percent: int = 0
    has_waiting_list: bool = False
    offer_hours: int = 48
    reminder_days: int = 0

    def last_day(self, starts_on: date) -> date:
        """The last day on which a registrant of a session that starts then may act."""
        return starts_on - timedelta(days=self.until_days)

    @property
    def methods(self) -> tuple[PayMethod, ...]:
        """By what a booking may be paid, in the order they are shown."""
        taken = {
            PayMethod.CARD: self.takes_card,
            PayMethod.TRANSFER: self.takes_transfer,
            PayMethod.CHEQUE: self.takes_cheque,
            PayMethod.PURCHASE_ORDER: self.takes_purchase_order,
        }
        return tuple(method for method, is_taken in taken.items() if is_taken)

    @property
    def gives_a_right(self) -> bool:
        """Whether a registrant may do anything alone."""
        return self.may_cancel or self.may_rename or self.may_change_add_ons or self.may_change_method


_OF_ACTIVITIES: Prepared[SaleRules] = Prepared(lambda activities: SaleRules.objects.filter(activity__in=activities))


def rules_of(activity_ids: Collection[int]) -> dict[int, Rules]:
    """Activity → its rules; one query."""
    known = {one.activity_id: _read(one) for one in _OF_ACTIVITIES.all(activities=activity_ids)}
    return {pk: known.get(pk, Rules()) for pk in activity_ids}


def rules_at_hand(activity: Activity) -> Rules:
    """The rules of an activity that was loaded with them."""
    return _read(activity.rules) if hasattr(activity, "rules") else Rules()


def _read(row: SaleRules) -> Rules:
    return Rules(**{one.name: getattr(row, one.name) for one in fields(Rules)})


def methods_of(rules: Iterable[Rules]) -> tuple[PayMethod, ...]:
    """What all of these activities take: a booking is paid by one method."""
    each = [one.methods for one in rules]
    return tuple(method for method in each[0] if all(method in others for others in each)) if each else ()


def held_until(rules: Iterable[Rules], sessions: Iterable[Session], *, since: datetime, method: str = "") -> datetime:
    """Until when a booking made then keeps its seats unpaid: the shortest delay, and never past a beginning."""
    is_card = method == PayMethod.CARD
    delays = [since + (CARD_HOLD if is_card else timedelta(days=one.hold_days)) for one in rules]
    return min([*delays, *(session.begins_at for session in sessions)])


def deposit_cents(rules: Iterable[Rules], total_cents: int) -> int:
    """What must be paid of a total for its people to be validated: all of it, unless each activity asks a part."""
    parts = [one.deposit_percent or 100 for one in rules]
    return -(-total_cents * max(parts, default=100) // 100)
