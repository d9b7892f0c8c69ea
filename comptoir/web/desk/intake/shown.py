"""A waiting request as its row shows it: what was typed beside what it became, sessions, people, the client."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.template.loader import render_to_string

from comptoir.clients.states import Certainty
from comptoir.integration import queries
from comptoir.integration.queries import Row
from comptoir.preregistrations.states import FileState
from comptoir.preregistrations.typed import original_people, originals

MARKS = {Certainty.CERTAIN: (3, "done"), Certainty.PROBABLE: (2, "wait"), Certainty.NONE: (0, "idle")}
PEOPLE_SHOWN = 3


@dataclass(frozen=True)
class Said:
    """One value: as it stands, and as it was typed when that differs (B5)."""

    now: str
    typed: str

    @property
    def is_corrected(self) -> bool:
        """Whether somebody corrected it."""
        return self.now != self.typed

    @property
    def shown(self) -> str:
        """The value alone while nobody corrected it: a page of a hundred rows has hundreds of them."""
        return render_to_string("desk/intake/_said.html", {"said": self}) if self.is_corrected else self.now


@dataclass(frozen=True)
class Wanted:
    """One session asked for, and its people; `more` of them are not listed."""

    session: Any
    people: Sequence[Said]
    count: int

    @property
    def more(self) -> int:
        """How many people are not listed."""
        return self.count - len(self.people)


@dataclass(frozen=True)
class Shown:
    """One row of the assistant's table."""

    row: Row
    is_chosen: bool = False

    @property
    def request(self) -> Any:
        """The request itself."""
        return self.row.request

    @cached_property
    def said(self) -> dict[str, Said]:
        """Every value of the requester by its column."""
        typed = originals(self.request.typed)
        return {name: Said(getattr(self.request, name), text) for name, text in typed.items()}

    @property
    def contact(self) -> Said:
        """The requester's name."""
        said = self.said
        first, last = said["first_name"], said["last_name"]
        return Said(f"{first.now} {last.now}".strip(), f"{first.typed} {last.typed}".strip())

    @property
    def sessions(self) -> list[Wanted]:
        """The sessions asked for, with the people each would take."""
        by_session: dict[int, list[tuple[Any, Said]]] = {}
        typed = original_people(self.request.typed)
        for line, was in zip(self.row.lines, typed, strict=False):
            said = Said(str(line), f"{was['first_name']} {was['last_name']}".strip())
            by_session.setdefault(line.session_id, []).append((line, said))
        return [
            Wanted(group[0][0].session, [said for _line, said in group[:PEOPLE_SHOWN]], len(group))
            for group in by_session.values()
        ]

    @property
    def client(self) -> Any:
        """Who the client is thought to be."""
        return self.row.client

    @property
    def certainty(self) -> dict[str, Any]:
        """The certainty as a word, marks out of three, and a tone."""
        marks, tone = MARKS[Certainty(self.client.certainty)]
        return {"word": Certainty(self.client.certainty).label, "marks": [n < marks for n in range(3)], "tone": tone}

    @property
    def may_remove(self) -> bool:
        """A guess or a choice can be taken away; that somebody had signed in cannot."""
        return self.client.proposed_id is not None and (self.client.is_by_hand or not self.client.is_signed_in)

    @property
    def file_problem(self) -> str:
        """Why no run can take it, in words; '' when its file is in the spool."""
        file = self.request.file
        return "" if file.state == FileState.IN_SPOOL else (file.reason or str(FileState(file.state).label))


def rows(requests: Sequence[Any], *, chosen: Collection[int] | None = None, organisation_id: int) -> list[Shown]:
    """The rows of a page: constant queries, whatever their number."""
    ticked = frozenset(chosen or ())
    found: Iterable[Row] = queries.rows(requests, organisation_id=organisation_id)
    return [Shown(row, row.request.pk in ticked) for row in found]
