"""The shapes of the API: what comes in, what goes out. Amounts are in cents without VAT."""

from datetime import date, datetime

from ninja import Field, Schema


class Problem(Schema):
    """One field at fault, or one rule that said no."""

    code: str
    field: str
    sentence: str


class Refused(Schema):
    """A refusal: a stable code for programs, a French sentence for people, and every problem found."""

    code: str
    sentence: str
    problems: list[Problem] = []


class RateOut(Schema):
    """A rate of a session."""

    id: int
    name: str
    price_cents: int
    seats_left: int | None


class AddOnOut(Schema):
    """What a participant may take beside the seat, `most` of it; `left` null = no limit."""

    id: int
    name: str
    price_cents: int
    most: int
    left: int | None


class SessionOut(Schema):
    """A session on sale. `seats_left` null = no limit. `is_direct`: booked, not requested.

    `methods`: by what a booking is paid; `people_waiting`: while there are some, what is free is offered to them first.
    """

    reference: str
    activity: str
    activity_slug: str
    starts_on: date
    ends_on: date
    place: str
    city: str
    is_remote: bool
    price_cents: int
    vat_bp: int
    seats_left: int | None
    rates: list[RateOut]
    is_direct: bool
    has_waiting_list: bool
    people_waiting: int
    methods: list[str]
    add_ons: list[AddOnOut]


class SessionsOut(Schema):
    """One page of sessions on sale, soonest first."""

    count: int
    page: int
    pages: int
    items: list[SessionOut]


class TermsOut(Schema):
    """The terms of sale in force: their version is to be sent back with a request."""

    version: int
    text: str


class ClientIn(Schema):
    """Who asks to pay."""

    legal_name: str
    kind: str = "firm"
    siret: str = ""
    number: str = ""
    address: str = ""
    postcode: str = ""
    city: str = ""


class ContactIn(Schema):
    """Who asks."""

    first_name: str
    last_name: str
    email: str
    phone: str = ""


class ParticipantIn(Schema):
    """One person for one session, by its reference; `rate` when the session has rates."""

    session: str
    first_name: str
    last_name: str
    email: str = ""
    rate: int | None = None


class GuestIn(ParticipantIn):
    """The same for a booking; `add_ons`: the id of each add-on taken and how many."""

    add_ons: dict[int, int] = Field(default={}, max_length=50)


class BookingIn(Schema):
    """A booking to be made. Prices are the server's; `wait`: on the waiting list, when it is full."""

    client: ClientIn
    contact: ContactIn
    participants: list[GuestIn] = Field(min_length=1, max_length=500)
    method: str = ""
    wait: bool = False
    terms_version: int | None = None
    message: str = ""


class BookedOut(Schema):
    """The booking made: `page`, the secret address of its registrant; `held_until`, when its unpaid seats are freed."""

    reference: str
    created: bool
    page: str
    owed_cents: int
    method: str
    held_until: datetime | None


class PreregistrationIn(Schema):
    """One pre-registration. Prices are the server's: none can be sent."""

    client: ClientIn
    contact: ContactIn
    participants: list[ParticipantIn] = Field(min_length=1, max_length=500)
    terms_version: int | None = None
    message: str = ""


class PreregistrationOut(Schema):
    """The request that lies in the spool; `created` is false when the idempotency key had made it before."""

    reference: str
    created: bool


class WaitingOut(Schema):
    """A request that waits in the assistant, with the client recognised."""

    reference: str
    received_at: datetime
    client: str
    email: str
    participants: int
    match: str
    certainty: str
    reason: str


class WaitingPage(Schema):
    """One page of waiting requests, oldest first."""

    count: int
    page: int
    pages: int
    items: list[WaitingOut]


class PlannedOut(Schema):
    """Where one request would go, and why."""

    reference: str
    client: str
    place: str
    reason: str


class PlanOut(Schema):
    """The dry run: figures for all, and the first lines."""

    total: int
    places: dict[str, int]
    items: list[PlannedOut]


class ApplyIn(Schema):
    """The options of a run (B12–B16). `references` null = every waiting request."""

    method: str = "deals"
    references: list[str] | None = None
    sales_rep: str = ""
    territory: str = ""
    level: str = ""
    no_mail: list[str] = []
    print_report: bool = False


class RunOut(Schema):
    """A run and how far it is."""

    reference: str
    state: str
    total: int
    done: int
    skipped: int
    places: dict[str, int]
    report: str


class PersonOut(Schema):
    """One registration. Price in cents without VAT, VAT in basis points."""

    id: int
    booking: str
    position: int
    session: str
    activity: str
    starts_on: date
    rate: str
    first_name: str
    last_name: str
    email: str
    state: str
    level: str
    price_cents: int
    vat_bp: int


class PeoplePage(Schema):
    """A page of registrations, newest booking first. `next`: the mark of the page after, '' at the end."""

    count: int
    is_capped: bool
    next: str
    items: list[PersonOut]


class EntryOut(Schema):
    """A payment or a refund, in cents."""

    number: int
    kind: str
    method: str
    amount_cents: int
    settled_on: date


class BookingOut(Schema):
    """A booking, its people and its ledger. Amounts in cents, VAT included."""

    reference: str
    status: str
    payment: str
    owed_cents: int
    paid_cents: int
    contact_name: str
    contact_email: str
    contact_phone: str
    client: str
    label: str
    people: list[PersonOut]
    entries: list[EntryOut]


class SettledIn(Schema):
    """A payment received or a refund made. `notify` writes to the contact of a payment."""

    amount_cents: int
    method: str
    settled_on: date
    comment: str = ""
    notify: bool = False
