"""What a page says to machines: JSON-LD, which no script runs and no content policy refuses."""

import json
from typing import Any

from django.utils.safestring import SafeString, mark_safe

# As Django's json_script: nothing in the data can end the element.
ESCAPES = {sign: f"\\u{ord(sign):04X}" for sign in "<>&"}


def json_ld(data: dict[str, Any]) -> SafeString:
    """Answer the element; what is not known (None) is left out."""
    return _element("application/ld+json", _known({"@context": "https://schema.org", **data}))


def data_block(data: dict[str, Any]) -> SafeString:
    """Answer data for a script of ours; unlike Django's `json_script`, Korean stays as it is."""
    return _element("application/json", data)


def _element(kind: str, data: dict[str, Any]) -> SafeString:
    text = json.dumps(data, ensure_ascii=False)
    for sign, instead in ESCAPES.items():  # a hundredth of what `translate` takes
        text = text.replace(sign, instead)
    return mark_safe(f'<script type="{kind}">{text}</script>')  # noqa: S308


def _known(value: Any) -> Any:
    if isinstance(value, dict):
        return {k: _known(v) for k, v in value.items() if v not in (None, "", [], {})}
    return [_known(one) for one in value] if isinstance(value, list) else value
