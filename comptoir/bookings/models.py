"""A booking (one reference), its registrations (one person, one session), their add-ons, and the counts they make."""

from django.db import models
from django.db.models import Case, F, Q, Value, When
from django.utils.translation import gettext as _

from comptoir.base.constraints import known_state
from comptoir.base.speaking import FRENCH
from comptoir.bookings.states import SEATED, PaymentState, RegistrationState, SeatOrder
from comptoir.catalogue.models import AddOn, SeatType, Session, Terms
from comptoir.catalogue.states import PayMethod
from comptoir.clients.models import Client
from comptoir.organisations.models import ConfirmationLevel, Organisation, Staff

PAYMENT = Case(
    When(Q(owed_cents__gt=F("paid_cents")), then=Value(PaymentState.DUE.value)),
    When(Q(owed_cents__lt=F("paid_cents")), then=Value(PaymentState.REFUND_DUE.value)),
    When(Q(owed_cents=0), then=Value(PaymentState.FREE.value)),
    default=Value(PaymentState.PAID.value),
    output_field=models.CharField(max_length=12),
)


class Booking(models.Model):
    """What one contact booked at once. Its status is derived from its registrations (C8), never stored.

    `owed_cents` is what its seats held cost, VAT included; `paid_cents` what the ledger holds for it. The state of
    the payment is derived from the two by the database itself, so nobody can write another (C18).
    """

    # No index of its own: those below begin with it.
    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="+", db_index=False)
    reference = models.CharField(max_length=20)
    source = models.CharField(max_length=20, blank=True)  # the request or deal it was born from
    client = models.ForeignKey(Client, models.PROTECT, null=True, related_name="+")
    contact_name = models.CharField(max_length=170, blank=True)
    contact_email = models.CharField(max_length=254, blank=True)
    contact_phone = models.CharField(max_length=30, blank=True)
    language = models.CharField(max_length=5, default=FRENCH)  # in which its contact is written to
    label = models.CharField(max_length=40, blank=True)  # the desk's own mark, such as « VIP »
    owed_cents = models.PositiveBigIntegerField(default=0)
    paid_cents = models.PositiveBigIntegerField(default=0)
    payment = models.GeneratedField(expression=PAYMENT, output_field=models.CharField(max_length=12), db_persist=True)
    method = models.CharField(max_length=14, choices=PayMethod, blank=True)  # by what it is to be paid, when it is
    deposit_cents = models.PositiveBigIntegerField(default=0)  # enough to validate; 0: all that is owed
    offered_at = models.DateTimeField(null=True)  # when a seat was offered to it from the waiting list
    held_until = models.DateTimeField(null=True)  # unpaid, its seats are freed then; None: they are not
    expired_at = models.DateTimeField(null=True)  # when it lost its seats for want of payment
    seat_order = models.CharField(max_length=10, choices=SeatOrder, default=SeatOrder.ARRIVAL)  # as it was told
    secured_at = models.DateTimeField(null=True)  # when its candidates were paid enough: their rank for a seat
    terms = models.ForeignKey(Terms, models.PROTECT, null=True, related_name="+")  # the version accepted
    token = models.CharField(max_length=64, blank=True)  # the form or the key it was sent with: sent again, the same
    part = models.PositiveBigIntegerField(default=0)  # of that form: 0, or the session it waits for
    digest = models.CharField(max_length=64, blank=True)  # of what was sent
    created_at = models.DateTimeField()
    erased_at = models.DateTimeField(null=True)  # its personal data are gone since then (C9)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "reference"], name="bookings_reference_once"),
            models.UniqueConstraint(
                fields=["organisation", "source"], name="bookings_source_once", condition=~models.Q(source="")
            ),
            models.UniqueConstraint(
                fields=["organisation", "token", "part"], name="bookings_token_once", condition=~models.Q(token="")
            ),
            known_state("seat_order", SeatOrder, name="bookings_known_seat_order"),
        ]
        indexes = [
            models.Index(fields=["organisation", "-id"], name="bookings_list"),
            models.Index(fields=["organisation", "payment", "-id"], name="bookings_by_payment"),
            models.Index(fields=["held_until"], name="bookings_held", condition=models.Q(held_until__isnull=False)),
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def may_wait_longer(self) -> bool:
        """Whether its unpaid seats are held to a date the desk may change; an offer and a card have their own."""
        return bool(self.held_until and not self.offered_at and self.method != PayMethod.CARD)

    @property
    def payment_state(self) -> PaymentState:
        """The same as `payment`, with its words."""
        return PaymentState(self.payment)

    @property
    def due_cents(self) -> int:
        """What is still to be paid; 0 when nothing is."""
        return max(0, self.owed_cents - self.paid_cents)

    @property
    def refund_due_cents(self) -> int:
        """What is to be paid back (C21); 0 when nothing is."""
        return max(0, self.paid_cents - self.owed_cents)

    @property
    def is_secured(self) -> bool:
        """Whether enough was paid for its people to be validated: the deposit, else all that is owed."""
        return self.paid_cents >= min(self.deposit_cents or self.owed_cents, self.owed_cents)

    @property
    def owing_states(self) -> tuple[str, ...]:
        """Whose price it owes: those who hold a seat; also its candidates, where paying is what gives one."""
        return (*SEATED, RegistrationState.CANDIDATE) if self.seat_order == SeatOrder.PAYMENT else SEATED


class Payer(models.Model):
    """Who a direct booking said would pay, as typed: personal data, erased with the booking's (C9)."""

    booking = models.OneToOneField(Booking, models.CASCADE, related_name="payer")
    kind = models.CharField(max_length=12)
    legal_name = models.CharField(max_length=200)
    siret = models.CharField(max_length=20, blank=True)
    client_number = models.CharField(max_length=20, blank=True)
    address = models.CharField(max_length=250, blank=True)
    postcode = models.CharField(max_length=10, blank=True)
    city = models.CharField(max_length=80, blank=True)
    message = models.TextField(blank=True)

    def __str__(self) -> str:
        return self.legal_name


class Registration(models.Model):
    """One seat for one participant on one session, its price in cents without VAT. Commands alone move its state."""

    # Its booking's, repeated: the lists of an organisation are then read from one index. No index of its own.
    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="+", db_index=False)
    booking = models.ForeignKey(Booking, models.CASCADE, related_name="registrations")
    position = models.PositiveSmallIntegerField()
    session = models.ForeignKey(Session, models.PROTECT, related_name="+")
    seat_type = models.ForeignKey(SeatType, models.PROTECT, null=True, related_name="+")
    first_name = models.CharField(max_length=80)
    last_name = models.CharField(max_length=80)
    email = models.CharField(max_length=254, blank=True)
    search_key = models.TextField(blank=True)  # folded reference, names and addresses: what the search reads
    state = models.CharField(max_length=12, choices=RegistrationState, default=RegistrationState.PENDING)
    level = models.ForeignKey(ConfirmationLevel, models.PROTECT, null=True, related_name="+")
    price_cents = models.PositiveIntegerField()
    vat_bp = models.PositiveIntegerField()
    closed_at = models.DateTimeField(null=True)  # when it was cancelled or withdrawn

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["booking", "position"], name="bookings_line_once"),
            known_state("state", RegistrationState, name="bookings_known_state"),
            models.CheckConstraint(
                condition=Q(state__in=["cancelled", "withdrawn"], closed_at__isnull=False)
                | Q(state__in=["pending", "validated", "waiting", "candidate"], closed_at__isnull=True),
                name="bookings_closed_has_moment",
            ),
        ]
        indexes = [
            models.Index(fields=["organisation", "-booking", "position"], name="bookings_people_list"),
            models.Index(fields=["organisation", "state", "-booking", "position"], name="bookings_people_by_state"),
            models.Index(fields=["organisation", "last_name", "first_name", "id"], name="bookings_people_by_name"),
            models.Index(fields=["session", "state", "seat_type", "booking"], name="bookings_seats"),
            models.Index(fields=["session", "last_name", "first_name"], name="bookings_of_session"),
            models.Index(fields=["session", "booking"], name="bookings_queue", condition=models.Q(state="waiting")),
            models.Index(fields=["session"], name="bookings_candidates", condition=models.Q(state="candidate")),
        ]

    def __str__(self) -> str:
        return f"{self.first_name} {self.last_name}".strip() or _("Nom effacé")

    @property
    def listed(self) -> str:
        """Last name first, as lists have it; what is said once it is erased (C9)."""
        return f"{self.last_name} {self.first_name}".strip() or _("Nom effacé")


class AddOnLine(models.Model):
    """What one participant takes beside the seat, at its price of that day in cents without VAT."""

    registration = models.ForeignKey(Registration, models.CASCADE, related_name="add_ons", db_index=False)
    add_on = models.ForeignKey(AddOn, models.PROTECT, related_name="+")
    quantity = models.PositiveSmallIntegerField()
    price_cents = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["registration", "add_on"], name="bookings_add_on_once"),
            models.CheckConstraint(condition=Q(quantity__gt=0), name="bookings_add_on_taken"),
        ]

    def __str__(self) -> str:
        return f"{self.quantity} × {self.add_on_id}"


class AddOnCount(models.Model):
    """How many of one add-on those who hold a seat take together; written under the lock of the seats' counts (C24)."""

    add_on = models.OneToOneField(AddOn, models.CASCADE, related_name="count")
    taken = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.add_on_id}: {self.taken}"


class SeatCount(models.Model):
    """How many registrations of one session, at one rate (None: at none), are in each state.

    Written with the registrations, under a lock of these rows alone, taken last: this is where the capacity is held
    (C24), and where the lists read how many there are.
    """

    session = models.ForeignKey(Session, models.CASCADE, related_name="+", db_index=False)
    seat_type = models.ForeignKey(SeatType, models.CASCADE, null=True, related_name="+")
    pending = models.PositiveIntegerField(default=0)
    validated = models.PositiveIntegerField(default=0)
    cancelled = models.PositiveIntegerField(default=0)
    withdrawn = models.PositiveIntegerField(default=0)
    waiting = models.PositiveIntegerField(default=0)
    candidate = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["session"], name="bookings_count_once", condition=models.Q(seat_type__isnull=True)
            ),
            models.UniqueConstraint(fields=["session", "seat_type"], name="bookings_rate_count_once"),
        ]
        indexes = [
            models.Index(fields=["session"], name="bookings_awaited", condition=models.Q(waiting__gt=0)),
            models.Index(fields=["session"], name="bookings_hoped_for", condition=models.Q(candidate__gt=0)),
        ]

    def __str__(self) -> str:
        return f"{self.session_id}/{self.seat_type_id}"

    @property
    def held(self) -> int:
        """Seats taken."""
        return self.pending + self.validated


class Reminder(models.Model):
    """Those registered to a session were reminded of it as it then began: moved, they are again."""

    session = models.ForeignKey(Session, models.CASCADE, related_name="+", db_index=False)
    begins_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["session", "begins_at"], name="bookings_reminder_once")]

    def __str__(self) -> str:
        return f"{self.session_id} {self.begins_at:%Y-%m-%d}"


class ToldChange(models.Model):
    """Those registered to a session were told of its dates and place as they were at this change (its SEQUENCE)."""

    session = models.OneToOneField(Session, models.CASCADE, related_name="+")
    sequence = models.PositiveIntegerField()

    def __str__(self) -> str:
        return f"{self.session_id} {self.sequence}"


class SavedSearch(models.Model):
    """A search of registrations that a person kept, under a name of theirs; `query` is the address's own."""

    staff = models.ForeignKey(Staff, models.CASCADE, related_name="+", db_index=False)
    name = models.CharField(max_length=60)
    query = models.CharField(max_length=500)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["staff", "name"], name="bookings_search_once")]

    def __str__(self) -> str:
        return self.name
