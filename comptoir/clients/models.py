"""Clients, their contacts, the numbers that lead to them, what the engine keeps of them, what a person refused."""

from django.db import models

from comptoir.accounts.models import User
from comptoir.base.constraints import known_state
from comptoir.clients.import_models import ClientImport as ClientImport
from comptoir.clients.states import OPEN_SCANS, Certainty, ClientKind, ScanState
from comptoir.organisations.models import Organisation, Territory


class Client(models.Model):
    """Who buys. `number` is mailed and given next time; the `…_key` columns are what matching and searching read.

    `doubtful_siret`: what a file gave as SIRET and is none; kept for a person to mend, never matched. `payer`: the
    client that settles its invoices, when it is another.
    """

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="clients")
    number = models.CharField(max_length=20)
    imported_id = models.CharField(max_length=60, blank=True)  # its id in the file it came from: imports repeat safely
    legal_name = models.CharField(max_length=200)
    name_key = models.CharField(max_length=200)
    name_town_key = models.CharField(max_length=290, blank=True)
    search_key = models.CharField(max_length=700, blank=True)
    kind = models.CharField(max_length=12, choices=ClientKind, default=ClientKind.FIRM)
    siret = models.CharField(max_length=14, blank=True)
    doubtful_siret = models.CharField(max_length=20, blank=True)
    email = models.CharField(max_length=254, blank=True)
    email_key = models.CharField(max_length=254, blank=True)
    phone = models.CharField(max_length=30, blank=True)
    address = models.CharField(max_length=250, blank=True)
    postcode = models.CharField(max_length=10, blank=True)
    city = models.CharField(max_length=80, blank=True)
    territory = models.ForeignKey(Territory, models.SET_NULL, null=True, blank=True, related_name="+")
    payer = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="+")
    notes = models.TextField(blank=True)
    created_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "number"], name="clients_number_once"),
            models.UniqueConstraint(
                fields=["organisation", "imported_id"],
                name="clients_imported_once",
                condition=~models.Q(imported_id=""),
            ),
            known_state("kind", ClientKind, name="clients_known_kind"),
        ]
        indexes = [
            models.Index(fields=["organisation", "name_key", "id"], name="clients_by_name_key"),
            models.Index(fields=["organisation", "name_town_key"], name="clients_by_name_town"),
            # Whole, not « where filled »: neither database sees that a list of SIRETs leaves the empty ones out.
            models.Index(fields=["organisation", "siret"], name="clients_by_siret"),
            models.Index(fields=["organisation", "email_key"], name="clients_by_email"),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.legal_name}"


class Contact(models.Model):
    """A person at a client (interlocuteur). With `user`, this person signs in to the client's space (A4)."""

    client = models.ForeignKey(Client, models.CASCADE, related_name="contacts")
    first_name = models.CharField(max_length=80, blank=True)
    last_name = models.CharField(max_length=80, blank=True)
    email = models.CharField(max_length=254, blank=True)
    email_key = models.CharField(max_length=254, blank=True)
    phone = models.CharField(max_length=30, blank=True)
    search_key = models.CharField(max_length=700, blank=True)
    is_main = models.BooleanField(default=False)
    user = models.ForeignKey(User, models.SET_NULL, null=True, blank=True, related_name="contacts")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["client"], name="clients_one_main_contact", condition=models.Q(is_main=True)
            ),
            models.UniqueConstraint(
                fields=["client", "user"], name="clients_contact_user_once", condition=models.Q(user__isnull=False)
            ),
        ]
        indexes = [
            models.Index(fields=["email_key"], name="clients_contact_by_email", condition=~models.Q(email_key=""))
        ]

    def __str__(self) -> str:
        return f"{self.first_name} {self.last_name}".strip() or self.email


class Place(models.Model):
    """Where else a client is reached: a site, a service, where invoices go. Its own address is the client's columns."""

    client = models.ForeignKey(Client, models.CASCADE, related_name="places")
    label = models.CharField(max_length=80)
    address = models.CharField(max_length=250, blank=True)
    postcode = models.CharField(max_length=10, blank=True)
    city = models.CharField(max_length=80, blank=True)
    phone = models.CharField(max_length=30, blank=True)
    email = models.CharField(max_length=254, blank=True)
    search_key = models.CharField(max_length=700, blank=True)

    def __str__(self) -> str:
        return self.label


class RefusedMatch(models.Model):
    """« Not this client »: an identity (its key) that a person said is not that client. Remembered (B7)."""

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="+")  # the client's, for the index
    client = models.ForeignKey(Client, models.CASCADE, related_name="+")
    identity_key = models.CharField(max_length=64)  # digest of what was typed, see clients.matching.Identity.key
    refused_at = models.DateTimeField()
    refused_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["client", "identity_key"], name="clients_refused_once")]
        indexes = [models.Index(fields=["organisation", "identity_key"], name="clients_refused_by_identity")]

    def __str__(self) -> str:
        return f"{self.client_id} ≠ {self.identity_key[:8]}"


class FormerNumber(models.Model):
    """The number of a record that was merged into `client`, or deleted since: it leads there (G6).

    `former_id`: the id that record has or had, for its old address. `imported_id`: that of the file it came from, so
    that the same file, imported again, meets the record kept.
    """

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="+")
    number = models.CharField(max_length=20)
    former_id = models.BigIntegerField(unique=True)
    imported_id = models.CharField(max_length=60, blank=True)
    client = models.ForeignKey(Client, models.CASCADE, related_name="former_numbers")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["organisation", "number"], name="clients_former_number_once")]
        indexes = [models.Index(fields=["organisation", "imported_id"], name="clients_former_import")]

    def __str__(self) -> str:
        return f"{self.number} → {self.client_id}"


class GivenNumber(models.Model):
    """The number mailed to whoever made a request, known here or not: the mail tells nothing of who is (T62).

    No record bears it. `source`: the reference of the request. `client`: the client of its deal, where the number
    leads; nobody until a person says who that is.
    """

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="+", db_index=False)
    number = models.CharField(max_length=20)
    source = models.CharField(max_length=20)
    client = models.ForeignKey(Client, models.SET_NULL, null=True, related_name="given_numbers")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "number"], name="clients_given_number_once"),
            models.UniqueConstraint(fields=["organisation", "source"], name="clients_given_to_once"),
        ]

    def __str__(self) -> str:
        return f"{self.number} ({self.source}) → {self.client_id}"


class Profile(models.Model):
    """What a client looks like to the engine, worked out when it is written (clients.traits); made again by a scan."""

    client = models.OneToOneField(Client, models.CASCADE, primary_key=True, related_name="+")
    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="+", db_constraint=False)
    version = models.PositiveSmallIntegerField()  # of the rules it was made by: an older one is made again
    traits = models.TextField()

    class Meta:
        indexes = [models.Index(fields=["organisation", "client"], name="clients_profiles")]

    def __str__(self) -> str:
        return self.traits


class LookupKey(models.Model):
    """One thing a client is found by (digest of « this word in this town », a phone…): recognition loads no index."""

    organisation = models.ForeignKey(Organisation, models.CASCADE, "+", db_index=False, db_constraint=False)
    client = models.ForeignKey(Client, models.CASCADE, related_name="+", db_constraint=False)  # migration 0008: why
    key = models.BigIntegerField()

    class Meta:
        indexes = [models.Index(fields=["organisation", "key", "client"], name="clients_lookup")]

    def __str__(self) -> str:
        return f"{self.key} → {self.client_id}"


class ToCompare(models.Model):
    """A client written since the last scan: the next one compares it, and takes the row away."""

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="+", db_constraint=False)
    client = models.ForeignKey(Client, models.CASCADE, related_name="+", db_index=False, db_constraint=False)

    class Meta:
        indexes = [models.Index(fields=["client"], name="clients_to_compare")]

    def __str__(self) -> str:
        return str(self.client_id)


class CommonWord(models.Model):
    """How many clients bear a word in their name, as the last whole scan counted; a word not here is rare."""

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="+", db_index=False)
    word = models.CharField(max_length=200)
    count = models.PositiveIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["organisation", "word"], name="clients_common_word_once")]

    def __str__(self) -> str:
        return f"{self.word}: {self.count}"


class DuplicateScan(models.Model):
    """One search for duplicates over a base, whole or of what changed; run by the background rounds (G3)."""

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="+")
    state = models.CharField(max_length=10, choices=ScanState, default=ScanState.WAITING)
    is_whole = models.BooleanField(default=True)
    total = models.PositiveIntegerField(default=0)  # clients to compare
    position = models.PositiveIntegerField(default=0)
    certain = models.PositiveIntegerField(default=0)  # pairs found by this scan
    probable = models.PositiveIntegerField(default=0)
    tries = models.PositiveSmallIntegerField(default=0)  # workers that took it up: one that kills them all must end
    failure = models.CharField(max_length=300, blank=True)  # why it is failed, for the person at the desk
    created_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    held_until = models.DateTimeField(null=True)  # the worker's claim; past it, another may take it up

    class Meta:
        constraints = [
            known_state("state", ScanState, name="clients_scan_known_state"),
            models.UniqueConstraint(
                fields=["organisation"], name="clients_one_scan", condition=models.Q(state__in=OPEN_SCANS)
            ),
        ]
        indexes = [models.Index(fields=["organisation", "-id"], name="clients_scan_list")]

    def __str__(self) -> str:
        return f"{self.organisation_id} {self.state}"


class Suspicion(models.Model):
    """Two clients that may be one, as the last scan left them: how sure, and why in words. left < right."""

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="+", db_index=False)
    left = models.ForeignKey(Client, models.CASCADE, related_name="+", db_index=False)
    right = models.ForeignKey(Client, models.CASCADE, related_name="+")
    level = models.CharField(max_length=10, choices=Certainty)
    score = models.FloatField()  # 0 to 1
    reason = models.CharField(max_length=300)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["left", "right"], name="clients_suspicion_once"),
            models.CheckConstraint(condition=models.Q(left__lt=models.F("right")), name="clients_suspicion_order"),
            known_state("level", Certainty, name="clients_suspicion_known_level"),
        ]
        indexes = [models.Index(fields=["organisation", "level", "-score"], name="clients_suspicions")]

    def __str__(self) -> str:
        return f"{self.left_id} = {self.right_id} ({self.level})"


class RefusedPair(models.Model):
    """« Pas un doublon »: a person said these two are two. Remembered for both; no scan says it again. left < right."""

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="+")
    left = models.ForeignKey(Client, models.CASCADE, related_name="+", db_index=False)
    right = models.ForeignKey(Client, models.CASCADE, related_name="+")
    refused_at = models.DateTimeField()
    refused_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["left", "right"], name="clients_refused_pair_once"),
            models.CheckConstraint(condition=models.Q(left__lt=models.F("right")), name="clients_refused_pair_order"),
        ]

    def __str__(self) -> str:
        return f"{self.left_id} ≠ {self.right_id}"
