"""The demonstration's data, made by the same commands as the screens; made once, then left alone."""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from django.conf import settings as django_settings
from django.db import transaction

from comptoir.accounts import commands as accounts
from comptoir.accounts import queries as people
from comptoir.administration.commands import organisations, settings, staff, territories
from comptoir.base.demo import PASSWORD
from comptoir.base.tokens import new_token
from comptoir.cards.commands import accounts as cards
from comptoir.cards.states import Provider
from comptoir.catalogue import queries as catalogue
from comptoir.catalogue.commands import activities, add_ons, publication, seat_types, sessions, themes
from comptoir.catalogue.commands.rules import set_rules
from comptoir.catalogue.commands.seat_types import Rate
from comptoir.catalogue.commands.trainers import set_trainers
from comptoir.catalogue.details import ActivityDetails, SessionDetails
from comptoir.catalogue.holidays import holiday
from comptoir.checkout import commands as checkout
from comptoir.cli.sample import asked, booked, dated, members, public, registered
from comptoir.cli.sample.story import HOUSES, Course, House
from comptoir.clients import queries as known_clients
from comptoir.clients.commands import clients, contacts, duplicates
from comptoir.courses.commands.types import set_type
from comptoir.organisations import queries
from comptoir.organisations.actors import Actor, operator, system, visitor
from comptoir.organisations.states import Role
from comptoir.preregistrations.submission import Participant, Requester, Submission

NAMES = (
    "Alban Pichon", "Maud Herbreteau", "Karim Haddad", "Solène Jouan", "Théo Bazin", "Aïssatou Diallo", "Gaël Prigent",
    "Manon Chevalier", "Ronan Le Bihan", "Élise Guérin", "Nadia Messaoudi", "Loïc Rousselot",
)  # fmt: skip


@dataclass
class Building:
    """One organisation being made."""

    house: House
    by: Actor
    at: datetime
    staff_ids: dict[str, int]
    names: int = 0

    def next_name(self) -> tuple[str, str]:
        """Another invented person."""
        first, _space, last = NAMES[self.names % len(NAMES)].partition(" ")
        self.names += 1
        return first, last


def load(*, at: datetime) -> None:
    """The sample organisations exist, with people, catalogue, clients and waiting requests. Again changes nothing."""
    for house in HOUSES:
        if queries.by_slug(house.slug) is None:
            _build(house, at=at)
    if people.by_login("exploitant") is None:
        accounts.open_account(login="exploitant", email="", password=PASSWORD, is_operator=True, at=at)


def _build(house: House, *, at: datetime) -> None:
    made = organisations.create_organisation(slug=house.slug, name=house.name, by=operator(), at=at)
    one = Building(house, system(made), at, {})
    settings.change_settings(
        colour=house.colour, tagline=house.tagline, about=house.about, offering=house.offering,
        address=house.address, phone=house.phone,
        contact_email=f"bonjour@{house.slug}.exemple", notification_email=f"inscriptions@{house.slug}.exemple",
        payment_help=f"Virement\u00a0: IBAN FR76 0000 0000 0000 (exemple). Chèque à l’ordre de {house.name}.",
        takes_cover=house.takes_cover, takes_courses=house.takes_courses,
        enquiry_intro=asked.INTRO if house.takes_cover or house.takes_courses else "", by=one.by, at=at,
    )  # fmt: skip
    if house.sells_by_card and django_settings.SIMULATED_CARDS:
        cards.open_account(provider=Provider.SIMULATED, by=one.by, at=at)
    for name in house.territories:
        territories.add_territory(name=name, by=one.by, at=at)
    with transaction.atomic():  # one wait for the disk instead of a hundred
        for person in house.people:
            _hire(one, person.login, person.first_name, person.last_name, person.role)
        _offer_all(one)
        _know_clients(one)
        registered.register(one.by, one.next_name, at=at)
        booked.book_all(one.by, one.next_name, at=at)
        public.sign_up_all(one.by, one.next_name, at=at)
        dated.propose_all(one.by, at=at)
        if house.takes_members:
            members.enrol(one.by, one.next_name, at=at)
    if house.takes_courses:
        asked.ask_course(one.by, at=at)
    if house.takes_cover:
        asked.ask_cover(one.by, at=at)
    _ask_all(one)
    duplicates.scan(organisation_id=one.by.organisation_id, at=at)


def _hire(one: Building, login: str, first_name: str, last_name: str, role: str) -> None:
    email = f"{login}@{one.house.slug}.exemple"
    accounts.open_account(
        login=login, email=email, password=PASSWORD, first_name=first_name, last_name=last_name, at=one.at
    )
    one.staff_ids[role] = staff.add_staff(login=login, email=email, role=role, by=one.by, at=one.at)


def _offer_all(one: Building) -> None:
    shelves: dict[str, int] = {}
    for course in one.house.courses:
        if course.theme not in shelves:
            shelves[course.theme] = themes.create_theme(name=course.theme, by=one.by, at=one.at)
        _offer(one, course, shelves[course.theme])


def _offer(one: Building, course: Course, theme_id: int) -> None:
    details = ActivityDetails(
        title=course.title, kind=course.kind, theme_id=theme_id, promise=course.promise, description=course.description,
        audience=course.audience, prerequisites=course.prerequisites, programme=course.programme,
        duration_minutes=course.days * 7 * 60, owner_id=one.staff_ids["administrator"],
    )  # fmt: skip
    activity_id = activities.create_activity(details=details, by=one.by, at=one.at)
    activities.publish_activity(activity_id=activity_id, by=one.by, at=one.at)
    if course.rules:
        takes_card = queries.takes_cards(one.by.organisation_id)
        rules = replace(course.rules, takes_card=takes_card)
        set_rules(activity_id=activity_id, rules=rules, by=one.by, at=one.at)
    if course.public_type:
        order = course.seat_order
        set_type(activity_id=activity_id, name=course.public_type, seat_order=order, by=one.by, at=one.at)
    for number in range(course.sessions):
        _run(one, course, activity_id, number)


def _run(one: Building, course: Course, activity_id: int, number: int) -> None:
    starts_on = _working_day(one.at.date() + timedelta(days=course.first + number * course.every), course)
    place, address, city = course.places[number % len(course.places)]
    details = SessionDetails(
        starts_on=starts_on, ends_on=starts_on + timedelta(days=course.days - 1), place=place, address=address,
        city=city, is_remote=not city, capacity=course.capacity, price_cents=course.price_cents, vat_bp=course.vat_bp,
        owner_id=one.staff_ids["administrator"], assistant_id=one.staff_ids.get("assistant"),
        manager_ids=_managers(one, number),
    )  # fmt: skip
    session_id = sessions.create_session(
        activity_id=activity_id, details=details, half_days=("morning", "afternoon"), by=one.by, at=one.at
    )
    if course.kind == "course":
        trainer = NAMES[len(course.title) % len(NAMES)]
        set_trainers(session_id=session_id, names=[trainer], by=one.by, at=one.at)
    for name, cents in course.rates:
        seat_types.add_seat_type(session_id=session_id, rate=Rate(name, cents), by=one.by, at=one.at)
    for extra in course.extras:
        add_ons.add_add_on(session_id=session_id, extra=extra, by=one.by, at=one.at)
    publication.move_session(session_id=session_id, to="open", by=one.by, at=one.at)
    publication.publish_session(session_id=session_id, by=one.by, at=one.at)


def _managers(one: Building, number: int) -> frozenset[int]:
    """The manager has the first session of each activity: a small perimeter, to be seen as such."""
    return frozenset({one.staff_ids["manager"]} if number == 0 and "manager" in one.staff_ids else ())


def _working_day(day: date, course: Course) -> date:
    """A Monday-to-Thursday start for courses, so that none runs over a weekend; events take the day as it comes."""
    while course.kind == "course" and (day.weekday() + course.days > 5 or holiday(day)):
        day += timedelta(days=1)
    return day


def _know_clients(one: Building) -> None:
    for number, (name, kind, siret, postcode, city, first, last, email) in enumerate(one.house.clients):
        client_id = clients.create_client(
            legal_name=name, kind=kind, siret=siret, postcode=postcode, city=city, contact_first_name=first,
            contact_last_name=last, contact_email=email, by=one.by, at=one.at,
        )  # fmt: skip
        if number == 0:
            accounts.open_account(
                login="claire.lefevre", email=email, password=PASSWORD, first_name=first, last_name=last, at=one.at
            )
            main = known_clients.contacts(client_id, seen_by=one.by)[0]
            contacts.give_access(contact_id=main.pk, by=one.by, at=one.at)


def _ask_all(one: Building) -> None:
    # All within the hour: what leaves later says it is late, and the first mails people see should not.
    on_sale = list(
        catalogue.on_sale(organisation_id=one.by.organisation_id, at=one.at).order_by("starts_on", "pk")[:12]
    )
    for number, (name, siret, city, first, last, email, count) in enumerate(one.house.asked):
        session = on_sale[number % len(on_sale)]
        requester = Requester(
            legal_name=name,
            siret=siret,
            city=city,
            first_name=first,
            last_name=last,
            email=email,
            phone="02 40 55 66 77",
        )
        named = tuple(Participant(session.reference, *one.next_name()) for _place in range(int(count)))
        terms = catalogue.current_terms(one.by.organisation_id)
        checkout.submit(
            submission=Submission(requester, named, terms.version if terms else None), token=new_token(),
            by=visitor(one.by.organisation_id), at=one.at - timedelta(minutes=8 * (len(one.house.asked) - number)),
        )  # fmt: skip


def welcome(address: str) -> str:
    """What the terminal says once the demonstration is served."""
    lines = [f"Comptoir est ouvert : {address}/", "", "  Comptoirs publics"]
    lines += [f"    {address}/{house.slug}/  –  {house.name}" for house in HOUSES]
    lines += ["", f"  Bureaux (mot de passe de tous : {PASSWORD})"]
    for house in HOUSES:
        who = ", ".join(f"{person.login} ({str(Role(person.role).label).lower()})" for person in house.people)
        lines.append(f"    {address}/{house.slug}/bureau/  –  {who}")
    lines += [
        f"    {address}/loire-formation/espace/  –  claire.lefevre (cliente)",
        f"    {address}/plateforme/  –  exploitant (plateforme)",
        "", "  Ctrl+C pour fermer ; les données restent dans leur dossier.",
    ]  # fmt: skip
    return "\n".join(lines)
