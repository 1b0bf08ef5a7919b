"""任职: ``zhenggai seat POST LOGIN`` gives a person an account and a post from today on.

The word to log in is asked for at the keyboard, or read from what is piped in; it is never an
argument, where other people of the machine would see it.
"""

from __future__ import annotations

import sys
from getpass import getpass
from typing import TYPE_CHECKING
from uuid import uuid4

from zhenggai.faces.cli.installation import wake
from zhenggai.kernel.verdict import Reason, Refused

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace


def add_arguments(parser: ArgumentParser) -> None:
    """Declare what the command takes."""
    parser.add_argument("post", metavar="POST", help="岗位编号，见城市规则包 posts.csv")
    parser.add_argument("login", metavar="LOGIN", help="账号")
    parser.add_argument("--name", default="", help="姓名；账号已开立时不写")


def run(options: Namespace) -> int:
    """Enrol the person where a name is given, and seat them."""
    wake()
    from zhenggai.apps.parties.actions import enrol, seat  # noqa: PLC0415 - chapters awake
    from zhenggai.apps.trail import clock  # noqa: PLC0415 - same
    from zhenggai.apps.trail.acts import Act, Via  # noqa: PLC0415 - same

    now = clock.now()
    if options.name:
        act = Act(uuid4(), "system", "system", now, Via.CLI)
        enrol(options.login, options.name, _encoded(), act=act)
    act = Act(uuid4(), "system", "system", now, Via.CLI)
    seat(options.post, options.login, now.date(), act=act)
    print(f"{options.login}自{now:%Y-%m-%d}起任{options.post}")
    return 0


def _encoded() -> str:
    """Ask for a word to log in, hold it against the rules, and return it hashed and salted."""
    from django.contrib.auth.hashers import make_password  # noqa: PLC0415 - chapters awake
    from django.contrib.auth.password_validation import (  # noqa: PLC0415 - same
        validate_password,
    )
    from django.core.exceptions import ValidationError  # noqa: PLC0415 - same

    word = getpass("口令：") if sys.stdin.isatty() else sys.stdin.readline().rstrip("\n")
    try:
        validate_password(word)
    except ValidationError as error:
        text = f"口令不合要求：{'；'.join(error.messages)}"
        raise Refused(Reason("weak-word", text, "换一个口令")) from None
    return make_password(word)
