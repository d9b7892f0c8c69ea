"""The shapes of the API of clients: who asks, who they are, which records may be one."""

from datetime import datetime

from ninja import Field, Schema


class AskedIn(Schema):
    """Who a requester says to be; a program names it by an `id` of its own."""

    id: str = Field("", max_length=60)
    legal_name: str = Field("", max_length=1000)
    siret: str = Field("", max_length=1000)
    number: str = Field("", max_length=1000)
    email: str = Field("", max_length=1000)
    phone: str = Field("", max_length=1000)
    address: str = Field("", max_length=1000)
    postcode: str = Field("", max_length=1000)
    city: str = Field("", max_length=1000)
    contact: str = Field("", max_length=1000)


class MatchIn(Schema):
    """Up to 500 requesters."""

    requests: list[AskedIn] = Field(max_length=500)


class MatchOut(Schema):
    """The client one of them most likely is: its number, its id as imported; `others` answer as well."""

    id: str
    client: str
    imported_id: str
    legal_name: str
    certainty: str
    score: float
    reason: str
    others: list[str]


class MatchesOut(Schema):
    """One for each requester, in order."""

    items: list[MatchOut]


class ScanOut(Schema):
    """A search for duplicates: how far it is, what it found, or why it stopped."""

    state: str
    is_whole: bool
    position: int
    total: int
    certain: int
    probable: int
    failure: str
    finished_at: datetime | None


class ScanIn(Schema):
    """What is compared: what changed since the last search, or everything."""

    whole: bool = False


class SideOut(Schema):
    """One client of a pair."""

    client: str
    imported_id: str
    legal_name: str
    city: str


class PairOut(Schema):
    """Two clients that may be one."""

    left: SideOut
    right: SideOut
    certainty: str
    score: float
    reason: str


class PairsPage(Schema):
    """Pairs, the surest first, and the search they come from; `next` is '' at the end."""

    scan: ScanOut | None
    next: str
    items: list[PairOut]
