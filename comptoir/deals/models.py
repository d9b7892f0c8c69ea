"""Deals (dossiers commerciaux) and the participants they would bring."""

from django.db import models

from comptoir.accounts.models import User
from comptoir.base.constraints import known_state, percentage
from comptoir.catalogue.models import SeatType, Session
from comptoir.clients.models import Client
from comptoir.deals.states import Service, Stage
from comptoir.organisations.models import Organisation, Staff, Territory


class Deal(models.Model):
    """A chance to sell. Amounts in cents without VAT, `chance` in per cent, `source` the request it was born from.

    `service`: what that request asked for, when it was no place in a session.
    """

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="+")
    reference = models.CharField(max_length=20)
    source = models.CharField(max_length=20, blank=True)
    service = models.CharField(max_length=10, choices=Service, blank=True)
    title = models.CharField(max_length=200)
    stage = models.CharField(max_length=10, choices=Stage, default=Stage.NEW)
    chance = models.PositiveSmallIntegerField()
    amount_cents = models.PositiveBigIntegerField(default=0)
    owner = models.ForeignKey(Staff, models.SET_NULL, null=True, blank=True, related_name="+")
    territory = models.ForeignKey(Territory, models.SET_NULL, null=True, blank=True, related_name="+")
    client = models.ForeignKey(Client, models.PROTECT, null=True, blank=True, related_name="+")
    prospect_name = models.CharField(max_length=200, blank=True)  # as typed, until a client is known
    contact_name = models.CharField(max_length=170, blank=True)
    contact_email = models.CharField(max_length=254, blank=True)
    contact_phone = models.CharField(max_length=30, blank=True)
    why = models.CharField(max_length=250, blank=True)  # why it is a deal and not a registration
    next_step = models.CharField(max_length=200, blank=True)
    next_step_on = models.DateField(null=True, blank=True)
    created_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    lost_because = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "reference"], name="deals_reference_once"),
            models.UniqueConstraint(
                fields=["organisation", "source"], name="deals_source_once", condition=~models.Q(source="")
            ),
            known_state("stage", Stage, name="deals_known_stage"),
            percentage("chance", name="deals_chance_0_100"),
            models.CheckConstraint(condition=models.Q(service__in=["", *Service.values]), name="deals_known_service"),
        ]
        indexes = [
            models.Index(fields=["organisation", "stage", "-id"], name="deals_by_stage"),
            models.Index(fields=["organisation", "owner", "-id"], name="deals_by_owner"),
            models.Index(fields=["organisation", "-id"], name="deals_list"),
        ]

    def __str__(self) -> str:
        return self.reference


class DealLine(models.Model):
    """One participant the deal would bring to one session, at the price asked (cents without VAT)."""

    deal = models.ForeignKey(Deal, models.CASCADE, related_name="lines")
    position = models.PositiveSmallIntegerField()
    session = models.ForeignKey(Session, models.PROTECT, related_name="+")
    seat_type = models.ForeignKey(SeatType, models.PROTECT, null=True, related_name="+")
    first_name = models.CharField(max_length=80)
    last_name = models.CharField(max_length=80)
    email = models.CharField(max_length=254, blank=True)
    price_cents = models.PositiveIntegerField()
    vat_bp = models.PositiveIntegerField()
    why = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["deal", "position"], name="deals_line_once")]

    def __str__(self) -> str:
        return f"{self.first_name} {self.last_name}".strip()


class Note(models.Model):
    """What was said about a deal, kept in order."""

    deal = models.ForeignKey(Deal, models.CASCADE, related_name="notes")
    text = models.TextField()
    written_at = models.DateTimeField()
    written_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    written_by_name = models.CharField(max_length=170)

    def __str__(self) -> str:
        return self.text[:40]
