"""What is wrong in Résa is named, issued again, or seen (T10)."""

from comptoir.preregistrations.models import SpoolFile
from tests.integration.conftest import ask
from tests.web.desk.desk import said, words


def test_every_file_gone_changed_or_foreign_is_named(desk, world):
    gone, changed, fine = ask(world), ask(world), ask(world)
    (world.spool / gone.file.name).unlink()
    (world.spool / changed.file.name).write_bytes(b"{}")
    (world.spool / "intrus.log").write_bytes(b"bonjour")
    answer = desk.post("intake-look-again", follow=True)
    assert said(answer) == ["Le dossier Résa est relu : 1 fichier disparu, 2 fichiers écartés."]
    page = words(answer)
    for name in (gone.file.name, changed.file.name, "intrus.log"):
        assert name in page
    assert "Le fichier a disparu du dossier Résa." in page
    assert page.count("Émettre à nouveau") == 2
    assert fine.file.name not in page


def test_a_lost_file_is_issued_again_byte_for_byte(desk, world):
    request = ask(world)
    path = world.spool / request.file.name
    before = path.read_bytes()
    path.unlink()
    desk.post("intake-look-again")
    assert desk.get("intake").context["ready"] == 0
    answer = desk.post("intake-reissue", request.file.pk, data={"from": desk.address("intake-files")}, follow=True)
    assert said(answer) == ["Le fichier est de nouveau dans Résa : la demande peut être intégrée."]
    assert "Tout est en ordre" in words(answer)
    assert path.read_bytes() == before
    assert desk.get("intake").context["ready"] == 1


def test_a_notice_seen_leaves_the_list_but_the_row_still_says_it(desk, world):
    request = ask(world)
    (world.spool / request.file.name).unlink()
    desk.post("intake-look-again")
    desk.post("intake-files-seen", data={"file": [request.file.pk]})
    answer = desk.get("intake")
    assert answer.context["notices"] == []
    assert "Le fichier a disparu du dossier Résa." in words(answer)


def test_nothing_to_issue_is_said(desk, world):
    request = ask(world)
    answer = desk.post("intake-reissue", request.file.pk, follow=True)
    assert said(answer) == ["Il n’y a rien à émettre à nouveau pour ce fichier."]


def test_another_organisation_neither_issues_nor_sees(stranger, world):
    request = ask(world)
    assert stranger.post("intake-reissue", request.file.pk).status_code == 404
    SpoolFile.objects.update(state="missing")
    stranger.post("intake-files-seen", data={"file": [request.file.pk]})
    assert SpoolFile.objects.get().handled_at is None


def test_going_back_stays_on_this_site(desk, world):
    answer = desk.post("intake-look-again", data={"from": "//ailleurs.example/"})
    assert answer.url.endswith("/bureau/importation/")
