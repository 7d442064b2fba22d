"""The commands behind the Makefile: python3 -m deploy COMMAND."""

from __future__ import annotations

import sys
import traceback

from deploy import settings as told
from deploy import test_services
from deploy.problems import OURS, USER, Problem
from deploy.steps import Steps

USAGE = """usage: python3 -m deploy up|live|down|status|logs|clean|test
       python3 -m deploy services up|env NAME | down"""


def services(arguments: list[str]) -> int:
    """`services up NAME` prints exports on standard output and its progress on standard error."""
    settings = told.from_environment()
    match arguments:
        case ["up", name]:
            print(test_services.exports(test_services.up(settings, name, _steps(settings, quiet=True))))
        case ["env", name]:
            print(test_services.exports(test_services.environment(settings, name)))
        case ["down"]:
            test_services.down(settings)
        case _:
            return usage()
    return 0


def usage() -> int:
    print(USAGE, file=sys.stderr)
    return USER


def _steps(settings: told.Settings, quiet: bool = False) -> Steps:
    return Steps(settings.logs / "deploy.log", quiet)


def main(arguments: list[str]) -> int:
    match arguments:
        case ["services", *rest]:
            return services(rest)
        case _:
            return usage()


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except Problem as problem:
        print(f"\n{problem}", file=sys.stderr)
        sys.exit(problem.code)
    except KeyboardInterrupt:
        sys.exit(130)
    except Exception:
        traceback.print_exc()
        print("\nThis is our own failure, not yours: please report it with the lines above.", file=sys.stderr)
        sys.exit(OURS)
