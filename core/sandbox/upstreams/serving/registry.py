"""Finds the upstreams: every module beside this package must declare one."""

import pkgutil
from collections.abc import Iterable
from importlib import import_module

from core.sandbox.upstreams.serving.contract import Postbox, Upstream

HOME = "core.sandbox.upstreams"


class BadUpstream(Exception):
    """An upstream file is silent, or speaks under a name that is taken."""


def all_upstreams() -> tuple[Upstream | Postbox, ...]:
    home = import_module(HOME)
    names = sorted(found.name for found in pkgutil.iter_modules(home.__path__) if not found.ispkg)
    return accepted(
        (name, getattr(import_module(f"{HOME}.{name}"), "UPSTREAM", None)) for name in names
    )


def accepted(declared: Iterable[tuple[str, object]]) -> tuple[Upstream | Postbox, ...]:
    upstreams: dict[str, Upstream | Postbox] = {}
    for module, upstream in declared:
        if not isinstance(upstream, Upstream | Postbox):
            raise BadUpstream(f"{module}.py declares no UPSTREAM")
        if upstream.name in upstreams:
            raise BadUpstream(
                f"{module}.py declares {upstream.name}, which another file already is"
            )
        upstreams[upstream.name] = upstream
    return tuple(upstreams.values())
