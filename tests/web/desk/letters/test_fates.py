"""A message sent, person by person: what the outbox says, narrowed, paged, within the perimeter."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from comptoir.mail.models import Message
from tests.factories import make_organisation, make_registrations, make_staff
from tests.letters.conftest import begin, send
from tests.web.desk.desk import Desk, words


@pytest.fixture
def letter(people):
    return send(people, begin(people, people.hugo, people.anne, people.mute, people.away))


def test_each_fate_is_the_outboxs_own(people, letter, desk):
    Message.objects.filter(to=["anne@exemple.fr"]).update(
        state="refused", next_at=None, last_error="550 boîte inconnue"
    )
    page = words(desk.get("letter", letter.pk))
    for one in ("Message du 23 novembre 2026 : 3 destinataires", "En file d’attente 2", "Refusé 1", "Laissé de côté 1",
                "550 boîte inconnue"):  # fmt: skip
        assert one in " ".join(
            page.replace('<span class="count urgent">', "").replace('<span class="count">', "").split()
        )
    refused = desk.get("letter", letter.pk, query={"fate": "refused"})
    assert [one["to"] for one in refused.context["people"]] == ["anne@exemple.fr"]
    skipped = desk.get("letter", letter.pk, query={"fate": "skipped"})
    assert [one["why"] for one in skipped.context["people"]] == ["Sans courriel"]
    assert len(desk.get("letter", letter.pk, query={"fate": "?"}).context["people"]) == 4


def test_a_manager_sees_those_managed(people, letter, manager):
    page = manager.get("letter", letter.pk)
    assert [one["to"] for one in page.context["people"]] == ["hugo@exemple.fr", "anne@exemple.fr", ""]
    assert "2 destinataires" in words(page)
    assert "Léa" not in words(page)
    assert "/bureau/messages/" not in page.content.decode()  # the outbox is not a manager's
    other = send(people, begin(people, people.away))
    assert manager.get("letter", other.pk).status_code == 404
    assert Desk(make_staff(make_organisation())).get("letter", letter.pk).status_code == 404


def test_contacts_are_shown_with_their_people(people, desk):
    letter = send(people, begin(people, people.hugo, people.anne), audience="contacts")
    [one] = desk.get("letter", letter.pk).context["people"]
    assert (one["who"], one["people"], one["to"]) == (
        "Claire Lefèvre", ["Hugo Marchand", "Anne Vial"], "claire@exemple.fr",
    )  # fmt: skip


def test_it_is_found_from_the_list_the_session_and_the_booking(people, letter, desk, manager):
    address = desk.address("letter", letter.pk)
    for page in (
        desk.get("letters"), desk.get("session", people.session.pk), desk.get("booking", people.hugo.booking.reference),
        manager.get("letters"), manager.get("booking", people.hugo.booking.reference),
    ):  # fmt: skip
        assert f'href="{address}"' in page.content.decode()
    gone = desk.get("booking", people.gone.booking.reference)
    assert address not in gone.content.decode()


def test_with_nothing_yet_it_says_what_to_do(people, desk):
    assert "Aucun message" in words(desk.get("letters"))


def test_a_page_costs_the_same_whatever_is_on_it(people, desk):
    taken = []
    desk.get("letters")  # what is read once is read
    for count in (1, 25):
        rows = make_registrations(people.session, people=[("P", str(n), f"p{n}@exemple.fr") for n in range(count)])
        letter = send(people, begin(people, *rows))
        counts = []
        for name, args in (("letter", [letter.pk]), ("letters", [])):
            with CaptureQueriesContext(connection) as caught:
                desk.get(name, *args)
            counts.append(len(caught))
        taken.append(counts)
    assert taken[0] == taken[1]


def test_what_was_typed_is_shown_as_typed(people, desk):
    letter = send(people, begin(people, people.hugo), subject="<b>Attention</b>", body="<script>alert(1)</script>")
    page = desk.get("letter", letter.pk).content.decode()
    assert "<script>alert" not in page
    assert "&lt;b&gt;Attention" in page
