"""A small organisation with a row of everything that has a page, for the tests that walk every address."""

from dataclasses import dataclass, replace
from datetime import time, timedelta
from functools import cache

from django.apps import apps
from django.core import signing
from django.db import models

from comptoir.attendance.models import Presence
from comptoir.bookings.links import link_of
from comptoir.bookings.models import Booking, SavedSearch
from comptoir.cards.models import CardPayment
from comptoir.catalogue.models import Activity, Session, Terms
from comptoir.checkout import commands as checkout
from comptoir.clients.models import ClientImport, Place
from comptoir.deals.models import Deal, DealLine, Note
from comptoir.enquiries.commands.asking import ask
from comptoir.enquiries.models import Enquiry
from comptoir.enquiries.wishes import Wish
from comptoir.integration.models import Run, RunLine
from comptoir.letters.commands import drafting, sending
from comptoir.mail import commands as mail
from comptoir.mail.models import Attachment
from comptoir.merging.models import Merge
from comptoir.organisations.actors import system, visitor
from comptoir.organisations.models import ApiToken, Organisation, Territory
from comptoir.payments.commands import recording
from comptoir.payments.commands.recording import Settled
from comptoir.preregistrations.models import Request
from comptoir.preregistrations.submission import Participant, Requester, Submission
from comptoir.proposals.commands import drafting as proposals
from comptoir.proposals.commands import sending as sending_dates
from comptoir.proposals.links import link_of as link_of_dates
from comptoir.proposals.models import DateProposal, Sending, SessionClient
from comptoir.retention.commands.certifying import certify
from comptoir.retention.models import Certificate
from comptoir.retention.states import Kind
from comptoir.web.public.enquiry import SALT
from tests import factories as f

# An argument is called after the model it names; these are not.
CALLED = {
    "level": "confirmationlevel",
    "token": "apitoken",
    "person": "staff",
    "seat_type": "seattype",
    "import": "clientimport",
    "file": "spoolfile",
    "search": "savedsearch",
    "draft": "letter",
}
# Of which rows, where some have another address.
ONLY = {"draft_id": {"state": "draft"}, "letter_id": {"state": "sent"}, "sending_id": {"state": "draft"}}
# Arguments that name a row by something else than its id, by the part of the address where they stand.
BY_NAME = {
    "dossiers/<reference>": (Deal, "reference"),
    "carte/<key>": (CardPayment, "key"),
    "inscription/<reference>": (Session, "reference"),
    "inscriptions/<reference>": (Booking, "reference"),
    "reservation/<reference>": (Booking, "reference"),
    "pointage/<reference>": (Booking, "reference"),
    "entree/<reference>": (Booking, "reference"),
    "dates/<reference>": (DateProposal, "reference"),
    "interventions/<reference>": (Enquiry, "reference"),
    "certificats/<reference>": (Certificate, "reference"),
    "demandes/<reference>": (Request, "reference"),
    "integrations/<reference>": (Run, "reference"),
    "formations/<slug>": (Activity, "slug"),
    "organismes/<slug>": (Organisation, "slug"),
}
# Arguments that are no row of the database, with a value of each that means something.
WORDS = {
    "act": "monter", "part": "identite", "version": "1", "uidb36": "2", "key": "d0-" + "0" * 32,
    "number": 1,
    "kind": "client-number", "language": "fr", "stage": "new", "slug": "activite-inconnue", "step": "demandes",
    "what": "poste-de-secours", "sealed": signing.dumps("DM-4KT8ZC2HR", salt=SALT),
}  # fmt: skip


@dataclass
class World:
    """One organisation, and the client of a browser signed in as its administrator."""

    organisation: Organisation
    admin: object

    def names(self, argument, template):
        """What this organisation's rows are called by an argument such as `deal_id`; None if it names no row."""
        model, column = next((named for part, named in BY_NAME.items() if part in template), (None, "pk"))
        if model is None or f"<{argument}>" not in next(part for part in BY_NAME if part in template):
            model, column = model_of(argument), "pk"
        path = path_to_organisation(model) if model else None
        if path is None:
            return None
        rows = model._default_manager.filter(**{path: self.organisation.pk}, **ONLY.get(argument, {}))
        return list(rows.order_by("pk").values_list(column, flat=True)[:2])

    def values(self, route):
        """A value for each argument of a route: this organisation's own first row, or a word."""
        found = {
            name: (self.names(name, route.template) or [WORDS.get(name, 999_999_999)])[0] for name in route.arguments
        }
        if "attachment_id" in found and "propositions/" in route.template:
            about = Sending.objects.get(pk=found["sending_id"]).reference
            found["attachment_id"] = Attachment.objects.get(about=about).pk
        if "link" in found:
            if "dates/" in route.template:
                found["link"] = link_of_dates(found["reference"], organisation_id=self.organisation.pk)
                return found
            found["link"] = link_of(Booking.objects.get(organisation=self.organisation, reference=found["reference"]))
        return found


@cache
def model_of(argument):
    """The model an argument is called after."""
    word = argument.removesuffix("_id")
    wanted = CALLED.get(word, word.replace("_", ""))
    own = (model for model in apps.get_models() if model.__module__.startswith("comptoir."))
    return next((model for model in own if model._meta.model_name == wanted), None)


@cache
def path_to_organisation(model, depth=3):
    """The look-up from a model to its organisation: `organisation`, `deal__organisation` …"""
    if model is Organisation or depth == 0:
        return "pk" if model is Organisation else None
    keys = [field for field in model._meta.fields if isinstance(field, models.ForeignKey)]
    for field in sorted(keys, key=lambda field: field.related_model is not Organisation):
        if field.null:
            continue
        above = path_to_organisation(field.related_model, depth - 1)
        if above is not None:
            return field.name if above == "pk" else f"{field.name}__{above}"
    return None


def make_world(slug):
    """An organisation with at least one row of each kind."""
    asked = {"takes_cover": True, "takes_courses": True, "enquiry_intro": "Nous répondons sous deux jours."}
    organisation = f.make_organisation(slug, notification_email=f"inscriptions@{slug}.test", **asked)
    admin = f.make_staff(organisation)
    for role in ("sales_rep", "assistant", "manager"):
        f.make_staff(organisation, role)
    Territory.objects.create(organisation=organisation, name="Ouest")
    level = f.make_level(organisation, is_default=True)
    f.make_level(organisation, "Convoquée", rank=2)
    ApiToken.objects.create(
        organisation=organisation, name="Site", digest=slug.ljust(64, "0"), scopes="catalogue:read", created_at=f.NOW
    )
    f.make_terms(organisation)
    session = _catalogue(organisation, admin)
    client = f.make_client(organisation, "Ateliers du Lac")
    f.make_contact(client, "claire@exemple.fr")
    Place.objects.create(client=client, label="Facturation", city="Annecy")
    ClientImport.objects.create(
        organisation=organisation, file_name="clients.csv", reading={}, foreseen={}, total=0, by_name="Camille Vasseur",
        created_at=f.NOW,
    )  # fmt: skip
    request = _request(organisation, session)
    deal = _deal(organisation, admin, client, session)
    _enquiry(organisation, client)
    booking = _booking(organisation, client, session, level)
    _presence(booking, session)
    _letters(admin, booking)
    _proposals(admin, session, client)
    _run(organisation, admin, request, deal, booking)
    Merge.objects.create(organisation=organisation, target=client, target_number=client.number, at=f.NOW)
    _mail(organisation, admin)
    f.make_member(organisation, state="pending", dues=[2026])
    certify(Kind.PERSON, 1, by=f.actor_of(admin), at=f.NOW)
    return World(organisation, admin)


def _catalogue(organisation, admin):
    theme = f.make_theme(organisation)
    activity = f.make_activity(organisation, owner=admin, theme=theme)
    f.make_rules(activity, may_cancel=True, may_rename=True, may_change_add_ons=True)
    SavedSearch.objects.create(staff=admin, name="À encaisser", query="payment=due")
    session = f.make_session(activity)
    f.make_slot(session, session.begins_at, session.begins_at + timedelta(hours=3))
    f.make_seat_type(session)
    f.make_add_on(session)
    return session


def _request(organisation, session):
    person = Participant(session.reference, "Hugo", "Marchand", seat_type=session.seat_types.get().pk)
    requester = Requester(legal_name="Mairie de Rezé", first_name="Claire", last_name="Lefèvre", email="c@exemple.fr")
    terms = Terms.objects.get(organisation=organisation)
    done = checkout.submit(
        submission=Submission(requester, (person,), terms.version), token=f"jeton-{organisation.slug}",
        by=visitor(organisation.pk), at=f.NOW,
    )  # fmt: skip
    return Request.objects.get(reference=done.reference, organisation=organisation)


def _deal(organisation, admin, client, session):
    deal = Deal.objects.create(
        organisation=organisation, reference=f"DO-{organisation.slug}", title="Secourisme", chance=33, owner=admin,
        client=client, created_at=f.NOW,
    )  # fmt: skip
    DealLine.objects.create(
        deal=deal, position=1, session=session, first_name="Hugo", last_name="Marchand", price_cents=1, vat_bp=0
    )
    Note.objects.create(deal=deal, text="Rappeler lundi.", written_at=f.NOW, written_by_name="Camille Vasseur")
    return deal


def _enquiry(organisation, client):
    who = Requester("Ateliers du Lac", "Claire", "Lefèvre", "claire@exemple.fr", message="Deux accès.")
    wish = Wish("course", who, theme="Secourisme", people=12, wished_dates="En mars", place="Annecy")
    ask(wish=wish, token="jeton", client_id=client.pk, by=visitor(organisation.pk), at=f.NOW)


def _booking(organisation, client, session, level):
    people = [("Hugo", "Marchand", "hugo.marchand@exemple.fr"), ("Claire", "Lefèvre", "")]
    named = {"booking_reference": f"IN-{organisation.slug}", "booking_client": client}
    made = f.make_registrations(session, people=people, level=level, **named)[0].booking
    settled = Settled(10_000, "cheque", f.NOW.date(), "Chèque 0042")
    by = system(organisation.pk)
    recording.record_payment(booking_id=made.pk, key="monde", settled=settled, by=by, at=f.NOW)
    CardPayment.objects.create(
        organisation=organisation, booking=made, provider="simulated", key=f"carte-{organisation.slug}",
        amount_cents=100, state="declined", started_at=f.NOW, settled_at=f.NOW, expires_at=f.NOW,
    )  # fmt: skip
    return made


def _presence(booking, session):
    Presence.objects.create(
        registration=booking.registrations.first(),
        starts_at=session.begins_at,
        marked_at=f.NOW,
        by_name="Camille Vasseur",
    )


def _letters(admin, booking):
    """One being written, with a file; one sent, to a person who has an address and one who has none."""
    who, ids = {"by": f.actor_of(admin), "at": f.NOW}, list(booking.registrations.values_list("pk", flat=True))
    words = {"subject": "Au sujet de {session}", "body": "Bonjour {destinataire}", "audience": "participants"}
    draft, sent = (drafting.begin_letter(registration_ids=ids, kind="convocation", **who) for _ in range(2))
    plan = drafting.Written(**words, file=("Plan.pdf", b"%PDF-1.4 plan %%EOF"))
    drafting.change_draft(letter_id=draft, written=plan, **who)
    sending.send_letter(letter_id=sent, written=drafting.Written(**words), **who)


def _proposals(admin, session, client):
    """One sent to the client of the booking, with its reminder's list; one being written, with a file."""
    who = {"by": f.actor_of(admin), "at": f.NOW}
    deadline = ((f.NOW + timedelta(days=1)).date(), time(18))
    to = {client.pk: "claire@exemple.fr"}
    words = proposals.Written("Vos dates", "{horaires} {echeance} {bouton}", deadline, to)
    sent = proposals.begin_proposal(session_id=session.pk, client_ids=[client.pk], **who)
    sending_dates.send_proposal(sending_id=sent, written=words, **who)
    SessionClient.objects.filter(session=session).update(is_chosen=True)
    draft = proposals.begin_proposal(session_id=session.pk, client_ids=[client.pk], **who)
    plan = replace(words, file=("Plan.pdf", b"%PDF-1.4 plan %%EOF"))
    proposals.change_draft(sending_id=draft, written=plan, **who)


def _run(organisation, admin, request, deal, booking):
    run = Run.objects.create(
        organisation=organisation, reference=f"IG-{organisation.slug}", ticket="t" * 43, method="deals", total=1,
        by_user=admin.user, by_name="Camille Vasseur", created_at=f.NOW,
    )  # fmt: skip
    RunLine.objects.create(run=run, request=request, place="deal", reason="Méthode 1", deal=deal, booking=booking)


def _mail(organisation, admin):
    context = {"contact": "Claire", "client": "Ateliers du Lac", "client_number": "C000001"}
    mail.queue(
        organisation_id=organisation.pk, kind="client-number", key="a", to=["c@exemple.fr"], context=context, at=f.NOW
    )
    after = {"by": f.actor_of(admin), "at": f.NOW, "after": 0, "kind": "client-number", "language": "fr"}
    mail.change_model(subject="Votre numéro", body="Bonjour,\n\n{numero_client}", **after)
