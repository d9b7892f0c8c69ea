"""From a sending and its clients to mails: values, the two buttons, the calendars. The preview is the same."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.utils.translation import gettext as _

from comptoir.base import words
from comptoir.base.speaking import in_house
from comptoir.bookings.meeting import place_of
from comptoir.catalogue.models import Session
from comptoir.mail import attachments
from comptoir.mail.attachments import Enclosed
from comptoir.mail.drafts import Draft
from comptoir.mail.wording.kind import Words
from comptoir.mail.wording.proposals import PROPOSAL
from comptoir.organisations.models import Organisation
from comptoir.proposals import calendars, queries, schedule
from comptoir.proposals.links import NO, YES, address_of
from comptoir.proposals.models import DateProposal, Sending
from comptoir.proposals.people import Recipient, addresses
from comptoir.proposals.states import LIVE


@dataclass
class Filler:
    """What the mails of one sending share, read once."""

    sending: Sending
    session: Session
    organisation: Organisation
    deadline: datetime
    before: dict[int, tuple[schedule.Kept, str]]  # client → the dates and the place it was last told of
    files: list[Enclosed] = field(default_factory=list)
    _calendars: dict[str, list[int]] = field(default_factory=dict)

    @classmethod
    @in_house
    def of(cls, sending: Sending, client_ids: Sequence[int], *, deadline: datetime) -> "Filler":
        """Ready for these clients; three queries however many they are."""
        session = sending.session
        rows = DateProposal.objects.filter(session=session, client__in=client_ids, state__in=LIVE)
        before = {one.client_id: (one.sending.schedule, one.sending.place) for one in rows.select_related("sending")}
        sending.schedule, sending.place = schedule.kept(session), place_of(session)
        files = [Enclosed(pk) for pk in queries.files(sending).values_list("pk", flat=True)]
        return cls(sending, session, sending.organisation, deadline, before, files)

    @in_house
    def draft(self, one: Recipient, reference: str, *, at: datetime, bare: bool = False) -> Draft:
        """The mail of one client; `bare`: without what goes with it, for a preview."""
        sending = self.sending
        return Draft(
            sending.organisation_id, PROPOSAL.code, f"proposal:{reference}", one.to, self._context(one), reference,
            button=(_("J’accepte"), address_of(reference, self.organisation, YES)),
            second=(_("Je décline"), address_of(reference, self.organisation, NO)),
            cc=addresses(sending.cc)[0], bcc=addresses(sending.bcc)[0], organisation=self.organisation,
            words=Words(sending.subject, sending.body), enclosed=() if bare else self._enclosed(one, at=at),
        )  # fmt: skip

    def calendar_names(self, one: Recipient, *, at: datetime) -> list[str]:
        """What goes with the mail of one client, by name, beside the files."""
        return [name for name, _text in calendars.files(self.session, self._objects(one, at=at))]

    def _context(self, one: Recipient) -> dict[str, str]:
        sending, session, zone = self.sending, self.session, self.session.time_zone
        before = self.before.get(one.client_id)
        places = (before[1] if before else "", sending.place)
        dates = words.span(session.starts_on, session.ends_on)
        return {
            "contact": one.contact or one.client, "client": one.client, "dates": dates, "place": sending.place,
            "session": f"{session.activity.title}, {dates}", "days": schedule.days(sending.schedule, zone),
            "deadline": schedule.deadline(self.deadline, zone, home=self.organisation.time_zone),
            "changes": schedule.changes(before[0], sending.schedule, places=places, zone=zone) if before else "",
        }  # fmt: skip

    def _objects(self, one: Recipient, *, at: datetime) -> list[str]:
        before = self.before.get(one.client_id, ([], ""))[0]
        told = {"before": before, "after": self.sending.schedule}
        return calendars.requests(self.session, self.organisation, **told, at=at)

    def _enclosed(self, one: Recipient, *, at: datetime) -> list[Enclosed]:
        """The calendars, kept once for all from whom the same sittings are taken back; then the files."""
        gone = repr(self.before.get(one.client_id, ([], ""))[0][len(self.sending.schedule) :])
        if gone not in self._calendars:
            who = {"organisation_id": self.sending.organisation_id, "about": self.sending.reference, "at": at}
            texts = calendars.files(self.session, self._objects(one, at=at))
            kept = [attachments.keep_calendar(name=name, text=text, **who) for name, text in texts]  # type: ignore[arg-type]
            self._calendars[gone] = kept
        own = {"attendee": calendars.attendee(one.to[0], one.contact)}
        return [Enclosed(pk, own=own) for pk in self._calendars[gone]] + self.files
