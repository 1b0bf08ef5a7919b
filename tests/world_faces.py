"""界面的演练: a browser of one post at one moment, and the forms it sends."""

from __future__ import annotations

from uuid import uuid4

from django.test import Client

from zhenggai.apps.ledger.models import Item
from zhenggai.apps.parties.models import Person
from zhenggai.apps.trail import clock

BACKEND = "zhenggai.apps.parties.access.PersonBackend"


def own_home(settings, tmp_path) -> None:
    """Give a test folders of its own, as an installation has them."""
    settings.HOME = tmp_path
    settings.STATIC_ROOT = tmp_path / "static"
    settings.STATIC_ROOT.mkdir()


def at(monkeypatch, moment) -> None:
    """Let the installation's clock stand at a moment."""
    monkeypatch.setattr(clock, "now", lambda: moment)


def browser(post: str = "") -> Client:
    """Give the browser of a post's holder; of the public when no post is named."""
    client = Client()
    if post:
        client.force_login(Person.objects.get(login=post), backend=BACKEND)
    return client


def press(client: Client, address: str, **fields):
    """Send a form as a page would, with an act id of its own unless one is given."""
    return client.post(address, {"act": str(uuid4()), **fields})


def page(response) -> str:
    """The words of an answer."""
    return response.content.decode()


def version_of(code: str) -> str:
    """The version of an item that a form drawn now would carry."""
    return str(Item.objects.values_list("version", flat=True).get(code=code))


def do(client: Client, code: str, verb: str, **fields):
    """Send one form of an item as its page would send it now."""
    said = {"version": version_of(code), **fields}
    return press(client, f"/console/ledger/{code}/{verb}/", **said)


def done(client: Client, code: str, verb: str, **fields):
    """Send one form of an item and see that it was done."""
    answer = do(client, code, verb, **fields)
    assert answer.status_code == 303, page(answer)
    return answer


def refused(client: Client, code: str, verb: str, **fields) -> str:
    """Send one form of an item and give the words with which it was refused."""
    answer = do(client, code, verb, **fields)
    assert answer.status_code == 409, page(answer)
    assert 'class="remedy"' in page(answer)
    return page(answer)


def shown(post: str, code: str) -> str:
    """An item's page as a post sees it."""
    return page(browser(post).get(f"/console/ledger/{code}/"))
