"""Who a letter goes to: those chosen, sorted into mails (one for an address of a booking) and into reasons for none."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace

from comptoir.bookings.queries import registrations
from comptoir.bookings.states import CLOSED, RegistrationState
from comptoir.catalogue.states import SessionState
from comptoir.letters.models import Letter
from comptoir.letters.states import Audience, Skipped
from comptoir.mail.wording.letters import CONVOCATION
from comptoir.organisations.actors import Actor

READ = (
    "pk", "booking_id", "booking__reference", "position", "first_name", "last_name", "email", "state", "session_id",
    "session__state", "booking__contact_name", "booking__contact_email", "booking__erased_at",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Person:
    """One registration chosen, with what its mail needs."""

    pk: int
    booking_id: int
    reference: str
    position: int
    name: str
    email: str
    state: str
    session_id: int
    is_session_off: bool
    contact_name: str
    contact_email: str
    is_erased: bool

    @property
    def is_closed(self) -> bool:
        """Cancelled, or withdrawn."""
        return self.state in CLOSED


@dataclass(frozen=True)
class Group:
    """One mail: its address, and the people of one booking it is about."""

    address: str
    people: tuple[Person, ...]

    @property
    def first(self) -> Person:
        """Whose booking it is, and by whom it is called."""
        return self.people[0]


@dataclass
class Sorted:
    """What becomes of those chosen; `outside`: how many of them the reader cannot see."""

    groups: list[Group] = field(default_factory=list)
    skipped: list[tuple[Person, Skipped]] = field(default_factory=list)
    outside: int = 0


@dataclass(frozen=True)
class Rules:
    """To whom a letter goes, among those chosen."""

    audience: str
    with_cancelled: bool
    is_convocation: bool

    @classmethod
    def of(cls, letter: Letter) -> "Rules":
        """Those of a letter."""
        return cls(letter.audience, letter.with_cancelled, letter.kind == CONVOCATION.code)

    def to(self, audience: str) -> "Rules":
        """The same, for others."""
        return replace(self, audience=audience)

    def address(self, person: Person) -> str:
        """Where this person, or whoever booked, is written to."""
        return (person.contact_email if self.audience == Audience.CONTACTS else person.email).strip()

    def why_not(self, person: Person) -> Skipped | None:
        """Why this person is left out; None when not."""
        if person.is_erased:
            return Skipped.ERASED
        if person.is_closed and not self.with_cancelled:
            return Skipped.CANCELLED
        if self.is_convocation and person.state == RegistrationState.WAITING:
            return Skipped.WAITING
        if self.is_convocation and person.state == RegistrationState.CANDIDATE:
            return Skipped.CANDIDATE
        if self.is_convocation and person.is_session_off:
            return Skipped.SESSION_OFF
        return None if self.address(person) else Skipped.NO_ADDRESS


def chosen(ids: Collection[int], *, seen_by: Actor) -> list[Person]:
    """Those of the reader's perimeter, booking by booking; one query."""
    rows = registrations(seen_by=seen_by).filter(pk__in=ids).select_related(None).order_by("booking_id", "position")
    return [_person(*row) for row in rows.values_list(*READ)]


def sort_out(people: Sequence[Person], rules: Rules, *, asked: int) -> Sorted:
    """The mails to write, each address once for a booking, and who is left out and why."""
    done = Sorted(outside=max(0, asked - len(people)))
    groups: dict[tuple[int, str], list[Person]] = {}
    for person in people:
        why = rules.why_not(person)
        if why:
            done.skipped.append((person, why))
        else:
            groups.setdefault((person.booking_id, rules.address(person).casefold()), []).append(person)
    done.groups = [Group(rules.address(some[0]), tuple(some)) for some in groups.values()]
    return done


def _person(*read: object) -> Person:
    pk, booking, reference, position, first, last, email, state, session, session_state, contact, address, erased = read
    return Person(
        pk, booking, reference, position, f"{first} {last}".strip(), email, state, session,  # type: ignore[arg-type]
        session_state == SessionState.CANCELLED, contact, address, erased is not None,  # type: ignore[arg-type]
    )  # fmt: skip
