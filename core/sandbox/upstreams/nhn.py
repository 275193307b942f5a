"""Stand-in: NHN Cloud's short messages (SMS v3.0) and AlimTalk (KakaoTalk Bizmessage v2.3).

Keeps what it was given and lists it again, as the service does; no telephone rings. Where the
documentation is silent: a number that ends in 9999 is refused, with code -1.
"""

import itertools
import json
import time
from collections.abc import Mapping
from typing import Any

from core.sandbox.upstreams.serving.contract import Answer, Postbox, Sent

JSON = "application/json;charset=UTF-8"
TAKEN, REFUSED, NO_SECRET, DUPLICATE = 0, -1, -1001, -1005
REMEMBERED_SECONDS = 600
MOST_KEPT = 10_000
UNKNOWN_ENDING = "9999"


class Nhn:
    def __init__(self) -> None:
        self.taken: list[dict[str, object]] = []
        self._numbers = itertools.count(1)
        self._keys: dict[str, float] = {}

    def answer(self, sent: Sent) -> Answer:
        match sent.target.segments:
            case ("sms", "v3.0", "appKeys", _, "sender", "sms" | "mms" as kind):
                return self._of_sms(sent, kind)
            case ("alimtalk", "v2.3", "appkeys", _, "messages"):
                return self._of_alimtalk(sent)
        return Answer(JSON, b"{}", 404)

    def _of_sms(self, sent: Sent, kind: str) -> Answer:
        if not sent.headers.get("x-secret-key"):
            return told(NO_SECRET)
        if sent.method == "GET":
            return told(TAKEN, body={"data": self._listed(kind, sent.target.query)})
        asked = json.loads(sent.body)
        results = self._take(kind, asked, {"text": asked["body"], "title": asked.get("title", "")})
        data = {"requestId": f"r{next(self._numbers)}", "sendResultList": results}
        return told(TAKEN, body={"data": data | {"statusCode": "2"}})

    def _of_alimtalk(self, sent: Sent) -> Answer:
        if not sent.headers.get("x-secret-key"):
            return told(NO_SECRET)
        if sent.method == "GET":
            messages = self._listed("alimtalk", sent.target.query)
            found = {"messages": messages, "totalCount": len(messages)}
            return told(TAKEN, messageSearchResultResponse=found)
        if self._is_known(sent.headers.get("x-nc-api-idempotency-key", "")):
            return told(DUPLICATE)
        asked = json.loads(sent.body)
        results = self._take("alimtalk", asked, {"template": asked["templateCode"]})
        message = {"requestId": f"r{next(self._numbers)}", "sendResults": results}
        return told(TAKEN, message=message)

    def _take(
        self, kind: str, asked: dict[str, Any], words: Mapping[str, object]
    ) -> list[dict[str, object]]:
        results = []
        for place, one in enumerate(asked["recipientList"], start=1):
            number, key = one["recipientNo"], one.get("recipientGroupingKey", "")
            is_known = not number.endswith(UNKNOWN_ENDING)
            if is_known:
                filled = one.get("templateParameter", {})
                kept = {"kind": kind, "to": number, "key": key, "variables": filled, **words}
                self.taken = [*self.taken, kept][-MOST_KEPT:]
            results.append(
                {
                    "recipientNo": number,
                    "recipientSeq": place,
                    "recipientGroupingKey": key,
                    "resultCode": TAKEN if is_known else REFUSED,
                    "resultMessage": "SUCCESS" if is_known else "FAIL",
                }
            )
        return results

    def _listed(self, kind: str, query: Mapping[str, str]) -> list[dict[str, object]]:
        key = query.get("recipientGroupingKey")
        return [
            {"recipientNo": one["to"], "recipientGroupingKey": one["key"]}
            for one in self.taken
            if one["kind"] == kind and key in (None, one["key"])
        ]

    def _is_known(self, key: str) -> bool:
        now = time.monotonic()
        is_known = now - self._keys.get(key, -REMEMBERED_SECONDS) < REMEMBERED_SECONDS
        if key and not is_known:
            self._keys[key] = now
        return bool(key) and is_known


def told(code: int, **rest: object) -> Answer:
    header = {
        "isSuccessful": code == TAKEN,
        "resultCode": code,
        "resultMessage": "SUCCESS" if code == TAKEN else "FAIL",
    }
    return Answer(JSON, json.dumps({"header": header, **rest}).encode())


UPSTREAM = Postbox("nhn_messages", "nhn", Nhn)
