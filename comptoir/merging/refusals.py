"""Why a merge, its undoing or a deletion is refused."""

from comptoir.base.errors import Refusal


class SameRecord(Refusal):
    """A record cannot be merged into itself."""

    code = "same-record"


class AlreadyEmptied(Refusal):
    """The record was merged into another: it is that one people mean."""

    code = "already-emptied"


class NotEmptied(Refusal):
    """Only a record that was merged into another is deleted."""

    code = "not-emptied"


class StillHolding(Refusal):
    """Something hangs on the record."""

    code = "still-holding"


class NotConfirmed(Refusal):
    """What was typed is not the record's number."""

    code = "not-confirmed"
    kind = "invalid"


class NoLongerUndone(Refusal):
    """Past 30 days, undone already, or one of the records is gone or was merged since."""

    code = "no-longer-undone"
