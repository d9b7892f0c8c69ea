"""The desk proposes dates: the tab of a session, the draft and its preview, those to follow up, the list's column."""

from datetime import timedelta

import pytest

from comptoir.catalogue.commands.slots import shift_session
from comptoir.mail.models import Message
from comptoir.organisations.actors import Actor
from comptoir.proposals import queries
from comptoir.proposals.commands.withdrawing import _withdraw
from comptoir.proposals.models import DateProposal, SessionClient
from tests.factories import make_client, make_registrations, make_session, make_staff
from tests.proposals.conftest import DUE, NOW, begin, desk, reply, send  # noqa: F401  # a fixture
from tests.web.desk.desk import Desk, said, words

TYPED = {
    "deadline": "2026-11-30T18:00", "subject": "Vos dates", "body": "{horaires}\n\n{echeance}\n\n{bouton}", "cc": "",
    "bcc": "",
}  # fmt: skip


@pytest.fixture
def hands(desk, time_machine):  # noqa: F811
    time_machine.move_to(NOW, tick=False)
    return Desk(desk.staff)


def test_the_tab_says_where_each_client_stands_and_keeps_the_history(desk, hands):  # noqa: F811
    proposal = reply(send(desk, desk.lake), "declined", comment="En inventaire", other_dates="Un lundi")
    page = words(hands.get("session-clients", desk.session.pk))
    for one in ("Date(s) déclinée(s) le 23 novembre 2026", "Décliné", "À confirmer", "En inventaire", "Un lundi",
                proposal.reference):  # fmt: skip
        assert one in page
    assert "Proposer les dates à tous" in page


def test_a_session_without_a_sitting_says_what_to_do_first(desk, hands):  # noqa: F811
    desk.session.slots.all().delete()
    page = words(hands.get("session-clients", desk.session.pk))
    assert "Planifier les séances" in page
    assert "Proposer les dates à tous" not in page
    answer = hands.post("session-propose", desk.session.pk, data={"act": "all"}, follow=True)
    assert said(answer) == ["Planifiez d’abord les séances : il n’y a pas encore de dates à proposer."]


def test_clients_are_added_by_name_and_removed(desk, hands):  # noqa: F811
    make_client(desk.organisation, "Fonderie Brest")
    hands.post("session-client-add", desk.session.pk, data={"text": "fonderie"})
    assert "Fonderie Brest" in words(hands.get("session-clients", desk.session.pk))
    told = hands.post("session-client-add", desk.session.pk, data={"text": "personne"}, follow=True)
    assert said(told) == ["Aucun client ne répond à « personne »."]
    hands.post("session-client-add", desk.session.pk, data={"client": str(desk.lake.pk)})
    hands.post("session-client-remove", desk.session.pk, desk.lake.pk)
    assert not SessionClient.objects.filter(client=desk.lake).exists()
    inter = make_session(desk.activity)
    told = hands.post("session-client-add", inter.pk, data={"client": str(desk.lake.pk)}, follow=True)
    assert said(told) == ["Les clients d’une session INTER sont ceux qui y ont une inscription."]
    assert "il n’y en a pas encore" in words(hands.get("session-clients", inter.pk))


def test_the_switch_is_put_on_and_off(desk, hands):  # noqa: F811
    address = ("session-client-validation", desk.session.pk, desk.lake.pk)
    hands.post(*address, data={"on": "1"})
    assert "Date(s) validée(s) manuellement" in words(hands.get("session-clients", desk.session.pk))
    hands.post(*address)
    assert "manuellement" not in words(hands.get("session-clients", desk.session.pk))


def test_a_draft_is_written_saved_and_sent(desk, hands):  # noqa: F811
    answer = hands.post("session-propose", desk.session.pk, data={"act": "chosen", "clients": str(desk.lake.pk)})
    pk = int(answer.url.rstrip("/").rpartition("/")[2])
    page = hands.get("proposal-draft", pk)
    assert 'value="claire@lac.test"' in page.content.decode()
    assert 'value="2026-11-30T18:00"' in page.content.decode()
    to = {f"to_{desk.lake.pk}": "chef@lac.test"}
    saved = hands.post("proposal-draft", pk, data=TYPED | to, follow=True)
    assert said(saved) == ["Le brouillon est enregistré. Rien n’est parti."]
    sent = hands.post("proposal-draft", pk, data=TYPED | to | {"act": "send"}, follow=True)
    assert said(sent) == ["La proposition part à 1 client."]
    assert Message.objects.get().to == ["chef@lac.test"]
    assert hands.get("proposal-draft", pk).status_code == 302


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"deadline": "demain"}, "Choisissez un jour et une heure"),
        ({"deadline": ""}, "Choisissez jusqu’à quand"),
        ({"body": "{prenom}"}, "La variable {prenom} n’existe pas"),
        ({"cc": "pas une adresse"}, "n’est pas une adresse"),
    ],
)
def test_what_is_wrong_is_named_and_what_was_typed_stays(desk, hands, wrong, told):  # noqa: F811
    page = hands.post("proposal-draft", begin(desk), data=TYPED | {"subject": "Mon objet"} | wrong | {"act": "send"})
    assert page.status_code == 422
    assert told in words(page)
    assert "Mon objet" in page.content.decode()
    assert not Message.objects.exists()


def test_the_preview_is_the_mail_that_will_leave(desk, hands):  # noqa: F811
    pk = begin(desk)
    page = words(hands.post("proposal-preview", pk, data=TYPED | {"client": desk.town.pk, "cc": "chef@reze.test"}))
    for one in ("À : mairie@reze.test", "CC : chef@reze.test", "lundi 30 novembre 2026 à 18 h", "J’accepte",
                "Je décline", f"{desk.session.reference}-1.ics"):  # fmt: skip
        assert one in page
    shown = words(
        hands.post("proposal-preview", pk, data=TYPED | {f"to_{desk.lake.pk}": "x@lac.test", "client": desk.lake.pk})
    )
    assert "x@lac.test" in shown
    assert "échéance" in words(hands.post("proposal-preview", pk, data=TYPED | {"deadline": ""}))
    assert "{prenom}" in words(hands.post("proposal-preview", pk, data=TYPED | {"subject": "{prenom}"}))
    assert hands.get("proposal-preview", pk, query={"client": "999999"}).status_code == 422
    assert not Message.objects.exists()


def test_a_draft_is_thrown_away(desk, hands):  # noqa: F811
    pk = begin(desk)
    assert hands.post("proposal-discard", pk).status_code == 302
    assert hands.get("proposal-draft", pk).status_code == 404


def test_dates_that_moved_are_proposed_again_in_one_click(desk, hands):  # noqa: F811
    send(desk, desk.lake)
    day = desk.session.starts_on + timedelta(days=7)
    shift_session(session_id=desk.session.pk, starts_on=day, by=desk.by, at=NOW)
    assert "1 client connaît encore les dates d’avant." in words(hands.get("session-clients", desk.session.pk))
    done = hands.post("session-propose-again", desk.session.pk, follow=True)
    assert said(done) == ["Les nouvelles dates partent à 1 client."]
    again = hands.post("session-propose-again", desk.session.pk, follow=True)
    assert said(again) == ["Tous les clients sont au courant de ces dates."]


def test_those_to_follow_up_are_listed_told_at_home_and_asked_again(desk, hands, time_machine):  # noqa: F811
    proposal = send(desk, desk.lake)
    assert "Personne à relancer" in words(hands.get("proposals"))
    assert "Ateliers du Lac" in words(hands.get("proposals", query={"voir": "waiting"}))
    time_machine.move_to(DUE - timedelta(days=1), tick=False)
    hands = Desk(desk.staff)
    assert "Ateliers du Lac" in words(hands.get("proposals"))
    assert "client à relancer sur ses dates" in words(hands.get("home"))
    assert said(hands.post("proposals-remind", data={"ids": [proposal.pk]}, follow=True)) == ["1 client est relancé."]
    time_machine.move_to(DUE + timedelta(days=1), tick=False)
    hands = Desk(desk.staff)
    assert "Échéance dépassée" in words(hands.get("proposals"))
    late = hands.post("proposals-remind", data={"ids": [proposal.pk]}, follow=True)
    assert said(late) == ["Personne n’est à relancer : tous ont répondu, ou le délai est passé."]


def test_the_list_of_sessions_has_the_column_its_filter_and_its_counts(desk, hands, time_machine):  # noqa: F811
    send(desk, desk.lake, desk.town)
    make_registrations(make_session(desk.activity), booking_client=desk.lake)
    page = words(hands.get("sessions"))
    for one in (
        "Confirmation dates client",
        'À confirmer <span class="count">1',
        'En attente de confirmation <span class="count">1',
    ):
        assert one in page
    assert desk.session.reference not in words(hands.get("sessions", query={"confirmation": "to_confirm"}))
    time_machine.move_to(DUE + timedelta(seconds=1), tick=False)
    hands = Desk(desk.staff)
    page = words(hands.get("sessions", query={"confirmation": "overdue"}))
    assert desk.session.reference in page


@pytest.mark.parametrize("count", [1, 8])
def test_the_tab_costs_the_same_for_any_number_of_clients(desk, hands, count, django_assert_max_num_queries):  # noqa: F811
    for number in range(count):
        client = make_client(desk.organisation, f"Client {number}", email=f"c{number}@exemple.test")
        SessionClient.objects.create(session=desk.session, client=client, is_chosen=True, added_at=NOW)
        send(desk, client)
    with django_assert_max_num_queries(22):
        hands.get("session-clients", desk.session.pk)


def test_a_manager_has_no_such_tab_but_sees_the_column(desk, hands):  # noqa: F811
    staff = make_staff(desk.organisation, "manager")
    desk.session.managers.add(staff)
    manager = Desk(staff)
    assert manager.get("session-clients", desk.session.pk).status_code == 403
    assert "À confirmer" in words(manager.get("sessions"))
    assert "Ateliers du Lac" not in words(manager.get("sessions"))


def test_a_program_sees_the_sessions_of_its_perimeter_only(desk):  # noqa: F811
    send(desk, desk.lake)
    program = Actor(desk.organisation.pk, "Programme", scopes=frozenset({"intake:read"}))
    assert not queries.sendings(seen_by=program).exists()
    assert not queries.proposals(seen_by=program).exists()
    assert queries.proposals(seen_by=desk.by).count() == 1


def test_a_round_that_comes_second_withdraws_nothing(desk):  # noqa: F811
    send(desk, desk.lake)
    assert _withdraw(desk.session, at=NOW) == 1
    assert _withdraw(desk.session, at=NOW) == 0
    assert DateProposal.objects.get().state == "withdrawn"
