"""Refusals: what the product says no to, in words a person can act on."""

from collections.abc import Callable
from typing import ClassVar, Literal

Kind = Literal["invalid", "forbidden", "missing", "conflict", "unavailable"]


class Refusal(Exception):
    """A rule said no. Anything else that is raised is a bug and is logged as one.

    `code` is stable (for programs), `sentence` is French as shown (for people), `field` names the
    input at fault when there is one. `kind` decides the HTTP status and the exit code at the doors.
    """

    code: ClassVar[str] = "refused"
    kind: ClassVar[Kind] = "conflict"

    def __init__(self, sentence: str, *, field: str = "") -> None:
        super().__init__(sentence)
        self.sentence = str(sentence)
        self.field = field


class Invalid(Refusal):
    """What was typed cannot be accepted as it stands."""

    code = "invalid"
    kind: ClassVar[Kind] = "invalid"


class Missing(Refusal):
    """No such object in the reader's organisation: same answer as a number never used."""

    code = "missing"
    kind: ClassVar[Kind] = "missing"


class Forbidden(Refusal):
    """The person is known and may not do this."""

    code = "forbidden"
    kind: ClassVar[Kind] = "forbidden"


class Several(Invalid):
    """Several inputs at fault at once: every one is named (E4)."""

    code = "several"

    def __init__(self, refusals: list[Refusal]) -> None:
        super().__init__(" ".join(one.sentence for one in refusals))
        self.refusals = refusals


def refuse_all(refusals: list[Refusal]) -> None:
    """Raise what was found: nothing, the only one there is, or all of them at once."""
    if len(refusals) == 1:
        raise refusals[0]
    if refusals:
        raise Several(refusals)


def attempt[**P](command: Callable[P, object], *args: P.args, **kwargs: P.kwargs) -> Refusal | None:
    """Run a command for its effect; give back the refusal instead of raising it."""
    try:
        command(*args, **kwargs)
    except Refusal as refusal:
        return refusal
    return None
