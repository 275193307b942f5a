"""`python -m core.sandbox.one_time_code SECRET`: what an authenticator app shows now (RFC 6238)."""

import base64
import hashlib
import hmac
import struct
import sys
import time

PERIOD, DIGITS = 30, 6


def one_time_code(secret: str, *, at: float) -> str:
    """Answer the code of a secret (base32, blanks do no harm) at a time (seconds since 1970)."""
    key = base64.b32decode("".join(secret.split()), casefold=True)
    mark = hmac.new(key, struct.pack(">Q", int(at // PERIOD)), hashlib.sha1).digest()
    start = mark[-1] & 0x0F
    (number,) = struct.unpack(">I", mark[start : start + 4])
    return f"{(number & 0x7FFF_FFFF) % 10**DIGITS:0{DIGITS}}"


if __name__ == "__main__":
    now = time.time()
    code = one_time_code("".join(sys.argv[1:]), at=now)
    sys.stdout.write(f"{code}\n")
    sys.stderr.write(f"for {PERIOD - int(now % PERIOD)} seconds\n")
