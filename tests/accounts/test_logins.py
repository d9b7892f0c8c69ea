"""E6: logins that people take for one another are one login, and the database keeps it so."""

import pytest
from django.db import IntegrityError
from hypothesis import example, given
from hypothesis import strategies as st

from comptoir.accounts import commands, queries
from comptoir.accounts.models import User
from comptoir.base.text import login_key
from tests import factories as f

SAME = [
    ("DUPONT.jean", "dupont.jean"), ("DUPONT.JEAN", "dupont.jean"), ("dıdıer", "didier"), ("DİDİER", "didier"),
    ("Œuvrard", "oeuvrard"), ("ﬁona", "fiona"), ("Straße", "STRASSE"), ("STRAẞE", "strasse"),
    ("ｄｕｐｏｎｔ", "dupont"), ("éloïse", "e\u0301loi\u0308se"), ("du\u00adpont", "dupont"),
    ("du\u200bpont", "dupont"), ("Ǆ", "ǆ"), (" jean ", "jean"),
]  # fmt: skip


@pytest.mark.parametrize(("typed", "same"), SAME)
def test_spellings_of_one_login(typed, same):
    assert login_key(typed) == login_key(same)


def test_accents_are_kept_apart():
    assert login_key("rené") != login_key("rene")


@given(st.text(max_size=30))
@example("İ")
@example("ß\u0307")
@example("ﬀi\u0307")
def test_the_key_of_a_key_is_itself(text):
    key = login_key(text)
    assert login_key(key) == key


@pytest.mark.django_db
@pytest.mark.parametrize(("typed", "same"), SAME)
def test_they_cannot_be_two_accounts(typed, same):
    commands.open_account(login=typed, email="", at=f.NOW)
    assert queries.by_login(same).login == typed.strip()
    with pytest.raises(commands.LoginTaken):
        commands.open_account(login=same, email="", at=f.NOW)


@pytest.mark.django_db(transaction=True)
def test_the_database_itself_refuses_the_second():
    keys = User.keys("DUPONT.jean", "")
    User.objects.create(**keys, created_at=f.NOW)
    with pytest.raises(IntegrityError):
        User.objects.create(**User.keys("dupont.JEAN", ""), created_at=f.NOW)
