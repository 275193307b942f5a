"""Finds what residents read in sources and templates, and holds the translation against it."""

import ast
import io
import re
import tokenize
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import polib
from django.utils.translation.template import templatize

SKIPPED = frozenset(
    {".venv", "node_modules", "var", "tests", "locale", ".git", "migrations", "static"}
)
CALLS = {
    "_": "gettext",
    **{
        name + lazy: name
        for name in ("gettext", "ngettext", "pgettext", "npgettext")
        for lazy in ("", "_lazy")
    },
}
CALL_START = re.compile(r"(?<![\w.])(_|n?p?gettext)\(")
PLACEHOLDER = re.compile(r"%\(\w+\)[a-z]|%[sd]|\{\w*\}")


@dataclass(frozen=True, slots=True)
class Message:
    """One text as gettext knows it: its words, its plural and its context."""

    text: str
    plural: str = ""
    context: str = ""


def messages_of(root: Path) -> dict[Message, str]:
    """Answer every message of the product, each with the file that says it."""
    found: dict[Message, str] = {}
    for path in sorted((*root.rglob("*.py"), *root.rglob("*.html"), *root.rglob("*.txt"))):
        inside = path.relative_to(root)
        if SKIPPED.isdisjoint(inside.parts):
            for message in messages_in(path):
                found.setdefault(message, str(inside))
    return found


def messages_in(path: Path) -> Iterator[Message]:
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".py":
        yield from _calls_in(text)
    elif "templates" in path.parts:
        yield from _calls_in_template(text, str(path))


def _calls_in(source: str) -> Iterator[Message]:
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call):
            name = getattr(node.func, "id", getattr(node.func, "attr", ""))
            words = [_constant(argument) for argument in node.args]
            if (kind := CALLS.get(name)) and words and words[0]:
                yield _message(kind, [word for word in words if word])


def _calls_in_template(text: str, origin: str) -> Iterator[Message]:
    # Django turns a template into text full of gettext calls, with X for all the rest.
    code = templatize(text, origin=origin)
    for start in CALL_START.finditer(code):
        yield from _calls_in(_balanced(code[start.start() :]))


def _balanced(code: str) -> str:
    """Answer the call that `code` begins with, up to the bracket that closes it."""
    depth = 0
    for token in tokenize.generate_tokens(io.StringIO(code).readline):
        depth += {"(": 1, ")": -1}.get(token.string, 0)
        if token.string == ")" and depth == 0:
            lines = code.splitlines(keepends=True)
            return "".join(lines[: token.end[0] - 1]) + lines[token.end[0] - 1][: token.end[1]]
    raise ValueError(f"a bracket is not closed: {code[:60]}")


def _constant(node: ast.expr) -> str:
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""


def _message(kind: str, words: list[str]) -> Message:
    if kind == "npgettext":
        return Message(words[1], plural=words[2], context=words[0])
    if kind == "pgettext":
        return Message(words[1], context=words[0])
    if kind == "ngettext":
        return Message(words[0], plural=words[1])
    return Message(words[0])


def complaints(catalogue: polib.POFile, found: dict[Message, str]) -> Iterator[str]:
    """Say, a sentence each, what is missing, unsure, left over or inconsistent in a translation."""
    held = {_key(entry): entry for entry in catalogue if not entry.obsolete}
    for message, where in found.items():
        entry = held.get(message)
        if entry is None:
            yield f"{where}: “{message.text}” is not in the translation file (see make fix)."
        elif "fuzzy" in entry.flags:
            yield f"{where}: the translation of “{message.text}” is marked as a guess (fuzzy)."
        elif not entry.translated():
            yield f"{where}: “{message.text}” has no translation."
        else:
            yield from _placeholder_complaints(entry)
    for message in held.keys() - found.keys():
        yield f"“{message.text}” is translated but said nowhere (make fix takes it out)."


def _placeholder_complaints(entry: polib.POEntry) -> Iterator[str]:
    yield from _unknown_placeholders(entry)
    wanted = _placeholders(entry)
    if not entry.msgid_plural and (lost := wanted - set(PLACEHOLDER.findall(entry.msgstr))):
        yield f"The translation of “{entry.msgid}” loses {sorted(lost)}."


def _unknown_placeholders(entry: polib.POEntry) -> Iterator[str]:
    for said in entry.msgstr_plural.values() or [entry.msgstr]:
        if unknown := set(PLACEHOLDER.findall(said)) - _placeholders(entry):
            yield f"The translation of “{entry.msgid}” uses {sorted(unknown)}, not given to it."


def _placeholders(entry: polib.POEntry) -> set[str]:
    return set(PLACEHOLDER.findall(entry.msgid)) | set(PLACEHOLDER.findall(entry.msgid_plural))


def borrowed_complaints(catalogue: polib.POFile, said: set[str]) -> Iterator[str]:
    """Say what is wrong with our words for what libraries say; `said` is all that they say."""
    for entry in catalogue:
        if entry.msgid not in said:
            yield f"“{entry.msgid}” is said by no library any more."
        elif not entry.translated():
            yield f"“{entry.msgid}” has no words of ours."
        yield from _unknown_placeholders(entry)


def refresh(catalogue: polib.POFile, found: dict[Message, str]) -> None:
    """Put in what is said and missing, without a translation; take out what is said no more."""
    held = {_key(entry): entry for entry in catalogue}
    for message, entry in held.items():
        if message not in found or entry.obsolete:
            catalogue.remove(entry)
    for message in found.keys() - held.keys():
        plural = {0: "", 1: ""} if message.plural else {}
        flags = ["python-format"] if re.search(r"%\(\w+\)[a-z]|%[sd]", message.text) else []
        catalogue.append(
            polib.POEntry(
                msgid=message.text,
                msgid_plural=message.plural,
                msgctxt=message.context or None,
                msgstr_plural=plural,
                flags=flags,
            )
        )
    catalogue.sort(key=lambda entry: (entry.msgid, entry.msgctxt or ""))


def _key(entry: polib.POEntry) -> Message:
    return Message(entry.msgid, plural=entry.msgid_plural or "", context=entry.msgctxt or "")
