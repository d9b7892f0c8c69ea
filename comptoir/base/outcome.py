"""What a batch answers: what was done, and what was skipped with its reason."""

from dataclasses import dataclass, field

from comptoir.base.errors import Refusal


@dataclass(frozen=True)
class Skipped:
    """One item the batch left alone, and the sentence saying why."""

    name: str
    refusal: Refusal


@dataclass
class Outcome[T]:
    """Done and skipped items of a batch; a batch never stops at the first refusal."""

    done: list[T] = field(default_factory=list)
    skipped: list[Skipped] = field(default_factory=list)

    def skip(self, name: str, refusal: Refusal) -> None:
        """Note one item left alone."""
        self.skipped.append(Skipped(name, refusal))
