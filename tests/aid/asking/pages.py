"""Pages as a browser without scripts uses them: read the form, fill it in, send all of it."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP
from django.test import Client

from tadamun.foundation.communities.models import Community
from tadamun.foundation.people.models import Person
from tadamun.pillars.aid.needs.services import Asked


class _Fields(HTMLParser):
    """What a browser would send of the forms of a page, by the action of each."""

    def __init__(self) -> None:
        super().__init__()
        self.forms: list[dict[str, Any]] = []
        self.select: str = ""
        self.area: str = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.forms.append({"action": found.get("action", ""), "data": {}})
        elif not self.forms or ("name" not in found and tag not in {"option"}):
            return
        elif tag == "input":
            self._input(found)
        elif tag == "select":
            self.select = found["name"]
            self.forms[-1]["data"].setdefault(self.select, [""])
        elif tag == "option" and self.select and "selected" in found:
            self.forms[-1]["data"][self.select] = [found.get("value", "")]
        elif tag == "textarea":
            self.area = found["name"]
            self.forms[-1]["data"][self.area] = [""]

    def _input(self, found: dict[str, str]) -> None:
        data = self.forms[-1]["data"]
        if found.get("type") in {"radio", "checkbox"}:
            if "checked" in found:
                data.setdefault(found["name"], []).append(found.get("value", "on"))
        else:
            data.setdefault(found["name"], []).append(found.get("value", ""))

    def handle_data(self, data: str) -> None:
        if self.area:
            self.forms[-1]["data"][self.area][0] += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea":
            self.area = ""
        elif tag == "select":
            self.select = ""


def form_data(page: Any, *, action: str = "") -> dict[str, Any]:
    """The data of the first form of a page whose action ends so; those of header and footer are no forms of it."""
    reader = _Fields()
    reader.feed(page.content.decode())
    for form in reader.forms:
        if form["action"].endswith(action) and not form["action"].endswith(("/language/", "/search/")):
            return dict(form["data"])
    message = f"no form with action {action!r}"
    raise AssertionError(message)


def here(community: Community, path: str = "") -> str:
    """An address of the community."""
    return f"/c/{community.slug}/{path}"


def send(client: Client, url: str, *, action: str = "", follow: bool = False, **answers: Any) -> Any:
    """Open a page, fill in its form, and send it."""
    data = form_data(client.get(url), action=action) | answers
    return client.post(url, data, follow=follow)


FOUR_ANSWERS = {"category": "food", "when": "today", "household_size": "٥", "phone": "٠٧٩ ١٢٣ ٤٥٦٧"}


def ask(client: Client, community: Community, *, follow: bool = True, **answers: Any) -> Any:
    """The four questions answered, and whatever else is said."""
    return send(client, here(community, "ask/"), follow=follow, **{**FOUR_ANSWERS, **answers})


def pin_of(page: Any) -> str:
    """The PIN that a confirmation shows."""
    found = re.search(r'class="code">(\d{6})<', page.content.decode())
    assert found is not None
    return found.group(1)


def sign_in(client: Client, person: Person) -> Client:
    """Somebody signed in, with a second factor, as roles that see names need one."""
    if not Authenticator.objects.filter(user=person, type=Authenticator.Type.TOTP).exists():
        TOTP.activate(person, "JBSWY3DPEHPK3PXP")
    client.force_login(person)
    return client


def open_page(client: Client, community: Community, asked: Asked) -> str:
    """Open the page of a request with number and PIN; gives its address."""
    answer = send(client, here(community, "track/"), number=str(asked.request.number), pin=asked.pin)
    assert answer.status_code == 302
    return str(answer.headers["Location"])


def page_of(client: Client, url: str) -> str:
    """The text of a page that opens."""
    answer = client.get(url)
    assert answer.status_code == 200
    return str(answer.content.decode())
