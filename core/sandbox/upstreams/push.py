"""Stand-in: a browser maker's push service (RFC 8030). It cannot read what it is given.

A browser whose name begins with `gone` has unsubscribed. A message with the topic of an earlier one
takes its place, as long as no browser has fetched that: here, always.
"""

from core.sandbox.upstreams.serving.contract import Answer, Postbox, Sent

TEXT = "text/plain;charset=UTF-8"
CREATED, BAD, GONE = 201, 400, 410
MOST_BYTES = 4096


class PushService:
    def __init__(self) -> None:
        self.taken: list[dict[str, object]] = []

    def answer(self, sent: Sent) -> Answer:
        name = sent.target.segments[-1] if sent.target.segments else ""
        headers = sent.headers
        is_whole = (
            sent.method == "POST"
            and headers.get("authorization", "").startswith("vapid t=")
            and headers.get("content-encoding") == "aes128gcm"
            and headers.get("ttl", "").isdigit()
            and len(sent.body) <= MOST_BYTES
        )
        if not is_whole:
            return Answer(TEXT, b"", BAD)
        if name.startswith("gone"):
            return Answer(TEXT, b"", GONE)
        topic = headers.get("topic", "")
        others = [
            one for one in self.taken if not topic or (one["to"], one["topic"]) != (name, topic)
        ]
        self.taken = [*others, {"to": name, "topic": topic, "sealed": sent.body}]
        return Answer(TEXT, b"", CREATED)


UPSTREAM = Postbox("push_service", "push", PushService)
