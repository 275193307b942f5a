"""Seals what goes to a browser, and signs who sends it (RFC 8291, RFC 8188, RFC 8292).

Of our own, in cryptography's words: the known library for it brings two HTTP clients along and
takes none of ours, so that time-outs, tests and the guard against foreign hosts would not hold.
Checked against the example of RFC 8291.
"""

import base64
import json
import os

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

CURVE = ec.SECP256R1()
RECORD_SIZE = 4096
SALT_BYTES = 16
LAST_RECORD = b"\x02"
COORDINATE_BYTES = 32


def seal(
    text: bytes,
    *,
    key: str,
    secret: str,
    own_key: ec.EllipticCurvePrivateKey | None = None,
    salt: bytes = b"",
) -> bytes:
    """Answer the body of a push request; `key` and `secret` are the browser's p256dh and auth.

    A key pair and a salt are made for each message; only tests give their own. Raises ValueError
    where the browser's key is none.
    """
    own_key = own_key or ec.generate_private_key(CURVE)
    salt = salt or os.urandom(SALT_BYTES)
    browsers = unb64(key)
    shared = own_key.exchange(
        ec.ECDH(), ec.EllipticCurvePublicKey.from_encoded_point(CURVE, browsers)
    )
    own = point_of(own_key.public_key())
    material = _derive(shared, unb64(secret), b"WebPush: info\x00" + browsers + own, 32)
    content_key = _derive(material, salt, b"Content-Encoding: aes128gcm\x00", 16)
    nonce = _derive(material, salt, b"Content-Encoding: nonce\x00", 12)
    sealed = AESGCM(content_key).encrypt(nonce, text + LAST_RECORD, None)
    return salt + RECORD_SIZE.to_bytes(4, "big") + bytes([len(own)]) + own + sealed


def sign(private_key: str, *, audience: str, contact: str, expires: int) -> str:
    """Answer the Authorization header that says who sends; `expires` in seconds since 1970."""
    own_key = key_of(private_key)
    claims = {"aud": audience, "exp": expires, "sub": contact}
    signed = f"{_json({'typ': 'JWT', 'alg': 'ES256'})}.{_json(claims)}"
    pair = decode_dss_signature(own_key.sign(signed.encode(), ec.ECDSA(hashes.SHA256())))
    mark = b"".join(number.to_bytes(COORDINATE_BYTES, "big") for number in pair)
    return f"vapid t={signed}.{b64(mark)}, k={public_key_of(private_key)}"


def public_key_of(private_key: str) -> str:
    """Answer what browsers are told when they subscribe (applicationServerKey)."""
    return b64(point_of(key_of(private_key).public_key()))


def key_of(private_key: str) -> ec.EllipticCurvePrivateKey:
    return ec.derive_private_key(int.from_bytes(unb64(private_key), "big"), CURVE)


def point_of(key: ec.EllipticCurvePublicKey) -> bytes:
    return key.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)


def b64(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def unb64(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def _derive(material: bytes, salt: bytes, info: bytes, length: int) -> bytes:
    return HKDF(algorithm=hashes.SHA256(), length=length, salt=salt, info=info).derive(material)


def _json(value: dict[str, object]) -> str:
    return b64(json.dumps(value, separators=(",", ":")).encode())
