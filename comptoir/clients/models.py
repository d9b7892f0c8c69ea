"""Clients, their contacts, the matches a person refused, and the files they were imported from."""

from django.db import models

from comptoir.accounts.models import User
from comptoir.base.constraints import known_state
from comptoir.clients.states import ClientKind, ImportState
from comptoir.organisations.models import Organisation, Territory


class Client(models.Model):
    """Who buys. `number` is mailed and given next time; the `…_key` columns are what matching and searching read.

    `doubtful_siret`: what a file gave as SIRET and is none; kept for a person to mend, never matched.
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
            models.Index(fields=["email_key"], name="clients_contact_by_email"),
        ]

    def __str__(self) -> str:
        return f"{self.first_name} {self.last_name}".strip() or self.email


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


class ClientImport(models.Model):
    """One file of clients: looked at first, then run by the background rounds. The file goes when it is done."""

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="+")
    file = models.FileField(upload_to="clients-imports", max_length=200, blank=True)
    file_name = models.CharField(max_length=200)
    state = models.CharField(max_length=10, choices=ImportState, default=ImportState.PREVIEWED)
    reading = models.JSONField()  # encoding, separator and columns, as found
    foreseen = models.JSONField()  # counts of the preview
    total = models.PositiveIntegerField()
    position = models.PositiveIntegerField(default=0)  # lines handled: a run that was cut goes on from here
    created = models.PositiveIntegerField(default=0)
    changed = models.PositiveIntegerField(default=0)
    unchanged = models.PositiveIntegerField(default=0)
    skipped = models.PositiveIntegerField(default=0)
    problems = models.JSONField(default=list)  # the first ones: line, sentence, whether the line was refused
    failure = models.CharField(max_length=300, blank=True)
    by_user = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    by_name = models.CharField(max_length=170)
    by_role = models.CharField(max_length=16, blank=True)
    created_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    held_until = models.DateTimeField(null=True)  # the worker's claim; past it, another may take it up

    class Meta:
        constraints = [known_state("state", ImportState, name="clients_import_known_state")]
        indexes = [models.Index(fields=["organisation", "-id"], name="clients_import_list")]

    def __str__(self) -> str:
        return self.file_name


class FormerNumber(models.Model):
    """The number of a record that was merged into `client`, or deleted since: it leads there (G6).

    `former_id`: the id that record has or had, for its old address.
    """

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="+")
    number = models.CharField(max_length=20)
    former_id = models.BigIntegerField(unique=True)
    client = models.ForeignKey(Client, models.CASCADE, related_name="former_numbers")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["organisation", "number"], name="clients_former_number_once")]

    def __str__(self) -> str:
        return f"{self.number} → {self.client_id}"
