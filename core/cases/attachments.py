"""Hands a file out: always as a download, never shown by the browser as a page of ours."""

from django.http import FileResponse

from core.cases.models import Attachment


def as_download(kept: Attachment) -> FileResponse:
    """Answer the file; whoever calls has judged who may read it."""
    response = FileResponse(
        kept.file.open("rb"),
        as_attachment=True,
        filename=kept.filename,
        content_type=kept.media_type,
    )
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response.headers["Cache-Control"] = "private, no-store"
    return response
