"""Asks this machine's web server whether it is ready: for `make run` and container health."""

import http.client
import json
import os
import sys

TIMEOUT_SECONDS = 5.0


def unreadiness(
    port: int, *, path: str = "/readyz", timeout: float = TIMEOUT_SECONDS
) -> str | None:
    """Answer None where the server says that it is ready, else why not in a sentence."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=timeout)
    try:
        connection.request("GET", path, headers={"Host": _own_host()})
        response = connection.getresponse()
        body = response.read()
    except (OSError, http.client.HTTPException) as fault:
        return f"The web server on port {port} does not answer ({fault})."
    finally:
        connection.close()
    if response.status == http.client.OK:
        return None
    return f"{path} answers {response.status}: {_detail(body)}"


def _own_host() -> str:
    """A name that the portal answers to: a probe is no reason to accept others."""
    for name in os.environ.get("ALLOWED_HOSTS", "").split(","):
        if (host := name.strip()) and "*" not in host:
            return host.lstrip(".")
    return "127.0.0.1"


def _detail(body: bytes) -> str:
    try:
        return str(json.loads(body)["detail"])
    except (ValueError, KeyError, TypeError):
        return body[:200].decode("utf-8", "replace")


def main() -> None:
    reason = unreadiness(int(os.environ.get("GRANIAN_PORT", "8000")))
    if reason is not None:
        sys.exit(reason)


if __name__ == "__main__":
    main()
