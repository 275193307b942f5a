"""`make letter`: shows the newest letter in the outbox, as whoever gets it reads it.

A file names another one: `python -m core.sandbox.letter var/outbox/<name>.eml`.
"""

import sys
from email import message_from_bytes, policy
from pathlib import Path

from core.sandbox import engines

HEADERS = ("Date", "From", "To", "Subject")


def newest_letter(folder: Path) -> Path | None:
    """Answer what was written last; of a folder that is not there yet, nothing."""
    written = [(path.stat().st_mtime_ns, path.name, path) for path in folder.glob("*.eml")]
    return max(written)[2] if written else None


def told(path: Path) -> str:
    """Answer a letter in plain words: who wrote to whom and when, and the text."""
    letter = message_from_bytes(path.read_bytes(), policy=policy.default)
    text = letter.get_body(preferencelist=("plain",))
    lines = [f"{name}: {letter[name]}" for name in HEADERS if letter[name]]
    return "\n".join([str(path), "", *lines, "", text.get_content() if text else ""])


def main(*names: str) -> int:
    path = Path(names[0]) if names else newest_letter(engines.var_dir() / "outbox")
    if path is None or not path.is_file():
        sys.stderr.write(f"There is no letter at {path or engines.var_dir() / 'outbox'}.\n")
        return 1
    sys.stdout.write(told(path))
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
