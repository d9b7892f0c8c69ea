"""T43: mails link to the configured address only; a secret link is readable by its reader alone (E3)."""

import re

import pytest
from django.conf import settings as django_settings

from comptoir.mail import commands, drafts, sealing
from comptoir.mail.commands import SecretMail
from comptoir.mail.kinds import KINDS
from comptoir.mail.models import Message
from comptoir.mail.states import MailState
from comptoir.organisations import addresses
from tests.factories import NOW, actor_of, make_staff
from tests.mail.made import queue, samples, send

pytestmark = [pytest.mark.fault, pytest.mark.django_db]
SECRET = "compte/mot-de-passe/2f-abcdefghijklmnopqrstuvwxyz0123456789-jeton"


def foreign_links(organisation, postbox, url=None):
    """The links of every kind of mail, as received, that do not lead to us."""
    for code in KINDS:
        queue(organisation, kind=code, context=samples(code), button=("Ouvrir", url or addresses.home(organisation)))
    send()
    links = [one for taken in postbox.taken for one in re.findall(r"https?://[^\s\"<>]+", taken.text + taken.html)]
    assert len(postbox.taken) == len(KINDS)
    return [one for one in links if not one.startswith(django_settings.PUBLIC_URL + "/")]


def test_every_link_is_ours(organisation, postbox):
    assert foreign_links(organisation, postbox) == []


@pytest.mark.parametrize(
    "url",
    ["https://mal.example/", "//mal.example/", "javascript:alert(1)", "http://inscriptions.exemple.fr/loire/",
     "https://inscriptions.exemple.fr.mal.example/", "https://inscriptions.exemple.fr:8443/", ""],
)  # fmt: skip
def test_a_button_that_leads_elsewhere_is_a_bug(url, organisation, smtp_port):
    with pytest.raises(ValueError, match="outside"):
        queue(organisation, button=("Ouvrir", url))


def test_the_check_sees_buttons_that_are_not_checked(organisation, postbox, monkeypatch):
    monkeypatch.setattr(drafts, "_refuse_foreign", lambda url, organisation: None)
    assert foreign_links(organisation, postbox, "https://mal.example/") != []


def test_an_organisation_with_its_own_host_links_to_it(organisation, smtp_port):
    organisation.host = "inscriptions.loire.example"
    organisation.save()
    assert (
        "https://inscriptions.loire.example/x"
        in queue(organisation, button=("Ouvrir", "https://inscriptions.loire.example/x")).text
    )


def secret_mail(organisation):
    link = addresses.page(organisation, SECRET)
    return link, queue(organisation, kind="password-link", context=samples("password-link"), button=("Choisir", link))


def test_a_secret_link_reaches_its_reader_and_stands_nowhere_else(organisation, postbox):
    link, row = secret_mail(organisation)
    stored = str(Message.objects.filter(pk=row.pk).values().get())
    assert SECRET not in stored
    assert "jeton" not in stored
    send()
    assert link in postbox.taken[0].text
    assert f'href="{link}"' in postbox.taken[0].html
    assert Message.objects.get(pk=row.pk).secret == ""


def test_a_secret_mail_is_not_sent_again(organisation, postbox):
    _, row = secret_mail(organisation)
    send()
    by = actor_of(make_staff(organisation))
    with pytest.raises(SecretMail):
        commands.resend(row.pk, by=by, at=NOW, to=["moi@exemple.fr"])


def test_a_secret_sealed_with_another_key_is_refused_and_says_so(organisation, postbox, settings):
    _, row = secret_mail(organisation)
    settings.SECRET_KEY = "une autre clé" * 5
    send()
    row.refresh_from_db()
    assert (postbox.taken, row.state) == ([], MailState.REFUSED)


def test_the_check_sees_a_link_that_is_not_sealed(organisation, smtp_port, monkeypatch):
    monkeypatch.setattr(sealing, "seal", lambda link: link)
    _, row = secret_mail(organisation)
    assert SECRET in str(Message.objects.filter(pk=row.pk).values().get())
