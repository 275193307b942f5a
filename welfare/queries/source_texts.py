"""Texts of the publishers where there is room for one line only: no bullets, no line ends."""

import re

PHONE = re.compile(r"0\d{1,2}-\d{3,4}-\d{4}|1\d{3}-\d{4}|1\d{2}")
BULLET = re.compile(r"^[○●◦▪■□◆◇▶▷•ㅇ*-]+\s*")
# What ends with one of these needs no comma before what follows.
PAUSES = (".", ",", ":", ";", "?", "!")


def on_one_line(text: str) -> str:
    lines = [BULLET.sub("", line.strip()) for line in text.splitlines()]
    told = ""
    for line in filter(None, lines):
        between = "" if not told else " " if told.endswith(PAUSES) else ", "
        told += between + line
    return told


def asked_at(contact: str) -> str:
    """Answer who can be asked, of gov24's `office/number` the number behind a blank."""
    lines = []
    for line in contact.splitlines():
        name, _slash, number = line.rpartition("/")
        lines.append(f"{name} {number}".strip() if PHONE.fullmatch(number) else line)
    return "\n".join(lines)
