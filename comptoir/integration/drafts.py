"""Where a person stands in the assistant, and who else is in it; reading writes nothing."""

from collections.abc import Collection
from dataclasses import dataclass, fields
from datetime import datetime, timedelta

from comptoir.integration.models import Draft, Run
from comptoir.integration.options import Options
from comptoir.integration.states import Method
from comptoir.organisations.actors import Actor
from comptoir.preregistrations.queries import intake

STEPS = ("data", "method", "options", "validation")
AT_WORK = timedelta(minutes=10)  # whoever saved a step so recently is probably still there
_OPTIONS = {one.name for one in fields(Options)}


@dataclass(frozen=True)
class Standing:
    """What one person has chosen so far. `request_ids` None: every waiting request. `ticket` '': nothing chosen yet."""

    request_ids: tuple[int, ...] | None = None
    method: Method = Method.DEALS
    options: Options = Options()  # noqa: RUF009  # frozen
    reached: str = STEPS[0]
    ticket: str = ""
    touched_at: datetime | None = None

    def has_reached(self, step: str) -> bool:
        """Whether the person got as far as this step."""
        return STEPS.index(step) <= STEPS.index(self.reached)


@dataclass(frozen=True)
class Gone:
    """Requests chosen by one person that are no longer to be integrated: who took them, when, in which run.

    `run` is '' for the bin. `references` is empty when the person had chosen « all »: then only `count` is known.
    """

    by_name: str
    at: datetime | None
    run: str
    references: tuple[str, ...]
    count: int


def standing(*, seen_by: Actor) -> Standing:
    """The reader's own draft; the beginning when there is none."""
    found = _drafts(seen_by).filter(user_id=seen_by.user_id).first()
    return of(found) if found else Standing()


def of(draft: Draft) -> Standing:
    """The draft's row as values; an option that no longer exists is left out."""
    known = {name: value for name, value in draft.options.items() if name in _OPTIONS}
    reached = draft.options.get("reached", STEPS[0])
    return Standing(
        tuple(draft.selection) or None, Method(draft.method), Options(**known),
        reached if reached in STEPS else STEPS[0], draft.ticket, draft.touched_at,
    )  # fmt: skip


def others_at_work(*, seen_by: Actor, at: datetime) -> list[str]:
    """The names of the colleagues who are in the assistant now."""
    rows = _drafts(seen_by).filter(touched_at__gt=at - AT_WORK).exclude(user_id=seen_by.user_id)
    return [draft.user.full_name for draft in rows.select_related("user").order_by("user__last_name", "pk")]


def gone(found: Standing, *, seen_by: Actor) -> list[Gone]:
    """What others took or threw away of this choice since it was made: the second of two is told who (T07)."""
    if not found.touched_at or not seen_by.works_intake:
        return []
    if found.request_ids is None:
        return _runs_since(found.touched_at, seen_by)
    return _taken(found.request_ids, seen_by) + _binned(found.request_ids, seen_by)


def _drafts(seen_by: Actor):  # type: ignore[no-untyped-def]
    if not seen_by.works_intake:
        return Draft.objects.none()
    return Draft.objects.filter(organisation_id=seen_by.organisation_id)


def _runs_since(moment: datetime, seen_by: Actor) -> list[Gone]:
    rows = Run.objects.filter(organisation_id=seen_by.organisation_id, created_at__gte=moment)
    rows = rows.exclude(by_user_id=seen_by.user_id).order_by("pk")
    return [Gone(run.by_name, run.created_at, run.reference, (), run.total) for run in rows]


def _taken(ids: Collection[int], seen_by: Actor) -> list[Gone]:
    by_run: dict[str, list[str]] = {}
    for reference, claim in intake.taken(ids, seen_by=seen_by):
        by_run.setdefault(claim, []).append(reference)
    runs = Run.objects.filter(organisation_id=seen_by.organisation_id, reference__in=by_run).order_by("pk")
    return [
        Gone(run.by_name, run.created_at, run.reference, tuple(by_run[run.reference]), len(by_run[run.reference]))
        for run in runs
    ]


def _binned(ids: Collection[int], seen_by: Actor) -> list[Gone]:
    by_person: dict[str, list[tuple[str, datetime]]] = {}
    for reference, name, moment in intake.binned_among(ids, seen_by=seen_by):
        by_person.setdefault(name, []).append((reference, moment))
    return [
        Gone(name, max(moment for _one, moment in found), "", tuple(one for one, _moment in found), len(found))
        for name, found in by_person.items()
    ]
