"""An organisation, its settings, its staff, its territories, its confirmation levels, its API tokens."""

from django.db import models
from django.db.models.functions import Lower

from comptoir.accounts.models import User
from comptoir.base.constraints import known_state, percentage
from comptoir.organisations.states import Offering, Role


class Organisation(models.Model):
    """One customer of the deployment (organisme, département). Settings are typed columns."""

    slug = models.SlugField(max_length=40, unique=True)
    name = models.CharField(max_length=120)
    host = models.CharField(max_length=253, blank=True)  # own host name; empty: served under /slug/
    colour = models.CharField(max_length=7, default="#1f5f6b")
    logo = models.CharField(max_length=200, blank=True)  # file name in the organisation's folder
    tagline = models.CharField(max_length=200, blank=True)
    about = models.TextField(blank=True)
    offering = models.CharField(max_length=10, choices=Offering, default=Offering.COURSES)
    address = models.TextField(blank=True)
    phone = models.CharField(max_length=30, blank=True)
    contact_email = models.EmailField(blank=True)
    legal_notice = models.TextField(blank=True)
    card_provider = models.CharField(max_length=10, blank=True)  # who takes its cards; empty: nobody
    payment_help = models.TextField(blank=True)  # how to pay it: bank account, order of cheques, where to send them
    notification_email = models.EmailField(blank=True)  # A8: set by the organisation itself
    time_zone = models.CharField(max_length=60, default="Europe/Paris")
    certain_from = models.PositiveSmallIntegerField(default=95)  # per cent of the score: one client for certain (G3)
    probable_from = models.PositiveSmallIntegerField(default=10)  # … two records worth a look
    asked_from = models.PositiveSmallIntegerField(default=30)  # … a request taken for a client (B6)
    proposal_reminder_days = models.PositiveSmallIntegerField(default=2)  # before a deadline; 0: nobody is reminded
    default_chance = models.PositiveSmallIntegerField(default=33)  # B18, per cent
    takes_cover = models.BooleanField(default=False)  # event first-aid cover (DPS) is asked for at its counter
    takes_courses = models.BooleanField(default=False)  # in-house courses are
    enquiry_intro = models.TextField(blank=True)  # what is said above those forms
    spool_folder = models.CharField(max_length=500, blank=True)  # empty: <data>/<slug>/Résa
    spool_key = models.CharField(max_length=64)  # seals the spool files (HMAC)
    printer = models.CharField(max_length=120, blank=True)  # CUPS queue; empty: the server's default
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField()

    class Meta:
        constraints = [
            known_state("offering", Offering, name="organisations_known_offering"),
            percentage("default_chance", name="organisations_chance_0_100"),
            models.UniqueConstraint(Lower("host"), name="organisations_host_once", condition=~models.Q(host="")),
        ]

    def __str__(self) -> str:
        return self.name


class Territory(models.Model):
    """A sales territory (secteur)."""

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="territories")
    name = models.CharField(max_length=80)
    is_active = models.BooleanField(default=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["organisation", "name"], name="organisations_territory_once")]

    def __str__(self) -> str:
        return self.name


class ConfirmationLevel(models.Model):
    """How sure a registration is (B14), in the organisation's own words and order."""

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="levels")
    name = models.CharField(max_length=80)
    rank = models.PositiveSmallIntegerField()
    is_default = models.BooleanField(default=False)
    is_active = models.BooleanField(default=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "name"], name="organisations_level_once"),
            models.UniqueConstraint(
                fields=["organisation"], name="organisations_level_one_default", condition=models.Q(is_default=True)
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Staff(models.Model):
    """A person's place in an organisation."""

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="staff")
    user = models.ForeignKey(User, models.PROTECT, related_name="places")
    role = models.CharField(max_length=16, choices=Role)
    territory = models.ForeignKey(Territory, models.SET_NULL, null=True, blank=True, related_name="staff")
    phone = models.CharField(max_length=30, blank=True)
    is_active = models.BooleanField(default=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "user"], name="organisations_staff_once"),
            known_state("role", Role, name="organisations_staff_known_role"),
        ]

    def __str__(self) -> str:
        return self.user.full_name


class ApiToken(models.Model):
    """A program's key to the API. Only its SHA-256 is kept; scopes are space-separated."""

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="tokens")
    name = models.CharField(max_length=80)
    digest = models.CharField(max_length=64, unique=True)
    scopes = models.CharField(max_length=200)
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    last_used_on = models.DateField(null=True)
    revoked_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.name


class Counter(models.Model):
    """The last number given in one series (client numbers, session references …)."""

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="+")
    series = models.CharField(max_length=20)
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["organisation", "series"], name="organisations_counter_once")]

    def __str__(self) -> str:
        return f"{self.series} {self.last}"
