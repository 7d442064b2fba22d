"""The commands behind the Makefile: python3 -m deploy COMMAND. Exit code: 0 done, 1 mend it, 3 our failure."""

from __future__ import annotations

import os
import sys
import traceback

from deploy import report, test_services, testing
from deploy import settings as told
from deploy import up as stack
from deploy.problems import OURS, USER, Problem
from deploy.steps import Steps

USAGE = """usage: python3 -m deploy up|live|down|status|logs|clean
       python3 -m deploy test [PYTEST ARGUMENT…]
       python3 -m deploy services up NAME|env NAME|down"""


def main(arguments: list[str]) -> int:
    match arguments:
        case ["up" | "live" as command]:
            settings = told.from_environment(live=command == "live")
            stack.up(settings, _steps(settings))
            return 0
        case ["down"]:
            print("stopped" if stack.down(told.from_environment()) else "nothing ran")
            return 0
        case ["status"]:
            return report.status(told.from_environment())
        case ["logs"]:
            return report.logs(told.from_environment())
        case ["clean"]:
            return 0 if stack.clean(told.from_environment(), sure=os.environ.get("FORCE") == "1") else USER
        case ["test", *rest]:
            settings = told.from_environment()
            return testing.run(settings, _steps(settings), rest)
        case ["services", *rest]:
            return services(told.from_environment(), rest)
    print(USAGE, file=sys.stderr)
    return USER


def services(settings: told.Settings, arguments: list[str]) -> int:
    """`services up NAME` prints exports and nothing else, so that a shell may eval them."""
    match arguments:
        case ["up", name]:
            print(test_services.exports(test_services.up(settings, name, _steps(settings, quiet=True))))
        case ["env", name]:
            print(test_services.exports(test_services.environment(settings, name)))
        case ["down"]:
            test_services.down(settings)
        case _:
            print(USAGE, file=sys.stderr)
            return USER
    return 0


def _steps(settings: told.Settings, quiet: bool = False) -> Steps:
    return Steps(settings.logs / "deploy.log", quiet)


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except Problem as problem:
        print(f"\n{problem}", file=sys.stderr)
        sys.exit(problem.code)
    except KeyboardInterrupt:
        sys.exit(130)
    except BrokenPipeError:  # `make status | head`
        os._exit(0)
    except Exception:
        traceback.print_exc()
        print("\nThis is our own failure, not yours: please report it with the lines above.", file=sys.stderr)
        sys.exit(OURS)
