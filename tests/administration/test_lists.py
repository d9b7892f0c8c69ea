"""Territories, confirmation levels, tokens: the organisation's own lists."""

import hashlib

import pytest

from comptoir.administration.commands import levels, territories, tokens
from comptoir.base.errors import Forbidden, Invalid, Missing, Several
from comptoir.journal.models import Entry
from comptoir.organisations import queries
from comptoir.organisations.models import ApiToken, ConfirmationLevel, Territory
from tests.factories import NOW, actor_of, make_level, make_organisation, make_staff

pytestmark = pytest.mark.django_db


@pytest.fixture
def by():
    return actor_of(make_staff(make_organisation("loire")))


@pytest.fixture
def at():
    return {"at": NOW}


def names(by):
    return [row.name for row in queries.levels(seen_by=by)]


def test_territories_are_added_renamed_closed(by):
    pk = territories.add_territory(name="  Grand   Ouest ", by=by, at=NOW)
    assert Territory.objects.get().name == "Grand Ouest"
    territories.rename_territory(territory_id=pk, name="Ouest", by=by, at=NOW)
    territories.set_territory_active(territory_id=pk, is_active=False, by=by, at=NOW)
    row = Territory.objects.get()
    assert (row.name, row.is_active) == ("Ouest", False)
    acts = list(Entry.objects.order_by("pk").values_list("what", flat=True))
    assert acts == ["territory.added", "territory.renamed", "territory.deactivated"]


def test_a_territory_name_is_given_once_in_one_organisation(by):
    territories.add_territory(name="Ouest", by=by, at=NOW)
    second = territories.add_territory(name="Est", by=by, at=NOW)
    with pytest.raises(territories.TerritoryNameTaken):
        territories.add_territory(name="Ouest", by=by, at=NOW)
    with pytest.raises(territories.TerritoryNameTaken):
        territories.rename_territory(territory_id=second, name="Ouest", by=by, at=NOW)
    other = actor_of(make_staff(make_organisation("rhone")))
    territories.add_territory(name="Ouest", by=other, at=NOW)
    with pytest.raises(Invalid):
        territories.add_territory(name=" ", by=by, at=NOW)


def test_levels_keep_an_order_and_one_default(by):
    first = levels.add_level(name="À confirmer", by=by, at=NOW)
    second = levels.add_level(name="Confirmée", by=by, at=NOW)
    third = levels.add_level(name="Convoquée", by=by, at=NOW)
    assert ConfirmationLevel.objects.get(is_default=True).pk == first
    levels.move_level(level_id=third, way="up", by=by, at=NOW)
    assert names(by) == ["À confirmer", "Convoquée", "Confirmée"]
    levels.move_level(level_id=first, way="up", by=by, at=NOW)
    levels.move_level(level_id=second, way="down", by=by, at=NOW)
    assert names(by) == ["À confirmer", "Convoquée", "Confirmée"]
    levels.set_default_level(level_id=second, by=by, at=NOW)
    assert ConfirmationLevel.objects.get(is_default=True).pk == second
    levels.rename_level(level_id=second, name="Sûre", by=by, at=NOW)
    assert names(by)[2] == "Sûre"


def test_the_default_level_stays_open(by):
    first = levels.add_level(name="Un", by=by, at=NOW)
    second = levels.add_level(name="Deux", by=by, at=NOW)
    with pytest.raises(levels.DefaultLevel):
        levels.set_level_active(level_id=first, is_active=False, by=by, at=NOW)
    levels.set_level_active(level_id=second, is_active=False, by=by, at=NOW)
    with pytest.raises(levels.DefaultLevel):
        levels.set_default_level(level_id=second, by=by, at=NOW)
    levels.set_level_active(level_id=second, is_active=True, by=by, at=NOW)
    levels.set_default_level(level_id=second, by=by, at=NOW)


def test_levels_refuse(by):
    levels.add_level(name="Un", by=by, at=NOW)
    other = make_level(make_organisation("rhone"))
    with pytest.raises(levels.LevelNameTaken):
        levels.add_level(name="Un", by=by, at=NOW)
    with pytest.raises(Invalid):
        levels.add_level(name="x" * 81, by=by, at=NOW)
    with pytest.raises(Missing):
        levels.rename_level(level_id=other.pk, name="Deux", by=by, at=NOW)
    with pytest.raises(Missing):
        levels.move_level(level_id=999_999, way="up", by=by, at=NOW)


def test_a_token_is_shown_once_and_only_its_digest_is_kept(by):
    key = tokens.issue_token(name="Site", scopes=["catalogue:read", "catalogue:read"], by=by, at=NOW)
    row = ApiToken.objects.get()
    assert key.startswith("cpt_")
    assert row.digest == hashlib.sha256(key.encode()).hexdigest()
    assert key not in str(ApiToken.objects.values()) + str(Entry.objects.values())
    actor = queries.actor_of_token(key)
    assert (actor.organisation_id, actor.scopes, actor.token_id) == (by.organisation_id, {"catalogue:read"}, row.pk)
    assert not actor.is_administrator
    assert queries.actor_of_token(key[:-1]) is None
    assert queries.actor_of_token("") is None


def test_revoked_it_opens_nothing(by):
    key = tokens.issue_token(name="Site", scopes=["intake:read"], by=by, at=NOW)
    for _ in range(2):
        tokens.revoke_token(token_id=ApiToken.objects.get().pk, by=by, at=NOW)
    assert queries.actor_of_token(key) is None
    assert Entry.objects.filter(what="token.revoked").count() == 1


def test_a_token_of_a_closed_organisation_opens_nothing(by):
    key = tokens.issue_token(name="Site", scopes=["intake:read"], by=by, at=NOW)
    type(queries.organisation(by.organisation_id)).objects.update(is_active=False)
    assert queries.actor_of_token(key) is None


def test_tokens_refuse_all_that_is_wrong_at_once(by):
    with pytest.raises(Several) as refused:
        tokens.issue_token(name="", scopes=["tout"], by=by, at=NOW)
    assert [one.field for one in refused.value.refusals] == ["name", "scopes"]
    with pytest.raises(Missing):
        tokens.revoke_token(token_id=999_999, by=by, at=NOW)


def test_the_day_of_use_is_written_once_a_day(by, django_assert_num_queries):
    tokens.issue_token(name="Site", scopes=["intake:read"], by=by, at=NOW)
    pk = ApiToken.objects.get().pk
    with django_assert_num_queries(2):
        tokens.note_use(token_id=pk, at=NOW)
        tokens.note_use(token_id=pk, at=NOW)
    assert ApiToken.objects.get().last_used_on == NOW.date()


def test_only_administrators(by):
    other = actor_of(make_staff(queries.organisation(by.organisation_id), "assistant"))
    acts = (
        lambda: territories.add_territory(name="x", by=other, at=NOW),
        lambda: levels.add_level(name="x", by=other, at=NOW),
        lambda: tokens.issue_token(name="x", scopes=["intake:read"], by=other, at=NOW),
    )
    for act in acts:
        with pytest.raises(Forbidden):
            act()
