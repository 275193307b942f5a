"""Asks providers over HTTP: one client a process, and what an answer's status means to us."""

from functools import cache
from typing import Any

import httpx

from core.notices.channels.contract import Undelivered

# A worker waits no longer than this: a claim must outlast a whole batch of such waits.
SECONDS = 10.0
REFUSED, TOO_MANY = 400, 429


@cache
def shared_client() -> httpx.Client:
    return httpx.Client(timeout=SECONDS, follow_redirects=False)


def ask(client: httpx.Client | None, method: str, url: str, **kwargs: Any) -> httpx.Response:
    """Answer what came back, whatever its status; Undelivered (not for good) where nothing did."""
    try:
        return (client or shared_client()).request(method, url, **kwargs)
    except httpx.TimeoutException as fault:
        raise Undelivered("발송 업체가 제때 답하지 않았습니다.") from fault
    except httpx.HTTPError as fault:
        raise Undelivered("발송 업체와의 연결이 끊겼습니다.") from fault


def ask_json(client: httpx.Client | None, method: str, url: str, **kwargs: Any) -> dict[str, Any]:
    """Answer the object that came back; Undelivered (not for good) for anything else."""
    response = ask(client, method, url, **kwargs)
    if response.status_code == TOO_MANY:
        raise Undelivered("발송 업체가 호출이 잦다고 답했습니다(429).")
    if response.status_code >= REFUSED:
        raise Undelivered(f"발송 업체의 서버에 오류가 있습니다({response.status_code}).")
    try:
        answer = response.json()
    except ValueError as fault:
        raise Undelivered("발송 업체의 답을 읽을 수 없습니다.") from fault
    if not isinstance(answer, dict):
        raise Undelivered("발송 업체의 답을 읽을 수 없습니다.")
    return answer
