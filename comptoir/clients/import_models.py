"""Files of clients: looked at, then imported. Part of `clients.models`."""

from django.db import models

from comptoir.accounts.models import User
from comptoir.base.constraints import known_state
from comptoir.clients.states import ImportState
from comptoir.organisations.models import Organisation


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
