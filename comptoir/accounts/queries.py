"""Find the account somebody means, however it is spelt (E6)."""

from django.db.models import QuerySet

from comptoir.accounts.models import User
from comptoir.base.given import given
from comptoir.base.text import email_key, login_key


def account(user_id: int) -> User:
    """The account of that id."""
    return User.objects.get(pk=user_id)


def called(text: str) -> User | None:
    """The account whose login, else whose address, is this text in any letter case."""
    return by_login(text) or by_email(text)


def by_login(login: str) -> User | None:
    """The account of that login, in any spelling."""
    key = login_key(login)
    return User.objects.filter(username=key).first() if key else None


def by_email(email: str) -> User | None:
    """The account of that address, in any letter case."""
    return User.objects.filter(given(email=email_key(email))).first()


def operators() -> QuerySet[User]:
    """Those who run the platform, by login."""
    return User.objects.filter(is_operator=True, is_active=True).order_by("username")
