"""The other numbers that lead to a client: of records merged into it, and of its requests. Part of `clients.models`."""

from django.db import models

from comptoir.organisations.models import Organisation


class FormerNumber(models.Model):
    """The number of a record that was merged into `client`, or deleted since: it leads there (G6).

    `former_id`: the id that record has or had, for its old address. `imported_id`: that of the file it came from, so
    that the same file, imported again, meets the record kept.
    """

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="+")
    number = models.CharField(max_length=20)
    former_id = models.BigIntegerField(unique=True)
    imported_id = models.CharField(max_length=60, blank=True)
    client = models.ForeignKey("clients.Client", models.CASCADE, related_name="former_numbers")

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
    client = models.ForeignKey("clients.Client", models.SET_NULL, null=True, related_name="given_numbers")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "number"], name="clients_given_number_once"),
            models.UniqueConstraint(fields=["organisation", "source"], name="clients_given_to_once"),
        ]

    def __str__(self) -> str:
        return f"{self.number} ({self.source}) → {self.client_id}"
