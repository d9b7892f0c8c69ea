"""The end of a run: it is finished, its mails are queued, its report is owed, in one transaction (B15, B16)."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from itertools import chain

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from comptoir.base import words
from comptoir.base.speaking import in_house
from comptoir.bookings.models import Registration
from comptoir.catalogue.models import Session
from comptoir.deals.models import Deal, DealLine
from comptoir.integration.models import Run, RunLine
from comptoir.integration.states import RunState
from comptoir.journal import commands as journal
from comptoir.mail import commands as mail
from comptoir.organisations import addresses
from comptoir.organisations.actors import Actor
from comptoir.organisations.models import Staff
from comptoir.preregistrations.models import Request

MOST_SHOWN = 40  # lines in one mail; the rest is counted, and the report has them all


@dataclass
class Letter:
    """What one person is told: in which roles, and one line for each thing that concerns that person."""

    roles: set[str] = field(default_factory=set)
    lines: dict[str, dict[str, None]] = field(default_factory=dict)  # heading → lines, in order, each once

    def add(self, role: str, heading: str, line: str) -> None:
        """One more thing that concerns this person."""
        self.roles.add(role)
        self.lines.setdefault(heading, {})[line] = None

    @property
    def count(self) -> int:
        """How many things."""
        return sum(map(len, self.lines.values()))


type Concern = tuple[str, int, str, str]  # role, staff id, heading, line
KINDS = (("owner", "integration-owner"), ("assistant", "integration-assistant"), ("sales_rep", "integration-sales-rep"))


def finish(run: Run, *, by: Actor, at: datetime) -> None:
    """The run is finished and each person concerned has one mail in the outbox; again changes nothing."""
    with transaction.atomic():
        rows = Run.objects.select_for_update().filter(pk=run.pk, state=RunState.RUNNING)
        if not rows.exists():
            return
        Request.objects.filter(organisation_id=run.organisation_id, claim=run.reference, state="pending").update(
            claim=""
        )
        _tell(run, at=at)
        Run.objects.filter(pk=run.pk).update(state=RunState.FINISHED, finished_at=at, held_until=None)
        journal.record(what="intake.run-finished", about=run.reference, by=by, at=at)


@in_house
def _tell(run: Run, *, at: datetime) -> None:
    letters = _letters(run)
    people = Staff.objects.filter(pk__in=letters, is_active=True).select_related("user").order_by("pk")
    for person in people:
        letter = letters[person.pk]
        kind = next(kind for role, kind in KINDS if role in letter.roles)
        mail.queue(
            organisation_id=run.organisation_id, kind=kind, key=f"run:{run.reference}:staff:{person.pk}",
            to=[person.user.email], about=run.reference, at=at,
            context={
                "recipient": person.user.full_name, "run": run.reference, "counted": _counted(letter),
                "lines": _shown(letter),
            },
            button=(_("Ouvrir le compte rendu"), _report_page(run)),
        )  # fmt: skip


def _report_page(run: Run) -> str:
    return addresses.page(run.organisation, f"bureau/importation/integrations/{run.reference}/")


def _letters(run: Run) -> dict[int, Letter]:
    """Staff id → what concerns that person: sessions for owner and assistant, deals for the sales rep (B16)."""
    letters: dict[int, Letter] = {}
    for role, staff_id, heading, line in _concerns(run):
        letters.setdefault(staff_id, Letter()).add(role, heading, line)
    return letters


def _concerns(run: Run) -> Iterable[Concern]:
    if run.mail_owner or run.mail_assistant:
        yield from _of_sessions(run)
    if run.mail_sales_rep:
        deals = Deal.objects.filter(pk__in=_lines(run).values("deal"), owner__isnull=False).order_by("pk")
        for owner_id, reference, title, cents in deals.values_list("owner", "reference", "title", "amount_cents"):
            if owner_id:
                line = f"{reference} : {title}, {words.money(cents)} HT"
                yield "sales_rep", owner_id, _("Dossiers commerciaux"), line


def _of_sessions(run: Run) -> Iterable[Concern]:
    """Each registration and each hope, for the owner and the assistant of its session; plain tuples, for thousands."""
    told: dict[int, _Session] = {}
    for session_id, first, last, reference in chain(_registered(run), _hoped(run)):
        if session_id not in told:
            told[session_id] = _Session(run, session_id)
        line = f"{first} {last} : {reference}"
        for role, staff_id in told[session_id].people:
            yield role, staff_id, told[session_id].title, line


class _Session:
    """Who is told about one session, and under which title."""

    def __init__(self, run: Run, session_id: int) -> None:
        session = Session.objects.select_related("activity").get(pk=session_id)
        self.title = f"{session.activity.title}, {words.span(session.starts_on, session.ends_on)}"
        owner_id = session.owner_id or session.activity.owner_id
        wanted = (("owner", run.mail_owner, owner_id), ("assistant", run.mail_assistant, session.assistant_id))
        self.people = [(role, staff_id) for role, is_ticked, staff_id in wanted if is_ticked and staff_id]


def _lines(run: Run) -> QuerySet[RunLine]:
    return RunLine.objects.filter(run=run)


def _registered(run: Run) -> Iterable[tuple[int, str, str, str]]:
    rows = Registration.objects.filter(booking__in=_lines(run).filter(booking__isnull=False).values("booking"))
    named = rows.order_by("session__starts_on", "session_id", "pk")
    return named.values_list("session_id", "first_name", "last_name", "booking__reference").iterator()


def _hoped(run: Run) -> Iterable[tuple[int, str, str, str]]:
    rows = DealLine.objects.filter(deal__in=_lines(run).filter(deal__isnull=False).values("deal"))
    named = rows.order_by("session__starts_on", "session_id", "pk")
    return named.values_list("session_id", "first_name", "last_name", "deal__reference").iterator()


def _counted(letter: Letter) -> str:
    return ngettext("%(n)s ligne", "%(n)s lignes", letter.count) % {"n": words.thousands(letter.count)}


def _shown(letter: Letter) -> str:
    shown: list[str] = []
    for heading, lines in letter.lines.items():
        shown += [heading, *(f"– {line}" for line in lines)]
    more = len(shown) - MOST_SHOWN
    if more <= 0:
        return "\n".join(shown)
    end = ngettext("et %(n)s autre ligne", "et %(n)s autres lignes", more) % {"n": words.thousands(more)}
    return "\n".join([*shown[:MOST_SHOWN], end])
