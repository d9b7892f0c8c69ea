"""What the environment says (COMPTOIR_…): every value read once, typed, refused by name when missing."""

import secrets
from functools import cache
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict


class Environment(BaseSettings):
    """The process environment. `.env.example` lists these, and a house test keeps it complete."""

    model_config = SettingsConfigDict(env_prefix="COMPTOIR_", env_file=".env", extra="ignore")

    data_dir: Path = Field(default=Path("data"), description="Embedded database, spool, attachments, reports.")
    database_url: str = Field(
        default="", description="sqlite:///path or postgres://…; empty: SQLite in the data folder."
    )
    smtp_url: str = Field(
        default="smtp://127.0.0.1:2525", description="smtp://user:password@host:port?tls=1 (or smtps://)."
    )
    mail_from: str = Field(default="Comptoir <comptoir@localhost>", description="Envelope sender of every mail.")
    public_url: str = Field(default="http://127.0.0.1:8000", description="The only address links are built with.")
    hosts: str = Field(default="", description="Other host names served, comma-separated (one per organisation).")
    secret_key: str = Field(
        default="", description="At least 50 random characters; made and kept in the data folder if empty."
    )
    debug: bool = Field(default=False, description="Developer pages; never in production.")
    demo: bool = Field(default=False, description="Sample organisations and the simulated outside world.")
    stripe_url: str = Field(
        default="https://api.stripe.com", description="Where Stripe answers; changed in tests only."
    )
    trusted_proxies: int = Field(
        default=0, description="How many TLS proxies stand in front (X-Forwarded-* read when > 0)."
    )
    log_level: str = Field(default="INFO", description="DEBUG, INFO, WARNING or ERROR.")
    log_json: bool = Field(default=False, description="One JSON object a line instead of readable lines.")


@cache
def environment() -> Environment:
    """The environment, read once."""
    return Environment()


def kept_secret(folder: Path) -> str:
    """A secret made on first start and kept beside the data, readable by its owner only."""
    path = folder / "secret_key"
    try:
        return path.read_text().strip()
    except FileNotFoundError:
        folder.mkdir(parents=True, exist_ok=True)
    path.touch(mode=0o600, exist_ok=True)
    if not path.read_text().strip():
        path.write_text(secrets.token_urlsafe(64))
    return path.read_text().strip()


def database(url: str, data_dir: Path) -> dict[str, object]:
    """Django's DATABASES entry for a URL; SQLite in the data folder when there is none."""
    parts = urlsplit(url)
    if parts.scheme in ("", "sqlite"):
        name = Path(unquote(parts.path[1:])) if parts.path else data_dir / "comptoir.sqlite3"
        # Kept open: the last connection to close empties the log into the file, ten times the price of a write. Not for
        # ever: what is known of the tables' sizes (`base.planner`) is read on opening.
        return {"ENGINE": "comptoir.base.sqlite", "NAME": str(name), "CONN_MAX_AGE": 3600}
    if parts.scheme not in ("postgres", "postgresql"):
        raise SystemExit(
            f"COMPTOIR_DATABASE_URL : « {parts.scheme} » n'est pas connu ; écrire sqlite:///… ou postgres://…"
        )
    return {
        "ENGINE": "comptoir.base.postgres",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname or "",
        "PORT": str(parts.port or ""),
        # What is run thousands of times (base.prepared) is planned once by the server; everything else by its values.
        # Compiling a statement to machine code takes the server half a second where reading ten thousand rows takes
        # twenty milliseconds, and it does so anew each time: off.
        # Behind a pooler that cannot keep statements or settings, the address says so: ?prepare_threshold=&options=
        "OPTIONS": {"prepare_threshold": 2, "options": "-c jit=off"} | _options(parts.query),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
    }


def _options(query: str) -> dict[str, object]:
    """What the address says to the driver; `prepare_threshold` is a number, or empty for never."""
    said: dict[str, object] = dict(parse_qsl(query, keep_blank_values=True))
    if "prepare_threshold" in said:
        said["prepare_threshold"] = int(str(said["prepare_threshold"])) if said["prepare_threshold"] else None
    return said


def mailer(url: str) -> dict[str, object]:
    """Django's SMTP options for a URL: smtp:// (STARTTLS with ?tls=1) or smtps://."""
    parts = urlsplit(url)
    if parts.scheme not in ("smtp", "smtps"):
        raise SystemExit("COMPTOIR_SMTP_URL : écrire smtp://hôte:port ou smtps://hôte:port.")
    secure = parts.scheme == "smtps"
    return {
        "host": parts.hostname or "localhost",
        "port": parts.port or (465 if secure else 25),
        "username": unquote(parts.username or ""),
        "password": unquote(parts.password or ""),
        "use_ssl": secure,
        "use_tls": dict(parse_qsl(parts.query)).get("tls") == "1",
        "timeout": 20,
    }
