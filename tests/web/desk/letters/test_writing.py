"""From ticked rows to mails: a draft, its preview, its files, its sending; a draft is nobody else's."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from comptoir.base.typeset import NotTypeset
from comptoir.letters.models import Letter
from comptoir.mail import attachments
from comptoir.mail.models import Attachment, Message
from tests.factories import make_organisation, make_registrations, make_staff
from tests.letters.test_files import PDF
from tests.web.desk.desk import Desk, said, words

TYPED = {"audience": "participants", "subject": "Votre session", "body": "Bonjour {destinataire}"}


@pytest.fixture
def draft(people, desk):
    rows = (people.hugo, people.anne, people.mute, people.gone)
    desk.post("bookings-choose", data={"act": "write", "search": "", "ids": [row.pk for row in rows]})
    return Letter.objects.get()


def test_ticked_rows_become_a_draft_that_says_who_is_left_out(desk, draft):
    page = desk.get("letter-draft", draft.pk)
    assert page.status_code == 200
    text = words(page)
    for one in ("4 inscriptions choisies", "2 messages partiront", "2 personnes laissées de côté", "Sans courriel",
                "Inscription annulée ou retirée", "participants (2)", "contacts des réservations (2)"):  # fmt: skip
        assert one in text
    assert not Message.objects.exists()


def test_all_that_the_search_finds(people, desk):
    desk.post("bookings-choose", data={"act": "write", "all": "1", "search": "state=validated"})
    assert len(Letter.objects.get().chosen) == 4


def test_the_preview_is_the_mail_of_a_real_person_and_of_nobody_else(people, desk, draft):
    shown = desk.post("letter-preview", draft.pk, data={**TYPED, "person": people.anne.pk})
    assert "Bonjour Anne Vial" in words(shown)
    assert "anne@exemple.fr" in words(shown)
    assert "sandbox" in shown["Content-Security-Policy"]
    assert not Message.objects.exists()
    stranger = make_registrations(people.other)[0]
    assert desk.post("letter-preview", draft.pk, data={**TYPED, "person": stranger.pk}).status_code == 404


def test_the_preview_is_word_for_word_what_leaves(people, desk, draft):
    shown = desk.post("letter-preview", draft.pk, data={**TYPED, "person": people.hugo.pk}).content.decode()
    desk.post("letter-draft", draft.pk, data={**TYPED, "act": "send"})
    html = Message.objects.get(to=["hugo@exemple.fr"]).html
    _before, after = html.split("<table", 1)
    assert shown.endswith(after)


def test_the_preview_names_an_unknown_variable(desk, draft):
    shown = desk.post("letter-preview", draft.pk, data={**TYPED, "body": "Bonjour {prenom}"})
    assert (shown.status_code, "{prenom}" in words(shown)) == (422, True)


def test_sent_it_says_what_becomes_of_each(desk, draft):
    page = desk.post("letter-draft", draft.pk, data={**TYPED, "act": "send"}, follow=True)
    assert said(page) == ["Le message part. Voici ce que devient chacun."]
    for one in (": 2 destinataires", "hugo@exemple.fr", "En file d’attente", "Laissé de côté", "Sans courriel"):
        assert one in words(page)
    again = desk.post("letter-draft", draft.pk, data={**TYPED, "act": "send"})
    assert again.url == desk.address("letter", draft.pk)
    assert desk.get("letter-draft", draft.pk).url == again.url
    assert Message.objects.count() == 2


def test_what_is_wrong_is_named_and_what_was_typed_stays(desk, draft):
    page = desk.post("letter-draft", draft.pk, data={**TYPED, "body": "Bonjour {prenom}", "act": "send"})
    assert page.status_code == 422
    assert "La variable {prenom} n’existe pas dans ce message" in words(page)
    assert ">\nBonjour {prenom}</textarea>" in page.content.decode()
    empty = desk.post("letter-draft", draft.pk, data={**TYPED, "body": "", "act": "send"})
    assert "le message a besoin de mots" in words(empty)
    assert not Message.objects.exists()


def test_a_draft_is_kept_right_or_wrong(desk, draft):
    desk.post("letter-draft", draft.pk, data={**TYPED, "body": "à finir {", "audience": "contacts"})
    draft.refresh_from_db()
    assert (draft.body, draft.audience, draft.state) == ("à finir {", "contacts", "draft")
    assert "Votre session" in words(desk.get("letters"))


def test_another_model_brings_its_words(desk, draft):
    desk.post("letter-model", draft.pk, data={"kind": "convocation"})
    draft.refresh_from_db()
    assert (draft.kind, "convoquer" in draft.body) == ("convocation", True)
    assert desk.post("letter-model", draft.pk, data={"kind": "client-number"}).status_code == 422


def test_a_file_is_attached_and_taken_off(desk, draft):
    file = SimpleUploadedFile("plan.exe", PDF)
    page = desk.post("letter-draft", draft.pk, data={**TYPED, "file": file}, follow=True)
    assert "plan.pdf" in words(page)
    desk.post("letter-detach", draft.pk, Attachment.objects.get().pk)
    assert not Attachment.objects.exists()
    wrong = desk.post("letter-draft", draft.pk, data={**TYPED, "file": SimpleUploadedFile("plan.pdf", b"MZ")})
    assert (wrong.status_code, "ni un PDF" in words(wrong)) == (422, True)


def test_the_pdf_can_be_looked_at_first(people, desk):
    desk.post("letters-convocation", people.session.pk)
    draft = Letter.objects.get()
    answer = desk.get("letter-paper", draft.pk, query={"person": people.hugo.pk})
    assert answer.content.startswith(b"%PDF")
    assert people.hugo.booking.reference in answer["Content-Disposition"]
    assert "convocation-" in words(desk.get("letter-preview", draft.pk))


def test_thrown_away_nothing_leaves(desk, draft):
    page = desk.post("letter-discard", draft.pk, follow=True)
    assert said(page) == ["Le brouillon est jeté. Rien n’est parti."]
    assert not Letter.objects.exists()


@pytest.mark.parametrize("verb", ["get", "post"])
@pytest.mark.parametrize("name", ["letter-draft", "letter-preview", "letter-discard", "letter-paper", "letter-model"])
def test_a_draft_is_nobody_elses(people, draft, manager, verb, name):
    colleague = Desk(make_staff(people.organisation))
    neighbour = Desk(make_staff(make_organisation()))
    for one in (colleague, manager, neighbour):
        assert getattr(one, verb)(name, draft.pk).status_code in (404, 405)
    assert Letter.objects.get().state == "draft"


def test_a_session_calls_its_people_within_the_perimeter(people, manager):
    assert manager.post("letters-convocation", people.other.pk).status_code == 404
    page = manager.post("letters-convocation", people.session.pk, follow=True)
    assert "3 inscriptions choisies" in words(page)


def test_nobody_validated_is_told(people, desk):
    empty = people.other
    desk.browser.post(desk.address("booking-cancel", people.away.booking.reference))
    page = desk.post("letters-convocation", empty.pk)
    assert (page.status_code, "il n’y a personne à convoquer" in words(page)) == (422, True)


def test_the_number_of_queries_does_not_grow(people, desk):
    taken = []
    for count in (1, 30):
        rows = make_registrations(people.session, people=[("P", str(n), f"p{n}@exemple.fr") for n in range(count)])
        desk.post("bookings-choose", data={"act": "write", "search": "", "ids": [row.pk for row in rows]})
        draft = Letter.objects.latest("pk")
        counts = []
        for page in ("letter-draft", "letter-preview"):
            with CaptureQueriesContext(connection) as caught:
                assert desk.get(page, draft.pk).status_code == 200
            counts.append(len(caught))
        taken.append(counts)
    assert taken[0] == taken[1]


def test_a_draft_has_one_address_and_an_unknown_audience_is_told(desk, draft):
    assert desk.get("letter", draft.pk).url == desk.address("letter-draft", draft.pk)
    assert desk.post("letter-draft", draft.pk, data={**TYPED, "audience": "?"}).status_code == 422


def test_a_typesetter_that_fails_is_said(desk, draft, monkeypatch):
    def fails(*_args):
        raise NotTypeset

    monkeypatch.setattr(attachments, "typeset", fails)
    page = desk.get("letter-paper", draft.pk)
    assert (page.status_code, "réessayez" in words(page)) == (503, True)


def test_one_booking_is_written_to_from_its_page(people, desk):
    page = desk.get("booking", people.hugo.booking.reference).content.decode()
    assert page.count(f'name="ids" value="{people.hugo.pk}"') == page.count('name="act" value="write"') == 1
    desk.post("bookings-choose", data={"act": "write", "ids": [people.hugo.pk, people.anne.pk]})
    assert sorted(Letter.objects.get().chosen) == [people.hugo.pk, people.anne.pk]
