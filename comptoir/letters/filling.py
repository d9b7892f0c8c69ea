"""From a letter and its people to mails: the values of each, the button, what goes with it. The preview is the same."""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.utils.translation import gettext as _

from comptoir.base import words
from comptoir.base.speaking import FRENCH, in_house
from comptoir.base.text import clean_text
from comptoir.bookings import meeting
from comptoir.bookings.links import address_of
from comptoir.bookings.models import Booking
from comptoir.catalogue.models import Session
from comptoir.letters import papers
from comptoir.letters.models import Letter
from comptoir.letters.people import Group, Person
from comptoir.mail import attachments, render
from comptoir.mail.attachments import Enclosed
from comptoir.mail.drafts import Draft
from comptoir.mail.wording.kind import Words
from comptoir.mail.wording.letters import CONVOCATION
from comptoir.organisations import addresses
from comptoir.organisations.models import Organisation

PAPER = "convocation"
SIGNATURE = "\n-- \n"
# Lines of which the PDF has a table of its own: « {horaires} », « Lieu : {lieu} ».
_IN_TABLE = re.compile(r"^[ \t]*(?:\{(?:horaires|days)\}|[^{}\n]{0,20}:\s*\{(?:lieu|place)\})[ \t]*$", re.MULTILINE)


@dataclass
class Filler:
    """What the mails of one letter share, read once: sessions and what is said of them, what goes with each."""

    letter: Letter
    organisation: Organisation
    sessions: dict[int, Session]
    told: dict[int, dict[str, str]]
    files: list[Enclosed] = field(default_factory=list)
    by_session: dict[int, tuple[int, int]] = field(default_factory=dict)  # its paper, its calendar

    @classmethod
    @in_house
    def of(cls, letter: Letter, session_ids: Collection[int]) -> "Filler":
        """Ready for people of these sessions; two queries and one for the letter's files."""
        found = Session.objects.filter(pk__in=session_ids).select_related("activity").prefetch_related("slots")
        sessions = {one.pk: one for one in found}
        kept = attachments.kept(letter.reference, organisation_id=letter.organisation_id).filter(paper="")
        files = [Enclosed(pk) for pk in kept.values_list("pk", flat=True)]
        return cls(letter, letter.organisation, sessions, meeting.told_of(sessions.values()), files)

    @property
    def words(self) -> Words:
        """What the letter says."""
        return Words(self.letter.subject, clean_text(self.letter.body))

    @property
    def is_convocation(self) -> bool:
        """Whether each person has a PDF and a calendar."""
        return self.letter.kind == CONVOCATION.code

    @in_house
    def keep_papers(self, *, at: datetime) -> None:
        """What the convocations of each session have in common is kept once, for all the mails."""
        who = {"organisation_id": self.letter.organisation_id, "about": self.letter.reference, "at": at}
        for pk, session in self.sessions.items() if self.is_convocation else ():
            said = papers.shared(session, self.told[pk], self.organisation)
            name = papers.name_of(session.reference)
            paper = attachments.keep_paper(PAPER, name=name, shared=said, **who)  # type: ignore[arg-type]
            calendar = attachments.keep_file(papers.calendar(session, at=at), **who)  # type: ignore[arg-type]
            self.by_session[pk] = (paper, calendar)

    def key(self, group: Group) -> str:
        """This letter's and this person's, so that the same mail is never written twice."""
        return f"letter:{self.letter.reference}:{group.first.reference}.{group.first.position}"

    @in_house
    def draft(self, group: Group, *, bare: bool = False) -> Draft:
        """The mail of one group; `bare`: without what goes with it."""
        first, letter = group.first, self.letter
        return Draft(
            letter.organisation_id, letter.kind, self.key(group), [group.address], self.context(group),
            first.reference, button=self._button(group), words=self.words,
            enclosed=() if bare else [*self._enclosed(group), *self.files],
        )  # fmt: skip

    @in_house
    def context(self, group: Group) -> dict[str, str]:
        """The value of each variable."""
        first = group.first
        names = _listed([one.name for one in group.people])
        told = [self.told[pk] for pk in dict.fromkeys(one.session_id for one in group.people)]
        days = told[0]["days"] if len(told) == 1 else "\n".join(f"{one['session']}\n{one['days']}" for one in told)
        return {
            "recipient": first.contact_name if self.letter.is_to_contacts else names,
            "participant": names, "contact": first.contact_name, "booking": first.reference, "days": days,
            "session": _listed([one["session"] for one in told]), "dates": _listed([one["dates"] for one in told]),
            "place": words.apart(dict.fromkeys(one["place"] for one in told)),
        }  # fmt: skip

    def paper_of(self, person: Person) -> dict[str, object]:
        """What the PDF of one person says to nobody else: the letter's words, without the button and the signature."""
        context = self.context(Group("", (person,))) | {"recipient": person.name}
        look = render.look_of(self.organisation)
        words = Words(self.letter.subject, _IN_TABLE.sub("", self.words.body))
        text = render.compiled(look, words, self.letter.kind, FRENCH).render(context).text
        return papers.own(person.name, person.reference, text.partition(SIGNATURE)[0].strip())

    @in_house
    def paper(self, person: Person) -> tuple[str, bytes]:
        """The PDF of one person, by its name. Raises typeset.NotTypeset."""
        said = papers.shared(self.sessions[person.session_id], self.told[person.session_id], self.organisation)
        return papers.name_of(person.reference), attachments.paper(PAPER, said, self.paper_of(person))

    def paper_names(self, group: Group) -> list[str]:
        """What each mail of a convocation brings, by name."""
        if not self.is_convocation:
            return []
        pdfs = [self._paper_name(group, one) for one in group.people]
        sessions = dict.fromkeys(one.session_id for one in group.people)
        return [*pdfs, *(papers.calendar_name(self.sessions[pk]) for pk in sessions)]

    def _paper_name(self, group: Group, person: Person) -> str:
        return papers.name_of(person.reference, person.position if len(group.people) > 1 else 0)

    def _enclosed(self, group: Group) -> Iterator[Enclosed]:
        people = group.people if self.is_convocation else ()
        for one in people:
            paper, _calendar = self.by_session[one.session_id]
            yield Enclosed(paper, self._paper_name(group, one), self.paper_of(one))
        for pk in dict.fromkeys(one.session_id for one in people):
            yield Enclosed(self.by_session[pk][1])

    def _button(self, group: Group) -> tuple[str, str]:
        """The secret link is the contact's alone; a participant is shown the session."""
        if self.letter.is_to_contacts:
            booking = Booking(organisation=self.organisation, reference=group.first.reference)
            return (_("Voir ma réservation"), address_of(booking))
        slug = self.sessions[group.first.session_id].activity.slug
        return (_("Voir la session"), addresses.page(self.organisation, f"formations/{slug}/"))


def _listed(names: Sequence[str]) -> str:
    """« Claire, Hugo et Anne »."""
    known = list(dict.fromkeys(one for one in names if one))
    if len(known) < 2:
        return "".join(known)
    return _("%(first)s et %(last)s") % {"first": ", ".join(known[:-1]), "last": known[-1]}
