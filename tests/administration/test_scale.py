"""The scores from which the engine is sure, or asks for a look, are the organisation's own; all uses obey them."""

from importlib import import_module

import pytest
from django.apps import apps

from comptoir.administration.commands.settings import change_settings
from comptoir.base.errors import Invalid, Several
from comptoir.clients import duplicates
from comptoir.clients.commands import duplicates as commands
from comptoir.clients.identity import Identity
from comptoir.clients.matching import recognised
from comptoir.clients.models import DuplicateScan
from comptoir.clients.scale import USUAL, scale_of
from comptoir.organisations.models import Organisation
from tests.factories import NOW, actor_of, make_client, make_organisation, make_staff

pytestmark = pytest.mark.django_db


@pytest.fixture
def by():
    return actor_of(make_staff(make_organisation()))


def change(by, **values):
    change_settings(by=by, at=NOW, **values)


def test_the_usual_scale_is_that_of_the_engine(by):
    assert scale_of(by.organisation_id) == USUAL
    assert scale_of(0) == USUAL


@pytest.mark.parametrize(
    ("values", "wrong"),
    [
        ({"certain_from": 79}, {"certain_from"}), ({"certain_from": 100}, {"certain_from"}),
        ({"asked_from": 96}, {"asked_from"}), ({"probable_from": 41}, {"probable_from"}),
        ({"probable_from": 0, "asked_from": 0}, {"probable_from", "asked_from"}),
        ({"certain_from": 80, "asked_from": 90, "probable_from": 95}, {"asked_from", "probable_from"}),
    ],
)  # fmt: skip
def test_a_scale_upside_down_is_refused_and_nothing_changes(by, values, wrong):
    with pytest.raises(Invalid) as refused:
        change(by, **values)
    several = refused.value.refusals if isinstance(refused.value, Several) else [refused.value]
    assert {one.field for one in several} == wrong
    assert scale_of(by.organisation_id) == USUAL
    assert not DuplicateScan.objects.exists()


def test_requests_pairs_and_certainties_follow_it_and_all_is_compared_again(by):
    organisation = Organisation.objects.get(pk=by.organisation_id)
    for name in ("Ateliers du Lac", "Ateliers du Lac Nettoyage"):
        make_client(organisation, name, city="Annecy", postcode="74000")
    commands.scan(organisation_id=by.organisation_id, at=NOW)
    near = Identity("Ateliers du Lac Bleu", city="Annecy", postcode="74000")
    pairs, _mark = duplicates.pairs_after("", seen_by=by, level=None, limit=10)
    match = recognised([near], seen_by=by)[0]
    assert (len(pairs), bool(match)) == (1, True)

    above = int(100 * max(pairs[0].score, match.score)) + 1
    assert above <= 99
    change(by, certain_from=99, asked_from=above, probable_from=above)
    assert DuplicateScan.objects.order_by("-pk").values_list("is_whole", "state").first() == (True, "waiting")
    commands.scan_due(at=NOW, limit=1)
    assert duplicates.pairs_after("", seen_by=by, level=None, limit=10)[0] == []
    assert recognised([near], seen_by=by) == [None]
    change(by, name="Autre nom", certain_from=99)
    assert DuplicateScan.objects.count() == 2, "what stays as it was is not compared again"


def test_who_chose_no_scale_follows_the_usual_one_and_who_did_keeps_it():
    follow = import_module("comptoir.organisations.migrations.0009_follow_the_usual_scale").follow
    usual, own = make_organisation(), make_organisation()
    Organisation.objects.filter(pk=usual.pk).update(asked_from=40)
    Organisation.objects.filter(pk=own.pk).update(asked_from=40, certain_from=97)
    follow(apps, None)
    assert scale_of(usual.pk) == USUAL
    assert scale_of(own.pk).asked == 0.4
