"""The settings as an administrator uses them: each page shows, saves, says what is wrong and keeps what was typed."""

import re

import pytest

from comptoir.catalogue.models import Terms
from comptoir.journal.models import Entry
from comptoir.mail.models import Message
from comptoir.organisations.models import ApiToken, ConfirmationLevel, Organisation, Staff, Territory
from tests.factories import make_level, make_organisation, make_staff, make_terms

pytestmark = pytest.mark.django_db
BASE = "/loire/bureau/reglages/"


@pytest.fixture
def admin():
    return make_staff(make_organisation("loire"))


@pytest.fixture
def desk(client, admin):
    client.force_login(admin.user)
    return client


def said(page):
    return page.content.decode()


def test_the_first_page_leads_to_every_section(desk):
    page = said(desk.get(BASE))
    for part in ("organisme", "equipe", "secteurs", "niveaux", "conditions", "jetons"):
        assert f'href="{BASE}{part}/"' in page
    assert 'href="/loire/bureau/journal/"' in page


PARTS = {
    "identite": {
        "name": "Loire & Cie",
        "tagline": "Apprendre",
        "about": "Ligne 1\r\nLigne 2",
        "offering": "events",
        "colour": "#8A1C4A",
    },
    "coordonnees": {
        "address": "1 rue\r\nNantes",
        "phone": "02",
        "contact_email": "a@b.fr",
        "legal_notice": "SIRET",
        "payment_help": "IBAN FR76",
    },
    "travail": {
        "notification_email": "avertie@exemple.fr",
        "time_zone": "Indian/Reunion",
        "default_chance": "40",
        "proposal_reminder_days": "3",
    },
}


@pytest.mark.parametrize("part", PARTS)
def test_each_part_is_saved_alone_and_shown_again(desk, part):
    assert desk.post(f"{BASE}organisme/{part}/", PARTS[part]).url == f"{BASE}organisme/"
    saved = Organisation.objects.values().get()
    for name, typed in PARTS[part].items():
        assert str(saved[name]) == typed.replace("\r\n", "\n").replace("#8A1C4A", "#8a1c4a")
    assert "C’est enregistré" in said(desk.get(f"{BASE}organisme/"))


def test_what_is_wrong_is_said_beside_the_field_and_what_was_typed_stays(desk):
    page = desk.post(
        f"{BASE}organisme/coordonnees/", {"address": "1 rue neuve", "contact_email": "pas une adresse", "phone": "02"}
    )
    assert page.status_code == 422
    assert "nom@domaine.fr" in said(page)
    assert 'value="pas une adresse"' in said(page)
    assert "1 rue neuve" in said(page)
    assert Organisation.objects.get().address == ""


def test_the_folder_is_checked_before_it_is_kept(desk, tmp_path, settings):
    settings.DATA_DIR = tmp_path / "data"
    settings.DATA_DIR.mkdir()
    page = desk.post(f"{BASE}organisme/resa/", {"spool_folder": "Résa", "printer": "Accueil"})
    assert page.status_code == 422
    assert "chemin absolu" in said(page)
    assert Organisation.objects.get().printer == ""
    assert (
        desk.post(f"{BASE}organisme/resa/", {"spool_folder": str(tmp_path / "R"), "printer": "Accueil"}).status_code
        == 302
    )
    assert Organisation.objects.get().spool_folder == str(tmp_path / "R")


def test_moments_are_read_in_the_organisations_own_time(desk, admin):
    Organisation.objects.update(time_zone="Indian/Reunion")
    desk.post(f"{BASE}secteurs/", {"name": "Nord"})
    at = Entry.objects.get().at
    from zoneinfo import ZoneInfo

    hour = at.astimezone(ZoneInfo("Indian/Reunion"))
    assert f"{hour.hour}\u00a0h" in said(desk.get("/loire/bureau/journal/"))


def test_somebody_joins_changes_leaves_and_comes_back(desk):
    fields = {
        "login": "dupont.jean",
        "email": "jean@exemple.fr",
        "first_name": "Jean",
        "last_name": "Dupont",
        "role": "manager",
    }
    page = desk.post(f"{BASE}equipe/ajouter/", fields)
    place = Staff.objects.get(user__username="dupont.jean")
    own = f"{BASE}equipe/{place.pk}/"
    assert page.url == own
    assert Message.objects.get().kind == "password-link"
    territory = Territory.objects.create(organisation=place.organisation, name="Ouest")
    desk.post(own, {"role": "sales_rep", "territory": territory.pk, "phone": "02 40"})
    place.refresh_from_db()
    assert (place.role, place.territory, place.phone) == ("sales_rep", territory, "02 40")
    desk.post(f"{own}fermer/")
    assert "Rouvrir" in said(desk.get(own))
    desk.post(f"{own}rouvrir/")
    place.refresh_from_db()
    assert place.is_active
    listed = said(desk.get(f"{BASE}equipe/"))
    assert "Jean Dupont" in listed
    assert "Ouest" in listed


def test_a_refused_newcomer_keeps_what_was_typed(desk, admin):
    fields = {"login": admin.user.login, "email": "autre@exemple.fr", "first_name": "Zoé", "role": "manager"}
    page = desk.post(f"{BASE}equipe/ajouter/", fields)
    assert page.status_code == 422
    assert "déjà pris" in said(page)
    assert 'value="Zoé"' in said(page)


def test_a_missing_address_is_added_on_the_same_page_then_the_link_sent(desk, admin):
    """E3, as the source asks it."""
    desk.post(f"{BASE}equipe/ajouter/", {"login": "sans", "role": "manager"})
    own = f"{BASE}equipe/{Staff.objects.get(user__username='sans').pk}/"
    page = desk.post(f"{own}lien/")
    assert page.status_code == 422
    assert "ajoutez-la d’abord" in said(page)
    desk.post(f"{own}adresse/", {"email": "sans@exemple.fr"})
    desk.post(f"{own}lien/")
    assert Message.objects.get().to == ["sans@exemple.fr"]


def test_the_last_administrator_is_kept(desk, admin):
    page = desk.post(f"{BASE}equipe/{admin.pk}/fermer/")
    assert page.status_code == 422
    assert "dernier administrateur" in said(page)
    page = desk.post(f"{BASE}equipe/{admin.pk}/", {"role": "manager"})
    assert page.status_code == 422
    assert Staff.objects.get(pk=admin.pk).role == "administrator"


def test_territories(desk):
    desk.post(f"{BASE}secteurs/", {"name": "Ouest"})
    row = Territory.objects.get()
    assert desk.post(f"{BASE}secteurs/", {"name": "Ouest"}).status_code == 422
    desk.post(f"{BASE}secteurs/{row.pk}/", {"name": "Grand Ouest"})
    desk.post(f"{BASE}secteurs/{row.pk}/etat/", {"is_active": "0"})
    row.refresh_from_db()
    assert (row.name, row.is_active) == ("Grand Ouest", False)
    assert "Grand Ouest" in said(desk.get(f"{BASE}secteurs/"))


def test_levels(desk, admin):
    first = make_level(admin.organisation, "Niveau un", is_default=True)
    second = make_level(admin.organisation, "Niveau deux", rank=2)
    desk.post(f"{BASE}niveaux/", {"name": "Niveau trois"})
    desk.post(f"{BASE}niveaux/{second.pk}/monter/")
    desk.post(f"{BASE}niveaux/{second.pk}/par-defaut/")
    page = said(desk.get(f"{BASE}niveaux/"))
    assert page.index("Niveau deux") < page.index("Niveau un") < page.index("Niveau trois")
    assert ConfirmationLevel.objects.get(is_default=True) == second
    assert desk.post(f"{BASE}niveaux/{second.pk}/fermer/").status_code == 409
    desk.post(f"{BASE}niveaux/{first.pk}/", {"name": "Premier"})
    assert "Premier" in said(desk.get(f"{BASE}niveaux/"))
    assert desk.post(f"{BASE}niveaux/{first.pk}/effacer/").status_code == 404


def test_the_key_is_on_the_page_that_answers_and_on_no_other(desk):
    page = desk.post(f"{BASE}jetons/", {"name": "Site", "scopes": ["catalogue:read"]})
    key = re.search(r"cpt_[A-Za-z0-9_-]{43}", said(page))[0]
    assert page["Cache-Control"] == "private, no-store"
    assert key not in said(desk.get(f"{BASE}jetons/"))
    desk.post(f"{BASE}jetons/{ApiToken.objects.get().pk}/revoquer/")
    assert "Révoqué" in said(desk.get(f"{BASE}jetons/"))
    assert desk.post(f"{BASE}jetons/", {"name": "Site"}).status_code == 422


def test_terms_are_versions_and_the_old_ones_stay_readable(desk, admin):
    make_terms(admin.organisation, text="Ancien texte.")
    desk.post(f"{BASE}conditions/", {"text": "Nouveau texte."})
    assert list(Terms.objects.order_by("version").values_list("text", flat=True)) == ["Ancien texte.", "Nouveau texte."]
    assert "Ancien texte." in said(desk.get(f"{BASE}conditions/1/"))
    assert "Version 2" in said(desk.get(f"{BASE}conditions/"))
    assert desk.get(f"{BASE}conditions/3/").status_code == 404
    assert desk.post(f"{BASE}conditions/", {"text": " "}).status_code == 422


@pytest.mark.parametrize("count", [1, 3])
def test_the_team_costs_the_same_for_any_number(desk, admin, django_assert_max_num_queries, count):
    for _ in range(count * 4):
        make_staff(admin.organisation, "manager")
    with django_assert_max_num_queries(12):
        desk.get(f"{BASE}equipe/")


HOSTILE = "<script>alert(1)</script>{{ 7|add:7 }}\u202e=1+1"


def test_hostile_text_is_text_everywhere(desk, admin):
    desk.post(f"{BASE}secteurs/", {"name": HOSTILE})
    desk.post(f"{BASE}niveaux/", {"name": HOSTILE})
    desk.post(f"{BASE}jetons/", {"name": HOSTILE, "scopes": ["catalogue:read"]})
    desk.post(f"{BASE}equipe/ajouter/", {"login": HOSTILE, "first_name": HOSTILE, "role": "manager"})
    desk.post(f"{BASE}conditions/", {"text": HOSTILE})
    named = {"name": HOSTILE, "colour": "#000000", "offering": "courses", "about": HOSTILE}
    desk.post(f"{BASE}organisme/identite/", named)
    for path in ("", "organisme/", "equipe/", "secteurs/", "niveaux/", "jetons/", "conditions/", "conditions/1/"):
        page = said(desk.get(BASE + path))
        assert "<script>alert" not in page, path
        assert "{{ 7" in page or not path, path
