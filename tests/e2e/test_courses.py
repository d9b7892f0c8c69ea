"""A public course: signed up to without an account, changed from one's mailbox, validated, its address mended."""

import re
from types import SimpleNamespace

import pytest
from django.utils import timezone

from comptoir.bookings.models import Registration
from comptoir.courses.commands.types import set_type
from comptoir.mail import commands as mail
from tests.e2e.looking import faults_of, overheard
from tests.e2e.test_registrations import sign_in
from tests.factories import NOW, actor_of, make_activity, make_organisation, make_rules, make_session, make_staff
from tests.mail.server import Postbox, free_port, start

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]
QUICKEST = 2500  # ms: a form sent faster than a person can is a program's


@pytest.fixture
def world(live_server, settings):
    settings.PUBLIC_URL = live_server.url
    port = free_port()
    options = {"host": "127.0.0.1", "port": port, "timeout": 5}
    settings.MAILERS = {"default": {"BACKEND": "django.core.mail.backends.smtp.EmailBackend", "OPTIONS": options}}
    postbox = Postbox()
    server = start(postbox, port)
    organisation = make_organisation("loire", contact_email="bonjour@loire.test")
    activity = make_activity(organisation, title="Premiers secours citoyens", slug="premiers-secours")
    make_rules(activity, is_direct=True, takes_cheque=True)
    day = timezone.now().date()
    sessions = [
        make_session(activity, price_cents=0, starts_on=one, ends_on=one)
        for one in (day + timezone.timedelta(days=n) for n in (20, 40))
    ]
    staff = make_staff(organisation)
    set_type(activity_id=activity.pk, name="PSC1", by=actor_of(staff), at=NOW)
    yield SimpleNamespace(
        staff=staff, counter=f"{live_server.url}/loire/", desk=f"{live_server.url}/loire/bureau/", sessions=sessions,
        postbox=postbox,
    )  # fmt: skip
    server.stop()


def sign_up(page, world, session, email="zoe@exemple.test"):
    page.goto(f"{world.counter}inscription/{session.reference}/")
    assert faults_of(page) == []
    page.get_by_label("Prénom").fill("Zoé")
    page.get_by_label("Nom", exact=True).fill("Vial")
    page.get_by_label("Adresse de courriel").fill(email)
    if page.get_by_label("Vous payez par").count():
        page.get_by_label("Vous payez par").select_option(label="Chèque")
    page.wait_for_timeout(QUICKEST)
    page.get_by_role("button", name="Je m’inscris").click()
    page.get_by_role("heading", name="Regardez votre messagerie").wait_for()
    assert faults_of(page) == []


def last_mail(world):
    mail.send_due(at=timezone.now(), limit=20)
    return world.postbox.taken[-1]


def states():
    return list(Registration.objects.order_by("pk").values_list("session__reference", "state"))


def test_signed_up_changed_and_validated(page, world):
    heard = overheard(page)
    first, second = world.sessions
    page.goto(f"{world.counter}formations/premiers-secours/")
    page.get_by_role("button", name="Je m’inscris").first.click()
    page.wait_for_url(re.compile(f"/inscription/{first.reference}/"))
    page.wait_for_timeout(QUICKEST)
    page.get_by_role("button", name="Je m’inscris").click()
    page.locator("[data-errors]").wait_for()
    page.get_by_role("link", name="Prénom").wait_for()
    assert faults_of(page) == []
    sign_up(page, world, first)
    assert states() == [(first.reference, "pending")]
    assert ["zoe@exemple.test"] in [one.recipients for one in [last_mail(world), *world.postbox.taken]]

    sign_up(page, world, second)
    assert states() == [(first.reference, "pending")], "nothing moves without the mailbox"
    asked = last_mail(world)
    assert "Changer de session" in str(asked.mail["Subject"])
    page.goto(re.search(r"https?://\S+/inscription/remplacer/\S+", asked.text)[0])
    page.get_by_role("heading", name="Changer de session").wait_for()
    assert faults_of(page) == []
    page.get_by_role("button", name="Changer de session").click()
    page.get_by_role("heading", name="Vous avez changé de session").wait_for()
    assert states() == [(first.reference, "cancelled"), (second.reference, "pending")]

    sign_in(page, world)
    page.goto(f"{world.desk}inscriptions/")
    page.get_by_role("link", name="Vial Zoé").first.click()
    page.get_by_role("button", name="Valider").click()
    page.get_by_text("La réservation est validée.").wait_for()
    page.get_by_role("link", name="Vial Zoé").click()
    page.get_by_label("Adresse de courriel").fill("zoe.vial@exemple.test")
    page.get_by_label("Envoyer la confirmation").check()
    assert faults_of(page) == []
    page.get_by_role("button", name="Enregistrer").click()
    page.get_by_text("la confirmation part à l’instant").wait_for()
    assert last_mail(world).recipients == ["zoe.vial@exemple.test"]

    sign_up(page, world, first, email="zoe.vial@exemple.test")
    kept = last_mail(world)
    assert kept.recipients == ["zoe.vial@exemple.test"]
    assert "n’a pas été prise" in str(kept.mail["Subject"])
    assert states()[-1] == (second.reference, "validated")
    assert [one for one in heard if "422" not in one] == [], "the form sent empty is answered 422"


def paid(page, world, name):
    """The desk validates this person's payment, by what is written on the buttons."""
    page.goto(f"{world.desk}inscriptions/")
    page.get_by_role("link", name=name).first.click()
    page.get_by_role("link", name="Valider le paiement").click()
    if not page.get_by_label("Montant TTC").is_visible():
        page.locator("#reglement > summary").click()
    page.get_by_role("button", name="Valider le paiement").click()
    page.get_by_text("Le paiement est validé.").wait_for()
    assert faults_of(page) == []


def test_the_seat_goes_to_whoever_pays_first(page, world):
    first = world.sessions[0]
    first.price_cents, first.capacity = 6_000, 1
    first.save(update_fields=["price_cents", "capacity"])
    page.set_default_timeout(15_000)
    sign_in(page, world)
    page.goto(f"{world.desk}formations/{first.activity_id}/formation-publique/")
    page.get_by_label("Au paiement", exact=True).check()
    assert faults_of(page) == []
    page.get_by_role("button", name="Enregistrer").click()
    page.get_by_text("C’est enregistré").wait_for()

    sign_up(page, world, first, email="zoe@exemple.test")
    early = last_mail(world)
    sign_up(page, world, first, email="zoe.autre@exemple.test")
    assert "Votre candidature" in str(early.mail["Subject"])
    assert [state for _session, state in states()] == ["candidate", "candidate"]

    page.goto(f"{world.desk}inscriptions/?text=zoe.autre")
    page.get_by_role("link", name="Vial Zoé").wait_for()
    paid(page, world, "Vial Zoé")
    assert [state for _session, state in states()] == ["candidate", "validated"]
    assert "Vous avez votre place" in str(last_mail(world).mail["Subject"]) or any(
        "Vous avez votre place" in str(one.mail["Subject"]) for one in world.postbox.taken
    )

    page.goto(re.search(r"https?://\S+/reservation/\S+", early.text)[0])
    page.get_by_text("Vous n’avez pas encore de place").wait_for()
    assert faults_of(page) == []
    page.goto(f"{world.desk}inscriptions/?state=candidate")
    page.get_by_role("link", name="Vial Zoé").first.click()
    page.get_by_role("link", name="Valider le paiement").click()
    if not page.get_by_label("Montant TTC").is_visible():
        page.locator("#reglement > summary").click()
    page.get_by_role("button", name="Valider le paiement").click()
    page.get_by_text("Le paiement est validé.").wait_for()
    assert "Plus de place" in str(last_mail(world).mail["Subject"]) or any(
        "Plus de place" in str(one.mail["Subject"]) for one in world.postbox.taken
    )
    page.goto(re.search(r"https?://\S+/reservation/\S+", early.text)[0])
    page.get_by_text("de ceux qui ont payé").wait_for()
    page.goto(f"{world.desk}sessions/{first.pk}/")
    page.get_by_text("sans place", exact=True).wait_for()
    assert faults_of(page) == []
