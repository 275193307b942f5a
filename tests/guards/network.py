"""No test reaches past this machine: the address is named, and a swallowed attempt fails too."""

import ipaddress
import socket
from typing import Any

attempts: list[str] = []


class NetworkForbidden(RuntimeError):
    """A test tried to reach another machine."""


def install() -> None:
    for name in ("connect", "connect_ex"):
        setattr(socket.socket, name, _guarded(getattr(socket.socket, name)))
    real_getaddrinfo = socket.getaddrinfo

    def getaddrinfo(host: Any, *args: Any, **kwargs: Any) -> Any:
        _refuse_unless_local(host)
        return real_getaddrinfo(host, *args, **kwargs)

    socket.getaddrinfo = getaddrinfo


def _guarded(connect: Any) -> Any:
    def guarded(self: socket.socket, address: Any) -> Any:
        if self.family in (socket.AF_INET, socket.AF_INET6):
            _refuse_unless_local(address[0], address)
        return connect(self, address)

    return guarded


def _refuse_unless_local(host: Any, address: Any = None) -> None:
    name = host.decode() if isinstance(host, bytes) else host
    if name in (None, "", "localhost", socket.gethostname()):
        return
    try:
        if ipaddress.ip_address(name).is_loopback:
            return
    except ValueError:
        pass
    attempts.append(str(address or name))
    raise NetworkForbidden(f"A test tried to reach {address or name}; only loopback is allowed.")
