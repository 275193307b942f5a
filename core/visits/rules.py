"""Who is counted: people, as far as a program says that it is one."""

import re

ROBOT = re.compile(
    r"bot|crawl|spider|slurp|yeti|facebookexternalhit|curl|wget|python|go-http", re.I
)


def is_robot(agent: str) -> bool:
    """Say whether a User-Agent names a program; one that hides is counted as a person."""
    return not agent or ROBOT.search(agent) is not None
