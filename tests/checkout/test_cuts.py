"""T02, T03: a confirmation killed at each durable step: nothing, or one request, one file, one mail of each kind."""

import pytest
from django.db import transaction

from comptoir.checkout import commands as checkout
from comptoir.mail.models import Message
from comptoir.organisations.actors import visitor
from comptoir.preregistrations.commands import requests
from comptoir.preregistrations.models import Request
from comptoir.preregistrations.submission import Participant, Submission
from tests.cuts import cut_at
from tests.factories import NOW
from tests.integration.conftest import make_world, requester

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.fault]
LATER = NOW + requests.GRACE * 2


@pytest.fixture
def world(transactional_db, tmp_path, settings):
    return make_world(tmp_path, settings)


def confirm(world, token):
    wanted = Submission(requester(), (Participant(world.session.reference, "Hugo", "Marchand"),), 1)
    return checkout.submit(submission=wanted, token=token, by=visitor(world.organisation.pk), at=NOW)


def verdict(world, token):
    """What is wrong once the visitor has tried again, or the round has passed."""
    wrong = []
    rows = list(Request.objects.filter(token=token).select_related("file"))
    if [(row.state, row.file.state) for row in rows] != [("pending", "in_spool")]:
        wrong.append(f"requests {[(row.state, row.file.state) for row in rows]}")
    files = [path.name for path in world.spool.glob("*.log")]
    if len(files) != Request.objects.count():
        wrong.append(f"{len(files)} files for {Request.objects.count()} requests")
    kinds = sorted(Message.objects.filter(about__in=[row.reference for row in rows]).values_list("kind", flat=True))
    if kinds != ["preregistration-contact", "preregistration-organisation"]:
        wrong.append(f"mails {kinds}")
    return wrong


def sweep(world, again):
    found = {}
    for step in range(1, 200):
        token = f"jeton-{step}"
        killed = cut_at(step, lambda token=token: confirm(world, token))
        row = Request.objects.filter(token=token).select_related("file").first()
        if row and row.state == "recorded" and Message.objects.filter(about=row.reference).exists():
            found[step] = ["told before it was confirmed"]
        if killed:
            again(token)
        if wrong := verdict(world, token) if killed and (row or again is not by_the_round) else []:
            found[step] = wrong
        if not killed:
            return found, step - 1
    raise AssertionError("the confirmation never ended by itself")


def by_the_round(_token):
    requests.finish_recorded(at=LATER)


def test_the_visitor_who_tries_again_makes_no_second(world):
    found, cuts = sweep(world, lambda token: confirm(world, token))
    assert not found
    assert cuts >= 8, "the sweep went nowhere"


def test_the_round_finishes_what_was_recorded(world):
    found, _cuts = sweep(world, by_the_round)
    assert not found


def test_the_sweep_sees_a_file_named_before_its_row_is_committed(world, monkeypatch):
    insert = requests._insert

    def sabotaged(*args, **kwargs):
        pk = insert(*args, **kwargs)
        requests.write_file(Request.objects.select_related("organisation", "file").get(pk=pk))
        return pk

    monkeypatch.setattr(requests, "_insert", sabotaged)
    found, _cuts = sweep(world, lambda token: confirm(world, token))
    assert found


def test_a_full_disk_confirms_nothing_and_the_same_token_succeeds_later(world, monkeypatch):
    from comptoir.spool import disk
    from comptoir.spool.folders import SpoolUnavailable

    def full(*_args):
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(disk, "write_new", full)
        with pytest.raises(SpoolUnavailable):
            confirm(world, "jeton-plein")
    assert not Message.objects.exists()
    assert confirm(world, "jeton-plein").reference == Request.objects.get().reference
    assert verdict(world, "jeton-plein") == []
    assert transaction.get_autocommit()
