"""Organisations: created whole, named once, closed and opened again; settings checked; folders nobody else's."""

import pytest
from django.conf import settings as django_settings

from comptoir.administration.commands import organisations as commands
from comptoir.administration.commands.settings import change_host, change_settings, change_spool
from comptoir.base.errors import Forbidden, Invalid, Missing, Several
from comptoir.catalogue.models import Terms
from comptoir.journal.models import Entry
from comptoir.organisations import queries
from comptoir.organisations.actors import operator
from comptoir.organisations.models import Organisation
from comptoir.organisations.slugs import RESERVED
from tests.factories import NOW, actor_of, make_organisation, make_staff

pytestmark = pytest.mark.django_db


def create(slug="loire-formation", name="Loire Formation", by=None, **settings):
    return commands.create_organisation(slug=slug, name=name, by=by or operator(), at=NOW, **settings)


@pytest.fixture
def admin():
    return actor_of(make_staff(make_organisation("loire")))


def test_it_is_born_whole():
    made = Organisation.objects.get(pk=create(colour="#AA0044", notification_email="a@b.fr"))
    assert (made.slug, made.colour, made.default_chance, made.time_zone) == (
        "loire-formation", "#aa0044", 33, "Europe/Paris",
    )  # fmt: skip
    assert len(made.spool_key) == 43
    levels = made.levels.order_by("rank").values_list("name", "is_default")
    assert list(levels) == [("À confirmer", True), ("Confirmée", False), ("Convoquée", False)]
    assert Terms.objects.get(organisation=made).version == 1
    assert not made.territories.exists()
    assert set(Entry.objects.filter(organisation=made).values_list("what", flat=True)) == {
        "organisation.created", "terms.published",
    }  # fmt: skip


def test_two_keys_are_never_the_same():
    keys = {Organisation.objects.get(pk=create(f"organisme-{number}")).spool_key for number in range(5)}
    assert len(keys) == 5


@pytest.mark.parametrize(
    "slug",
    ["", "a", "Loire", "loire_formation", "loire--formation", "-loire", "loire-", "évènement", "a" * 41, "lo ire",
     "l/f", "..", "loire\n", *sorted(RESERVED)[:6], "static", "health", "compte", "plateforme", "styleguide", "api"],
)  # fmt: skip
def test_a_wrong_or_reserved_slug_is_refused(slug):
    with pytest.raises(Invalid) as refused:
        create(slug)
    assert refused.value.field == "slug"
    assert not Organisation.objects.exists()


def test_every_first_part_of_the_platforms_addresses_is_reserved():
    from tests.house.routes import PLATFORM, routes

    assert {route.template.split("/")[0] for route in routes(PLATFORM)} - {""} <= RESERVED


def test_a_slug_is_given_once():
    create()
    with pytest.raises(commands.SlugTaken):
        create(name="Une autre")


def test_only_the_operator_creates(admin):
    with pytest.raises(Forbidden):
        create("rhone", by=admin)


def test_nothing_is_half_created():
    with pytest.raises(Invalid):
        create(terms_text="")
    assert not Organisation.objects.exists()


def test_closed_it_answers_nowhere_then_again(client):
    made = make_organisation("loire", host="")
    commands.deactivate_organisation(organisation_id=made.pk, by=operator(), at=NOW)
    assert client.get("/loire/").status_code == 404
    assert queries.by_slug("loire") is None
    commands.reactivate_organisation(organisation_id=made.pk, by=operator(), at=NOW)
    assert client.get("/loire/").status_code == 200
    with pytest.raises(Missing):
        commands.deactivate_organisation(organisation_id=999_999, by=operator(), at=NOW)


def test_settings_are_tidied_and_the_journal_names_them_without_their_values(admin):
    change_settings(name="  Loire\u2028 Formation ", phone="02 40", default_chance=0, by=admin, at=NOW)
    made = Organisation.objects.get()
    assert (made.name, made.default_chance) == ("Loire Formation", 0)
    entry = Entry.objects.get(what="settings.changed")
    assert entry.detail == {"fields": ["default_chance", "name", "phone"]}


WRONG = {
    "name": "", "colour": "rouge", "contact_email": "pas une adresse", "notification_email": "a@b",
    "time_zone": "Mars/Base", "default_chance": 101, "printer": "l'imprimante / là", "tagline": "x" * 201,
    "offering": "cars",
    "proposal_reminder_days": 31,
}  # fmt: skip


def test_every_wrong_value_is_named_at_once_and_nothing_is_saved(admin):
    before = Organisation.objects.values().get()
    with pytest.raises(Several) as refused:
        change_settings(**WRONG, by=admin, at=NOW)
    assert {one.field for one in refused.value.refusals} == set(WRONG)
    assert Organisation.objects.values().get() == before


@pytest.mark.parametrize("field", sorted(WRONG))
def test_each_wrong_value_is_refused_alone(admin, field):
    with pytest.raises(Invalid) as refused:
        change_settings(by=admin, at=NOW, **{field: WRONG[field]})
    assert refused.value.field == field


def test_days_before_a_deadline_are_a_number(admin):
    with pytest.raises(Invalid, match="de 0 à 30"):
        change_settings(by=admin, at=NOW, proposal_reminder_days="beaucoup")
    change_settings(by=admin, at=NOW, proposal_reminder_days="0")
    assert Organisation.objects.get().proposal_reminder_days == 0


def test_a_column_that_is_no_setting_is_never_written(admin):
    for name in ("slug", "spool_key", "is_active", "logo", "spool_folder", "pk"):
        with pytest.raises(KeyError):
            change_settings(by=admin, at=NOW, **{name: "x"})
    with pytest.raises(TypeError):
        change_settings(host="x.fr", by=admin, at=NOW)


def test_only_administrators_change_settings():
    staff = make_staff(make_organisation("loire"), "assistant")
    with pytest.raises(Forbidden):
        change_settings(name="x", by=actor_of(staff), at=NOW)


def test_a_host_is_one_that_the_server_answers_to_and_given_once(admin, settings, client):
    settings.ALLOWED_HOSTS = [*django_settings.ALLOWED_HOSTS, "inscriptions.exemple.fr"]
    rhone = make_organisation("rhone")
    for wrong in ("pas un nom", "ailleurs.exemple.fr", "127.0.0.1", "localhost", "x" * 300 + ".fr"):
        with pytest.raises(Invalid):
            change_host(host=wrong, by=operator(rhone.pk), at=NOW)
    change_host(host="Inscriptions.Exemple.FR", by=operator(rhone.pk), at=NOW)
    assert client.get("/", headers={"host": "inscriptions.exemple.fr"}).context["organisation"] == rhone
    with pytest.raises(commands.SlugTaken):
        change_host(host="inscriptions.exemple.fr", by=operator(admin.organisation_id), at=NOW)
    with pytest.raises(Forbidden):
        change_host(host="", by=admin, at=NOW)


@pytest.fixture
def disk(tmp_path, settings):
    settings.DATA_DIR = tmp_path / "data"
    settings.DATA_DIR.mkdir()
    return tmp_path


def spool(folder, by):
    change_spool(folder=str(folder), printer="", by=by, at=NOW)


def test_a_chosen_folder_is_made_ready(admin, disk):
    spool(disk / "Résa", admin)
    assert Organisation.objects.get().spool_folder == str(disk / "Résa")
    assert {one.name for one in (disk / "Résa").iterdir()} == {"ARCHIVES", "REJETS", ".tmp"}
    spool(disk / "Résa", admin)  # again, with what we made in it
    spool("", admin)
    assert Organisation.objects.get().spool_folder == ""


def test_folders_where_harm_could_be_done_are_refused(admin, disk):
    """Relative, the data, above it, the neighbour's or near it, somebody's files, a file, a missing parent."""
    neighbour = actor_of(make_staff(make_organisation("rhone")))
    spool(disk / "rhone", neighbour)
    full = disk / "plein"
    full.mkdir()
    (full / "factures.ods").write_text("x")
    (disk / "fichier").write_text("x")
    (disk / "lien").symlink_to(disk / "rhone")
    wrong = [
        "Résa", "./Résa", disk / "data", disk / "data" / "rhone" / "Résa", disk, "/", disk / "rhone",
        disk / "rhone" / "ARCHIVES", disk / "lien", full, disk / "fichier", disk / "absent" / "Résa",
        disk / "data" / ".." / "rhone", "/proc/comptoir",
    ]  # fmt: skip
    for folder in wrong:
        with pytest.raises(Invalid) as refused:
            spool(folder, admin)
        assert refused.value.field == "spool_folder", folder
    assert queries.organisation(admin.organisation_id).spool_folder == ""
    assert (full / "factures.ods").read_text() == "x"
