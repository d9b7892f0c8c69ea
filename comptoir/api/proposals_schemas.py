"""The shapes of the API of date proposals: what is proposed, to whom, and where each client stands."""

from datetime import datetime

from ninja import Field, Schema


class ProposalIn(Schema):
    """What is proposed. Absent: all the clients of the session, the words in force, a deadline a week on."""

    clients: list[str] | None = Field(None, max_length=5000)
    subject: str = Field("", max_length=1000)
    body: str = Field("", max_length=50_000)
    deadline: datetime | None = None
    to: dict[str, str] = Field(default_factory=dict)
    cc: str = Field("", max_length=4000)
    bcc: str = Field("", max_length=4000)


class AnswerOut(Schema):
    """One answer; the last one holds."""

    said: str
    comment: str
    other_dates: str
    at: datetime


class ProposalOut(Schema):
    """The dates of a session, proposed to one client."""

    reference: str
    session: str
    client: str
    client_name: str
    to: list[str]
    state: str
    sent_at: datetime
    deadline_at: datetime
    answered_at: datetime | None
    reminders: int


class ProposalDetail(ProposalOut):
    """The same, with the dates as they were told and every answer, oldest first."""

    place: str
    sittings: list[list[str]]
    answers: list[AnswerOut]


class ProposalsPage(Schema):
    """Proposals that hold, newest first; `next` is '' at the end."""

    next: str
    items: list[ProposalOut]


class SentOut(Schema):
    """What left: one proposal for each client, and the clients left aside because nothing says where to write."""

    reference: str
    created: bool
    proposals: list[ProposalOut]


class RemindedOut(Schema):
    """How many clients were asked again."""

    mails: int


class PartyOut(Schema):
    """A client of a session: « Confirmation dates client » (D9), and the sentence of its row (D8)."""

    client: str
    client_name: str
    contact: str
    email: str
    seats: int
    confirmation: str
    label: str
    sentence: str
    is_overdue: bool
    is_validated: bool
    proposal: str


class PartiesOut(Schema):
    """The clients of one session, by name."""

    session: str
    items: list[PartyOut]
