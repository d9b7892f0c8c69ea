"""The forms that ask for first-aid cover or an in-house course (F6, G1, G2, A4, T20, T62, T65)."""

import re
from datetime import timedelta

import pytest

from comptoir.deals.models import Deal
from comptoir.enquiries.models import Enquiry
from comptoir.web.public import source
from comptoir.web.shared import evened
from tests.factories import NOW, make_activity, make_client, make_contact, make_user
from tests.web.public.visitor import CLIENT, Visitor, words

SOON = str(NOW.date() + timedelta(days=60))
COVER = CLIENT | {
    "kind": "association", "event_name": "Foulées du lac", "place": "Annecy", "starts_on": SOON, "starts_at": "08:00",
    "ends_on": SOON, "ends_at": "18:00", "attendance": "800", "on_site": "",
}  # fmt: skip
COURSE = CLIENT | {
    "kind": "firm", "activity": "", "theme": "Gestes qui sauvent", "people": "12", "wished_dates": "En mars",
    "place": "Lyon",
}  # fmt: skip
FAULTS = {"event_name", "place", "starts_on", "starts_at", "ends_on", "ends_at", "attendance", "kind"}


@pytest.fixture(autouse=True)
def _at_once(monkeypatch):
    monkeypatch.setattr(evened, "LEAST", 0.0)
    monkeypatch.setattr(evened, "BLUR", 0.0)


@pytest.fixture
def asker(organisation, clock):
    type(organisation).objects.update(takes_cover=True, takes_courses=True, enquiry_intro="Réponse sous 48 h.")
    return Visitor(organisation, clock)


def read(visitor, what="poste-de-secours"):
    """The page, and what its form sends along."""
    page = words(visitor.get("enquiry-form", what=what))
    return dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', page))


def send(visitor, what="poste-de-secours", after=timedelta(seconds=30), hidden=None, **said):
    hidden = hidden or read(visitor, what)
    visitor.clock.shift(after)
    base = COVER if what == "poste-de-secours" else COURSE
    return visitor.post("enquiry-form", hidden | base | said, what=what)


def test_the_counter_leads_to_what_may_be_asked_for(asker, organisation, visitor):
    assert asker.address("enquiry") in words(asker.get("catalogue"))
    page = words(asker.get("enquiry"))
    for said in ("Réponse sous 48 h.", "Demander un poste de secours", "Demander une formation en interne"):
        assert said in page
    type(organisation).objects.update(takes_courses=False)
    assert asker.get("enquiry").url == asker.address("enquiry-form", what="poste-de-secours")
    assert asker.get("enquiry-form", what="formation").status_code == 404
    type(organisation).objects.update(takes_cover=False)
    assert asker.get("enquiry").status_code == 404
    assert asker.address("enquiry") not in words(asker.get("catalogue"))
    assert asker.post("enquiry-form", COVER, what="poste-de-secours").status_code == 404


@pytest.mark.parametrize(("what", "service"), [("poste-de-secours", "cover"), ("formation", "course")])
def test_a_request_leads_to_its_reference(what, service, asker):
    answer = send(asker, what)
    found = Enquiry.objects.get()
    assert (found.service, found.email) == (service, CLIENT["email"])
    page = asker.browser.get(answer.url)
    assert found.reference in words(page)
    assert page.headers["Cache-Control"] == "private, no-store"
    assert CLIENT["email"] not in words(page)


def test_a_sent_page_is_not_made_up(asker):
    assert asker.get("enquiry-sent", sealed="DM-INVENTEE").status_code == 404


def test_every_fault_is_named_at_once_and_what_was_typed_is_kept(asker):
    hidden = read(asker)
    asker.clock.shift(timedelta(seconds=30))
    wrong = {"kind": "x", "attendance": "beaucoup", "starts_on": "demain", "legal_name": "<b>Amis</b>", "email": "x@"}
    answer = asker.post("enquiry-form", hidden | wrong, what="poste-de-secours")
    assert answer.status_code == 422
    assert set(answer.context["form"].errors) == FAULTS | {"first_name", "last_name", "email"}
    page = answer.content.decode()
    for kept in ('value="beaucoup"', 'value="demain"', 'value="&lt;b&gt;Amis&lt;/b&gt;"', 'value="x@"'):
        assert kept in page
    assert not Enquiry.objects.exists()


@pytest.mark.parametrize("text", ["\x00", "x" * 100_000, "9" * 5000, "-1", "NaN", "\u202e", "{{ 7*7 }}", "{reference}"])
@pytest.mark.parametrize("field", ["event_name", "attendance", "starts_on", "starts_at", "siret", "email", "kind"])
def test_hostile_text_is_refused_or_shown_as_typed(text, field, asker):
    answer = send(asker, **{field: text})
    assert answer.status_code in {302, 422}
    if answer.status_code == 302:
        assert field == "event_name"


def test_a_double_click_is_one_request(asker):
    hidden = read(asker)
    first = send(asker, hidden=hidden)
    again = send(asker, hidden=hidden)
    assert asker.browser.get(first.url).status_code == asker.browser.get(again.url).status_code == 200
    assert Enquiry.objects.count() == Deal.objects.count() == 1


def test_the_same_form_with_other_words_is_asked_once_more(asker):
    hidden = read(asker)
    send(asker, hidden=hidden)
    answer = send(asker, hidden=hidden, attendance="900")
    assert answer.status_code == 422
    assert Enquiry.objects.count() == 1
    renewed = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', words(answer)))
    assert renewed["cle"] != hidden["cle"]
    assert send(asker, hidden=renewed, attendance="900").status_code == 302
    assert Enquiry.objects.count() == 2


def test_programs_store_nothing(asker, monkeypatch):
    assert send(asker, site_web="http://spam.test").status_code == 422
    assert send(asker, after=timedelta(seconds=1)).status_code == 422
    assert send(asker, hidden={"cle": "", "affiche": ""}).status_code == 422
    assert not Enquiry.objects.exists()
    monkeypatch.setitem(source.MOST_AN_HOUR, "enquiry", 2)
    answers = [send(asker).status_code for _ in range(4)]
    assert answers == [302, 302, 422, 422]


@pytest.mark.parametrize("key", ["x" * 1000, "\x00", "é" * 43, "' OR 1=1 --"])
def test_a_key_that_is_none_of_ours_makes_nothing(key, asker):
    answer = send(asker, hidden={"cle": key}, event_name="")
    stamped = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', words(answer)))
    assert stamped["cle"] != key
    assert send(asker, hidden=stamped | {"cle": key}).status_code == 422
    assert not Enquiry.objects.exists()


def test_another_site_cannot_send_it(asker):
    stranger = Visitor(asker.organisation, asker.clock, enforce_csrf_checks=True)
    hidden = read(stranger)
    del hidden["csrfmiddlewaretoken"]
    assert send(stranger, hidden=hidden).status_code == 403
    assert not Enquiry.objects.exists()


def test_who_is_known_is_told_the_same_as_who_is_not(asker, organisation):
    make_client(organisation, "Ateliers du Lac", number="C900001", siret="73282932000074", city="Lyon")
    known = words(asker.browser.get(send(asker).url))
    unknown = words(asker.browser.get(send(asker, legal_name="Autre maison", siret="", city="Brest").url))
    first, second = Enquiry.objects.order_by("pk")
    assert (first.deal.client.legal_name, second.deal.client.legal_name) == ("Ateliers du Lac", "Autre maison")
    assert _without(known, first.reference) == _without(unknown, second.reference)


def _without(page, reference):
    """The page less its own address and reference."""
    return re.sub(r'name="next" value="[^"]*"', "", page).replace(reference, "")


def test_a_signed_in_contact_finds_it_filled_in_and_is_known_by_the_server(asker, organisation):
    client = make_client(organisation, "Ateliers du Lac", kind="association", city="Lyon")
    contact = make_contact(client, "claire@exemple.fr", first_name="Claire", last_name="Perrin", user=make_user())
    asker.browser.force_login(contact.user)
    page = words(asker.get("enquiry-form", what="formation"))
    for said in ("Ateliers du Lac", client.number, "Claire", "Perrin", "claire@exemple.fr"):
        assert f'value="{said}"' in page
    send(asker, legal_name="Tout autre chose")
    found = Enquiry.objects.get()
    assert (found.authenticated_client, found.deal.client) == (client, client)


@pytest.mark.parametrize("name", ["client_id", "authenticated_client", "authenticated_client_id", "deal", "reader"])
def test_the_form_cannot_authenticate(name, asker, organisation):
    client = make_client(organisation, "Autre maison", number="C900001", city="Brest")
    send(asker, **{name: str(client.pk)})
    found = Enquiry.objects.get()
    assert found.authenticated_client is None
    assert found.deal.client != client


def test_the_activities_offered_are_the_published_ones(asker, organisation):
    make_activity(organisation, title="Sauveteur secouriste", slug="sst")
    make_activity(organisation, title="Pas encore", slug="secret", is_published=False)
    page = words(asker.get("enquiry-form", {"activite": "sst"}, what="formation"))
    assert '<option value="sst" selected>Sauveteur secouriste' in page
    assert "Pas encore" not in page
    assert send(asker, "formation", activity="secret").status_code == 422
    assert send(asker, "formation", activity="sst", theme="").status_code == 302


def test_reading_writes_nothing(asker):
    for _ in range(3):
        read(asker)
    assert not Deal.objects.exists()
