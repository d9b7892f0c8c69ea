"""What a client sees by the link of a mail: the dates, the answer given, or why none can be given any more."""

from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby

from comptoir.base.errors import Refusal
from comptoir.catalogue.hours import SlotTimes
from comptoir.proposals import queries, schedule, telling
from comptoir.proposals.commands.answering import NotInForce, TooLate, check_in_force
from comptoir.proposals.links import opened_by
from comptoir.proposals.models import Answer, DateProposal

Day = tuple[date, list[SlotTimes]]


@dataclass(frozen=True)
class Own:
    """One proposal as its page shows it. Not in force, it tells nothing of the client, nor of old dates."""

    proposal: DateProposal
    days: list[Day]
    deadline: str
    answer: Answer | None
    is_validated: bool
    refusal: Refusal | None = None

    @property
    def is_open(self) -> bool:
        """Whether an answer can be given, or changed."""
        return self.refusal is None

    @property
    def is_late(self) -> bool:
        """Whether only the deadline stands against it: the dates still hold, and are shown."""
        return isinstance(self.refusal, TooLate)


def own(reference: str, link: str, *, organisation_id: int, at: datetime) -> Own | None:
    """What the link opens; None for any other link, in the same time."""
    proposal = opened_by(reference, link, organisation_id=organisation_id)
    if proposal is None:
        return None
    session, zone = proposal.session, proposal.session.time_zone
    refusal: Refusal | None = None
    if proposal.erased_at:
        return Own(proposal, [], "", None, False, NotInForce(""))
    try:
        check_in_force(proposal, session, at=at)
    except Refusal as found:
        refusal = found
    row = queries.row_of(proposal)
    is_validated = row is not None and row.is_validated(session.calendar_sequence)
    told = telling.values(proposal)
    days = _days(proposal.sending.schedule, zone)
    return Own(proposal, days, told["deadline"], queries.last_answer(proposal), is_validated, refusal)


def _days(kept: schedule.Kept, zone: str) -> list[Day]:
    local = schedule.as_lived(schedule.sittings(kept), zone)
    return [(day, list(some)) for day, some in groupby(local, lambda one: one.on)]
