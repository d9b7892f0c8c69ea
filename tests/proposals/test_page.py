"""The page of the link: machines decide nothing, a person answers in two clicks; a link that is over names nobody."""

from datetime import timedelta

import pytest
from django.test import Client

from comptoir.catalogue.commands.publication import move_session
from comptoir.catalogue.commands.slots import shift_session
from comptoir.proposals.commands import erasing
from comptoir.proposals.links import address_of, link_of
from comptoir.proposals.models import Answer, DateProposal
from tests.factories import make_organisation, make_registrations
from tests.house.digests import digest
from tests.proposals.conftest import DUE, NOW, begin, reply, send, written
from tests.web.desk.desk import words


@pytest.fixture
def clock(time_machine):
    time_machine.move_to(NOW, tick=False)
    return time_machine


@pytest.fixture
def opened(desk, clock):
    return send(desk, desk.lake)


def path(proposal, more=""):
    link = link_of(proposal.reference, organisation_id=proposal.organisation_id)
    return f"/loire/dates/{proposal.reference}/{link}/{more}"


def test_the_page_shows_the_dates_and_asks(opened):
    page = Client().get(path(opened))
    said = words(page)
    assert "Ces dates vous conviennent-elles ?" in said
    assert "Lundi 11 janvier 2027" in said
    assert "9 h – 12 h" in said
    assert "Répondez avant le lundi 30 novembre 2026 à 18 h." in said
    assert "Claire" not in said
    assert page.headers["Referrer-Policy"] == "no-referrer"
    assert page.headers["Cache-Control"] == "private, no-store"


def test_a_button_answers_and_the_page_says_so(opened):
    browser = Client(headers={"Origin": "null", "Sec-Fetch-Site": "same-origin"})
    page = browser.post(path(opened), {"answer": "declined", "other_dates": "Un lundi"}, follow=True)
    assert "Vous déclinez ces dates" in words(page)
    assert "Un lundi" in words(page)
    page = browser.post(path(opened), {"answer": "accepted"}, follow=True)
    assert "Vous acceptez ces dates" in words(page)
    assert Answer.objects.count() == 2
    assert browser.get(path(opened, "agenda.ics")).content.count(b"BEGIN:VEVENT") == 2


def test_the_button_pressed_in_the_mail_only_stands_first(opened):
    said = words(Client().get(path(opened) + "?reponse=non"))
    assert said.index("Je décline") < said.index("J’accepte")
    said = words(Client().get(path(opened) + "?reponse=oui"))
    assert said.index("J’accepte") < said.index("Je décline")


@pytest.mark.fault
@pytest.mark.parametrize("sabotage", [False, True])
def test_a_thousand_visits_of_machines_decide_nothing(opened, sabotage, monkeypatch):
    """T32. Sabotage: a GET that answers."""
    if sabotage:
        from comptoir.web.public import dates

        def hasty(request, reference, link):
            reply(opened, (request.GET.get("reponse") == "oui" and "accepted") or "declined")
            return dates.shown(request, "counter/dates_over.html", {})

        monkeypatch.setattr(dates, "_page", lambda request, found, form, **_: hasty(request, "", ""))
    before, browser = digest(), Client()
    for _ in range(2 if sabotage else 125):
        for more in ("", "?reponse=oui", "?reponse=non", "agenda.ics"):
            browser.get(path(opened, more))
            browser.head(path(opened, more), headers={"Purpose": "prefetch"})
    assert (digest() == before) is not sabotage


def test_what_is_no_answer_is_told_and_a_form_from_elsewhere_refused(opened):
    page = Client().post(path(opened), {"answer": "replaced", "comment": "x"})
    assert page.status_code == 422
    assert "Choisissez d’accepter ou de décliner" in words(page)
    page = Client().post(path(opened), {"answer": "accepted", "comment": "x" * 3000})
    assert page.status_code == 422
    away = Client(headers={"Sec-Fetch-Site": "cross-site"}).post(path(opened), {"answer": "accepted"})
    assert away.status_code in (403, 409)
    assert not Answer.objects.exists()


def test_after_the_deadline_the_page_says_what_to_do(desk, opened, clock):
    desk.organisation.phone = "0240123456"
    desk.organisation.save()
    reply(opened)
    clock.move_to(DUE + timedelta(seconds=1), tick=False)
    page = Client().get(path(opened))
    assert "Le délai pour répondre est passé" in words(page)
    assert "contact@loire.test" in words(page)
    assert "Vous acceptez ces dates" in words(page)
    assert "<form" not in page.content.decode().partition('id="dates"')[2].partition("<footer")[0]
    late = Client().post(path(opened), {"answer": "declined"})
    assert late.status_code == 409
    assert Answer.objects.count() == 1


def over(desk, opened, how):
    if how == "moved":
        day = desk.session.starts_on + timedelta(days=7)
        shift_session(session_id=desk.session.pk, starts_on=day, by=desk.by, at=NOW)
    elif how == "cancelled":
        move_session(session_id=desk.session.pk, to="cancelled", by=desk.by, at=NOW)
    elif how == "replaced":
        send(desk, desk.lake)
    elif how == "withdrawn":
        DateProposal.objects.filter(pk=opened.pk).update(state="withdrawn", ended_at=NOW)
    else:
        DateProposal.objects.filter(pk=opened.pk).update(erased_at=NOW)


@pytest.mark.fault
@pytest.mark.parametrize("how", ["moved", "cancelled", "replaced", "withdrawn", "erased"])
def test_a_link_that_is_over_says_so_plainly_and_names_nobody(desk, opened, how):
    """T37."""
    reply(opened, "declined", comment="Un secret de Claire")
    over(desk, opened, how)
    for page in (Client().get(path(opened)), Client().post(path(opened), {"answer": "accepted"})):
        said = words(page)
        assert "Cette proposition n’est plus valable" in said or page.status_code == 404
        assert page.status_code < 500
        for name in ("Claire", "Lefèvre", "Ateliers du Lac", "claire@lac.test", "secret"):
            assert name not in said
    assert Client().get(path(opened, "agenda.ics")).status_code == 404
    assert Answer.objects.count() == 1


def test_a_wrong_link_is_no_page_in_any_organisation(desk, opened):
    right = path(opened)
    make_organisation("erdre")
    for wrong in (
        right[:-2] + "A/",
        right.replace("/loire/", "/erdre/"),
        "/loire/dates/PD-ABCDEFGHJ/" + "a" * 43 + "/",
    ):
        assert Client().get(wrong).status_code == (200 if wrong == right else 404)


@pytest.mark.fault
@pytest.mark.parametrize("sabotage", [False, True])
def test_ten_thousand_links_open_nothing_but_their_own(desk, sabotage, monkeypatch):
    """T34: bits flipped, other purposes, other organisations. Sabotage: a link made without its purpose's key."""
    from comptoir.bookings import links as of_bookings
    from comptoir.proposals import links

    if sabotage:
        monkeypatch.setattr(links, "PURPOSE", "comptoir.bookings.page")
    one = link_of("PD-AAAAAAAAA", organisation_id=1)
    assert len(one) == 43
    links_made = {link_of(f"PD-{n:09}", organisation_id=1) for n in range(10_000)}
    assert len(links_made) == 10_000
    assert one != link_of("PD-AAAAAAAAA", organisation_id=2)
    booking = of_bookings.Booking(organisation_id=1, reference="PD-AAAAAAAAA")
    assert (of_bookings.link_of(booking) == one) is sabotage


def test_the_address_is_the_configured_one_and_masked_in_logs(desk, opened, settings):
    """T38, T43."""
    from comptoir.base.logs import mask_secrets

    settings.PUBLIC_URL = "https://inscriptions.exemple.fr"
    address = address_of(opened.reference, desk.organisation, "oui")
    assert address.startswith(f"https://inscriptions.exemple.fr/loire/dates/{opened.reference}/")
    line = mask_secrets(None, "", {"path": address})["path"]
    assert link_of(opened.reference, organisation_id=desk.organisation.pk) not in line


def test_erasing_a_booking_erases_what_was_proposed_because_of_it_alone(desk, opened):
    kept = make_registrations(desk.session, booking_client=desk.lake)[0].booking
    erasing.erase(kept.pk, at=NOW)
    opened.refresh_from_db()
    assert opened.erased_at is None  # chosen by the desk
    from comptoir.proposals.models import SessionClient

    SessionClient.objects.update(is_chosen=False)
    reply(opened, comment="Un secret")
    type(kept).objects.update(erased_at=NOW)
    erasing.erase(kept.pk, at=NOW)
    opened.refresh_from_db()
    assert (opened.erased_at, opened.to, opened.contact_name) == (NOW, [], "")
    assert Answer.objects.get().comment == ""
    nobody = make_registrations(desk.session)[0].booking
    erasing.erase(nobody.pk, at=NOW)
    assert written()
    assert begin(desk, desk.lake)
