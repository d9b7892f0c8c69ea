"""The person who signs in, and nothing else about that person; and the counts of recent tries."""

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils.crypto import salted_hmac

from comptoir.base.text import email_key, login_key


class UserManager(BaseUserManager["User"]):
    """Finds a person by any spelling of the login (E6)."""

    def get_by_natural_key(self, username: str | None) -> "User":
        """The account whose login folds to the same key."""
        return self.get(username=login_key(username or ""))


class User(AbstractBaseUser):
    """One person who can sign in. `username` is the login folded (E6); `login` is how it was written."""

    username = models.CharField(max_length=150, unique=True)
    login = models.CharField(max_length=150)
    email = models.EmailField(max_length=254, blank=True)
    first_name = models.CharField(max_length=80, blank=True)
    last_name = models.CharField(max_length=80, blank=True)
    is_active = models.BooleanField(default=True)
    is_operator = models.BooleanField(default=False)  # platform operator: creates organisations, sees no personal data
    session_round = models.PositiveIntegerField(default=0)  # one more ends every session and link of this person (T55)
    created_at = models.DateTimeField()

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["email"]
    objects = UserManager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["email"], name="accounts_email_once", condition=~models.Q(email="")),
        ]

    def __str__(self) -> str:
        return self.login

    @property
    def full_name(self) -> str:
        """First and last name as shown on the desk; the login when neither is known."""
        return f"{self.first_name} {self.last_name}".strip() or self.login

    def _get_session_auth_hash(self, secret: str | None = None) -> str:
        """What a session must match at every request: it changes with the password and with `session_round`."""
        state = f"{self.password}|{self.session_round}"
        return salted_hmac("comptoir.accounts.session", state, secret=secret, algorithm="sha256").hexdigest()

    @staticmethod
    def keys(login: str, email: str) -> dict[str, str]:
        """The columns that make a login and an address comparable."""
        return {"login": login.strip(), "username": login_key(login), "email": email_key(email)}


class Try(models.Model):
    """The counts behind throttling, as Django's database cache keeps them: one memory for all processes (T59)."""

    cache_key = models.CharField(max_length=255, primary_key=True)
    value = models.TextField()
    expires = models.DateTimeField(db_index=True)

    class Meta:
        db_table = "accounts_tries"

    def __str__(self) -> str:
        return self.cache_key
