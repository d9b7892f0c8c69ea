"""Objects made of rows at once are those that the model's constructor would have made."""

import pytest
from django.db import models
from django.db.models.signals import post_init
from django.test.utils import isolate_apps

from comptoir.base import rows
from comptoir.base.prepared import Prepared
from comptoir.bookings.models import SeatCount
from comptoir.catalogue.models import Session
from tests.factories import make_activity, make_organisation, make_seat_type, make_session

COUNTS = SeatCount.objects.select_related("session__activity__organisation", "seat_type").order_by("pk")


@pytest.fixture
def counts(db):
    session = make_session(make_activity(make_organisation()))
    SeatCount.objects.create(session=session, pending=2)
    SeatCount.objects.create(session=session, seat_type=make_seat_type(session), validated=1)
    return session


def plain(one):
    """Its columns, and where it was read from."""
    kept = {name: value for name, value in vars(one).items() if name != "_state"}
    return kept, one._state.adding, one._state.db, sorted(one._state.fields_cache)


def test_what_is_read_together_is_as_the_orm_makes_it(counts, django_assert_num_queries):
    for ours, theirs in zip(Prepared(COUNTS.all).all(), COUNTS.all(), strict=True):
        with django_assert_num_queries(0):
            pairs = [
                (ours, theirs),
                (ours.session, theirs.session),
                (ours.session.activity, theirs.session.activity),
                (ours.session.activity.organisation, theirs.session.activity.organisation),
            ]
            pairs += [(ours.seat_type, theirs.seat_type)] if theirs.seat_type else []
        assert [plain(one) for one, _other in pairs] == [plain(other) for _one, other in pairs]
        assert (ours.seat_type is None) is (theirs.seat_type is None)
        assert ours == theirs


def test_a_column_left_out_is_read_when_it_is_asked_for(counts, django_assert_num_queries):
    (found,) = Prepared(lambda pk: Session.objects.filter(pk=pk).only("reference")).all(pk=counts.pk)
    with django_assert_num_queries(0):
        assert found.reference == counts.reference
    with django_assert_num_queries(1):
        assert found.starts_on == counts.starts_on


def test_a_changed_object_is_stored_as_any_other(counts):
    (found,) = Prepared(lambda pk: Session.objects.filter(pk=pk)).all(pk=counts.pk)
    found.place = "Salle du Lac"
    found.save()
    assert Session.objects.get().place == "Salle du Lac"


@pytest.mark.parametrize("kind", ["its own constructor", "its own reading", "a file", "somebody listening"])
@isolate_apps("tests")
def test_a_model_that_adds_something_is_left_to_its_constructor(kind):
    class Plain(models.Model):
        class Meta:
            app_label = "tests"

    class Constructed(Plain):
        class Meta:
            app_label = "tests"
            proxy = True

        def __init__(self, *args, **kwargs):
            super().__init__(*args, **kwargs)

    class Read(Plain):
        class Meta:
            app_label = "tests"
            proxy = True

        @classmethod
        def from_db(cls, *args, **kwargs):
            return super().from_db(*args, **kwargs)

    class Filed(models.Model):
        paper = models.FileField()

        class Meta:
            app_label = "tests"

    def heard(**_told):
        """Somebody is told of each."""

    assert rows.is_plain(Plain)
    model = {"its own constructor": Constructed, "its own reading": Read, "a file": Filed}.get(kind, Plain)
    if model is Plain:
        post_init.connect(heard, sender=Plain)
    try:
        assert not rows.is_plain(model)
    finally:
        post_init.disconnect(heard, sender=Plain)


def test_a_model_left_to_its_constructor_is_read_all_the_same(counts, monkeypatch):
    monkeypatch.setattr(rows, "is_plain", lambda _model: False)
    found = Prepared(COUNTS.all).all()
    assert [plain(one) for one in found] == [plain(one) for one in COUNTS.all()]


def test_inherited_columns_are_left_to_the_orm():
    with pytest.raises(TypeError, match="inherits"):
        rows.Shape({"select_fields": [0], "from_parent": True, "model": Session}, [], None)
