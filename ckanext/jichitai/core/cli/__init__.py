"""The command `jichitai`: the same engine and rule book as the website, without CKAN.

Commands stand in items.py, check.py and merge.py; a module is imported when one of its commands is
called, so that `jichitai --help` answers at once. A command returns an Exit, or None for Exit.GOOD.
"""

import sys
import traceback
from importlib import import_module
from typing import Any

import click

from .exit import Exit

__all__ = ["Exit", "main"]

# Command → (module beside this one that holds a click command of that name, one line for the list).
COMMANDS = {
    "list": ("items", "The 27 items."),
    "show": ("items", "One definition, in a form of your choice."),
    "template": ("items", "A blank form of an item that guides the hand."),
    "check": ("check", "Check files, recognising the item."),
    "merge": ("merge", "Merge files of many municipalities into one table an item."),
    "diff": ("merge", "Row changes between two merged tables."),
    "coverage": ("merge", "Municipality × item."),
    "explain": ("check", "An issue code: cause, remedy, example."),
}


class Lazy(click.Group):
    """A group that imports a command when it is called, and leaves with our exit codes."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """In the order of the table."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of that name, None where there is none."""
        if cmd_name not in COMMANDS:
            return None
        module = import_module(f".{COMMANDS[cmd_name][0]}", __name__)
        commands = [held for held in vars(module).values() if isinstance(held, click.Command)]
        return next(command for command in commands if command.name == cmd_name)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The list out of COMMANDS: asking each command for its help would import it."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, line) for name, (_, line) in COMMANDS.items()])

    def main(self, *args: Any, standalone_mode: bool = True, **kwargs: Any) -> Any:
        """Run and leave; with standalone_mode off, as click does it: for embedding."""
        if not standalone_mode:
            return super().main(*args, standalone_mode=False, **kwargs)
        sys.exit(self._run(*args, **kwargs))

    def _run(self, *args: Any, **kwargs: Any) -> int:
        """Run a command; every way it can end as an exit code, with a sentence where it failed."""
        from ..definitions.error import DefinitionError

        try:
            answer = super().main(*args, standalone_mode=False, **kwargs)
            return int(answer or Exit.GOOD)
        except click.ClickException as fault:
            fault.show()
            return Exit.USAGE
        except DefinitionError as fault:
            click.echo(f"The rule book cannot be used: {fault}", err=True)
        except click.exceptions.Abort:
            click.echo("Stopped.", err=True)
        except Exception:
            click.echo("This is a fault of the program, not of your files. What happened:", err=True)
            traceback.print_exc()
        return Exit.OURS


@click.group(cls=Lazy, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="ckanext-jichitai")
def main() -> None:
    """Check, fill in and merge Japan's 27 municipal standard datasets."""
