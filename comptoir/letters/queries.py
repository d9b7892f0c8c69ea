"""Read the letters: a draft is its author's alone, a sent one shows the recipients of its reader's perimeter."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Exists, OuterRef, QuerySet
from django.utils.translation import gettext as _

from comptoir.base.errors import Missing, Refusal
from comptoir.base.typeset import NotTypeset
from comptoir.bookings.queries import registrations
from comptoir.letters.filling import Filler
from comptoir.letters.models import Letter, Recipient
from comptoir.letters.people import Group, Person, Rules, Sorted, chosen, sort_out
from comptoir.letters.states import Audience, LetterState
from comptoir.mail import attachments
from comptoir.mail.attachments import File
from comptoir.mail.drafts import Desk
from comptoir.mail.models import Attachment, Enclosure, Message
from comptoir.mail.wording.kind import Words
from comptoir.organisations.actors import Actor


class NotNow(Refusal):
    """The typesetter gave no PDF: asking again may."""

    code = "not-typeset"
    kind = "unavailable"


SKIPPED = "skipped"  # the fate of whoever was not written to


def sent(*, seen_by: Actor) -> QuerySet[Letter]:
    """What was sent to somebody of the reader's perimeter, newest first, without the words."""
    rows = Letter.objects.filter(organisation_id=seen_by.organisation_id, state=LetterState.SENT)
    if not seen_by.sees_every_session:
        rows = rows.filter(pk__in=_seen(Recipient.objects.all(), seen_by).values("letter"))
    return rows.defer("body", "chosen").order_by("-id")


def drafts(*, seen_by: Actor) -> QuerySet[Letter]:
    """What the reader began and has not sent, newest first."""
    rows = Letter.objects.filter(organisation_id=seen_by.organisation_id, state=LetterState.DRAFT)
    return rows.filter(by_user_id=seen_by.user_id or 0).order_by("-id")


def letter(letter_id: int, *, seen_by: Actor) -> Letter:
    """One that was sent. Refuses: Missing."""
    found = sent(seen_by=seen_by).defer(None).filter(pk=letter_id).first()
    if found is None:
        raise Missing(_("Ce message n’existe pas."))
    return found


def draft(letter_id: int, *, seen_by: Actor) -> Letter:
    """One of the reader's drafts. Refuses: Missing."""
    found = drafts(seen_by=seen_by).select_related("organisation").filter(pk=letter_id).first()
    if found is None:
        raise Missing(_("Ce brouillon n’existe pas, ou son message est déjà parti."))
    return found


def of_booking(booking_id: int, *, seen_by: Actor) -> QuerySet[Letter]:
    """What was sent to people of one booking."""
    return _sent_to(Recipient.objects.filter(registration__booking=booking_id), seen_by)


def of_session(session_id: int, *, seen_by: Actor) -> QuerySet[Letter]:
    """What was sent to people of one session."""
    return _sent_to(Recipient.objects.filter(registration__session=session_id), seen_by)


def sizes(letters: Sequence[Letter], *, seen_by: Actor) -> dict[int, int]:
    """Letter → how many mails of it went to the reader's perimeter; one query."""
    rows = _seen(Recipient.objects.filter(letter__in=[one.pk for one in letters]), seen_by)
    found = rows.order_by().values_list("letter").annotate(n=Count("message", distinct=True))
    return {one.pk: 0 for one in letters} | dict(found)


def recipients(letter: Letter, *, seen_by: Actor, fate: str = "") -> QuerySet[Recipient]:
    """A row for each mail, and for each person left out, in the reader's perimeter; `fate` narrows to one."""
    rows = _seen(Recipient.objects.filter(letter=letter), seen_by)
    same = _seen(Recipient.objects.filter(letter=letter, message=OuterRef("message"), pk__lt=OuterRef("pk")), seen_by)
    rows = rows.filter(~Exists(same))
    if fate == SKIPPED:
        rows = rows.filter(message__isnull=True)
    elif fate:
        rows = rows.filter(message__state=fate)
    rows = rows.select_related("registration__booking", "registration__session__activity", "message")
    return rows.defer("message__text", "message__html", "message__secret").order_by("pk")


def named(rows: Collection[Recipient], *, seen_by: Actor) -> dict[int, list[str]]:
    """Mail → the people of the perimeter it is about, for the rows of one page; one query."""
    messages = [one.message_id for one in rows if one.message_id]
    letters = {one.letter_id for one in rows}
    found = _seen(Recipient.objects.filter(letter__in=letters, message__in=messages), seen_by)
    names: dict[int, list[str]] = {}
    for one in found.select_related("registration").order_by("pk"):
        names.setdefault(one.message_id or 0, []).append(str(one.registration))
    return names


def counts(letter: Letter, *, seen_by: Actor) -> dict[str, int]:
    """Fate → how many mails; under SKIPPED, how many people were left out. Fates of nobody are absent."""
    rows = _seen(Recipient.objects.filter(letter=letter), seen_by).order_by()
    found = rows.values_list("message__state").annotate(mails=Count("message", distinct=True), people=Count("pk"))
    return {state or SKIPPED: mails if state else people for state, mails, people in found}


def files(letter: Letter) -> QuerySet[Attachment]:
    """What the desk attached itself."""
    rows = attachments.kept(letter.reference, organisation_id=letter.organisation_id)
    return rows.filter(paper="").exclude(media_type="text/calendar")


def convocations(client_id: int, *, organisation_id: int) -> QuerySet[Enclosure]:
    """The joining instructions that went to people of a client's bookings, last first: for the client's own space.

    A mail is about people of one booking (`people.Group`), hence of one client.
    """
    written = Recipient.objects.filter(registration__organisation_id=organisation_id, message__isnull=False)
    own = written.filter(registration__booking__client=client_id, registration__booking__erased_at__isnull=True)
    rows = Enclosure.objects.filter(attachment__paper="convocation", message__in=own.values("message"))
    return rows.select_related("attachment", "message").defer("message__text", "message__html").order_by("-pk")


def convocation(enclosure_id: int, *, client_id: int, organisation_id: int) -> File:
    """One of them as it left. Refuses: Missing, NotNow."""
    one = convocations(client_id, organisation_id=organisation_id).filter(pk=enclosure_id).first()
    if one is None:
        raise Missing(_("Cette convocation n’existe pas."))
    try:
        return attachments.file_of(one)
    except NotTypeset as error:
        raise NotNow(_("La convocation n’a pas pu être mise en page\u00a0: réessayez dans un instant.")) from error


@dataclass(frozen=True)
class Plan:
    """To whom a draft would go today: the people chosen, and what becomes of them for each audience."""

    people: list[Person]
    by_audience: dict[str, Sorted]

    def by_turn(self, audience: str) -> list[Person]:
        """The people chosen, those who are written to first."""
        found = self.by_audience[audience]
        return [one for group in found.groups for one in group.people] + [one for one, _why in found.skipped]


def plan(letter: Letter, *, seen_by: Actor) -> Plan:
    """What sending would do; one query."""
    people = chosen(letter.chosen, seen_by=seen_by)
    rules = Rules.of(letter)
    asked = len(letter.chosen)
    return Plan(people, {one: sort_out(people, rules.to(one), asked=asked) for one in Audience.values})


def preview(letter: Letter, person_id: int, words: Words, *, seen_by: Actor, at: datetime) -> tuple[Message, list[str]]:
    """The mail this person's group would get with these words, made as it will be and kept nowhere; its files' names.

    Refuses: Missing.
    """
    group = _group(letter, person_id, seen_by)
    letter.subject, letter.body = words.subject, words.body
    filler = Filler.of(letter, {one.session_id for one in group.people})
    names = filler.paper_names(group) + [one.name for one in files(letter)]
    return Desk().row(filler.draft(group, bare=True), at=at), names


def paper(letter: Letter, person_id: int, *, seen_by: Actor) -> tuple[str, bytes]:
    """The PDF this person would get, by its name. Refuses: Missing. Raises typeset.NotTypeset."""
    people = [one for one in chosen(letter.chosen, seen_by=seen_by) if one.pk == person_id]
    if not people:
        raise Missing(_("Cette personne n’est pas parmi les destinataires."))
    return Filler.of(letter, {people[0].session_id}).paper(people[0])


def _group(letter: Letter, person_id: int, seen_by: Actor) -> Group:
    """The mail this person is in; somebody left out is shown what would be written all the same."""
    rules = Rules.of(letter)
    people = chosen(letter.chosen, seen_by=seen_by)
    mine = next((one for one in people if one.pk == person_id), None)
    if mine is None:
        raise Missing(_("Cette personne n’est pas parmi les destinataires."))
    groups = sort_out([one for one in people if one.booking_id == mine.booking_id], rules, asked=0).groups
    alone = Group(rules.address(mine), (mine,))
    return next((group for group in groups if mine in group.people), alone)


def _sent_to(mine: QuerySet[Recipient], seen_by: Actor) -> QuerySet[Letter]:
    """Found from the people, who are few, and not letter by letter."""
    return sent(seen_by=seen_by).filter(pk__in=_seen(mine, seen_by).values("letter"))


def _seen(rows: QuerySet[Recipient], seen_by: Actor) -> QuerySet[Recipient]:
    """Those of the reader's perimeter."""
    rows = rows.filter(letter__organisation=seen_by.organisation_id)
    if seen_by.sees_every_session:
        return rows
    return rows.filter(registration__in=registrations(seen_by=seen_by).order_by().values("pk"))
