"""The ledger against the folder: T08, T10, T13, and files given again from the database."""

import json
import os
import shutil

import pytest

from comptoir.base.errors import Missing
from comptoir.base.speaking import speaking
from comptoir.deals.models import Deal
from comptoir.integration.commands import running, starting
from comptoir.integration.commands.starting import Options
from comptoir.preregistrations.commands import ledger
from comptoir.preregistrations.commands.ledger import NothingToReissue
from comptoir.preregistrations.models import Request, SpoolFile
from comptoir.preregistrations.queries import intake
from comptoir.spool import seal
from tests.factories import NOW, actor_of, make_organisation, make_staff
from tests.integration.conftest import ask, make_world

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def world(transactional_db, tmp_path, settings):
    made = make_world(tmp_path, settings)
    made.session.capacity = None
    made.session.save()
    return made


def scan(world):
    return ledger.scan(world.organisation.pk, at=NOW)


def path_of(world, request):
    return world.spool / request.file.name


def integrate_all(world, ticket="t"):
    started = starting.start(ticket=ticket, method="deals", options=Options(), by=world.by, at=NOW)
    running.work(started.run_id, clock=lambda: NOW)


def test_nine_of_a_hundred_tampered_with_are_named_and_94_imported(world):
    asked = [ask(world) for _number in range(100)]
    for request in asked[:3]:
        path_of(world, request).unlink()
    for request in asked[3:6]:
        path = path_of(world, request)
        path.write_bytes(path.read_bytes() + b" ")
    for number in range(3):
        (world.spool / f"etranger-{number}.log").write_text(
            '{"format": "comptoir.pre-registration/1", "reference": "X"}'
        )
    found = scan(world)
    assert set(found.missing) == {one.file.name for one in asked[:3]}
    assert set(found.set_aside) == {one.file.name for one in asked[3:6]} | {f"etranger-{n}.log" for n in range(3)}
    named = intake.notices(seen_by=world.by)
    assert named.count() == 9
    assert all(notice.reason for notice in named)
    integrate_all(world)
    assert Deal.objects.count() == 94
    for file in SpoolFile.objects.filter(request__in=asked[:6]):
        ledger.reissue(file_id=file.pk, by=world.by, at=NOW)
    integrate_all(world, "t2")
    assert Deal.objects.count() == 100


def test_a_file_given_again_is_byte_for_byte_what_it_was(world):
    request = ask(world)
    before = path_of(world, request).read_bytes()
    path_of(world, request).unlink()
    scan(world)
    ledger.reissue(file_id=request.file.pk, by=world.by, at=NOW)
    assert path_of(world, request).read_bytes() == before


def test_an_archived_file_copied_back_a_hundred_times_is_not_imported(world):
    request = ask(world)
    integrate_all(world)
    kept = world.spool / "ARCHIVES" / request.file.name
    for number in range(100):
        shutil.copy(kept, world.spool / (request.file.name if number == 0 else f"copie-{number}.log"))
    found = scan(world)
    assert len(found.set_aside) == 100
    assert {file.reason for file in SpoolFile.objects.filter(request=None)} == {
        "Cette demande a déjà été intégrée lundi 23 novembre 2026 à 10\u00a0h."
    }
    assert (Request.objects.count(), Deal.objects.count()) == (1, 1)


def test_a_look_that_sees_only_names_is_seen(world, monkeypatch):
    """Sabotage of T10 and T13: whoever has a name of ours is believed, whoever has a seal of ours is new."""
    request, edited = ask(world), ask(world)
    path_of(world, edited).write_bytes(path_of(world, edited).read_bytes() + b" ")
    monkeypatch.setattr(ledger.Seen, "holds", lambda seen, path: True)
    assert scan(world).set_aside == []
    integrate_all(world)
    shutil.copy(world.spool / "ARCHIVES" / request.file.name, world.spool / "copie.log")
    monkeypatch.setattr(ledger.adopting, "adopt", lambda organisation, read, *, at: None)
    assert scan(world).adopted == ["copie.log"]


def test_a_sealed_file_the_database_lost_is_adopted(world):
    request = ask(world, people=2)
    name, content = request.file.name, path_of(world, request).read_bytes()
    Request.objects.all().delete()
    (world.spool / name).write_bytes(content)
    assert scan(world).adopted == [name]
    again = Request.objects.get()
    assert (again.reference, again.state, again.origin, again.lines.count()) == (
        request.reference,
        "pending",
        "file",
        2,
    )
    assert scan(world) == ledger.Findings()


def test_a_file_of_another_organisation_is_refused(world):
    request = ask(world)
    other = make_organisation("ailleurs", spool_key="autre-cle")
    foreign = {**request.typed, "organisation": "ailleurs", "reference": "PR-AILLEURS9"}
    (world.spool / "foreign.log").write_bytes(seal.encode(foreign, other.spool_key.encode()))
    assert scan(world).set_aside == ["foreign.log"]
    assert "autre organisme" in SpoolFile.objects.get(name="foreign.log").reason


def test_hostile_entries_go_aside_and_the_good_ones_stay(world):
    good = [ask(world) for _number in range(3)]
    (world.spool / "vide.log").write_bytes(b"")
    (world.spool / "coupe.log").write_bytes(b'{"format": "compt')
    (world.spool / "utf16.log").write_bytes(json.dumps(good[0].typed).encode("utf-16"))
    (world.spool / "profond.log").write_bytes(b"[" * 100_000)
    (world.spool / "notes.txt").write_text("bonjour")
    (world.spool / "dossier.log").mkdir()
    (world.spool / "lien.log").symlink_to("/etc/passwd")
    os.mkfifo(world.spool / "tube.log")
    found = scan(world)
    assert len(found.set_aside) == 8
    assert not found.missing
    for name in found.set_aside:
        assert (world.spool / "REJETS" / f"{name}.raison.txt").read_text().strip()
    integrate_all(world)
    assert Deal.objects.count() == 3


def test_one_entry_the_disk_keeps_back_does_not_hold_the_others_up(world, monkeypatch):
    ask(world)
    (world.spool / "a.log").write_text("?")
    (world.spool / "b.log").write_text("?")
    from comptoir.spool import mover
    from comptoir.spool.passing import CannotMove

    reject = mover.reject

    def stubborn(spool, name, *rest):
        if name == "a.log":
            raise CannotMove("non")
        return reject(spool, name, *rest)

    monkeypatch.setattr(mover, "reject", stubborn)
    assert scan(world).set_aside == ["b.log"]
    assert not SpoolFile.objects.filter(name="a.log").exists()


def test_a_file_that_comes_back_counts_again(world):
    request = ask(world)
    content = path_of(world, request).read_bytes()
    path_of(world, request).unlink()
    scan(world)
    path_of(world, request).write_bytes(content)
    assert scan(world).back == [request.file.name]


def test_only_a_lost_file_is_given_again_and_only_at_home(world):
    request = ask(world)
    with pytest.raises(NothingToReissue):
        ledger.reissue(file_id=request.file.pk, by=world.by, at=NOW)
    stranger = actor_of(make_staff(make_organisation("loin")))
    with pytest.raises(Missing):
        ledger.reissue(file_id=request.file.pk, by=stranger, at=NOW)


def test_a_second_look_reads_nothing_again(world, monkeypatch):
    from comptoir.preregistrations.seen import Seen
    from comptoir.spool import reader

    ask(world)
    seen, read, count = Seen(), reader.read, []
    monkeypatch.setattr(reader, "read", lambda *args, **kwargs: count.append(1) or read(*args, **kwargs))
    for _look in range(3):
        ledger.scan(world.organisation.pk, at=NOW, seen=seen)
    assert len(count) == 1


def test_what_is_said_of_a_file_is_kept_in_french_whoever_looks(world):
    path = path_of(world, ask(world))
    path.write_bytes(path.read_bytes() + b" ")
    with speaking("en"):
        ledger.look_again(by=world.by, at=NOW)
    said = SpoolFile.objects.get(state="rejected").reason if SpoolFile.objects.filter(state="rejected") else ""
    beside = "".join(one.read_text() for one in world.spool.rglob("*.raison.txt"))
    assert "Le fichier a été modifié depuis son dépôt." in said + beside
    assert "Motif" in beside
