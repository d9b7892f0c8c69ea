"""In English, nothing of a page is left in French: not a sentence of the catalogue, not a word written beside it."""

import re
from functools import partial
from html.parser import HTMLParser

import pytest

from comptoir.base.speaking import ENGLISH
from comptoir.catalogue.models import Terms
from comptoir.deals.models import Deal
from comptoir.mail.models import MailModel, Message
from comptoir.organisations.models import Organisation
from comptoir.web.shared.languages import COOKIE
from tests.factories import make_contact, make_user
from tests.house.routes import ORGANISATION, PLATFORM, routes
from tests.house.test_access import _undone
from tools import sentences

pytestmark = pytest.mark.slow
READ = frozenset({"alt", "aria-label", "placeholder", "title", "data-one", "data-many", "data-fault", "data-label"})
UNREAD = frozenset({"script", "style", "textarea"})  # what people typed stays as they typed it
TELLING = re.compile(
    r"\b(vous|votre|vos|nous|notre|sont|aucune?|cette|choisissez|indiquez|chaque|dont|leurs?|déjà|jusqu|afin|depuis)\b",
    re.IGNORECASE,
)


AROUND = re.compile(r"%\([\w.]+\)[sd]|\{\w*\}|<[^>]+>")
MAIL = re.compile(r"/(apercu|html)/")


class Reader(HTMLParser):
    """What a page says: its text, and what is read aloud or shown of its marks; less what is marked as French."""

    def __init__(self):
        super().__init__()
        self.said, self.silent = [], 0

    def handle_starttag(self, tag, attributes):
        known = dict(attributes)
        if tag in UNREAD or (self.silent and tag not in VOID):
            self.silent += 1
        elif known.get("lang") == "fr":
            self.silent += tag not in VOID
        self.said += [value for name, value in attributes if name in READ and value]

    def handle_endtag(self, tag):
        if self.silent and tag not in VOID:
            self.silent -= 1

    def handle_data(self, data):
        if not self.silent and data.strip():
            self.said.append(" ".join(data.split()))


VOID = frozenset({"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "wbr"})


def french():
    """What each sentence says around its placeholders, where it is long enough to be no name."""
    parts = (part for pair in sentences.found() for one in pair for part in AROUND.split(one.replace("%%", "%")))
    return {said for part in parts if len(said := " ".join(part.split())) >= 15}


def written():
    """What was written here, in the language of the house: mails and their words, deals, terms, the intro of a page."""
    kept = [text for one in Message.objects.all() for text in (one.subject, one.text)]
    kept += [text for one in Organisation.objects.all() for text in (one.enquiry_intro, one.payment_help)]
    kept += MailModel.objects.values_list("subject", flat=True)
    kept += [*Deal.objects.values_list("title", flat=True), *Terms.objects.values_list("text", flat=True)]
    return sorted((" ".join(text.split()) for text in kept if text), key=len, reverse=True)


def without(text, known):
    """What is said beside what was written here."""
    for one in known:
        text = text.replace(one, "")
    return text


def pages(worlds, opened_by):
    world, _ = worlds
    contact = make_user()
    make_contact(world.organisation.clients.first(), "x@exemple.fr", user=contact)
    every = routes(ORGANISATION)
    outside = [route for route in every if not route.template.startswith("bureau/")]
    walks = [
        ("visitor", None, "/loire/", outside),
        ("client", contact, "/loire/", outside),
        ("administrator", world.admin.user, "/loire/", every),
        ("operator", make_user(is_operator=True), "/", routes(PLATFORM)),
    ]
    for who, user, prefix, found in walks:
        browser = opened_by(user)
        browser.cookies[COOKIE] = ENGLISH
        for route in found:
            if "deconnexion" in route.template or "langue" in route.template:
                continue
            path = f"{prefix}{route.path(world.values(route))}"
            for verb, ask in (("get", browser.get), ("post", browser.post)):
                answer = _undone(partial(ask, path))
                if not answer.streaming and answer.get("Content-Type", "").startswith("text/html"):
                    yield f"{who} {verb} {route.template}", answer
                answer.close()


def test_no_page_says_a_word_of_french(worlds, opened_by):
    fragments, own, seen, wrong = french(), written(), 0, []
    for name, answer in pages(worlds, opened_by):
        page = answer.content.decode()
        seen += 1
        if MAIL.search(name):
            continue  # a mail as it leaves: its own language is its reader's
        if "<html" in page and '<html lang="en"' not in page:
            wrong.append(f"{name}: lang")
        reader = Reader()
        reader.feed(page)
        for said in reader.said:
            text = without(said, own)
            if TELLING.search(text) or any(part in text for part in fragments):
                wrong.append(f"{name}: {said}")
    assert seen > 200, "the walk went nowhere"
    assert not wrong, "\n".join(wrong)
