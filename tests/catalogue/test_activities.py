"""Activities and themes: rules, addresses, search words, journal."""

import pytest

from comptoir.base.errors import Forbidden, Missing, Refusal
from comptoir.catalogue import queries
from comptoir.catalogue.commands import activities, themes
from comptoir.catalogue.details import ActivityDetails
from comptoir.catalogue.models import Activity, Theme
from comptoir.journal.models import Entry
from tests.catalogue.conftest import faults
from tests.factories import NOW, actor_of, make_activity, make_staff, make_theme


def create(by, title="Sauveteur secouriste du travail", **fields):
    return activities.create_activity(details=ActivityDetails(title, **fields), by=by, at=NOW)


def test_an_activity_is_made_unpublished_with_an_address_and_search_words(by):
    theme = Theme.objects.create(organisation_id=by.organisation_id, name="Premiers secours", slug="premiers-secours")
    pk = create(
        by, "  Œuvrer à   l’Été ", theme_id=theme.pk, promise="Savoir réagir", code="SST-1", owner_id=by.staff_id
    )
    made = Activity.objects.get(pk=pk)
    assert (made.title, made.slug, made.is_published) == ("Œuvrer à l’Été", "oeuvrer-a-l-ete", False)
    assert made.search_key == "oeuvrer a l ete savoir reagir premiers secours sst 1"
    assert Entry.objects.get().what == "activity.created"


def test_addresses_are_unique_and_stay(by, stranger):
    first, second, third = (Activity.objects.get(pk=create(by, "Gestes d’urgence")) for _ in range(3))
    assert [first.slug, second.slug, third.slug] == [
        "gestes-d-urgence", "gestes-d-urgence-2", "gestes-d-urgence-3",
    ]  # fmt: skip
    assert Activity.objects.get(pk=create(stranger, "Gestes d’urgence")).slug == "gestes-d-urgence"
    activities.change_activity(activity_id=first.pk, details=ActivityDetails("Autre titre"), by=by, at=NOW)
    first.refresh_from_db()
    assert (first.title, first.slug, first.search_key) == ("Autre titre", "gestes-d-urgence", "autre titre")


@pytest.mark.parametrize(
    ("title", "slug"), [("日本語", "course"), ("é" * 160, "e" * 114), ("A" * 30 + " B", "a" * 30 + "-b")]
)
def test_any_title_gives_an_address(by, title, slug):
    assert Activity.objects.get(pk=create(by, title)).slug == slug


def test_every_field_at_fault_is_named_at_once_and_nothing_is_written(by, stranger):
    wrong = ActivityDetails(
        " ",
        kind="trip",
        code="x" * 31,
        theme_id=404,
        promise="y" * 301,
        duration_minutes=-1,
        owner_id=stranger.staff_id,
    )
    with pytest.raises(Refusal) as refused:
        activities.create_activity(details=wrong, by=by, at=NOW)
    assert set(faults(refused.value)) == {"title", "kind", "code", "theme", "promise", "duration_minutes", "owner"}
    assert not Activity.objects.exists()
    assert not Entry.objects.exists()


def test_a_theme_of_another_organisation_is_unknown(by, stranger):
    pk = themes.create_theme(name="Incendie", by=stranger, at=NOW)
    with pytest.raises(Refusal) as refused:
        create(by, theme_id=pk)
    assert set(faults(refused.value)) == {"theme"}


def test_only_what_changed_is_journalled_and_nothing_when_nothing_did(by):
    pk = create(by)
    change = {"activity_id": pk, "by": by, "at": NOW}
    activities.change_activity(details=ActivityDetails("Sauveteur secouriste du travail"), **change)
    activities.change_activity(details=ActivityDetails("Secourisme", promise="Agir"), **change)
    assert [(entry.what, entry.detail.get("fields")) for entry in Entry.objects.order_by("pk")] == [
        ("activity.created", None), ("activity.changed", ["promise", "title"]),
    ]  # fmt: skip


def test_publishing_twice_is_publishing_once(by, activity):
    Activity.objects.update(is_published=False)
    for command in (activities.publish_activity, activities.publish_activity, activities.unpublish_activity):
        command(activity_id=activity.pk, by=by, at=NOW)
    activity.refresh_from_db()
    assert not activity.is_published
    assert list(Entry.objects.order_by("pk").values_list("what", flat=True)) == [
        "activity.published", "activity.unpublished",
    ]  # fmt: skip


@pytest.mark.parametrize("role", ["sales_rep", "manager"])
def test_only_administrators_and_assistants_write(organisation, activity, role):
    reader = actor_of(make_staff(organisation, role))
    with pytest.raises(Forbidden):
        create(reader)
    with pytest.raises(Forbidden):
        activities.publish_activity(activity_id=activity.pk, by=reader, at=NOW)
    with pytest.raises(Forbidden):
        themes.create_theme(name="Incendie", by=reader, at=NOW)
    create(actor_of(make_staff(organisation, "assistant")))


def test_another_organisation_s_activity_does_not_exist(activity, stranger):
    with pytest.raises(Missing):
        activities.change_activity(activity_id=activity.pk, details=ActivityDetails("À moi"), by=stranger, at=NOW)
    with pytest.raises(Missing):
        activities.publish_activity(activity_id=activity.pk, by=stranger, at=NOW)


def test_a_theme_renamed_is_found_under_its_new_word(by, organisation):
    pk = themes.create_theme(name="Incendie", by=by, at=NOW)
    create(by, "Extincteurs", theme_id=pk)
    themes.change_theme(theme_id=pk, name="Lutte contre le feu", by=by, at=NOW)
    assert Theme.objects.get().slug == "incendie"
    assert [one.title for one in queries.activities(seen_by=by, text="FEU extincteur")] == ["Extincteurs"]
    assert not queries.activities(seen_by=by, text="incendie")


def test_a_theme_is_named_once(by):
    pk = themes.create_theme(name="Hygiène", by=by, at=NOW)
    for name in ("hygiene", "", "x" * 81):
        with pytest.raises(Refusal) as refused:
            themes.create_theme(name=name, by=by, at=NOW)
        assert set(faults(refused.value)) == {"name"}
    themes.change_theme(theme_id=pk, name="HYGIÈNE", by=by, at=NOW)


def test_a_theme_in_use_stays(by, organisation, stranger):
    theme = make_theme(organisation)
    activity = make_activity(organisation, theme=theme)
    with pytest.raises(themes.ThemeInUse, match="1 activité porte"):
        themes.delete_theme(theme_id=theme.pk, by=by, at=NOW)
    activity.delete()
    with pytest.raises(Missing):
        themes.delete_theme(theme_id=theme.pk, by=stranger, at=NOW)
    themes.delete_theme(theme_id=theme.pk, by=by, at=NOW)
    assert not Theme.objects.exists()
