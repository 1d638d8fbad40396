"""The `tadamun` command: finds its sub-commands by their files and loads only the one that is asked for."""

from __future__ import annotations

import ast
import importlib
import sys
from functools import cache
from pathlib import Path

import click

from tadamun import __version__
from tadamun.cli.output import JSON_FLAG, Refusal, emit

HERE = Path(__file__).resolve().parent


@cache
def command_files() -> dict[str, Path]:
    """The files beside this one that define `command`, by the name a person types."""
    files = {path.stem: path for path in HERE.glob("*.py")}
    files |= {path.parent.name: path for path in HERE.glob("*/__init__.py")}
    # `import_.py` is `import`: a word of the language itself cannot name a file.
    return {
        name.rstrip("_").replace("_", "-"): path
        for name, path in sorted(files.items())
        if _defines_command(path)
    }


def _defines_command(path: Path) -> bool:
    for node in ast.parse(path.read_text(encoding="utf-8")).body:
        names = [target.id for target in getattr(node, "targets", []) if isinstance(target, ast.Name)]
        names += [alias.asname or alias.name for alias in getattr(node, "names", [])]
        if "command" in [*names, getattr(node, "name", None)]:
            return True
    return False


class CommandsByFile(click.Group):
    """A group whose help is read from the files' docstrings, so that listing loads no engine and no Django."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(command_files())

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        path = command_files().get(cmd_name)
        if path is None:
            return None
        name = path.parent.name if path.name == "__init__.py" else path.stem
        module = importlib.import_module(f"tadamun.cli.{name}")
        command: click.Command = module.command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        rows = []
        for name, path in command_files().items():
            docstring = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or ""
            rows.append((name, docstring.partition("\n")[0]))
        with formatter.section("Commands"):
            formatter.write_dl(rows)


@click.group(cls=CommandsByFile, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="tadamun")
def cli() -> None:
    """Tadamun (تضامن): software for a community coming together against poverty."""


def main(arguments: list[str] | None = None) -> None:
    """Run one command and leave with its exit code; with `--json` a refusal is a JSON document too."""
    arguments = sys.argv[1:] if arguments is None else arguments
    try:
        code = cli.main(args=arguments, prog_name="tadamun", standalone_mode=False)
    except Refusal as refusal:
        if JSON_FLAG in arguments:
            emit(
                {"error": {"code": refusal.code, "message": refusal.message, **refusal.params}}, as_json=True
            )
        refusal.show()
        sys.exit(refusal.exit_code)
    except click.ClickException as mistake:
        mistake.show()
        sys.exit(mistake.exit_code)
    except click.Abort:
        click.echo("Stopped.", err=True)
        sys.exit(130)
    except BrokenPipeError:
        sys.exit(141)
    sys.exit(code if isinstance(code, int) else 0)


if __name__ == "__main__":
    main()
