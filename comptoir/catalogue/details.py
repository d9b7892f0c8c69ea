"""What people write about an activity and a session: plain values, as the doors hand them to the commands."""

from dataclasses import dataclass
from datetime import date, datetime

from comptoir.catalogue.states import ActivityKind, SessionKind
from comptoir.catalogue.zones import HOME


@dataclass(frozen=True)
class ActivityDetails:
    """All that people write about an activity. Duration in minutes; ids are those of the organisation."""

    title: str
    kind: str = ActivityKind.COURSE
    code: str = ""
    theme_id: int | None = None
    promise: str = ""
    description: str = ""
    audience: str = ""
    prerequisites: str = ""
    programme: str = ""
    duration_minutes: int = 0
    owner_id: int | None = None


@dataclass(frozen=True)
class SessionDetails:
    """All that people write about a session. Price in cents without VAT, VAT in basis points, capacity None = no limit.

    `ends_on` None = the same day. Once the session has slots its days follow them, and these two must agree.
    """

    starts_on: date
    ends_on: date | None = None
    kind: str = SessionKind.INTER
    time_zone: str = HOME
    place: str = ""
    address: str = ""
    city: str = ""
    is_remote: bool = False
    remote_url: str = ""
    capacity: int | None = None
    price_cents: int = 0
    vat_bp: int = 2000
    opens_at: datetime | None = None
    closes_at: datetime | None = None
    owner_id: int | None = None
    assistant_id: int | None = None
    manager_ids: frozenset[int] = frozenset()
