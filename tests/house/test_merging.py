"""Nothing points to a client without merging knowing what becomes of it."""

from django.apps import apps

from comptoir.clients.models import Client, Contact
from comptoir.merging import pairs
from comptoir.merging.holders import HOLDERS, STAY


def pointing():
    fields = [(model._meta.label, field) for model in apps.get_models() for field in model._meta.get_fields()]
    return {
        (label, field.name)
        for label, field in fields
        if (field.many_to_one or field.one_to_one or field.many_to_many)
        and not field.auto_created
        and field.related_model in (Client, Contact)
    }


def test_every_holder_of_a_client_is_handed_over_or_said_to_stay():
    handed = {(one.model._meta.label, one.column) for one in HOLDERS if not one.by_number}
    assert pointing() == handed | pairs.COLUMNS | STAY


def test_a_holder_nobody_thought_of_would_be_seen():
    handed = {(one.model._meta.label, one.column) for one in HOLDERS[2:] if not one.by_number}
    assert pointing() != handed | pairs.COLUMNS | STAY
