"""Services that the environment gives in place of ours: asked once, before anything is built on them."""

from __future__ import annotations

from deploy import solr
from deploy.problems import Problem
from deploy.settings import Settings
from deploy.steps import Failed, Steps

# Asked by the client libraries that CKAN itself uses, so that what passes here passes there.
ASK = {
    "CKAN_SQLALCHEMY_URL": "import sys, psycopg2; psycopg2.connect(sys.argv[1], connect_timeout=10).close()",
    "CKAN_DATASTORE_WRITE_URL": "import sys, psycopg2; psycopg2.connect(sys.argv[1], connect_timeout=10).close()",
    "CKAN_DATASTORE_READ_URL": "import sys, psycopg2; psycopg2.connect(sys.argv[1], connect_timeout=10).close()",
    "CKAN_REDIS_URL": "import sys, redis; redis.from_url(sys.argv[1], socket_timeout=10).ping()",
}


def answer(settings: Settings, steps: Steps) -> None:
    """Raises Problem with the variable's name for the first that does not answer."""
    for name, address in settings.outside.items():
        try:
            if name in ASK:
                steps.run([settings.bin("python"), "-c", ASK[name], address])
            else:
                solr.get(f"{address.rstrip('/')}/select?q=*:*&rows=0", timeout=10)
        except Failed as failed:
            raise _silent(
                name, address, next((line for line in reversed(failed.lines) if line.strip()), "no answer")
            ) from None
        except (OSError, ValueError) as error:
            raise _silent(name, address, str(error)) from None


def _silent(name: str, address: str, said: str) -> Problem:
    where = address.rpartition("@")[2]  # without name and password
    return Problem(
        f"{name} ({where}) does not answer: {said}\n"
        f"Start that service or correct the address; with {name} unset, `make up` starts one of its own."
    )
