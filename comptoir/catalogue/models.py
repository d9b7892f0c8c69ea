"""What the organisation offers: activities, their dated sessions, slots, seat types, and the terms of sale."""

from django.db import models

from comptoir.base.constraints import known_state, not_negative, percentage
from comptoir.catalogue.states import ActivityKind, SessionKind, SessionState
from comptoir.organisations.models import Organisation, Staff


class Theme(models.Model):
    """A shelf of the catalogue."""

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="themes")
    name = models.CharField(max_length=80)
    slug = models.SlugField(max_length=80)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["organisation", "slug"], name="catalogue_theme_once")]

    def __str__(self) -> str:
        return self.name


class Activity(models.Model):
    """A course or an event. Published, it has a page; its open sessions are on sale there."""

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="activities")
    kind = models.CharField(max_length=8, choices=ActivityKind, default=ActivityKind.COURSE)
    code = models.CharField(max_length=30, blank=True)
    slug = models.SlugField(max_length=120)
    title = models.CharField(max_length=160)
    theme = models.ForeignKey(Theme, models.SET_NULL, null=True, blank=True, related_name="activities")
    promise = models.CharField(max_length=300, blank=True)  # one sentence: what one leaves with
    description = models.TextField(blank=True)
    audience = models.TextField(blank=True)
    prerequisites = models.TextField(blank=True)
    programme = models.TextField(blank=True)
    duration_minutes = models.PositiveIntegerField(default=0)
    owner = models.ForeignKey(Staff, models.SET_NULL, null=True, blank=True, related_name="owned_activities")
    is_published = models.BooleanField(default=False)
    search_key = models.TextField(blank=True)  # folded title, promise, theme, code: what the search reads
    created_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "slug"], name="catalogue_activity_slug_once"),
            known_state("kind", ActivityKind, name="catalogue_activity_known_kind"),
        ]
        indexes = [models.Index(fields=["organisation", "is_published", "title"], name="catalogue_activity_list")]

    def __str__(self) -> str:
        return self.title


class SaleRules(models.Model):
    """How an activity is booked and paid, and what a registrant may do alone and until when (« Place et extra »; C11).

    In direct mode a sign-up is a booking at once, its seats taken; else it is a request that staff integrate (A3).
    """

    activity = models.OneToOneField(Activity, models.CASCADE, related_name="rules")
    may_cancel = models.BooleanField(default=False)
    may_rename = models.BooleanField(default=False)  # give one's place to somebody else
    may_change_add_ons = models.BooleanField(default=False)
    may_change_method = models.BooleanField(default=False)
    until_days = models.PositiveSmallIntegerField(default=2)  # days before the first day of the session
    is_direct = models.BooleanField(default=False)
    takes_cheque = models.BooleanField(default=False)
    takes_transfer = models.BooleanField(default=False)
    takes_purchase_order = models.BooleanField(default=False)
    takes_card = models.BooleanField(default=False)  # only while its organisation has a card account
    hold_days = models.PositiveSmallIntegerField(default=15)  # an unpaid booking keeps its seats that long
    deposit_percent = models.PositiveSmallIntegerField(default=0)  # of the total, enough to validate; 0: all of it
    has_waiting_list = models.BooleanField(default=False)
    offer_hours = models.PositiveSmallIntegerField(default=48)  # a seat offered to the list is kept that long
    reminder_days = models.PositiveSmallIntegerField(default=0)  # before its first slot; 0: nobody is reminded

    class Meta:
        constraints = [percentage("deposit_percent", name="catalogue_rules_deposit")]

    def __str__(self) -> str:
        return str(self.activity_id)


class Trainer(models.Model):
    """Who teaches, by name: of the staff or from outside. One row for each name, however it is spelt or accented."""

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="+", db_index=False)
    name = models.CharField(max_length=120)
    key = models.CharField(max_length=120)  # folded name: one row for « JOUAN Solène » typed twice

    class Meta:
        constraints = [models.UniqueConstraint(fields=["organisation", "key"], name="catalogue_trainer_once")]

    def __str__(self) -> str:
        return self.name


class Session(models.Model):
    """One dated run of an activity. Price in cents without VAT; VAT in basis points; capacity None = no limit."""

    # No index of its own: three below begin with it, and the planner would prefer the plain one to `catalogue_on_sale`.
    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="sessions", db_index=False)
    activity = models.ForeignKey(Activity, models.PROTECT, related_name="sessions")
    reference = models.CharField(max_length=20)
    kind = models.CharField(max_length=5, choices=SessionKind, default=SessionKind.INTER)
    state = models.CharField(max_length=9, choices=SessionState, default=SessionState.DRAFT)
    is_published = models.BooleanField(default=False)
    starts_on = models.DateField()
    ends_on = models.DateField()
    begins_at = models.DateTimeField()  # its first slot, else the first hour of its first day, where it is held
    calendar_sequence = models.PositiveIntegerField(
        default=0
    )  # how often its dates or place changed (RFC 5545, 3.8.7.4)
    calendar_changed_at = models.DateTimeField(null=True)  # the last time they did, or it was cancelled
    most_sittings = models.PositiveIntegerField(default=0)  # it once had, when some were taken away: in calendars still
    time_zone = models.CharField(max_length=60, default="Europe/Paris")
    place = models.CharField(max_length=160, blank=True)
    address = models.CharField(max_length=200, blank=True)
    city = models.CharField(max_length=80, blank=True)
    is_remote = models.BooleanField(default=False)
    remote_url = models.URLField(max_length=300, blank=True)
    capacity = models.PositiveIntegerField(null=True, blank=True)
    price_cents = models.PositiveIntegerField(default=0)
    vat_bp = models.PositiveIntegerField(default=2000)
    opens_at = models.DateTimeField(null=True, blank=True)  # sign-ups from …
    closes_at = models.DateTimeField(null=True, blank=True)  # … until
    owner = models.ForeignKey(Staff, models.SET_NULL, null=True, blank=True, related_name="+")  # responsable
    assistant = models.ForeignKey(Staff, models.SET_NULL, null=True, blank=True, related_name="+")
    managers = models.ManyToManyField(Staff, blank=True, related_name="managed_sessions")
    trainers = models.ManyToManyField(Trainer, blank=True, related_name="sessions")
    search_key = models.TextField(blank=True)  # folded reference, place, address, city: what the search reads
    created_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "reference"], name="catalogue_session_reference_once"),
            known_state("kind", SessionKind, name="catalogue_session_known_kind"),
            known_state("state", SessionState, name="catalogue_session_known_state"),
            models.CheckConstraint(
                condition=models.Q(ends_on__gte=models.F("starts_on")), name="catalogue_session_ends_after_start"
            ),
            not_negative("vat_bp", name="catalogue_session_vat"),
        ]
        indexes = [
            models.Index(
                fields=["calendar_changed_at"],
                name="catalogue_changed",
                condition=models.Q(calendar_changed_at__isnull=False),
            ),
            models.Index(fields=["organisation", "starts_on", "id"], name="catalogue_session_by_date"),
            models.Index(fields=["activity", "starts_on"], name="catalogue_session_of_activity"),
            models.Index(fields=["organisation", "city"], name="catalogue_session_by_city"),
            models.Index(
                fields=["organisation", "begins_at", "id", "activity"],
                name="catalogue_on_sale",
                condition=models.Q(kind="inter", state="open", is_published=True),
            ),
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def premises(self) -> str:
        """Where one would go: room, street and town, whichever are known."""
        return ", ".join(part for part in (self.place, self.address, self.city) if part)


class Slot(models.Model):
    """One sitting (demi-journée, séance). Moments are stored in UTC and read in the session's zone."""

    session = models.ForeignKey(Session, models.CASCADE, related_name="slots")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    place = models.CharField(max_length=160, blank=True)
    remote_url = models.URLField(max_length=300, blank=True)  # where this one is followed from afar

    class Meta:
        indexes = [models.Index(fields=["starts_at", "session"], name="catalogue_slot_by_moment")]
        constraints = [
            models.UniqueConstraint(fields=["session", "starts_at"], name="catalogue_slot_once"),
            models.CheckConstraint(condition=models.Q(ends_at__gt=models.F("starts_at")), name="catalogue_slot_lasts"),
        ]

    def __str__(self) -> str:
        return f"{self.starts_at:%Y-%m-%d %H:%M}"


class SeatType(models.Model):
    """A rate (place, tarif) of a session; with seat types, the participant takes one of them at its price."""

    session = models.ForeignKey(Session, models.CASCADE, related_name="seat_types")
    name = models.CharField(max_length=80)
    price_cents = models.PositiveIntegerField()
    capacity = models.PositiveIntegerField(null=True, blank=True)
    rank = models.PositiveSmallIntegerField(default=0)
    is_active = models.BooleanField(default=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["session", "name"], name="catalogue_seat_type_once")]

    def __str__(self) -> str:
        return self.name


class AddOn(models.Model):
    """What a participant may take beside the seat (extra): a meal, a night, a book; its VAT is the session's."""

    session = models.ForeignKey(Session, models.CASCADE, related_name="add_ons")
    name = models.CharField(max_length=80)
    price_cents = models.PositiveIntegerField()
    capacity = models.PositiveIntegerField(null=True, blank=True)  # of the session, all participants together
    most = models.PositiveSmallIntegerField(default=1)  # for one participant
    rank = models.PositiveSmallIntegerField(default=0)
    is_active = models.BooleanField(default=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["session", "name"], name="catalogue_add_on_once")]

    def __str__(self) -> str:
        return self.name


class Terms(models.Model):
    """One version of the terms of sale (CGV). Never edited: the version a client accepted stays readable (A3)."""

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="terms")
    version = models.PositiveIntegerField()
    text = models.TextField()
    published_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["organisation", "version"], name="catalogue_terms_version_once")]

    def __str__(self) -> str:
        return f"v{self.version}"
