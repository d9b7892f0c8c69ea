"""Activities and themes at the desk: found, created, changed, published, kept apart."""

import pytest

from comptoir.catalogue.models import Activity, Theme
from comptoir.journal.models import Entry
from tests.factories import make_activity, make_organisation, make_session, make_theme
from tests.web.desk.sessions.conftest import DESK, errors, plain, text

LIST = f"{DESK}formations/"


def page(activity, tail=""):
    return f"{LIST}{activity.pk}/{tail}"


def form(**fields):
    return {"title": "Gestes d’urgence", "kind": "course", "duration_minutes": "3 h 30", **fields}


@pytest.fixture
def scene(organisation):
    fire = make_theme(organisation, "Incendie")
    return {
        "fire": make_activity(organisation, title="Équipier", theme=fire, code="INC"),
        "hidden": make_activity(organisation, title="Cachée", is_published=False),
    }


def found(client, query, scene):
    shown = text(client.get(LIST + query))
    return {name for name, one in scene.items() if f'href="{page(one)}"' in shown}


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("", {"fire", "hidden"}), ("?text=EQUIPIER", {"fire"}), ("?published=False", {"hidden"}), ("?text=zzz", set()),
        ("?theme=404&published=x&sort=-next_on", {"fire", "hidden"}), ("?sort=theme", {"fire", "hidden"}),
    ],
)  # fmt: skip
def test_the_list_is_narrowed_by_its_address(signed_in, scene, query, names):
    assert found(signed_in(), query, scene) == names


def test_one_theme_alone(signed_in, scene):
    assert found(signed_in(), f"?theme={scene['fire'].theme_id}", scene) == {"fire"}


def test_a_manager_sees_the_activities_of_the_sessions_managed(signed_in, scene):
    client = signed_in("manager")
    make_session(scene["hidden"], managers=[client.staff], city="Nantes")
    make_session(scene["hidden"], city="Lyon")
    assert found(client, "", scene) == {"hidden"}
    shown = plain(client.get(page(scene["hidden"])))
    assert "Nantes" in shown
    assert "Lyon" not in shown
    assert "Planifier" not in shown
    assert client.get(page(scene["fire"])).status_code == 404


def test_an_activity_is_made_as_written(signed_in, organisation):
    theme = make_theme(organisation)
    client = signed_in("assistant")
    assert "Secourisme" in text(client.get(f"{LIST}nouvelle/"))
    response = client.post(f"{LIST}nouvelle/", form(theme=theme.pk, owner=client.staff.pk, promise="Agir"))
    made = Activity.objects.get()
    assert response["Location"] == page(made)
    assert (made.slug, made.duration_minutes, made.theme, made.owner) == ("gestes-d-urgence", 210, theme, client.staff)
    assert "planifié" in plain(client.get(page(made)))


@pytest.mark.parametrize(
    ("typed", "minutes"),
    [("", 0), ("14", 840), ("14 h", 840), ("3,5", 210), ("3.5 h", 210), ("3h30", 210), ("1 heure", 60)],
)
def test_a_duration_is_read_as_people_write_it(signed_in, organisation, typed, minutes):
    signed_in().post(f"{LIST}nouvelle/", form(duration_minutes=typed))
    assert Activity.objects.get().duration_minutes == minutes


@pytest.mark.parametrize(
    ("wrong", "fields"),
    [
        ({"title": ""}, {"title"}),
        ({"title": "x" * 161, "promise": "y" * 301}, {"title", "promise"}),
        ({"kind": "trip", "theme": "404", "owner": "404"}, {"kind", "theme", "owner"}),
        ({"duration_minutes": "longtemps"}, {"duration_minutes"}),
        ({"duration_minutes": "3,5 h 30"}, {"duration_minutes"}),
        ({"duration_minutes": "99999", "kind": "trip"}, {"duration_minutes", "kind"}),
        ({"duration_minutes": "99999"}, {"duration_minutes"}),
    ],
)
def test_each_fault_is_beside_its_field_and_what_was_typed_stays(signed_in, organisation, wrong, fields):
    response = signed_in().post(f"{LIST}nouvelle/", form(code="<b>") | wrong)
    assert response.status_code == 422
    assert errors(response) == fields
    assert 'value="&lt;b&gt;"' in text(response)
    assert not Activity.objects.exists()


def test_an_activity_is_changed_published_and_withdrawn(signed_in, activity):
    client = signed_in()
    assert client.post(page(activity, "modifier/"), form(title="Autre")).status_code == 302
    assert errors(client.post(page(activity, "modifier/"), form(title=""))) == {"title"}
    for sent, is_published in (({}, False), ({"publish": "1"}, True)):
        client.post(page(activity, "publication/"), sent)
        assert Activity.objects.values_list("title", "is_published").get() == ("Autre", is_published)


def test_a_form_sent_back_untouched_changes_nothing(signed_in, activity, organisation):
    Activity.objects.update(duration_minutes=210, theme=make_theme(organisation), promise="Agir", audience="Tous")
    client = signed_in()
    asked = client.get(page(activity, "modifier/")).context["form"]
    sent = {name: asked[name].value() for name in asked.fields if asked[name].value() not in (None, "")}
    before = Activity.objects.values().get()
    assert client.post(page(activity, "modifier/"), sent).status_code == 302
    assert {**Activity.objects.values().get(), "search_key": ""} == {**before, "search_key": ""}
    assert not Entry.objects.exclude(detail__fields=[]).exists()


def test_themes_are_added_renamed_and_removed_unless_in_use(signed_in, organisation):
    client = signed_in()
    address = f"{LIST}themes/"
    assert client.post(address, {"name": "Hygiène"}).status_code == 302
    assert errors(client.post(address, {"name": "HYGIENE"})) == {"name"}
    theme = Theme.objects.get()
    assert "Hygiène" in text(client.get(address))
    client.post(f"{address}{theme.pk}/", {"name": "Propreté"})
    assert Theme.objects.get().name == "Propreté"
    assert errors(client.post(f"{address}{theme.pk}/", {"name": ""})) == {"name"}
    used = make_activity(organisation, theme=theme)
    refused = client.post(f"{address}{theme.pk}/suppression/")
    assert refused.status_code == 409
    assert "1 activité porte ce thème" in plain(refused)
    used.delete()
    client.post(f"{address}{theme.pk}/suppression/")
    assert not Theme.objects.exists()


TAILS = ("modifier/", "publication/")


@pytest.mark.parametrize("tail", TAILS)
def test_strangers_get_404_and_readers_403(signed_in, activity, tail):
    stranger = signed_in("administrator", make_organisation("rhone"))
    assert stranger.post(f"/rhone/bureau/formations/{activity.pk}/{tail}", form()).status_code == 404
    for role in ("sales_rep", "manager"):
        assert signed_in(role).post(page(activity, tail), form()).status_code == 403
    assert not Entry.objects.exists()


def test_themes_of_others_are_not_there(signed_in, organisation):
    theme = make_theme(organisation)
    stranger = signed_in("administrator", make_organisation("rhone"))
    for tail in ("", "suppression/"):
        assert stranger.post(f"/rhone/bureau/formations/themes/{theme.pk}/{tail}", {"name": "À moi"}).status_code == 404
        assert signed_in("sales_rep").post(f"{LIST}themes/{theme.pk}/{tail}").status_code == 403
    assert Theme.objects.get().name == "Secourisme"


@pytest.mark.parametrize("count", [1, 20])
def test_pages_cost_the_same_for_any_number(signed_in, organisation, count, django_assert_max_num_queries):
    client = signed_in()
    theme = make_theme(organisation)
    for _ in range(count):
        last = make_activity(organisation, theme=theme, owner=client.staff)
    for _ in range(min(count, 9)):
        make_session(last, owner=client.staff)
    for address, most in ((LIST, 12), (page(last), 17), (f"{LIST}themes/", 10)):
        client.get(address)
        with django_assert_max_num_queries(most):
            assert client.get(address).status_code == 200


@pytest.mark.parametrize("tail", ["", "modifier/"])
def test_reading_writes_nothing(signed_in, activity, tail):
    before = Activity.objects.values().get()
    assert signed_in().get(page(activity, tail)).status_code == 200
    assert signed_in().get(page(activity, "publication/")).status_code == 405
    assert Activity.objects.values().get() == before
