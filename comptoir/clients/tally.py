"""What an import did, or would do: counts, and the first problems in sentences."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import cast

from django.utils.translation import gettext as _

from comptoir.base.errors import Refusal
from comptoir.base.outcome import Outcome
from comptoir.clients.importable import Row
from comptoir.clients.reading import Line

MOST_PROBLEMS = 500  # sentences kept; the counts are of all


@dataclass
class Tally(Outcome[int]):
    """An outcome whose items are too many to keep: `done` stays empty, the counts speak. Sentences hold no value."""

    created: int = 0
    changed: int = 0
    unchanged: int = 0
    refused: int = 0
    problems: list[dict[str, object]] = field(default_factory=list)

    @property
    def total(self) -> int:
        """Lines handled."""
        return self.created + self.changed + self.unchanged + self.refused

    @property
    def counts(self) -> dict[str, int]:
        """The four counts by name."""
        return {name: getattr(self, name) for name in ("created", "changed", "unchanged", "refused")}

    def sort_out(self, lines: Iterable[Line]) -> list[Row]:
        """The rows that can be taken; refusals and remarks are noted."""
        rows = []
        for line in lines:
            if line.row is None:
                self._refuse(line.number, cast(Refusal, line.refusal))
                continue
            rows.append(line.row)
            for sentence in line.row.remarks:
                self._note(line.number, sentence, refused=False)
        return rows

    def _refuse(self, line: int, refusal: Refusal) -> None:
        self.refused += 1
        if self._note(line, refusal.sentence, refused=True):
            self.skip(_("ligne %(n)s") % {"n": line}, refusal)

    def _note(self, line: int, sentence: str, *, refused: bool) -> bool:
        if len(self.problems) >= MOST_PROBLEMS:
            return False
        self.problems.append({"line": line, "sentence": sentence, "refused": refused})
        return True
