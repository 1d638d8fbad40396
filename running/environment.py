"""The virtual environment beside the code, filled from the hashed locks in `requirements/`."""

import contextlib
import hashlib
import os
import shutil
import subprocess
import sys
import venv
from collections.abc import Iterator, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
LOCKS = ROOT / "requirements"
#: What each installation puts in; `dev` and `oracles` were locked together with `base` and contain it.
CONTAINS = {"base": ("base",), "dev": ("dev", "base"), "oracles": ("oracles", "base")}


class CannotPrepare(Exception):
    """The environment could not be made; the message is a sentence for the person at the terminal."""


def say(message: str) -> None:
    """Tell the person at the terminal; standard output belongs to results."""
    print(message, file=sys.stderr, flush=True)


def prepare(*locks: str) -> Path:
    """Bring `.venv` up to the named locks and give its Python.

    :raises CannotPrepare: the virtual environment or a lock could not be installed.
    """
    if all(_is_installed(lock) for lock in locks):
        return PYTHON
    with _one_at_a_time():
        _make_venv()
        for lock in locks:
            if not _is_installed(lock):
                say(f"Installing the {lock} packages (once) …")
                _install(LOCKS / f"{lock}.txt")
                _mark_installed(lock)
    return PYTHON


def child_environment() -> dict[str, str]:
    """The environment of everything started from here: this code on the path, this `.venv` in front."""
    environment = dict(os.environ)
    environment["PYTHONPATH"] = os.pathsep.join(filter(None, [str(ROOT), os.environ.get("PYTHONPATH")]))
    environment["PATH"] = os.pathsep.join([str(VENV / "bin"), os.environ.get("PATH", os.defpath)])
    environment["VIRTUAL_ENV"] = str(VENV)
    environment.pop("PYTHONHOME", None)
    return environment


def _stamp(lock: str) -> Path:
    return VENV / ".locks" / lock


def _digest(lock: str) -> str:
    return hashlib.sha256((LOCKS / f"{lock}.txt").read_bytes()).hexdigest()


def _is_installed(lock: str) -> bool:
    try:
        return PYTHON.exists() and _stamp(lock).read_text(encoding="ascii") == _digest(lock)
    except OSError:
        return False


def _mark_installed(lock: str) -> None:
    _stamp(lock).parent.mkdir(exist_ok=True)
    for contained in CONTAINS[lock]:
        _stamp(contained).write_text(_digest(contained), encoding="ascii")


@contextlib.contextmanager
def _one_at_a_time() -> Iterator[None]:
    """Two terminals may start at once; the second waits for the first."""
    try:
        import fcntl
    except ImportError:
        yield
        return
    try:
        handle = (ROOT / ".venv.lock").open("w")
    except PermissionError as error:
        raise CannotPrepare(
            f"The packages are to be installed in {VENV}, and this user may not write there. Run `./run tadamun "
            "translations` once as the owner of the folder, with a Python that every user may run (one in somebody's "
            "home folder is none): PATH=/usr/bin:/bin ./run tadamun translations"
        ) from error
    with handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield


def _make_venv() -> None:
    if PYTHON.exists() and _works(PYTHON):
        return
    say("Making .venv …")
    if VENV.exists():
        shutil.rmtree(VENV)
    try:
        venv.EnvBuilder(with_pip=True, symlinks=True).create(VENV)
    except (OSError, subprocess.CalledProcessError) as error:
        raise CannotPrepare(
            f"Python at {sys.executable} could not make a virtual environment in {VENV}: {error}\n"
            "On Debian and Ubuntu `apt-get install python3-venv` may be missing."
        ) from error


def _works(python: Path) -> bool:
    finished = subprocess.run([python, "-c", "import pip"], capture_output=True, check=False)
    return finished.returncode == 0


def _install(lock: Path) -> None:
    """Install one lock with uv, or with pip alone where uv is not to be had."""
    hashed: list[str | Path] = ["--require-hashes", "-r", str(lock)]
    if _uv_is_there():
        attempt: list[str | Path] = [
            PYTHON,
            "-m",
            "uv",
            "pip",
            "install",
            "--quiet",
            "--python",
            PYTHON,
            *hashed,
        ]
        if _run(attempt):
            return
        say("uv did not get through; trying with pip …")
    if not _run([*_pip(), *hashed]):
        raise CannotPrepare(f"The packages of {lock.relative_to(ROOT)} could not be installed; see above.")


def _uv_is_there() -> bool:
    return _run([*_pip(), "--require-hashes", "-r", str(LOCKS / "uv.txt")])


def _pip() -> list[str | Path]:
    return [PYTHON, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]


def _run(command: Sequence[str | Path]) -> bool:
    return subprocess.run(command, check=False, stdout=sys.stderr, env=child_environment()).returncode == 0
