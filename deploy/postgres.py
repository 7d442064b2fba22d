"""A private PostgreSQL: cluster, roles, databases.

The cluster is C.UTF-8: under plain C the trigrams that search uses know no Japanese letters. PostgreSQL
refuses to run as root, so root hands it to the system's user `postgres`.
"""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
from pathlib import Path

from deploy.problems import Problem
from deploy.settings import Services
from deploy.steps import Steps
from deploy.supervisor import Program

SUPERUSER = "jichitai_admin"
OWNER, READER = "ckan_default", "datastore_ro"
SMALL = {"shared_buffers": "128MB", "max_connections": "100", "work_mem": "8MB", "jit": "off",
         "random_page_cost": "1.1", "max_wal_size": "512MB", "unix_socket_directories": "",
         "listen_addresses": "127.0.0.1", "log_min_duration_statement": "1000"}  # fmt: skip
THROWAWAY = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off", "shared_buffers": "64MB",
             "log_min_duration_statement": "-1"}  # fmt: skip


def program(services: Services) -> Program:
    settings = {**SMALL, **(THROWAWAY if services.testing else {}), "port": str(services.port("postgres"))}
    options = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
    argv = [*_as_postgres(services.root), str(_binary("postgres")), "-D", str(_data(services)), *options]
    return Program("postgres", argv, stop="INT", priority=10)


def create(services: Services, steps: Steps) -> None:
    """The empty cluster; nothing where there is one."""
    data = _data(services)
    if (data / "PG_VERSION").exists():
        return
    shutil.rmtree(data, ignore_errors=True)  # an initdb that was interrupted
    data.mkdir(parents=True)
    words = services.root / "initdb.password"
    words.write_text(services.secret("postgres"))
    words.chmod(0o600)
    if os.geteuid() == 0:
        owner = pwd.getpwnam("postgres")
        for path in (data, words):
            os.chown(path, owner.pw_uid, owner.pw_gid)
    try:
        steps.run([*_as_postgres(services.root), _binary("initdb"), "-D", data, "--locale=C.UTF-8", "-E", "UTF8",
                   "-U", SUPERUSER, f"--pwfile={words}", "--auth=scram-sha-256", "--no-instructions"])  # fmt: skip
    finally:
        words.unlink()


def ready(services: Services) -> bool:
    argv = [_binary("pg_isready"), "-q", "-h", "127.0.0.1", "-p", str(services.port("postgres"))]
    return subprocess.run(argv, check=False).returncode == 0


def databases(services: Services, steps: Steps, main: str, datastore: str) -> None:
    """Roles and two empty databases, where they are not there yet."""
    for role in (OWNER, READER):
        if sql(services, steps, f"SELECT 1 FROM pg_roles WHERE rolname = '{role}'") != "1":
            sql(services, steps, f"CREATE ROLE {role} LOGIN PASSWORD '{services.secret(role)}'")
    for name in (main, datastore):
        if sql(services, steps, f"SELECT 1 FROM pg_database WHERE datname = '{name}'") != "1":
            sql(services, steps, f"CREATE DATABASE {name} OWNER {OWNER} ENCODING 'UTF8' TEMPLATE template0")
            sql(services, steps, "CREATE EXTENSION IF NOT EXISTS pg_trgm", database=name)


def sql(services: Services, steps: Steps, text: str, database: str = "postgres") -> str:
    """Run SQL as the superuser; the answer without headings."""
    port = str(services.port("postgres"))
    argv = [_binary("psql"), "-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1", "-h", "127.0.0.1", "-p", port,
            "-U", SUPERUSER, "-d", database]  # fmt: skip
    return steps.run(argv, env={"PGPASSWORD": services.secret("postgres")}, text=text).strip()


def url(services: Services, database: str, role: str = OWNER) -> str:
    return f"postgresql://{role}:{services.secret(role)}@127.0.0.1:{services.port('postgres')}/{database}"


def _data(services: Services) -> Path:
    return services.root / "postgres"


def _binary(name: str) -> Path:
    """The newest installed version's; Debian keeps them off the path."""
    found = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"), key=lambda p: float(p.parts[-3]))
    other = shutil.which(name)
    if not found and not other:
        raise Problem(f"PostgreSQL's program {name} was not found; install it: apt-get install -y postgresql")
    return found[-1] if found else Path(str(other))


def _as_postgres(root: Path) -> list[str]:
    """What root puts before a program that refuses root.

    A checkout below a folder that only root may enter (a temporary one, say) is reached by the one
    capability that is needed for it, so that the data stays under VAR all the same.
    """
    if os.geteuid() != 0:
        return []
    change = ["setpriv", "--reuid=postgres", "--regid=postgres", "--init-groups"]
    enters = (
        subprocess.run([*change, "test", "-x", str(root)], check=False, capture_output=True).returncode == 0
    )
    if enters:
        return change
    return [
        *change,
        "--inh-caps=+dac_read_search,+dac_override",
        "--ambient-caps=+dac_read_search,+dac_override",
    ]


def datastore_permissions(services: Services, steps: Steps, main: str, datastore: str, script: Path) -> None:
    """CKAN's own script, filled in; it must run as the superuser. Safe to repeat."""
    names = {
        "maindb": main,
        "datastoredb": datastore,
        "mainuser": OWNER,
        "writeuser": OWNER,
        "readuser": READER,
    }
    quoted = {key: f'"{name}"' for key, name in names.items()}
    sql(services, steps, script.read_text("utf-8").format(**quoted))
    # PostgreSQL lets everybody connect to a new database; the reader has no business in the catalog's.
    sql(services, steps, f"REVOKE CONNECT ON DATABASE {main} FROM PUBLIC")
