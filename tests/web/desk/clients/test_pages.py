"""One client: read, made, changed; its people; another organisation's does not exist; GET writes nothing."""

import pytest

from comptoir.clients.models import Client, Contact
from comptoir.deals.models import Deal
from comptoir.journal.models import Entry
from comptoir.mail.models import Message
from tests.factories import NOW, make_client, make_contact, make_organisation
from tests.web.desk.clients.conftest import HOME, text

SIRET = "73282932000074"


@pytest.fixture
def lake(organisation):
    return make_client(organisation, "SARL Ateliers du Lac", siret=SIRET, city="Annecy", notes="Le matin.")


def contact_of(lake, **fields):
    return make_contact(lake, "claire@exemple.fr", first_name="Claire", last_name="Petit", is_main=True, **fields)


def pages_of(lake, contact):
    return [
        f"{HOME}{lake.pk}/", f"{HOME}{lake.pk}/modifier/", f"{HOME}{lake.pk}/interlocuteurs/nouveau/",
        f"{HOME}interlocuteurs/{contact.pk}/", f"{HOME}interlocuteurs/{contact.pk}/retrait/",
    ]  # fmt: skip


def posts_of(contact):
    return [f"{HOME}interlocuteurs/{contact.pk}/{act}/" for act in ("principal", "acces", "acces/fermeture", "retrait")]


def test_its_page_says_all_that_hangs_on_it(desk, lake, organisation):
    contact_of(lake)
    Deal.objects.create(
        organisation=organisation, reference="DO-7K3QX9MBT", title="SST de nuit", chance=33, client=lake, created_at=NOW
    )
    shown = text(desk.get(f"{HOME}{lake.pk}/"))
    for said in (
        lake.number,
        "732 829 320 00074",
        "Claire Petit",
        "Interlocuteur principal",
        "SST de nuit",
        "Le matin.",
    ):
        assert said in shown
    assert 'id="journal"' not in shown


def test_an_administrator_reads_the_journal_of_it(signed_in, lake):
    browser = signed_in("administrator").browser
    browser.post(f"{HOME}{lake.pk}/modifier/", {"legal_name": "Ateliers du Lac", "kind": "firm", "siret": SIRET})
    assert "Client modifié" in text(browser.get(f"{HOME}{lake.pk}/"))


def test_a_strangers_desk_finds_nothing_and_changes_nothing(signed_in, lake):
    contact = contact_of(lake)
    stranger = signed_in(place=make_organisation("rhone")).browser
    before = list(Client.objects.values()), list(Contact.objects.values())
    for address in pages_of(lake, contact):
        assert stranger.get(address.replace("/loire/", "/rhone/")).status_code == 404
        assert stranger.get(address).status_code == 404
    for address in posts_of(contact):
        assert stranger.post(address.replace("/loire/", "/rhone/")).status_code == 404
    assert (list(Client.objects.values()), list(Contact.objects.values())) == before


def test_reading_writes_nothing(desk, lake):
    contact = contact_of(lake)
    for address in pages_of(lake, contact):
        assert desk.get(address).status_code == 200
    for address in posts_of(contact)[:3]:
        assert desk.get(address).status_code == 405
    assert Contact.objects.count() == 1
    assert not Entry.objects.exists()


@pytest.mark.parametrize("count", [1, 3])
def test_a_page_costs_the_same_for_any_number_of_people(count, desk, lake, django_assert_max_num_queries):
    for number in range(count):
        make_contact(lake, f"{number}@exemple.fr", is_main=number == 0)
    desk.get(f"{HOME}{lake.pk}/")
    with django_assert_max_num_queries(22):
        desk.get(f"{HOME}{lake.pk}/")


def test_a_client_is_made_with_its_first_contact(desk, organisation):
    answer = desk.post(
        f"{HOME}nouveau/",
        {"legal_name": "Ateliers du Lac", "kind": "firm", "siret": "732 829 320 00074", "contact_last_name": "Petit",
         "contact_email": "claire@exemple.fr", "tell_number": "on"},
    )  # fmt: skip
    client = Client.objects.get()
    assert answer.url == f"{HOME}{client.pk}/"
    assert (client.siret, client.contacts.get().is_main, Message.objects.get().to) == (
        SIRET,
        True,
        ["claire@exemple.fr"],
    )
    assert "sous le numéro C000001" in text(desk.get(answer.url))


def test_every_fault_is_beside_its_field_and_what_was_typed_stays(desk, organisation):
    said = {"legal_name": "", "kind": "firm", "siret": "7328293200007", "email": "claire@", "city": "Annecy"}
    answer = desk.post(f"{HOME}nouveau/", said)
    assert answer.status_code == 422
    assert "Ce champ est obligatoire." in text(answer)
    answer = desk.post(f"{HOME}nouveau/", {**said, "legal_name": "Ateliers"})
    assert answer.status_code == 422
    for sentence in ("Ce SIRET a 13 chiffres ; il en faut 14.", "Cette adresse n’a pas la forme nom@domaine.fr.",
                     'value="7328293200007"', 'value="Annecy"', "2 réponses sont à revoir"):  # fmt: skip
        assert sentence in text(answer)
    assert not Client.objects.exists()


def test_a_client_that_may_exist_is_shown_before_it_is_made_again(desk, lake):
    said = {"legal_name": "Ateliers du lac", "kind": "firm", "siret": SIRET}
    answer = desk.post(f"{HOME}nouveau/", said)
    assert answer.status_code == 409
    assert f'href="{HOME}{lake.pk}/"' in text(answer)
    assert "Même SIRET" in text(answer)
    assert desk.post(f"{HOME}nouveau/", {**said, "anyway": "1"}).status_code == 302
    assert Client.objects.count() == 2


def test_a_change_keeps_what_was_not_touched(desk, lake):
    Client.objects.filter(pk=lake.pk).update(phone="ancien poste 12")
    said = {"legal_name": "Ateliers du Lac", "kind": "firm", "siret": SIRET, "city": "Annecy", "notes": "Le matin.",
            "phone": "ancien poste 12"}  # fmt: skip
    assert desk.post(f"{HOME}{lake.pk}/modifier/", said).url == f"{HOME}{lake.pk}/"
    lake.refresh_from_db()
    assert (lake.legal_name, lake.phone) == ("Ateliers du Lac", "ancien poste 12")
    assert Entry.objects.get().detail == {"fields": ["legal_name"]}
    assert desk.post(f"{HOME}{lake.pk}/modifier/", {**said, "phone": "12"}).status_code == 422


def test_a_doubtful_siret_is_said_where_it_is_mended(desk, organisation):
    client = make_client(organisation, "Mairie de Sète", doubtful_siret="2144019000012")
    for tail in ("", "modifier/"):
        assert "« 2144019000012 », qui n’est pas un SIRET" in text(desk.get(f"{HOME}{client.pk}/{tail}"))


def test_people_are_added_changed_made_main_and_removed(desk, lake):
    contact = contact_of(lake)
    new = f"{HOME}{lake.pk}/interlocuteurs/nouveau/"
    assert desk.post(new, {}).status_code == 422
    desk.post(new, {"first_name": "Ali", "email": "ali@exemple.fr"})
    ali = Contact.objects.get(first_name="Ali")
    desk.post(f"{HOME}interlocuteurs/{ali.pk}/principal/")
    desk.post(f"{HOME}interlocuteurs/{ali.pk}/", {"first_name": "Ali", "last_name": "Çelik", "email": "ali@exemple.fr"})
    ali.refresh_from_db()
    assert (ali.is_main, ali.last_name) == (True, "Çelik")
    assert desk.post(f"{HOME}interlocuteurs/{ali.pk}/", {"email": "non"}).status_code == 422
    assert "prendra sa place" in text(desk.get(f"{HOME}interlocuteurs/{ali.pk}/retrait/"))
    desk.post(f"{HOME}interlocuteurs/{ali.pk}/retrait/")
    contact.refresh_from_db()
    assert contact.is_main
    assert Contact.objects.count() == 1


def test_access_is_opened_by_mail_and_closed(desk, lake):
    contact = contact_of(lake)
    address = f"{HOME}interlocuteurs/{contact.pk}/acces/"
    assert "part à claire@exemple.fr" in text(desk.post(address, follow=True))
    assert Message.objects.get().kind == "client-access"
    desk.post(f"{address}fermeture/")
    contact.refresh_from_db()
    assert contact.user_id is None
    Contact.objects.filter(pk=contact.pk).update(email="")
    answer = desk.post(address)
    assert answer.status_code == 422
    assert "ajoutez-la, puis ouvrez l’accès" in text(answer)


def test_hostile_names_are_only_text(desk, organisation):
    name = '<script>alert(1)</script>"\'&{{ 7|add:7 }}{% now "Y" %}\u202e'
    client = make_client(organisation, name, city=name[:60], notes=name)
    make_contact(client, 'a"onclick="x@exemple.fr', first_name=name[:60])
    for address in (HOME, f"{HOME}{client.pk}/", f"{HOME}{client.pk}/modifier/"):
        shown = desk.get(address).content.decode()
        assert "<script>alert" not in shown
        assert 'onclick="x' not in shown
        assert "&lt;script&gt;" in shown
