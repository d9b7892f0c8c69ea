"""The journal: newest first, narrowed by the address, paged, the same cost whatever its length."""

from datetime import timedelta

import pytest

from comptoir.base.errors import Forbidden
from comptoir.catalogue.models import Activity, Session
from comptoir.clients.fields import CLIENT_TEXTS, CONTACT_TEXTS
from comptoir.deals.models import Deal
from comptoir.journal import commands, queries
from comptoir.preregistrations.commands.correcting import CORRECTABLE
from comptoir.web.desk.journal.details import FIELDS
from tests.factories import NOW, actor_of, make_organisation, make_staff

pytestmark = pytest.mark.django_db
PAGE = "/loire/bureau/journal/"
# No form changes these: the act itself says them.
SET_BY_COMMANDS = {
    "calendar_changed_at", "calendar_sequence", "most_sittings",
    "id", "organisation_id", "reference", "slug", "source", "stage", "state", "why", "created_at", "closed_at",
    "service", "lost_because", "is_published", "begins_at", "search_key",
}  # fmt: skip


@pytest.fixture
def admin():
    return make_staff(make_organisation("loire"))


@pytest.fixture
def desk(client, admin):
    client.force_login(admin.user)
    return client


def rows(page):
    return [row.record for row in page.context["table"].page.object_list]


def write(admin, what="deal.won", about="DO-1", days=0, **fields):
    commands.record(what=what, about=about, by=actor_of(admin), at=NOW + timedelta(days=days), **fields)


def test_newest_first_in_words(desk, admin):
    write(admin, "deal.opened", days=0)
    write(admin, "staff.changed", f"staff {admin.pk}", days=1, detail={"role": "manager", "territory": None})
    page = desk.get(PAGE)
    assert [row.what for row in rows(page)] == ["staff.changed", "deal.opened"]
    for words in ("Rôle d’une personne changé", f"personne {admin.pk}", "rôle Gestionnaire", "Dossier ouvert", "DO-1"):
        assert words in page.content.decode()


def test_narrowed_by_act_family_person_reference_and_days(desk, admin):
    other = make_staff(admin.organisation)
    write(admin, "deal.won", "DO-1", days=0)
    write(other, "deal.opened", "DO-2", days=1)
    write(other, "client.created", "C000001", days=2)
    seen = {
        "what=deal.won": ["DO-1"],
        "what=deal": ["DO-2", "DO-1"],
        f"by={other.user_id}": ["C000001", "DO-2"],
        "about=do-": ["DO-2", "DO-1"],
        "since=2026-11-24": ["C000001", "DO-2"],
        "until=2026-11-24": ["DO-2", "DO-1"],
        "since=2026-11-24&until=2026-11-24": ["DO-2"],
        "what=deal&about=C": [],
        "since=hier": ["C000001", "DO-2", "DO-1"],
        "what=inconnu": ["C000001", "DO-2", "DO-1"],
    }
    for query, expected in seen.items():
        assert [row.about for row in rows(desk.get(f"{PAGE}?{query}"))] == expected, query


def test_a_family_is_not_its_namesakes(desk, admin):
    write(admin, "session.moved", "S-1")
    write(admin, "sessions-other.moved", "S-2")
    assert [row.about for row in rows(desk.get(f"{PAGE}?what=session"))] == ["S-1"]


def test_pages_keep_the_query(desk, admin):
    commands.record_many(what="deal.won", abouts=[f"DO-{number}" for number in range(60)], by=actor_of(admin), at=NOW)
    page = desk.get(f"{PAGE}?what=deal&per_page=25&page=3")
    assert len(rows(page)) == 10
    assert "what=deal" in page.content.decode()
    assert len(rows(desk.get(f"{PAGE}?per_page=1000000"))) == 50
    assert desk.get(f"{PAGE}?page=99").status_code == 200


@pytest.mark.parametrize("count", [1, 200])
def test_it_costs_the_same_for_any_number_of_rows(desk, admin, count, django_assert_max_num_queries):
    commands.record_many(
        what="deal.won", abouts=[f"DO-{number}" for number in range(count)], by=actor_of(admin), at=NOW
    )
    desk.get(PAGE)
    with django_assert_max_num_queries(12):
        desk.get(PAGE)


def test_only_administrators_and_only_their_own(desk, admin):
    write(admin)
    neighbour = make_staff(make_organisation("rhone"))
    assert not queries.entries(seen_by=actor_of(neighbour)).exists()
    assert queries.entries(seen_by=actor_of(admin), about="DO-1").count() == 1
    with pytest.raises(Forbidden):
        queries.entries(seen_by=actor_of(make_staff(admin.organisation, "assistant")))


def test_details_are_words_and_leave_out_what_only_programs_read(desk, admin):
    write(admin, "session.moved", "S-00001", detail={"id": 7, "from": "draft", "to": "open"})
    write(admin, "deal.changed", "DO-1", detail={"fields": ["amount_cents", "next_step_on"]})
    page = desk.get(PAGE).content.decode()
    assert "de Brouillon, à Ouverte" in page
    assert "champs montant, date de la prochaine action" in page
    assert "id 7" not in page


def test_every_field_that_can_be_named_has_a_word():
    named = {*CORRECTABLE, *CLIENT_TEXTS, *CONTACT_TEXTS, "host", "logo", "printer", "spool_folder", "territory_id"}
    named |= {field.attname for model in (Deal, Session, Activity) for field in model._meta.local_fields}
    assert named - FIELDS.keys() == SET_BY_COMMANDS
