"""Records opened and changed: numbers in a row, each field at fault named with its cure."""

import pytest

from comptoir.base.errors import Forbidden, Invalid, Missing, Several
from comptoir.clients import queries
from comptoir.clients.commands.clients import ClientKnown, change_client, create_client
from comptoir.clients.models import Client
from comptoir.journal.models import Entry
from comptoir.mail.models import Message
from comptoir.organisations.actors import Actor, system, visitor
from comptoir.organisations.models import Territory
from tests.factories import NOW, actor_of, make_client, make_contact, make_staff

SIRET = "73282932000074"


def test_numbers_follow_one_another_in_each_organisation(here, elsewhere):
    for where in (here, here, elsewhere):
        create_client(legal_name="Ateliers du Lac", by=where.by, at=NOW)
    numbers = Client.objects.order_by("organisation_id", "id").values_list("number", flat=True)
    assert list(numbers) == ["C000001", "C000002", "C000001"]


def test_a_record_is_cleaned_keyed_and_journalled(here):
    client_id = create_client(
        legal_name="  SARL\tLes  Œufs d’Or ", siret="732 829 320 00074", email="Claire@Exemple.FR",
        phone="04 78 12 34 56", city="St-Étienne", notes=" Deux\r\nlignes ",
        contact_first_name="Claire", contact_last_name="Petit",
        contact_email="claire@exemple.fr", by=here.by, at=NOW,
    )  # fmt: skip
    client = queries.client(client_id, seen_by=here.by)
    assert (client.legal_name, client.siret, client.notes) == ("SARL Les Œufs d’Or", SIRET, "Deux\nlignes")
    assert (client.name_key, client.name_town_key) == ("les oeufs d or", "les oeufs d or|saint etienne")
    assert (client.email, client.email_key) == ("Claire@Exemple.FR", "claire@exemple.fr")
    assert (client.main_first_name, client.main_last_name, client.contacts_count) == ("Claire", "Petit", 1)
    assert list(Entry.objects.values_list("what", "about", "detail")) == [("client.created", "C000001", {})]


@pytest.mark.parametrize(
    ("details", "field", "sentence"),
    [
        ({"legal_name": " "}, "legal_name", "Indiquez la raison sociale."),
        ({"legal_name": "x" * 201}, "legal_name", "Ce texte a 201 caractères\u202f; 200 au plus."),
        ({"siret": "7328293200007"}, "siret", "Ce SIRET a 13 chiffres\u202f; il en faut 14."),
        ({"siret": "en cours"}, "siret", "Un SIRET s’écrit en chiffres\u202f; il en faut 14."),
        ({"siret": "73282932000075"}, "siret",
         "Ce SIRET n’existe pas\u00a0: un chiffre au moins est faux. Comparez-le à l’avis de l’Insee."),
        ({"siret": "0" * 14}, "siret",
         "Ce SIRET n’existe pas\u00a0: un chiffre au moins est faux. Comparez-le à l’avis de l’Insee."),
        ({"kind": "martien"}, "kind", "Choisissez le type de client."),
        ({"email": "claire@"}, "email", "Cette adresse n’a pas la forme nom@domaine.fr."),
        ({"email": "a@b.fr,c@d.fr"}, "email", "Cette adresse n’a pas la forme nom@domaine.fr."),
        ({"phone": "04 78"}, "phone",
         "Ce numéro de téléphone n’est pas complet\u00a0: écrivez par exemple 04 78 12 34 56."),
        ({"territory_id": 999_999}, "territory_id", "Ce secteur n’existe pas."),
        ({"contact_email": "non"}, "contact_email", "Cette adresse n’a pas la forme nom@domaine.fr."),
        ({"contact_phone": "0478123456"}, "contact_last_name", "Indiquez au moins un nom ou une adresse de courriel."),
    ],
)  # fmt: skip
def test_a_field_at_fault_is_named_with_its_cure(here, details, field, sentence):
    with pytest.raises(Invalid) as refused:
        create_client(**{"legal_name": "Ateliers du Lac", **details}, by=here.by, at=NOW)
    assert (refused.value.field, refused.value.sentence) == (field, sentence)
    assert not Client.objects.exists()


def test_every_field_at_fault_is_named_at_once(here):
    with pytest.raises(Several) as refused:
        create_client(legal_name="", siret="1", email="x", contact_email="y", by=here.by, at=NOW)
    assert [one.field for one in refused.value.refusals] == ["legal_name", "siret", "email", "contact_email"]


def test_la_poste_has_sirets_of_its_own(here):
    assert create_client(legal_name="La Poste", siret="35600000000048", by=here.by, at=NOW)
    assert create_client(legal_name="La Poste Lyon", siret="356 000 000 49837", by=here.by, at=NOW)


def test_a_refused_record_takes_no_number(here):
    with pytest.raises(Invalid):
        create_client(legal_name="", by=here.by, at=NOW)
    create_client(legal_name="Ateliers du Lac", by=here.by, at=NOW)
    assert Client.objects.get().number == "C000001"


def test_a_known_client_is_not_made_twice_unless_asked(here, elsewhere):
    make_client(elsewhere.organisation, "Ateliers du Lac")
    wanted = {"legal_name": "ATELIERS DU LAC", "unless_known": True, "by": here.by, "at": NOW}
    first = create_client(**wanted)
    with pytest.raises(ClientKnown) as refused:
        create_client(**wanted)
    assert refused.value.match.client_id == first
    assert refused.value.sentence == ("Ce client existe peut-être déjà\u00a0: C000001 ATELIERS DU LAC (même nom).")
    assert create_client(**{**wanted, "unless_known": False}) != first


def test_a_known_client_is_seen_through_its_contact(here):
    make_contact(make_client(here.organisation, "Mairie de Sète"), "claire@exemple.fr")
    with pytest.raises(ClientKnown, match="même courriel"):
        create_client(
            legal_name="Mairie de Sète", city="Sète", contact_email="Claire@exemple.fr", unless_known=True, by=here.by,
            at=NOW,
        )  # fmt: skip


def test_a_change_touches_what_it_names_and_says_so(here):
    client = make_client(here.organisation, "Ateliers du Lac", city="Annecy", siret=SIRET)
    changed = change_client(client_id=client.pk, legal_name="Ateliers du Lac Bleu", city="Annecy", by=here.by, at=NOW)
    assert changed == ["legal_name"]
    client.refresh_from_db()
    assert (client.name_key, client.city, client.siret) == ("ateliers du lac bleu", "Annecy", SIRET)
    assert Entry.objects.get().detail == {"fields": ["legal_name"]}


def test_a_change_that_changes_nothing_leaves_no_trace(here):
    client = make_client(here.organisation)
    assert change_client(client_id=client.pk, legal_name=client.legal_name, by=here.by, at=NOW) == []
    assert not Entry.objects.exists()


def test_a_fault_that_was_there_before_stops_no_other_change(here):
    client = make_client(here.organisation, phone="ancien poste 12")
    assert change_client(client_id=client.pk, phone="ancien poste 12", city="Sète", by=here.by, at=NOW) == ["city"]
    with pytest.raises(Invalid, match="raison sociale"):
        change_client(client_id=client.pk, legal_name="", by=here.by, at=NOW)


def test_a_mended_siret_takes_the_doubtful_one_away(here):
    client = make_client(here.organisation, doubtful_siret="7328293200007")
    change_client(client_id=client.pk, siret=SIRET, by=here.by, at=NOW)
    client.refresh_from_db()
    assert (client.siret, client.doubtful_siret) == (SIRET, "")


def test_a_territory_is_the_organisations_own(here, elsewhere):
    ours = Territory.objects.create(organisation=here.organisation, name="Sud")
    theirs = Territory.objects.create(organisation=elsewhere.organisation, name="Sud")
    client = make_client(here.organisation)
    assert change_client(client_id=client.pk, territory_id=ours.pk, by=here.by, at=NOW) == ["territory"]
    with pytest.raises(Invalid, match="secteur"):
        change_client(client_id=client.pk, territory_id=theirs.pk, by=here.by, at=NOW)
    assert change_client(client_id=client.pk, territory_id=None, by=here.by, at=NOW) == ["territory"]


def test_another_organisations_record_does_not_exist(here, elsewhere):
    client = make_client(here.organisation)
    with pytest.raises(Missing):
        change_client(client_id=client.pk, legal_name="Pris", by=elsewhere.by, at=NOW)
    with pytest.raises(Missing):
        queries.client(client.pk, seen_by=elsewhere.by)


def test_only_sales_and_administration_keep_records(here):
    manager = actor_of(make_staff(here.organisation, "manager"))
    program = Actor(here.organisation.pk, "Site", scopes=frozenset({"preregistrations:write"}))
    for by in (manager, visitor(here.organisation.pk), program):
        with pytest.raises(Forbidden):
            create_client(legal_name="Ateliers du Lac", by=by, at=NOW)
    intake = Actor(here.organisation.pk, "Site", scopes=frozenset({"intake:apply"}))
    assert create_client(legal_name="Ateliers du Lac", by=intake, at=NOW)
    assert create_client(legal_name="Ateliers du Lac", by=system(here.organisation.pk), at=NOW)


def test_a_new_number_is_mailed_to_whoever_asked(here):
    asked = {"legal_name": "Ateliers du Lac", "tell_number": True, "by": here.by, "at": NOW}
    create_client(**asked)
    assert not Message.objects.exists()
    create_client(**asked, email="bureau@exemple.fr")
    create_client(**asked, email="bureau@exemple.fr", contact_last_name="Petit", contact_email="claire@exemple.fr")
    mails = Message.objects.order_by("id")
    assert [(mail.to, mail.about) for mail in mails] == [
        (["bureau@exemple.fr"], "C000002"), (["claire@exemple.fr"], "C000003"),
    ]  # fmt: skip
    assert "C000003" in mails[1].subject
