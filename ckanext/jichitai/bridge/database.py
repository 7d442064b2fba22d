"""Whether the database is there, asked once at start: else CKAN ends in a page of traceback."""

import sys

import sqlalchemy as sa
from sqlalchemy.exc import OperationalError
from sqlalchemy.pool import NullPool

SECONDS = 10
OURS = 3  # exit code: our own failure, as `ckan jichitai harvest` documents it


def require(url: str) -> None:
    """Return when the database answers; else say so in one sentence and end the program with code 3."""
    engine = sa.create_engine(url, poolclass=NullPool, connect_args={"connect_timeout": SECONDS})
    try:
        with engine.connect():
            return
    except OperationalError as error:
        place = engine.url.render_as_string(hide_password=True)
        cause = str(error.orig).strip().splitlines()[0]
        print(
            f"The database does not answer at {place} ({cause}). Start PostgreSQL, or correct sqlalchemy.url.",
            file=sys.stderr,
        )
        raise SystemExit(OURS) from None
