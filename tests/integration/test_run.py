"""A run of the assistant, from waiting files to registrations, deals, archive, mails and report (B9–B18)."""

import pytest
from pypdf import PdfReader

from comptoir.base.errors import Refusal
from comptoir.base.speaking import speaking
from comptoir.bookings.models import Booking, Registration
from comptoir.deals.models import Deal
from comptoir.integration import queries
from comptoir.integration.commands import reporting, running, starting
from comptoir.integration.commands.starting import NothingToIntegrate, Options
from comptoir.mail.models import Message
from comptoir.organisations.models import Territory
from comptoir.preregistrations.models import Request, SpoolFile
from comptoir.preregistrations.states import FileState, RequestState
from tests.factories import NOW, make_organisation, make_session, make_staff
from tests.integration.conftest import ask

pytestmark = pytest.mark.django_db(transaction=True)


def run(world, method="deals", ids=None, **options):
    started = starting.start(
        ticket=f"ticket-{world.asked}-{method}",
        method=method,
        options=Options(**options),
        request_ids=ids,
        by=world.by,
        at=NOW,
    )
    assert running.work(started.run_id, clock=lambda: NOW)
    return queries.run(started.reference, seen_by=world.by)


def test_method_1_makes_a_deal_of_every_request(world):
    rep, territory = (
        make_staff(world.organisation, "sales_rep"),
        Territory.objects.create(organisation=world.organisation, name="Pays de la Loire"),
    )
    ask(world, people=2)
    ask(world, legal_name="Mairie de Rezé")
    found = run(world, sales_rep_id=rep.pk, territory_id=territory.pk)
    deals = list(Deal.objects.order_by("pk"))
    assert [(deal.chance, deal.owner_id, deal.territory_id) for deal in deals] == [(33, rep.pk, territory.pk)] * 2
    assert [deal.amount_cents for deal in deals] == [50_000, 25_000]
    assert [deal.client_id for deal in deals] == [world.client.pk, None]
    assert found.level_id is None
    assert not Registration.objects.exists()


def test_method_2_seats_known_clients_and_makes_deals_of_the_others(world):
    ask(world, people=2)
    ask(world, legal_name="Inconnu du bataillon")
    run(world, "identified")
    assert list(Registration.objects.values_list("level", "state")) == [(world.level.pk, "validated")] * 2
    assert [deal.why for deal in Deal.objects.all()] == ["client non identifié"]


def test_method_3_seats_only_clients_who_had_signed_in(world):
    ask(world)
    signed = ask(world, client=world.client)
    run(world, "authenticated")
    assert Registration.objects.get().booking.source == signed.reference
    assert Deal.objects.get().why == "client connu, mais demande faite sans se connecter"


def test_a_full_session_makes_a_deal_and_the_line_says_so(world):
    ask(world, people=3)
    ask(world, people=2)
    found = run(world, "identified")
    assert Registration.objects.count() == 3
    assert [(line.place, line.reason) for line in queries.lines(found)][1] == (
        "deal",
        f"{world.session.reference} : complet",
    )


def test_a_request_for_two_sessions_one_cancelled_is_split(world):
    other = make_session(world.activity)
    ask(world, sessions=[world.session, other])
    other.state = "cancelled"
    other.save()
    found = run(world, "identified")
    line = queries.lines(found).get()
    assert (line.place, line.booking.registrations.count(), line.deal.lines.count()) == ("both", 1, 1)
    assert line.reason == f"{other.reference} : session annulée"


def test_the_dry_run_says_what_the_run_then_does(world):
    for number in range(4):
        ask(world, people=2, legal_name="Ateliers du Lac" if number % 2 else "Autre maison")
    planned = [
        (row.request.pk, row.destination.place, row.destination.reason)
        for row in queries.dry_run(method="identified", seen_by=world.by, at=NOW)
    ]
    before = Message.objects.count()
    assert not Deal.objects.exists()
    found = run(world, "identified")
    assert [(line.request_id, line.place, line.reason) for line in queries.lines(found)] == planned
    assert Message.objects.count() > before


def test_files_are_archived_and_the_report_is_owed(world):
    one = ask(world)
    assert (world.spool / one.file.name).exists()
    found = run(world)
    assert not (world.spool / one.file.name).exists()
    assert (world.spool / "ARCHIVES" / one.file.name).exists()
    assert SpoolFile.objects.get().state == FileState.ARCHIVED
    assert (found.state, found.report_state) == ("finished", "owed")
    assert Request.objects.get().state == RequestState.INTEGRATED


def test_each_person_gets_one_mail_about_what_concerns_them(world):
    ask(world, people=2)
    ask(world)
    run(world, "identified")
    mails = Message.objects.filter(kind__startswith="integration").order_by("pk")
    assert {(mail.kind, tuple(mail.to)) for mail in mails} == {
        ("integration-owner", (world.staff.user.email,)),
        ("integration-assistant", (world.session.assistant.user.email,)),
    }


@pytest.mark.parametrize("box", ["mail_owner", "mail_assistant"])
def test_an_unticked_box_sends_nothing(world, box):
    ask(world)
    run(world, "identified", **{box: False})
    kind = box.replace("mail_", "integration-")
    assert not Message.objects.filter(kind=kind).exists()


def test_a_second_click_is_the_same_run(world):
    ask(world)
    twice = [starting.start(ticket="t", method="deals", options=Options(), by=world.by, at=NOW) for _click in range(2)]
    assert [one.created for one in twice] == [True, False]
    assert twice[0].run_id == twice[1].run_id


def test_the_second_of_two_assistants_is_told(world):
    ask(world)
    starting.start(ticket="a", method="deals", options=Options(), by=world.by, at=NOW)
    with pytest.raises(NothingToIntegrate):
        starting.start(ticket="b", method="deals", options=Options(), by=world.by, at=NOW)


def test_a_file_gone_or_changed_is_left_alone_and_named(world):
    gone, changed, sound = ask(world), ask(world), ask(world)
    (world.spool / gone.file.name).unlink()
    path = world.spool / changed.file.name
    path.write_bytes(path.read_bytes().replace(b"Lac", b"Lak"))
    found = run(world)
    assert {line.request_id: line.reason for line in queries.lines(found) if line.place == "skipped"} == {
        gone.pk: "Le fichier a disparu du dossier Résa.",
        changed.pk: "Le fichier a été modifié depuis son dépôt.",
    }
    assert [deal.source for deal in Deal.objects.all()] == [sound.reference]
    assert set(Request.objects.filter(claim="").values_list("pk", flat=True)) == {gone.pk, changed.pk}
    assert (world.spool / "REJETS" / changed.file.name).exists()


def test_an_option_of_another_organisation_is_refused(world):
    ask(world)
    stranger = make_staff(make_organisation(), "sales_rep")
    with pytest.raises(Refusal):
        starting.start(ticket="t", method="deals", options=Options(sales_rep_id=stranger.pk), by=world.by, at=NOW)
    assert Request.objects.get().claim == ""


def test_a_booking_keeps_the_language_of_its_request_and_its_report_is_french(world):
    request = ask(world)
    Request.objects.filter(pk=request.pk).update(language="en")
    with speaking("en"):
        found = run(world, "identified")
        name = reporting.produce(found.pk, at=NOW)
    assert Booking.objects.get().language == "en"
    text = "".join(page.extract_text() for page in PdfReader(world.spool / name).pages)
    assert "Compte rendu d’intégration" in text
