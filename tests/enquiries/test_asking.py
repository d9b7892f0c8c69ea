"""A request for a service opens a deal, knows its client or makes it, and is made once (G1, G2, B18, T20, T21, T62)."""

from dataclasses import replace
from datetime import date, time, timedelta

import pytest

from comptoir.base.errors import Refusal, Several
from comptoir.clients.models import Client
from comptoir.deals import queries as deals
from comptoir.deals.models import Deal
from comptoir.enquiries import queries
from comptoir.enquiries.commands import asking
from comptoir.enquiries.commands.erasing import erase_enquiries
from comptoir.enquiries.models import Enquiry
from comptoir.enquiries.wishes import Wish
from comptoir.integration.commands import winning
from comptoir.journal.models import Entry
from comptoir.mail.models import Message
from comptoir.organisations.actors import visitor
from comptoir.preregistrations.submission import Requester
from tests.factories import NOW, actor_of, make_activity, make_client, make_contact, make_organisation, make_staff

SOON = NOW.date() + timedelta(days=90)
WHO = Requester(
    legal_name="Mairie de Rezé", first_name="Odile", last_name="Brossard", email="o.brossard@reze.exemple",
    kind="public", address="Place J.-B. Daviais", postcode="44400", city="Rezé", phone="02 40 84 43 00",
    message="Un accès par le quai.",
)  # fmt: skip
COVER = Wish(
    "cover", WHO, event_name="Foulées du quai", place="Quai Léon-Sécher, Rezé", starts_on=SOON, starts_at=time(8),
    ends_on=SOON, ends_at=time(18), attendance=1200, on_site="M. Hervé, 06 00 00 00 00",
)  # fmt: skip
COURSE = Wish("course", WHO, theme="Gestes qui sauvent", people=12, wished_dates="En mars", place="Rezé")


@pytest.fixture
def organisation(db):
    return make_organisation(
        takes_cover=True, takes_courses=True, notification_email="dps@exemple.fr", default_chance=40
    )


def ask(organisation, wish=COVER, token="jeton", client_id=None):
    return asking.ask(wish=wish, token=token, client_id=client_id, by=visitor(organisation.pk), at=NOW)


def test_a_deal_follows_it_with_the_chance_of_the_organisation(organisation):
    reference = ask(organisation)
    enquiry, deal = Enquiry.objects.get(), Deal.objects.get()
    assert (enquiry.reference, enquiry.deal, deal.source) == (reference, deal, reference)
    assert (deal.service, deal.chance, deal.stage) == ("cover", 40, "new")
    assert deal.title == "Poste de secours\u00a0: Foulées du quai"
    assert (deal.contact_name, deal.contact_email) == ("Odile Brossard", WHO.email)
    entry = Entry.objects.get(what="deal.asked")
    assert (entry.about, entry.by_name, entry.detail) == (
        deal.reference, "visiteur", {"service": "cover", "request": reference},
    )  # fmt: skip


def test_an_unknown_client_is_opened_and_its_number_mailed(organisation):
    ask(organisation)
    client = Client.objects.get()
    assert (client.legal_name, client.kind, client.city) == ("Mairie de Rezé", "public", "Rezé")
    assert client.contacts.get().email == WHO.email
    assert Deal.objects.get().client == client
    number = Message.objects.get(kind="client-number")
    assert (number.to, client.number in number.text) == ([WHO.email], True)


@pytest.mark.parametrize(
    "said",
    [
        {"legal_name": "LA MAIRIE DE REZE", "address": "place daviais"},
        {"legal_name": "Commune de Rezé", "siret": "73282932000074"},
        {"client_number": "the number"},
    ],
)
def test_a_known_client_is_recognised_however_spelt(said, organisation):
    client = make_client(
        organisation, "Mairie de Rezé", kind="public", siret="73282932000074", city="Rezé", postcode="44400",
        address=WHO.address, phone=WHO.phone,
    )  # fmt: skip
    said = {name: client.number if text == "the number" else text for name, text in said.items()}
    ask(organisation, replace(COVER, requester=replace(WHO, **said)))
    assert "Client reconnu" in Enquiry.objects.get().recognised
    assert Deal.objects.get().client == client
    assert Client.objects.count() == 1


def test_in_doubt_a_person_decides(organisation):
    make_client(organisation, "Mairie de Rezé Ouest", kind="public", city="Rezé", postcode="44400")
    ask(organisation, replace(COVER, requester=replace(WHO, legal_name="Mairie de Rezé Est")))
    assert Client.objects.count() == 1
    deal = Deal.objects.get()
    assert (deal.client, deal.prospect_name) == (None, "Mairie de Rezé Est")
    assert "Client possible, à vérifier" in Enquiry.objects.get().recognised


def test_what_the_requester_is_told_is_the_same_whoever_is_known(organisation):
    elsewhere = make_organisation(takes_cover=True, notification_email="dps@exemple.fr")
    known = make_client(organisation, "Mairie de Rezé", kind="public", city="Rezé", postcode="44400")
    told = []
    for one in (organisation, elsewhere):
        reference = ask(one)
        mail = Message.objects.get(organisation=one, kind="enquiry-contact")
        told.append((mail.subject + mail.text).replace(reference, "").replace(one.slug, "").replace(one.name, ""))
    assert told[0] == told[1]
    assert known.number not in told[0]


def test_one_form_is_one_request(organisation):
    first = ask(organisation)
    assert ask(organisation) == first
    assert (Enquiry.objects.count(), Deal.objects.count(), Client.objects.count()) == (1, 1, 1)
    assert Message.objects.filter(kind="enquiry-contact").count() == 1
    with pytest.raises(asking.TokenReused):
        ask(organisation, replace(COVER, attendance=5000))
    assert ask(organisation, replace(COVER, attendance=5000), token="autre") != first


def test_both_sides_are_written_to(organisation):
    reference = ask(organisation)
    deal = Deal.objects.get()
    for kind, to in (("enquiry-contact", WHO.email), ("enquiry-organisation", "dps@exemple.fr")):
        mail = Message.objects.get(kind=kind)
        assert (mail.to, mail.about) == ([to], deal.reference)
        text = mail.text.replace("\u00a0", " ").replace("\u202f", " ")
        for said in (reference, "Foulées du quai", "1 200", "8 h", "Un accès par le quai."):
            assert said in text
    assert f"bureau/dossiers/{deal.reference}/" in Message.objects.get(kind="enquiry-organisation").text


def test_every_answer_that_lacks_is_named(organisation):
    for service, names in (
        ("cover", {"event_name", "place", "starts_on", "starts_at", "ends_on", "ends_at", "attendance"}),
        ("course", {"theme", "people", "wished_dates", "place"}),
    ):
        with pytest.raises(Several) as refused:
            ask(organisation, Wish(service, Requester("", "", "", "", kind="firm", siret="12")))
        fields = {one.field for one in refused.value.refusals}
        assert fields == names | {"legal_name", "first_name", "last_name", "email", "siret"}
    assert not Enquiry.objects.exists()


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"starts_on": date(2020, 1, 1)}, "starts_on"),
        ({"starts_on": date(9999, 1, 1), "ends_on": date(9999, 1, 1)}, "starts_on"),
        ({"ends_on": date(9999, 1, 1)}, "ends_on"),
        ({"ends_on": SOON - timedelta(days=1)}, "ends_on"),
        ({"ends_at": time(8)}, "ends_at"),
        ({"attendance": 0}, "attendance"),
        ({"attendance": 10**9}, "attendance"),
        ({"event_name": "x" * 151}, "event_name"),
        ({"on_site": "x" * 201}, "on_site"),
        ({"requester": replace(WHO, phone="123456")}, "phone"),
        ({"requester": replace(WHO, siret="0" * 14)}, "siret"),
        ({"requester": replace(WHO, message="x" * 2001)}, "message"),
    ],
)
def test_what_cannot_be_is_refused_beside_its_field(wrong, field, organisation):
    with pytest.raises(Refusal) as refused:
        ask(organisation, replace(COVER, **wrong))
    named = [one.field for one in getattr(refused.value, "refusals", [refused.value])]
    assert field in named
    assert not Deal.objects.exists()


def test_what_the_other_service_asks_is_left_out(organisation):
    ask(organisation, replace(COURSE, event_name="Foulées", attendance=-4))
    enquiry = Enquiry.objects.get()
    assert (enquiry.event_name, enquiry.attendance, enquiry.people) == ("", None, 12)


def test_an_activity_of_the_catalogue_names_the_course(organisation):
    activity = make_activity(organisation, title="Sauveteur secouriste", slug="sst")
    ask(organisation, replace(COURSE, activity="sst", theme=""))
    assert Enquiry.objects.get().activity == activity
    assert Deal.objects.get().title == "Formation en interne\u00a0: Sauveteur secouriste"


def test_an_activity_that_is_not_there_says_no_theme(organisation):
    make_activity(organisation, slug="cachee", is_published=False)
    with pytest.raises(Refusal) as refused:
        ask(organisation, replace(COURSE, activity="cachee", theme=""))
    assert refused.value.field == "theme"


@pytest.mark.parametrize("wish", [COVER, COURSE])
def test_what_is_closed_is_not_there(wish, organisation):
    type(organisation).objects.update(takes_cover=False, takes_courses=False)
    with pytest.raises(asking.ServiceClosed) as refused:
        ask(organisation, wish)
    assert refused.value.kind == "missing"


def test_a_person_is_its_own_client(organisation):
    ask(organisation, replace(COVER, requester=replace(WHO, kind="person", legal_name="", siret="x")))
    assert Client.objects.get().legal_name == "Odile Brossard"


def test_hostile_text_is_kept_as_typed_without_control_characters(organisation):
    name = "<script>alert(1)</script> {{ client }} {reference}"
    ask(organisation, replace(COVER, event_name=name + "\x00\x1b\u2028", requester=replace(WHO, legal_name=name)))
    enquiry = Enquiry.objects.get()
    assert (enquiry.event_name, enquiry.legal_name) == (name, name)
    mail = Message.objects.get(kind="enquiry-contact")
    assert name in mail.text
    assert "<script>alert" not in mail.html


def test_the_pipeline_tells_where_a_deal_was_born(organisation):
    by = actor_of(make_staff(organisation))
    ask(organisation, COVER, "a")
    ask(organisation, COURSE, "b")
    Deal.objects.create(organisation=organisation, reference="DO-A", source="PR-1", title="x", chance=1, created_at=NOW)
    Deal.objects.create(organisation=organisation, reference="DO-B", title="x", chance=1, created_at=NOW)
    rows = deals.deals(seen_by=by)
    for origin, titles in (("cover", 1), ("course", 1), ("request", 1), ("hand", 1), ("", 4), ("x", 4)):
        assert deals.born_of(rows, origin).count() == titles
    assert deals.born_of(rows, "request").get().reference == "DO-A"
    assert deals.born_of(rows, "hand").get().reference == "DO-B"
    assert deals.deals(seen_by=by, text=Enquiry.objects.get(service="cover").reference).get().service == "cover"


def test_the_desk_reads_it_and_another_organisation_does_not(organisation):
    ask(organisation)
    deal = Deal.objects.get()
    assert queries.behind(deal, seen_by=actor_of(make_staff(organisation))) == Enquiry.objects.get()
    assert queries.behind(deal, seen_by=actor_of(make_staff(make_organisation()))) is None
    assert queries.behind(deal, seen_by=actor_of(make_staff(organisation, "manager"))) is None


def test_won_in_doubt_its_client_is_made_of_what_was_typed(organisation):
    make_client(organisation, "Mairie de Rezé Ouest", kind="public", city="Rezé", postcode="44400")
    ask(organisation, replace(COVER, requester=replace(WHO, legal_name="Mairie de Rezé Est", siret="73282932000074")))
    deal = Deal.objects.get()
    assert deal.client is None
    Client.objects.all().delete()
    winning.win(deal_id=deal.pk, by=actor_of(make_staff(organisation)), at=NOW)
    deal.refresh_from_db()
    assert (deal.client.siret, deal.client.address) == ("73282932000074", WHO.address)


def test_erased_it_names_nobody(organisation):
    ask(organisation)
    erase_enquiries([Deal.objects.get().reference], organisation_id=organisation.pk)
    enquiry = Enquiry.objects.get()
    said = " ".join(str(value) for value in vars(enquiry).values())
    for gone in ("Odile", "Brossard", "exemple", "02 40", "Daviais", "Hervé", "accès"):
        assert gone not in said
    assert enquiry.legal_name == "Mairie de Rezé"


def test_a_client_reads_its_own_and_not_what_was_typed_in_its_name(organisation):
    client = make_client(organisation, "Mairie de Rezé", kind="public", city="Rezé", postcode="44400")
    contact = make_contact(client, "o.brossard@reze.exemple")
    reader = queries.Reader(contact, client)
    ask(organisation, COVER, "a", client_id=client.pk)
    said = replace(WHO, client_number=client.number)
    ask(organisation, replace(COVER, requester=said), "b")  # from the contact's own address, not signed in
    ask(organisation, replace(COVER, requester=replace(said, email="inconnu@exemple.fr")), "c")
    assert Deal.objects.filter(client=client).count() == 3
    assert {one.token for one in queries.own(reader)} == {"a", "b"}
    other = make_client(organisation, "Autre")
    assert not queries.own(queries.Reader(make_contact(other, "a@exemple.fr"), other)).exists()
