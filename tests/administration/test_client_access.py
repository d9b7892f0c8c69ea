"""A contact let into the client's space: one account, one mail with a link that staff never see."""

import pytest

from comptoir.administration.commands.client_access import invite_contact
from comptoir.base.errors import Missing
from comptoir.clients import access
from comptoir.mail.models import Message
from tests.factories import NOW, actor_of, make_client, make_contact, make_organisation, make_staff


@pytest.mark.django_db
def test_an_invitation_opens_the_space_and_mails_a_link_once():
    organisation = make_organisation("ici")
    by = actor_of(make_staff(organisation, "assistant"))
    client = make_client(organisation, "Ateliers du Lac")
    contact = make_contact(client, "Claire@exemple.fr", first_name="Claire", last_name="Petit", is_main=True)
    for _twice in range(2):
        assert invite_contact(contact_id=contact.pk, by=by, at=NOW) == "claire@exemple.fr"
    contact.refresh_from_db()
    assert access.reader_of(contact.user_id, organisation_id=organisation.pk).client == client
    mail = Message.objects.get()
    assert (mail.kind, mail.to, mail.about) == ("client-access", ["claire@exemple.fr"], client.number)
    assert "Claire Petit" in mail.text
    stranger = actor_of(make_staff(make_organisation("ailleurs")))
    with pytest.raises(Missing):
        invite_contact(contact_id=contact.pk, by=stranger, at=NOW)
