"""Other addresses and payers follow a merge and come back; nobody is left paying for themselves."""

from comptoir.clients.models import Place
from tests.factories import make_client
from tests.merging.conftest import merge, undo


def pays(payer, *clients):
    for one in clients:
        one.payer = payer
        one.save()


def test_they_follow_and_come_back(here):
    school = make_client(here.organisation, "École Jules-Ferry")
    pays(here.double, school)
    place = Place.objects.create(client=here.double, label="Facturation", city="Toulon")
    done = merge(here.kept, here.double, by=here.by)
    for row in (school, place):
        row.refresh_from_db()
    assert (school.payer, place.client) == (here.kept, here.kept)
    assert undo(done, by=here.by) == 0
    for row in (school, place):
        row.refresh_from_db()
    assert (school.payer, place.client) == (here.double, here.double)


def test_merged_with_its_payer_it_pays_for_itself_without_being_named(here):
    pays(here.double, here.kept)
    done = merge(here.kept, here.double, by=here.by)
    here.kept.refresh_from_db()
    assert here.kept.payer is None
    undo(done, by=here.by)
    here.kept.refresh_from_db()
    assert here.kept.payer == here.double


def test_the_payer_is_chosen_like_any_value_unless_it_is_the_record_itself(here):
    other = make_client(here.organisation, "Métropole de Toulon")
    pays(other, here.double)
    done = merge(here.kept, here.double, by=here.by, payer_id=here.double.pk)
    here.kept.refresh_from_db()
    assert here.kept.payer == other
    other.delete()
    undo(done, by=here.by)
    here.kept.refresh_from_db()
    assert here.kept.payer is None
    pays(here.kept, here.double)
    merge(here.kept, here.double, by=here.by, payer_id=here.double.pk)
    here.kept.refresh_from_db()
    assert here.kept.payer is None
