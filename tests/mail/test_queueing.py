"""A mail is queued with its cause: once, in the caller's transaction, whatever the address is worth."""

import pytest
from django.db import transaction

from comptoir.mail import commands
from comptoir.mail.models import Message
from comptoir.mail.states import MailState
from tests.factories import NOW, make_organisation
from tests.mail.made import draft, queue, samples, send

pytestmark = pytest.mark.django_db


def test_same_key_same_mail(organisation):
    one = {"organisation_id": organisation.pk, "kind": "client-number", "context": samples(), "at": NOW}
    first = commands.queue(key="C1", to=["a@exemple.fr"], **one)
    assert commands.queue(key="C1", to=["b@exemple.fr"], **one) == first
    assert commands.queue(key="C2", to=["b@exemple.fr"], **one) != first
    assert Message.objects.count() == 2


def test_the_same_key_in_another_organisation_is_another_mail(organisation):
    assert queue(organisation, key="k").pk != queue(make_organisation(), key="k").pk


def test_it_is_gone_with_what_caused_it(organisation):
    def cause():
        with transaction.atomic():
            queue(organisation)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        cause()
    assert not Message.objects.exists()


def test_thousands_cost_a_handful_of_queries(organisation, django_assert_max_num_queries):
    many = [draft(organisation) for _ in range(1000)]
    with django_assert_max_num_queries(40):
        commands.queue_many(many, at=NOW)
    assert Message.objects.values("message_id").distinct().count() == 1000


def test_addresses_are_kept_once_whatever_their_case(organisation):
    assert queue(organisation, to=["Claire@exemple.fr", "claire@exemple.fr ", "b@exemple.fr"]).to == [
        "Claire@exemple.fr",
        "b@exemple.fr",
    ]


@pytest.mark.parametrize("to", [[], [""], ["pas une adresse"], ["a@exemple.fr\r\nBcc: b@exemple.fr"]])
def test_a_mail_to_nobody_refuses_nothing_and_says_so(to, organisation, postbox):
    row = queue(organisation, to=to)
    assert (row.state, bool(row.last_error), row.fate[-1]["what"]) == (MailState.REFUSED, True, "refused")
    send()
    assert postbox.taken == []


def test_a_wrong_address_beside_a_good_one_holds_nothing_back(organisation, postbox):
    row = queue(organisation, to=["claire@exemple.fr", "n/a"])
    assert row.state == MailState.QUEUED
    send()
    row.refresh_from_db()
    assert postbox.taken[0].recipients == ["claire@exemple.fr"]
    assert (row.state, row.sends, "n/a" in row.answers) == (MailState.REFUSED, 1, True)


def test_answers_go_to_the_organisation_or_to_whom_the_cause_says(organisation):
    assert queue(organisation).reply_to == "bonjour@loire.example"
    assert queue(organisation, reply_to="claire@exemple.fr").reply_to == "claire@exemple.fr"
    assert queue(organisation, reply_to="x\r\nBcc: y").reply_to == "bonjour@loire.example"


def test_english_when_asked(organisation):
    assert queue(organisation, language="en").subject == "Your client number: C000482"
