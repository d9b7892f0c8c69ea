"""Requests for a service: first-aid cover of an event (DPS), or a course on the client's own premises (F, G1)."""

from django.db import models

from comptoir.base.constraints import known_state
from comptoir.base.speaking import FRENCH
from comptoir.catalogue.models import Activity
from comptoir.clients.models import Client
from comptoir.clients.states import ClientKind
from comptoir.deals.models import Deal
from comptoir.deals.states import Service
from comptoir.organisations.models import Organisation


class Enquiry(models.Model):
    """One request for a service, as typed; it is followed as a deal, where staff correct what they must."""

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="+", db_index=False)
    deal = models.OneToOneField(Deal, models.CASCADE, related_name="+")
    reference = models.CharField(max_length=20)
    token = models.CharField(max_length=64)  # of the form: same token, same request
    content_digest = models.CharField(max_length=64)  # same token with other content is refused (T21)
    service = models.CharField(max_length=10, choices=Service)
    event_name = models.CharField(max_length=150, blank=True)
    place = models.CharField(max_length=250, blank=True)
    starts_on = models.DateField(null=True)
    starts_at = models.TimeField(null=True)  # on the wall, there
    ends_on = models.DateField(null=True)
    ends_at = models.TimeField(null=True)
    attendance = models.PositiveIntegerField(null=True)  # how many people are expected
    on_site = models.CharField(max_length=200, blank=True)  # whom to call there
    activity = models.ForeignKey(Activity, models.SET_NULL, null=True, related_name="+")
    theme = models.CharField(max_length=200, blank=True)
    people = models.PositiveIntegerField(null=True)  # to be trained
    wished_dates = models.CharField(max_length=500, blank=True)
    kind = models.CharField(max_length=12, choices=ClientKind, default=ClientKind.FIRM)
    legal_name = models.CharField(max_length=200, blank=True)
    siret = models.CharField(max_length=20, blank=True)
    client_number = models.CharField(max_length=20, blank=True)
    address = models.CharField(max_length=250, blank=True)
    postcode = models.CharField(max_length=10, blank=True)
    city = models.CharField(max_length=80, blank=True)
    first_name = models.CharField(max_length=80, blank=True)
    last_name = models.CharField(max_length=80, blank=True)
    email = models.CharField(max_length=254, blank=True)
    phone = models.CharField(max_length=30, blank=True)
    message = models.TextField(blank=True)
    language = models.CharField(max_length=5, default=FRENCH)  # in which its contact is written to
    authenticated_client = models.ForeignKey(Client, models.PROTECT, null=True, related_name="+")  # by the server (A4)
    recognised = models.CharField(max_length=300, blank=True)  # who the engine takes the client for; for the desk only
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "reference"], name="enquiries_reference_once"),
            models.UniqueConstraint(fields=["organisation", "token"], name="enquiries_token_once"),
            known_state("service", Service, name="enquiries_known_service"),
        ]
        verbose_name_plural = "enquiries"

    def __str__(self) -> str:
        return self.reference
