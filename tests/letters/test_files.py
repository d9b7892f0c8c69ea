"""What goes with a letter: a PDF for each person, a calendar, files known by their content; really sent, read back."""

import io
from zipfile import ZipFile

import pytest
from icalendar import Calendar
from pypdf import PdfReader

from comptoir.base.typeset import NotTypeset
from comptoir.letters import queries
from comptoir.letters.commands.drafting import KEPT, change_draft, detach_file, discard_draft, forget_old
from comptoir.letters.models import Letter
from comptoir.mail import attachments
from comptoir.mail.commands import send_due
from comptoir.mail.files import LARGEST, NotAttachable, checked, clean_name
from comptoir.mail.models import Attachment, Enclosure, Message
from tests.factories import NOW, make_registrations
from tests.letters.conftest import begin, send, written

PDF = b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n" + b"x" * 500 + b"\n%%EOF\n"
PNG = b"\x89PNG\r\n\x1a\n" + b"\x00" * 20 + b"IEND\xaeB`\x82"
JPEG = b"\xff\xd8\xff\xe0" + b"\x00" * 20 + b"\xff\xd9"


def zipped(*names, **texts):
    file = io.BytesIO()
    with ZipFile(file, "w") as archive:
        for name in names:
            archive.writestr(name, "<x/>")
        for name, text in texts.items():
            archive.writestr(name, text)
    return file.getvalue()


def attach(desk, letter, name="Plan d’accès.pdf", content=PDF):
    change_draft(letter_id=letter.pk, written=written(file=(name, content)), by=desk.by, at=NOW)


def parts(taken):
    return {part.get_filename(): part for part in taken.mail.iter_attachments()}


def spoken(pdf):
    text = " ".join(PdfReader(io.BytesIO(pdf)).pages[0].extract_text().split())
    return text.replace("\u00a0", " ").replace("\u202f", " ")


def test_a_convocation_leaves_with_its_pdf_calendar_and_file(desk, postbox):
    letter = begin(desk, desk.hugo, desk.anne, kind="convocation")
    attach(desk, letter)
    send(desk, letter)
    assert len(send_due(at=NOW, limit=10).done) == 2
    found = {taken.recipients[0]: parts(taken) for taken in postbox.taken}
    pdf = f"convocation-{desk.hugo.booking.reference}.pdf"
    assert set(found["hugo@exemple.fr"]) == {pdf, f"{desk.session.reference}.ics", "Plan d’accès.pdf"}
    hugo = found["hugo@exemple.fr"]
    assert hugo["Plan d’accès.pdf"].get_content() == PDF
    assert hugo["Plan d’accès.pdf"].get_content_type() == "application/pdf"
    said = spoken(hugo[pdf].get_content())
    for words in ("Hugo Marchand", desk.hugo.booking.reference, "Salle Loire", "lundi 11 janvier 2027", "9 h – 12 h"):
        assert words in said
    assert said.count("Salle Loire") == said.count("9 h – 12 h") == 1  # the table says it, the words need not again
    assert "Anne" not in said
    assert "Anne Vial" in spoken(found["anne@exemple.fr"][pdf].get_content())
    calendar = hugo[f"{desk.session.reference}.ics"]
    assert (calendar.get_content_type(), calendar.get_param("method")) == ("text/calendar", "PUBLISH")
    [event] = Calendar.from_ical(calendar.get_payload(decode=True)).walk("VEVENT")
    assert event.decoded("dtstart") == desk.session.begins_at


def test_the_text_and_the_html_are_still_there(desk, postbox):
    send(desk, begin(desk, desk.hugo, kind="convocation"))
    send_due(at=NOW, limit=10)
    [taken] = postbox.taken
    assert "Bonjour Hugo Marchand," in taken.text
    assert "Bonjour Hugo Marchand," in taken.html
    assert taken.mail.get_content_type() == "multipart/mixed"


def test_a_file_is_kept_once_for_all(desk):
    letter = begin(desk, desk.hugo, desk.anne)
    attach(desk, letter)
    send(desk, letter)
    assert (Attachment.objects.count(), Enclosure.objects.count()) == (1, 2)


def test_the_contact_has_the_pdf_of_each_and_no_link_in_them(desk, postbox):
    send(desk, begin(desk, desk.hugo, desk.anne, kind="convocation"), audience="contacts")
    send_due(at=NOW, limit=10)
    [taken] = postbox.taken
    reference = desk.hugo.booking.reference
    pdfs = {name: part.get_content() for name, part in parts(taken).items() if name.endswith(".pdf")}
    assert set(pdfs) == {f"convocation-{reference}-1.pdf", f"convocation-{reference}-2.pdf"}
    said = spoken(pdfs[f"convocation-{reference}-2.pdf"])
    assert "Bonjour Anne Vial" in said
    assert "http" not in said


def test_a_retry_carries_the_same(desk, postbox):
    send(desk, begin(desk, desk.hugo, kind="convocation"))
    postbox.on_data = lambda envelope: "451 plus tard"
    send_due(at=NOW, limit=10)
    postbox.on_data = lambda envelope: None
    message = Message.objects.get()
    send_due(at=message.next_at, limit=10)
    assert len(parts(postbox.taken[0])) == 2
    assert send_due(at=message.next_at, limit=10).done == []


def test_a_typesetter_that_fails_puts_the_mail_off(desk, postbox, monkeypatch):
    send(desk, begin(desk, desk.hugo, kind="convocation"))

    def fails(template, data):
        raise NotTypeset

    monkeypatch.setattr(attachments, "typeset", fails)
    send_due(at=NOW, limit=10)
    assert (postbox.taken, Message.objects.get().state) == ([], "queued")


@pytest.mark.parametrize(
    ("name", "content", "expected"),
    [
        ("plan.exe", PDF, ("plan.pdf", "application/pdf")),
        ("C:\\docs\\accès.PNG", PNG, ("accès.png", "image/png")),
        ("../../etc/passwd", JPEG, ("passwd.jpg", "image/jpeg")),
        ("", PDF, ("document.pdf", "application/pdf")),
        ("a\r\nBcc: x@y.fr.docx", zipped("word/document.xml"), None),
        ("tableau.xlsx", zipped("xl/workbook.xml"), None),
        ("x.odt", zipped(mimetype="application/vnd.oasis.opendocument.text"), None),
    ],
)
def test_a_file_is_what_it_holds(name, content, expected):
    found = checked(name, content)
    assert not set(found.name) & set('/\\\r\n:"')
    if expected:
        assert (found.name, found.media_type) == expected


@pytest.mark.parametrize(
    "content",
    [
        b"", b"MZ" + PDF, b"<script>", b"%PDF-1.4 cut", PNG[:-4], b"PK\x03\x04rien", zipped("x.txt"),
        zipped("word/document.xml", "word/vbaProject.bin"), zipped(mimetype="application/zip"),
        PDF + b"x" * LARGEST,
    ],
)  # fmt: skip
def test_what_is_no_document_is_refused(content):
    with pytest.raises(NotAttachable):
        checked("document.pdf", content)


def test_a_long_name_is_cut_and_keeps_its_extension():
    assert len(clean_name("n" * 300 + ".pdf", ".pdf")) <= 84


def test_together_they_weigh_no_more_than_five_megabytes(desk):
    letter = begin(desk, desk.hugo)
    attach(desk, letter, content=PDF[:9] + b"x" * (LARGEST - 1000) + PDF)
    with pytest.raises(NotAttachable, match="Ensemble"):
        attach(desk, letter, content=PDF * 3)
    assert queries.files(letter).count() == 1


def test_five_files_at_most(desk):
    letter = begin(desk, desk.hugo)
    for _ in range(5):
        attach(desk, letter)
    with pytest.raises(NotAttachable, match="Cinq"):
        attach(desk, letter)


def test_a_file_taken_off_does_not_go(desk):
    letter = begin(desk, desk.hugo)
    attach(desk, letter)
    detach_file(letter_id=letter.pk, attachment_id=Attachment.objects.get().pk, by=desk.by)
    send(desk, letter)
    assert (Attachment.objects.count(), Enclosure.objects.count()) == (0, 0)


def test_a_draft_thrown_away_or_forgotten_takes_its_files(desk):
    first, second, third = (begin(desk, desk.hugo) for _ in range(3))
    for letter in (first, second, third):
        attach(desk, letter)
    discard_draft(letter_id=first.pk, by=desk.by, at=NOW)
    send(desk, third)
    assert forget_old(at=NOW + KEPT).done == []
    assert forget_old(at=NOW + KEPT * 2).done == [second.reference]
    assert list(Letter.objects.all()) == [third]
    assert [one.about for one in Attachment.objects.all()] == [third.reference]


def test_a_session_met_on_two_places_is_said_once(desk):
    other = make_registrations(
        desk.other, people=[("Hugo", "Marchand", "h@x.fr")], booking_contact_email="c@exemple.fr"
    )
    send(desk, begin(desk, *other), audience="contacts")
    assert Message.objects.get().text.count("Salle Loire") == 1


def test_a_session_here_and_far_says_both_in_the_pdf(desk, postbox):
    for fields in ({"is_remote": True, "remote_url": "https://visio.exemple/s"}, {"place": "", "city": ""}):
        type(desk.session).objects.filter(pk=desk.session.pk).update(**fields)
        send(desk, begin(desk, desk.hugo, kind="convocation"))
    send_due(at=NOW, limit=10)
    both, far = (
        spoken(next(part.get_content() for name, part in parts(one).items() if name.endswith(".pdf")))
        for one in postbox.taken
    )
    assert "Salle Loire, Nantes" in both
    assert "https://visio.exemple/s" in both
    assert "https://visio.exemple/s" in far


def test_a_session_without_sittings_is_whole_days_in_the_calendar(desk, postbox):
    send(desk, begin(desk, desk.away, kind="convocation"))
    send_due(at=NOW, limit=10)
    part = parts(postbox.taken[0])[f"{desk.other.reference}.ics"]
    [event] = Calendar.from_ical(part.get_payload(decode=True)).walk("VEVENT")
    assert str(event.decoded("dtstart")) == "2027-01-11"
    assert str(event.decoded("dtend")) == "2027-01-12"
