"""Sessions as a list and as a month: found, sorted, paged, within the perimeter, at a constant cost."""

from datetime import date

import pytest

from tests.factories import make_activity, make_organisation, make_session
from tests.web.desk.sessions.conftest import DESK, plain, text

LIST, MONTH = f"{DESK}sessions/", f"{DESK}sessions/calendrier/"


@pytest.fixture
def scene(organisation):
    """Four sessions that differ in everything one can filter by."""
    first, second = (make_activity(organisation, title=title) for title in ("Évacuation", "Secourisme"))
    return {
        "old": make_session(first, starts_on=date(2020, 3, 2), ends_on=date(2020, 3, 2), city="Nantes"),
        "open": make_session(first, starts_on=date(2077, 1, 4), ends_on=date(2077, 1, 5), city="Évreux"),
        "draft": make_session(
            second, state="draft", is_published=False, city="", is_remote=True, starts_on=date(2077, 2, 1),
            ends_on=date(2077, 2, 1), kind="intra", capacity=None,
        ),
        "far": make_session(second, starts_on=date(2077, 1, 30), ends_on=date(2077, 2, 3), city="Lyon"),
    }  # fmt: skip


def found(client, address, scene):
    shown = text(client.get(address))
    return {name for name, one in scene.items() if f'href="{LIST}{one.pk}/"' in shown}


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("", {"open", "draft", "far"}),
        ("?when=past", {"old"}),
        ("?when=all", {"old", "open", "draft", "far"}),
        ("?text=EVREUX", {"open"}),
        ("?text=secourisme+lyon", {"far"}),
        ("?state=draft", {"draft"}),
        ("?kind=intra", {"draft"}),
        ("?place=remote", {"draft"}),
        ("?place=Lyon", {"far"}),
        ("?published=False", {"draft"}),
        ("?since=2077-02-02", {"far"}),
        ("?until=2020-12-31", {"old"}),
        ("?state=sold&when=never&place=Nulle+part&since=hier", {"open", "draft", "far"}),
        ("?page=99&per_page=7&sort=nothing", {"open", "draft", "far"}),
        ("?sort=-activity", {"open", "draft", "far"}),
    ],
)
def test_the_list_is_narrowed_by_its_address(signed_in, scene, query, names):
    client = signed_in()
    assert client.get(LIST + query).status_code == 200
    assert found(client, LIST + query, scene) == names


def test_one_activity_alone(signed_in, scene):
    client = signed_in()
    assert found(client, f"{LIST}?activity={scene['far'].activity_id}", scene) == {"draft", "far"}
    owner = client.staff
    scene["open"].owner = owner
    scene["open"].save()
    assert found(client, f"{LIST}?owner={owner.pk}", scene) == {"open"}


def test_filters_in_force_are_chips_that_take_themselves_away(signed_in, scene):
    shown = text(signed_in().get(f"{LIST}?place=Lyon&state=open&sort=city"))
    assert 'href="?state=open&amp;sort=city"' in shown
    assert 'href="?place=Lyon&amp;sort=city"' in shown


@pytest.mark.parametrize(
    ("month", "names"),
    [("2077-01", {"open", "far"}), ("2077-02", {"draft", "far"}), ("2020-03", {"old"}), ("2077-03", set())],
)
def test_a_month_shows_what_lasts_into_it(signed_in, scene, month, names):
    assert found(signed_in(), f"{MONTH}?mois={month}", scene) == names


def test_a_session_that_began_before_stands_on_the_first(signed_in, scene):
    weeks = signed_in().get(f"{MONTH}?mois=2077-02").context["weeks"]
    days = [entry["on"] for _monday, entries in weeks for entry in entries]
    assert days == [date(2077, 2, 1), date(2077, 2, 1)]
    assert [monday for monday, _entries in weeks] == [date(2077, 2, 1)]


@pytest.mark.parametrize("month", ["", "2077-13", "janvier", "0001-01", "99999-01", "2077-01&place=Lyon&text=x"])
def test_a_month_that_makes_no_sense_is_this_one(signed_in, month):
    assert signed_in().get(f"{MONTH}?mois={month}").status_code == 200


def test_a_manager_sees_the_sessions_managed_only(signed_in, scene):
    client = signed_in("manager")
    scene["open"].managers.add(client.staff)
    assert found(client, f"{LIST}?when=all", scene) == {"open"}
    assert found(client, f"{MONTH}?mois=2077-01", scene) == {"open"}
    shown = text(client.get(LIST))
    assert "Lyon" not in shown, "nor in the filters"
    assert "Planifier une session" not in shown


def test_another_organisation_sees_nothing_of_it(signed_in, scene):
    other = make_organisation("rhone")
    client = signed_in("administrator", other)
    assert client.get(LIST).status_code == 404
    assert "Aucune session" in text(client.get("/rhone/bureau/sessions/?when=all"))


def test_a_visitor_is_asked_to_sign_in(client, scene):
    for address in (LIST, MONTH, f"{LIST}nouvelle/", f"{DESK}formations/"):
        response = client.get(address)
        assert response.status_code == 302
        assert "compte" in response["Location"]


def test_an_empty_list_says_what_it_is_for(signed_in):
    assert "planifiez la première" in plain(signed_in().get(LIST))
    assert "retirez un filtre" in plain(signed_in().get(f"{LIST}?state=open"))


def test_the_meter_tells_seats_and_no_limit(signed_in, scene):
    client = signed_in()
    shown = plain(client.get(LIST))
    assert "0 / 12" in shown
    assert "sans limite" in shown
    for address in (LIST, f"{MONTH}?mois=2077-01", f"{LIST}{scene['open'].pk}/"):
        assert 'low="9"' in text(client.get(address))


@pytest.mark.parametrize("count", [1, 24])
@pytest.mark.parametrize("address", [LIST, f"{MONTH}?mois=2077-01"])
def test_it_costs_the_same_for_any_number(signed_in, organisation, count, address, django_assert_max_num_queries):
    client = signed_in()
    for _ in range(count):
        make_session(
            make_activity(organisation), starts_on=date(2077, 1, 4), ends_on=date(2077, 1, 4), owner=client.staff
        )
    client.get(address)
    with django_assert_max_num_queries(20):
        assert client.get(address).status_code == 200
