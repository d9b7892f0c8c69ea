"""The SMTP server of the mail tests, for the round that sends."""

from tests.mail.conftest import postbox, smtp_port

__all__ = ["postbox", "smtp_port"]
