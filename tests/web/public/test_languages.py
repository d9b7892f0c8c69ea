"""A page in English for who chose it: the same addresses, nobody else's page, and mails in each reader's language."""

from datetime import date, timedelta

import pytest

from comptoir.base.speaking import speaking
from comptoir.bookings.commands.changed import SETTLED, tell_changed
from comptoir.bookings.commands.holding import expire_holds
from comptoir.bookings.commands.reminding import remind_due
from comptoir.bookings.links import link_of
from comptoir.bookings.models import Booking, Registration
from comptoir.catalogue.commands import slots
from comptoir.catalogue.models import Session
from comptoir.enquiries.models import Enquiry
from comptoir.mail.models import Enclosure, Message
from comptoir.payments.commands import recording
from comptoir.payments.commands.recording import Settled
from comptoir.preregistrations.models import Request
from comptoir.web.public.prose import written
from comptoir.web.shared import kept
from comptoir.web.shared.languages import COOKIE
from tests.checkout.direct import METHODS
from tests.factories import NOW, actor_of, make_registrations, make_rules, make_session, make_staff
from tests.web.public.visitor import CLIENT, Visitor, words


@pytest.fixture
def english(visitor):
    choose(visitor)
    return visitor


def choose(visitor, language="en", back="/rhone/", **headers):
    sent = {"language": language, "next": back}
    return visitor.browser.post(f"/{visitor.organisation.slug}/langue/", sent, headers=headers)


def mails():
    return {one.kind: words_of(one) for one in Message.objects.all()}


def words_of(mail):
    return f"{mail.subject}\n{mail.text}".replace("\u00a0", " ").replace("\u202f", " ")


def test_the_other_language_is_at_the_foot_of_each_page(visitor, session):
    page = words(visitor.get("activity", slug="sauveteur"))
    assert 'action="/rhone/langue/"' in page
    assert '<button class="text-button" type="submit" name="language" value="en" lang="en">' in page
    assert 'name="next" value="/rhone/formations/sauveteur/"' in page
    answer = choose(visitor, back="/rhone/formations/sauveteur/")
    assert answer.url == "/rhone/formations/sauveteur/"
    page = words(visitor.get("activity", slug="sauveteur"))
    assert '<html lang="en">' in page
    assert 'value="fr" lang="fr"' in page
    assert "Upcoming dates" in page
    assert '<h1 lang="fr">Sauveteur secouriste</h1>' in page, "what the organisation wrote is still French"
    choose(visitor, "fr")
    assert "Les prochaines dates" in words(visitor.get("activity", slug="sauveteur"))


def test_what_is_kept_for_all_is_kept_in_each_language(organisation, clock, session):
    kept.forget_all()
    one, other = Visitor(organisation, clock), Visitor(organisation, clock)
    choose(one)
    for _time in range(3):
        assert '<html lang="en">' in words(one.get("activity", slug="sauveteur"))
        assert '<html lang="fr">' in words(other.get("activity", slug="sauveteur"))
    page = one.get("activity", slug="sauveteur")
    assert "Cookie" in page.headers["Vary"]
    assert page.headers["Cache-Control"] == "private, no-cache", "no shared copy of English is everybody's"
    assert "public" in other.get("activity", slug="sauveteur").headers["Cache-Control"]
    assert page.headers["Content-Language"] == "en"
    assert page.headers["ETag"] != other.get("activity", slug="sauveteur").headers["ETag"]


def test_what_is_kept_of_the_terms_says_in_each_language_whose_words_they_are():
    shown = {}
    for language in ("fr", "en", "fr"):
        with speaking(language):
            shown[language] = written("Un point.")
    assert shown == {"fr": "<p>Un point.</p>\n", "en": '<p lang="fr">Un point.</p>\n'}


def test_nobody_else_chooses_and_nowhere_else_is_gone_to(visitor):
    answer = choose(visitor, sec_fetch_site="cross-site")
    assert answer.status_code == 403
    assert COOKIE not in answer.cookies
    for back in ("//ailleurs.exemple/", "https://ailleurs.exemple/", "javascript:alert(1)", "", "/\\ailleurs.exemple"):
        assert choose(visitor, back=back).url == "/rhone/"
    assert COOKIE not in choose(visitor, "de").cookies
    assert visitor.browser.get("/rhone/langue/").status_code == 405
    chosen = choose(visitor).cookies[COOKIE]
    assert (chosen["httponly"], chosen["samesite"]) == (True, "Lax")


def test_a_browser_that_asks_for_english_is_shown_the_way_to_it(visitor, session):
    page = visitor.browser.get("/rhone/", headers={"accept-language": "en-GB,en;q=0.9"})
    assert '<html lang="fr">' in words(page)
    assert "Accept-Language" not in page.headers["Vary"]
    visitor.browser.cookies[COOKIE] = "../../en"
    assert '<html lang="fr">' in words(visitor.get("catalogue"))


def test_mistakes_are_told_in_english_and_what_was_typed_stays(english, session):
    english.put_in(session)
    hidden = english.hidden("client")
    english.clock.shift(timedelta(seconds=30))
    answer = english.browser.post(english.address("client"), hidden | CLIENT | {"email": "claire"}, follow=True)
    assert "This email address is not complete: write for example nom@exemple.fr." in words(answer)
    assert 'value="claire"' in words(answer)


def test_a_request_made_in_english_is_answered_in_english_and_told_here_in_french(english, session):
    english.order(session)
    assert Request.objects.get().language == "en"
    told = mails()
    assert "Dear Claire Perrin" in told["preregistration-contact"]
    assert "€" in told["preregistration-contact"]
    assert "Bonjour" not in told["preregistration-contact"]
    ours = told["preregistration-organisation"]
    assert "Ouvrir l’assistant" in ours
    assert "lundi" in ours or "mardi" in ours or "mercredi" in ours
    assert "Dear" not in ours


@pytest.fixture
def fair(activity, terms):
    make_rules(activity, is_direct=True, may_change_method=True, reminder_days=3, **dict.fromkeys(METHODS, True))
    return make_session(activity, starts_on=date(2026, 12, 14), ends_on=date(2026, 12, 14), price_cents=5_000)


def book(visitor, session):
    visitor.put_in(session)
    visitor.client()
    visitor.people()
    visitor.confirm(method="cheque")
    return Booking.objects.latest("pk")


def test_whoever_booked_in_english_is_written_to_in_english_by_whoever_acts(english, fair, organisation):
    booking = book(english, fair)
    assert booking.language == "en"
    said = mails()["booking-confirmation"]
    assert "Left to pay: €60.00, by cheque." in said
    assert "See my booking" in said
    assert "14 December 2026" in said
    desk = actor_of(make_staff(organisation))
    paid = Settled(6_000, "cheque", NOW.date())
    recording.record_payment(booking_id=booking.pk, key="k", settled=paid, notify=True, by=desk, at=NOW)
    assert "€60.00" in mails()["payment-received"]
    assert "nothing" in mails()["payment-received"]


def test_the_link_of_an_english_mail_opens_an_english_page(english, fair, organisation, clock):
    booking = book(english, fair)
    other = Visitor(organisation, clock)  # another device: nobody chose anything there
    named = {"reference": booking.reference, "link": link_of(booking)}
    assert '<html lang="en">' in words(other.get("booking", **named))
    page = words(other.browser.post(other.address("booking-method", **named), {"method": "transfer"}, follow=True))
    assert "until the date shown" in page
    wrong = other.get("booking", reference=booking.reference, link="x" * len(link_of(booking)))
    assert '<html lang="fr">' in words(wrong), "a reference alone tells nothing"
    calendar = other.browser.get(other.address("booking-calendar", **named)).content.decode()
    assert "Booking " + booking.reference in calendar.replace("\r\n ", "")
    choose(other, "fr")
    assert '<html lang="fr">' in words(other.get("booking", **named))


def test_each_registrant_of_a_session_is_told_in_their_own_language(english, fair, organisation, clock):
    book(english, fair)
    make_registrations(fair, booking_contact_email="anne@exemple.fr", booking_contact_name="Anne Roy")
    Booking.objects.update(created_at=NOW - timedelta(days=1))
    Registration.objects.update(state="validated")
    Session.objects.update(is_remote=True, place="", address="", city="")
    at = fair.begins_at - timedelta(days=3)
    assert remind_due(at=at).done == [fair.reference]
    told = {mail.to[0]: words_of(mail) for mail in Message.objects.filter(kind="session-reminder")}
    assert "Dear Claire Perrin" in told["claire@exemple.fr"]
    assert "14 December 2026" in told["claire@exemple.fr"]
    assert "Bonjour Anne Roy" in told["anne@exemple.fr"]
    assert "14 décembre 2026" in told["anne@exemple.fr"]
    slots.shift_session(session_id=fair.pk, starts_on=date(2026, 12, 21), by=actor_of(make_staff(organisation)), at=NOW)
    assert tell_changed(at=NOW + SETTLED).done == [fair.reference]
    told = {mail.to[0]: words_of(mail) for mail in Message.objects.filter(kind="session-changed")}
    assert "21 December 2026" in told["claire@exemple.fr"]
    assert "See my booking" in told["claire@exemple.fr"]
    sent = Enclosure.objects.filter(message__kind="session-changed").select_related("attachment", "message")
    where = {one.message.to[0]: bytes(one.attachment.content).decode() for one in sent}
    assert "LOCATION:Remote" in where["claire@exemple.fr"]
    assert "LOCATION:À distance" in where["anne@exemple.fr"]
    assert "21 décembre 2026" in told["anne@exemple.fr"]


def test_a_round_that_speaks_french_writes_in_the_language_of_who_booked(english, fair):
    booking = book(english, fair)
    Booking.objects.update(held_until=NOW - timedelta(days=1))
    assert expire_holds(at=NOW).done == [booking.reference]
    assert "is cancelled and its seats are free again" in mails()["booking-expired"]


def test_what_the_desk_keeps_of_an_english_enquiry_is_french(english, organisation):
    organisation.takes_courses = True
    organisation.save()
    hidden = english.hidden_of(english.address("enquiry-form", what="formation"))
    english.clock.shift(timedelta(seconds=30))
    typed = {"theme": "Secourisme", "people": "8", "wished_dates": "Mars", "place": "Lyon"}
    answer = english.post("enquiry-form", hidden | CLIENT | typed, what="formation")
    assert answer.status_code == 302, words(answer)
    made = Enquiry.objects.get()
    assert made.language == "en"
    assert made.deal.title == "Formation en interne\u00a0: Secourisme"
    assert made.recognised == "Fiche client ouverte par cette demande, son numéro envoyé au contact."
    told = mails()
    assert "Claire Perrin" in told["enquiry-contact"]
    assert "Bonjour" not in told["enquiry-contact"] + told["client-number"]
    assert "Ouvrir le dossier" in told["enquiry-organisation"]
