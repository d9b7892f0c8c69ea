"""Every kind of mail the product sends, by code. A new one: an entry in `wording/`, a line here."""

from comptoir.mail.wording import (
    accounts,
    bookings,
    candidates,
    courses,
    enquiries,
    integration,
    letters,
    members,
    payments,
    preregistrations,
    proposals,
    sessions,
)
from comptoir.mail.wording.kind import Kind, Variable
from comptoir.mail.wording.variables import COMMON

KINDS: dict[str, Kind] = {
    kind.code: kind
    for kind in (
        preregistrations.CONTACT,
        preregistrations.ORGANISATION,
        enquiries.CONTACT,
        enquiries.ORGANISATION,
        integration.OWNER,
        integration.ASSISTANT,
        integration.SALES_REP,
        accounts.PASSWORD_LINK,
        accounts.ACCOUNT_NOTICE,
        accounts.CLIENT_ACCESS,
        accounts.CLIENT_NUMBER,
        members.SIGN_UP,
        members.KNOWN,
        members.INVITATION,
        members.VALIDATED,
        members.REFUSED,
        members.DUES,
        members.RENEWAL,
        members.DUES_MISSING,
        bookings.CONFIRMATION,
        bookings.EXPIRED,
        bookings.WAITING,
        bookings.OFFER,
        bookings.OFFER_EXPIRED,
        sessions.REMINDER,
        sessions.INVITATION,
        sessions.CHANGED,
        sessions.CANCELLED,
        payments.RECEIVED,
        letters.FREE,
        letters.CONVOCATION,
        proposals.PROPOSAL,
        proposals.REMINDER,
        proposals.RECEIPT,
        proposals.ANSWER_TO_US,
        proposals.CALLED_OFF,
        courses.REPLACING,
        courses.KEPT,
        candidates.RECORDED,
        candidates.SEATED,
        candidates.UNSEATED,
        candidates.ENDED,
    )
}


def variables_of(kind: Kind) -> tuple[Variable, ...]:
    """What this kind's words may use: its own variables, then those of every mail."""
    return (*kind.variables, *COMMON)


def label_of(code: str) -> str:
    """What people call this kind; its code when it is no longer sent."""
    return str(KINDS[code].label) if code in KINDS else code
