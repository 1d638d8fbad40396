"""Makes the README's screenshots again, from a demonstration of their own."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import tempfile
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from time import monotonic, sleep
from typing import Any

import click

from tadamun.cli.output import emit, json_option, refuse, say
from tadamun.web.demo.keys import GUEST_NUMBER, GUEST_PIN, SLUG

BROWSERS = ("chromium", "chromium-browser", "google-chrome")
HEAVIEST = 150_000
COLOURS = (128, 64, 32, 16)
STARTS_WITHIN = 120.0
COMMUNITY = f"/c/{SLUG}/"


@dataclass(frozen=True)
class Shot:
    """One picture: its name, the window's size, and whom the page is seen as."""

    name: str
    width: int
    height: int
    seen_as: str
    path: str


SHOTS = (
    Shot("home-360", 360, 1180, "asker", COMMUNITY),
    Shot("board-1280", 1280, 900, "coordinator", f"{COMMUNITY}board/"),
    Shot("track-360", 360, 1180, "", f"{COMMUNITY}track/"),
)


@click.command("shots")
@click.option(
    "--out",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path("docs/images"),
    show_default=True,
    help="Folder for the pictures.",
)
@json_option
def command(out: Path, as_json: bool) -> None:
    """Start a demonstration in a folder of its own, photograph three pages, and stop it.

    Needs the developers' packages and a Chromium on this machine.
    """
    names = [os.environ["TADAMUN_CHROMIUM"]] if "TADAMUN_CHROMIUM" in os.environ else BROWSERS
    browser = next((found for name in names if (found := shutil.which(name))), None)
    try:
        from PIL import Image
        from playwright.sync_api import sync_playwright
    except ImportError:
        refuse("This needs the developers' packages: ./run setup", code="packages_missing")
    if browser is None:
        refuse("No Chromium here. On Debian and Ubuntu: apt-get install chromium", code="browser_missing")
    out.mkdir(parents=True, exist_ok=True)
    made = []
    with _demonstration() as url, sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=browser, args=["--no-sandbox"])
        for shot in SHOTS:
            file = out / f"{shot.name}.png"
            _photograph(chromium, shot, url=url, file=file)
            _lighten(Image, file)
            made.append({"file": str(file), "bytes": file.stat().st_size})
            say(f"{file}")
        chromium.close()
    emit({"shots": made}, as_json=as_json, text=[f"{one['file']}  {one['bytes']:,} bytes" for one in made])


@contextmanager
def _demonstration() -> Iterator[str]:
    """A demonstration on a free port, in a temporary folder; gives its address."""
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        port = trial.getsockname()[1]
    with tempfile.TemporaryDirectory(prefix="tadamun-shots-") as home:
        environment = os.environ | {"TADAMUN_HOME": home, "TADAMUN_DEMO": "1", "PORT": str(port)}
        own = str(Path(__file__).resolve().parents[2])
        environment["PYTHONPATH"] = os.pathsep.join([own, *filter(None, [os.environ.get("PYTHONPATH")])])
        environment.pop("TADAMUN_ENV", None)
        environment.pop("DATABASE_URL", None)
        serve = [sys.executable, "-P", "-m", "tadamun.cli.main", "serve", "--demo-if-new", "--workers", "1"]
        running = subprocess.Popen(serve, env=environment, stdout=subprocess.DEVNULL)  # noqa: S603  # our own command
        try:
            yield _wait_for(f"http://127.0.0.1:{port}", running)
        finally:
            running.terminate()
            running.wait(timeout=30)


def _wait_for(url: str, running: subprocess.Popen[bytes]) -> str:
    started = monotonic()
    while monotonic() - started < STARTS_WITHIN and running.poll() is None:
        try:
            with urllib.request.urlopen(f"{url}/livez", timeout=5):  # noqa: S310  # our own address
                return url
        except OSError:
            sleep(0.5)
    refuse("The demonstration did not start; the reason stands above.", code="not_started")


def _photograph(chromium: Any, shot: Shot, *, url: str, file: Path) -> None:
    size = {"width": shot.width, "height": shot.height}
    context = chromium.new_context(
        viewport=size, base_url=url, device_scale_factor=1, locale="ar", timezone_id="Asia/Amman"
    )
    page = context.new_page()
    if shot.seen_as:
        page.goto("/")
        page.locator(f'form:has(input[value="{shot.seen_as}"]) button').click()
        page.goto(shot.path)
    else:
        page.goto(shot.path)
        page.fill('input[name="number"]', str(GUEST_NUMBER))
        page.fill('input[name="pin"]', GUEST_PIN)
        with page.expect_navigation():
            page.locator('form:has(input[name="pin"]) button').click()
    page.evaluate("document.fonts.ready")
    page.screenshot(path=file)
    context.close()


def _lighten(image: Any, file: Path) -> None:
    """Fewer colours until the picture is light enough; the pages have few to begin with."""
    with image.open(file) as picture:
        whole = picture.convert("RGB")
    for colours in COLOURS:
        whole.quantize(colours).save(file, optimize=True)
        if file.stat().st_size <= HEAVIEST:
            return
