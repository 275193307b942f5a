"""An action at the desk as people do it: first looked at, then confirmed as it was shown."""

from typing import Any

from bs4 import BeautifulSoup
from django.test import Client


def confirm(client: Client, url: str, form: dict[str, Any], **more: Any) -> Any:
    """Post the preview, then confirm with its mark; answer the preview where it was refused."""
    shown = client.post(url, form | {"desk_step": "preview"}, **more)
    seen = mark_on(shown)
    if seen is None:
        return shown
    return client.post(url, form | {"desk_step": "confirm", "desk_seen": seen}, **more)


def mark_on(response: Any) -> str | None:
    """Answer the mark of what a preview shows, None where it is no preview."""
    field = BeautifulSoup(response.content, "html.parser").select_one("input[name=desk_seen]")
    return None if field is None else str(field["value"])
