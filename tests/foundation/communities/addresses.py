"""Addresses of a community, and the token that each form carries."""

import re

from django.urls import reverse

PHONE = "+962790000001"


def url(name, *args):
    return reverse(name, args=["olive", *args])


def form_token(page):
    found = re.search(r'name="form_token" value="([^"]+)"', page.content.decode())
    assert found
    return found[1]
