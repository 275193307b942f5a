"""Short messages and AlimTalk by NHN Cloud's interfaces (SMS v3.0, KakaoTalk Bizmessage v2.3).

Both keep a recipient's grouping key: before a parcel is tried again, their list is asked for its
key. AlimTalk also refuses a second request with the same idempotency key for ten minutes.
"""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import httpx

from core.notices import rules
from core.notices.channels.contract import Address, Letter, Parcel, Undelivered
from core.notices.channels.http import ask_json

DUPLICATE = -1005  # the same X-NC-API-IDEMPOTENCY-KEY within ten minutes
BEFORE, AFTER = datetime.timedelta(hours=1), datetime.timedelta(minutes=5)
TO_THE_MINUTE, TO_THE_SECOND = "%Y-%m-%d %H:%M", "%Y-%m-%d %H:%M:%S"


@dataclass(frozen=True, slots=True)
class Account:
    url: str
    key: str
    secret: str

    @property
    def headers(self) -> dict[str, str]:
        return {"X-Secret-Key": self.secret}


class SmsSender:
    """Up to 90 bytes of EUC-KR are a short message, anything longer a long one with a title."""

    def __init__(
        self, account: Account, *, sender: str, client: httpx.Client | None = None
    ) -> None:
        self._account, self._sender, self._client = account, sender, client

    def send(self, parcel: Parcel, addresses: Sequence[Address]) -> tuple[str, ...]:
        text = rules.as_carriers_write(parcel.letter.short)
        is_short = rules.bytes_of(text) <= rules.SHORT_BYTES
        path = "sms" if is_short else "mms"
        url = f"{self._account.url}/sms/v3.0/appKeys/{self._account.key}/sender/{path}"
        if parcel.was_tried and self._has(url, parcel):
            return ()
        body: dict[str, Any] = {
            "body": text if is_short else rules.cut_to(text, rules.LONG_BYTES),
            "sendNo": self._sender,
            "recipientList": [
                {"recipientNo": number, "recipientGroupingKey": parcel.key.hex}
                for number in addresses
            ],
        }
        if not is_short:
            body["title"] = rules.cut_to(_title(parcel.letter), rules.LONG_TITLE_BYTES)
        answer = ask_json(self._client, "POST", url, json=body, headers=self._account.headers)
        _refuse_unless_taken(answer)
        data = (answer.get("body") or {}).get("data") or {}
        return _dead(data.get("sendResultList") or [])

    def _has(self, url: str, parcel: Parcel) -> bool:
        answer = ask_json(
            self._client, "GET", url, params=_since(parcel, TO_THE_SECOND),
            headers=self._account.headers,
        )  # fmt: skip
        _refuse_unless_taken(answer)
        return bool((answer.get("body") or {}).get("data"))


class AlimTalkSender:
    """Kakao keeps the words; sent are the template's code and what fills it."""

    def __init__(
        self, account: Account, *, sender: str, client: httpx.Client | None = None
    ) -> None:
        self._account, self._sender, self._client = account, sender, client

    def send(self, parcel: Parcel, addresses: Sequence[Address]) -> tuple[str, ...]:
        url = f"{self._account.url}/alimtalk/v2.3/appkeys/{self._account.key}/messages"
        if parcel.was_tried and self._has(url, parcel):
            return ()
        body = {
            "senderKey": self._sender,
            "templateCode": parcel.letter.template,
            "recipientList": [
                {
                    "recipientNo": number,
                    "templateParameter": dict(parcel.letter.variables or {}),
                    "resendParameter": {"isResend": False},
                    "recipientGroupingKey": parcel.key.hex,
                }
                for number in addresses
            ],
        }
        answer = ask_json(
            self._client, "POST", url, json=body,
            headers={**self._account.headers, "X-NC-API-IDEMPOTENCY-KEY": parcel.key.hex},
        )  # fmt: skip
        if _code(answer) == DUPLICATE:
            return ()
        _refuse_unless_taken(answer)
        return _dead((answer.get("message") or {}).get("sendResults") or [])

    def _has(self, url: str, parcel: Parcel) -> bool:
        answer = ask_json(
            self._client, "GET", url, params=_since(parcel, TO_THE_MINUTE),
            headers=self._account.headers,
        )  # fmt: skip
        _refuse_unless_taken(answer)
        return bool((answer.get("messageSearchResultResponse") or {}).get("messages"))


def _title(letter: Letter) -> str:
    return rules.as_carriers_write(letter.subject)


def _since(parcel: Parcel, form: str) -> dict[str, str]:
    """Ask for the parcel's key among what was handed over since it was due, in Korean time."""
    return {
        "startRequestDate": (parcel.due_at - BEFORE).astimezone(rules.SEOUL).strftime(form),
        "endRequestDate": (parcel.now + AFTER).astimezone(rules.SEOUL).strftime(form),
        "recipientGroupingKey": parcel.key.hex,
    }


def _code(answer: dict[str, Any]) -> int:
    header = answer.get("header")
    return int(header.get("resultCode", 0)) if isinstance(header, dict) else 0


def _refuse_unless_taken(answer: dict[str, Any]) -> None:
    """A whole request is refused for our own key, number or template: staff must mend that."""
    header = answer.get("header")
    if not isinstance(header, dict) or header.get("isSuccessful") is not True:
        raise Undelivered(f"발송 업체가 요청을 받지 않았습니다({_code(answer)}).")


def _dead(results: list[dict[str, Any]]) -> tuple[str, ...]:
    """Answer the numbers that were refused one by one; Undelivered where that is all of them."""
    refused = [one for one in results if one.get("resultCode") != 0]
    numbers = tuple(str(one.get("recipientNo", "")) for one in refused)
    if refused and len(refused) == len(results):
        raise Undelivered(
            f"발송 업체가 이 번호로는 보낼 수 없다고 답했습니다({refused[0].get('resultCode')}).",
            is_final=True,
            dead=numbers,
        )
    return numbers
