"""Sign-in through Kakao, Naver and Google: each is there once its keys are, and only then."""

from typing import Any

from seoul_portal.env import Environment, SettingRefused

# What is asked of each, and by which addresses a sign-in there may pass: no name, no picture.
PROVIDERS: dict[str, dict[str, Any]] = {
    "kakao": {
        "scope": ["account_email"],
        "origins": ("https://kauth.kakao.com", "https://accounts.kakao.com"),
    },
    "naver": {"scope": [], "origins": ("https://nid.naver.com",)},
    "google": {"scope": ["openid", "email"], "origins": ("https://accounts.google.com",)},
}


def providers(env: Environment) -> dict[str, dict[str, Any]]:
    """Answer allauth's setting for the providers that have keys."""
    keys = {
        "kakao": (env.text("KAKAO_CLIENT_ID", ""), env.text("KAKAO_CLIENT_SECRET", "")),
        "naver": (env.text("NAVER_CLIENT_ID", ""), env.text("NAVER_CLIENT_SECRET", "")),
        "google": (env.text("GOOGLE_CLIENT_ID", ""), env.text("GOOGLE_CLIENT_SECRET", "")),
    }
    found = {}
    for name, (client_id, secret) in keys.items():
        if bool(client_id) is not bool(secret):
            raise SettingRefused(
                f"{name.upper()}_CLIENT_ID and {name.upper()}_CLIENT_SECRET belong together; "
                "one of them is missing."
            )
        if client_id:
            found[name] = {
                "APPS": [{"client_id": client_id, "secret": secret, "key": ""}],
                "SCOPE": PROVIDERS[name]["scope"],
            }
    return found


def origins(found: dict[str, dict[str, Any]]) -> list[str]:
    return [origin for name in found for origin in PROVIDERS[name]["origins"]]
