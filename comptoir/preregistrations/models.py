"""Baskets, the requests they become, their lines, and the ledger of spool files."""

from django.db import models

from comptoir.accounts.models import User
from comptoir.base.constraints import both_or_none, known_state
from comptoir.base.speaking import FRENCH
from comptoir.catalogue.models import SeatType, Session, Terms
from comptoir.clients.models import Client
from comptoir.clients.states import ClientKind
from comptoir.organisations.models import Organisation
from comptoir.preregistrations.states import FileState, Origin, RequestState


class Basket(models.Model):
    """A visitor's basket and what was typed so far. Holds no seat; forgotten after a day without use."""

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="+")
    digest = models.CharField(max_length=64, unique=True)  # SHA-256 of the cookie's token
    form_token = models.CharField(max_length=64, unique=True)  # becomes the request's: one confirmation, one request
    client = models.JSONField(default=dict)  # step 1 as typed
    participants = models.JSONField(default=dict)  # step 2 as typed: line id → list of people
    touched_at = models.DateTimeField(db_index=True)
    confirmed_at = models.DateTimeField(null=True)  # it became a request, bookings, or both: it changes no more (T21)

    def __str__(self) -> str:
        return f"basket {self.pk}"


class BasketLine(models.Model):
    """Some seats wanted on one session, with the price that was shown."""

    basket = models.ForeignKey(Basket, models.CASCADE, related_name="lines")
    session = models.ForeignKey(Session, models.CASCADE, related_name="+")
    seat_type = models.ForeignKey(SeatType, models.CASCADE, null=True, related_name="+")
    quantity = models.PositiveSmallIntegerField(default=1)
    price_cents = models.PositiveIntegerField()  # unit price shown, without VAT
    vat_bp = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["basket", "session", "seat_type"],
                name="basket_line_once",
                condition=models.Q(seat_type__isnull=False),
            ),
            models.UniqueConstraint(
                fields=["basket", "session"], name="basket_line_plain_once", condition=models.Q(seat_type__isnull=True)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.quantity} × {self.session_id}"


class Asked(models.Model):
    """How often one source asked one thing within its hour; which source is not told by the key (T65)."""

    key = models.CharField(max_length=80, primary_key=True)
    times = models.PositiveIntegerField()
    until = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return f"{self.times} × {self.key}"


class Request(models.Model):
    """One pre-registration. `typed` never changes; the columns hold the values as corrected (B5)."""

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="+")
    reference = models.CharField(max_length=20)
    token = models.CharField(max_length=64)  # form token or idempotency key: same token, same request
    content_digest = models.CharField(max_length=64)  # same token with other content is refused (T21)
    origin = models.CharField(max_length=8, choices=Origin, default=Origin.COUNTER)
    state = models.CharField(max_length=10, choices=RequestState, default=RequestState.RECORDED)
    language = models.CharField(max_length=5, default=FRENCH)  # in which its contact is written to
    typed = models.JSONField()  # the payload of the spool file
    kind = models.CharField(max_length=12, choices=ClientKind, default=ClientKind.FIRM)
    legal_name = models.CharField(max_length=200)
    siret = models.CharField(max_length=20, blank=True)
    client_number = models.CharField(max_length=20, blank=True)
    address = models.CharField(max_length=250, blank=True)
    postcode = models.CharField(max_length=10, blank=True)
    city = models.CharField(max_length=80, blank=True)
    first_name = models.CharField(max_length=80)
    last_name = models.CharField(max_length=80)
    email = models.CharField(max_length=254)
    phone = models.CharField(max_length=30, blank=True)
    message = models.TextField(blank=True)
    search_key = models.TextField(blank=True)  # folded, typed and corrected: what the assistant's search reads
    authenticated_client = models.ForeignKey(Client, models.PROTECT, null=True, related_name="+")  # by the server (A4)
    chosen_client = models.ForeignKey(Client, models.SET_NULL, null=True, related_name="+")  # by hand (B7)
    terms = models.ForeignKey(Terms, models.PROTECT, null=True, related_name="+")
    net_cents = models.PositiveBigIntegerField()
    vat_cents = models.PositiveBigIntegerField()
    claim = models.CharField(max_length=20, blank=True)  # reference of the run that took it (T07)
    recorded_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True)
    binned_at = models.DateTimeField(null=True)
    binned_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    binned_by_name = models.CharField(max_length=170, blank=True)
    integrated_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "reference"], name="prereg_reference_once"),
            models.UniqueConstraint(fields=["organisation", "token"], name="prereg_token_once"),
            known_state("state", RequestState, name="prereg_known_state"),
            known_state("origin", Origin, name="prereg_known_origin"),
        ]
        indexes = [
            models.Index(fields=["organisation", "state", "claim", "confirmed_at", "id"], name="prereg_by_state"),
            models.Index(fields=["organisation", "claim", "id"], name="prereg_by_claim", condition=~models.Q(claim="")),
            models.Index(fields=["recorded_at"], name="prereg_unfinished", condition=models.Q(state="recorded")),
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def gross_cents(self) -> int:
        """Total with VAT, in cents."""
        return self.net_cents + self.vat_cents


class RequestLine(models.Model):
    """One participant wanted on one session, at the price accepted (cents without VAT)."""

    request = models.ForeignKey(Request, models.CASCADE, related_name="lines")
    position = models.PositiveSmallIntegerField()
    session = models.ForeignKey(Session, models.PROTECT, related_name="+")
    seat_type = models.ForeignKey(SeatType, models.PROTECT, null=True, related_name="+")
    first_name = models.CharField(max_length=80)
    last_name = models.CharField(max_length=80)
    email = models.CharField(max_length=254, blank=True)
    price_cents = models.PositiveIntegerField()
    vat_bp = models.PositiveIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["request", "position"], name="prereg_line_once")]

    def __str__(self) -> str:
        return f"{self.first_name} {self.last_name}".strip()


class SpoolFile(models.Model):
    """The ledger: each file the spool held, what became of it, and why (product.md §4)."""

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="+")
    name = models.CharField(max_length=255)
    request = models.OneToOneField(Request, models.CASCADE, null=True, related_name="file")
    digest = models.CharField(max_length=64, blank=True)
    state = models.CharField(max_length=10, choices=FileState)
    reason = models.CharField(max_length=300, blank=True)  # why it was set aside, in French
    noticed_at = models.DateTimeField(null=True)
    handled_at = models.DateTimeField(null=True)  # somebody read the notice
    handled_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            known_state("state", FileState, name="spool_file_known_state"),
            both_or_none("handled_at", "handled_by", name="spool_file_handled"),
        ]
        indexes = [
            models.Index(fields=["organisation", "name"], name="spool_file_by_name"),
            models.Index(
                fields=["organisation", "state", "-id"],
                name="spool_file_to_do",
                condition=~models.Q(state__in=["in_spool", "archived"]),
            ),
        ]

    def __str__(self) -> str:
        return self.name
