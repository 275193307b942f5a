"""What a page says to machines: JSON-LD, which no script runs and no content policy refuses."""

import json
from typing import Any

from django.utils.safestring import SafeString, mark_safe

# As Django's json_script: nothing in the data can end the element.
ESCAPES = {ord(sign): f"\\u{ord(sign):04X}" for sign in "<>&"}


def json_ld(data: dict[str, Any]) -> SafeString:
    """Answer the element; what is not known (None) is left out."""
    text = json.dumps(_known({"@context": "https://schema.org", **data}), ensure_ascii=False)
    return mark_safe(  # noqa: S308
        f'<script type="application/ld+json">{text.translate(ESCAPES)}</script>'
    )


def _known(value: Any) -> Any:
    if isinstance(value, dict):
        return {k: _known(v) for k, v in value.items() if v not in (None, "", [], {})}
    return [_known(one) for one in value] if isinstance(value, list) else value
