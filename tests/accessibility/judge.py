"""Judges the markup of one page by the clauses of KWCAG 2.2 that markup alone can break."""

import re
from collections import Counter
from collections.abc import Iterator

from bs4 import BeautifulSoup, NavigableString, Tag

UNLABELLED_TYPES = {"hidden", "submit", "button", "reset", "image"}
HANGUL = re.compile(r"[가-힣ㄱ-ㅎㅏ-ㅣ]")
READ_ALOUD = ("alt", "aria-label", "aria-description", "placeholder", "title")
HEADINGS = ["h1", "h2", "h3", "h4", "h5", "h6"]


def faults_of(html: str, language: str) -> list[str]:
    """Answer one sentence for each fault, with the number of the clause it breaks."""
    page = BeautifulSoup(html, "html.parser")
    checks = (
        _language(page, language),
        _foreign_words(page, language),
        _titles(page),
        _landmarks(page),
        _labels(page),
        _pictures(page),
        _words_on_controls(page),
        _tables(page),
        _identifiers(page),
        _time(page),
    )
    return [fault for check in checks for fault in check]


def _language(page: BeautifulSoup, language: str) -> Iterator[str]:
    said = page.html.get("lang") if page.html else None
    if said != language:
        yield f"7.1.1 the page says its language is {said!r}, it is {language!r}"


def _foreign_words(page: BeautifulSoup, language: str) -> Iterator[str]:
    """Korean on another language's page says that it is Korean; a text nobody translated does not.

    What cannot say so is passed by: the page's title and description, and in attributes all but
    the words that are read aloud. `value` is what somebody typed, or a name that an address takes.
    """
    if language == "ko" or page.body is None:
        return
    for text in page.body.find_all(string=HANGUL):
        if type(text) is NavigableString and not _is_korean(text.parent):
            yield f"7.1.1 Korean words do not say that they are: {text.strip()[:60]!r}"
    for attribute in READ_ALOUD:
        for tag in page.body.find_all(attrs={attribute: HANGUL}):
            if not _is_korean(tag):
                yield f"7.1.1 {attribute} is Korean and does not say so: {_short(tag)}"


def _is_korean(tag: Tag | None) -> bool:
    said = tag.find_parent(lang=True) if tag and not tag.get("lang") else tag
    return bool(said and said.get("lang") == "ko")


def _titles(page: BeautifulSoup) -> Iterator[str]:
    if page.title is None or not page.title.get_text(strip=True):
        yield "6.4.2 the page has no title"
    ranks = [int(heading.name[1]) for heading in page.find_all(HEADINGS) if not _is_hidden(heading)]
    if ranks.count(1) != 1:
        yield f"6.4.2 the page has {ranks.count(1)} h1, it needs one"
    for upper, lower in zip(ranks, ranks[1:], strict=False):
        if lower > upper + 1:
            yield f"6.4.2 a heading is skipped: h{upper} is followed by h{lower}"
    for heading in page.find_all(HEADINGS):
        if not _name_of(heading, page):
            yield f"6.4.2 a heading is empty: {_short(heading)}"
    for frame in page.find_all("iframe"):
        if not frame.get("title"):
            yield f"6.4.2 a frame has no title: {_short(frame)}"


def _landmarks(page: BeautifulSoup) -> Iterator[str]:
    mains = page.select("main, [role=main]")
    if len(mains) != 1:
        yield f"6.4.1 the page has {len(mains)} main landmarks, it needs one"
    first = page.find("a", href=True)
    target = str(first["href"]) if first else ""
    if not target.startswith("#") or page.find(id=target[1:]) is None:
        yield "6.4.1 the first link does not skip to what is new on the page"


def _labels(page: BeautifulSoup) -> Iterator[str]:
    for control in page.find_all(["input", "select", "textarea"]):
        if control.get("type", "text") in UNLABELLED_TYPES:
            continue
        label = page.find("label", attrs={"for": control.get("id") or "…none…"})
        wrapped = control.find_parent("label")
        # What stands inside the control (its options) does not name it.
        own = wrapped.find_all(string=True) if wrapped else []
        outside = [text for text in own if control not in text.parents and text.strip()]
        named = bool(_words(label) or outside)
        if not named and not _aria_name(control, page):
            yield f"7.3.2 a control has no label: {_short(control)}"
    for group in page.find_all("fieldset"):
        if group.find("legend") is None and not _aria_name(group, page):
            yield f"7.3.2 a group of controls has no legend: {_short(group)}"


def _pictures(page: BeautifulSoup) -> Iterator[str]:
    for picture in page.find_all("img"):
        if picture.get("alt") is None:
            yield f"5.1.1 a picture has no alt: {_short(picture)}"
    for drawing in page.find_all("svg"):
        told = _aria_name(drawing, page) or drawing.find("title") is not None
        if not told and drawing.get("aria-hidden") != "true" and not _is_hidden(drawing):
            yield f"5.1.1 a drawing is neither told nor hidden: {_short(drawing)}"


def _words_on_controls(page: BeautifulSoup) -> Iterator[str]:
    for control in page.find_all(["a", "button"]):
        if (control.name == "button" or control.get("href")) and not _name_of(control, page):
            yield f"6.4.3 a link or button says nothing: {_short(control)}"
    for link in page.find_all("a", attrs={"role": False}):
        if link.get("href") in ("#", "javascript:void(0)"):
            yield f"8.1.1 a link leads nowhere: {_short(link)}"


def _tables(page: BeautifulSoup) -> Iterator[str]:
    for table in page.find_all("table"):
        if table.get("role") == "presentation":
            continue
        if not _words(table.find("caption")) and not _aria_name(table, page):
            yield f"5.3.1 a table has no caption: {_short(table)}"
        if not table.find_all("th"):
            yield f"5.3.1 a table has no header cells: {_short(table)}"
        if any(not cell.get("scope") for cell in table.find_all("th")):
            yield f"5.3.1 a table's header cell has no scope: {_short(table)}"


def _identifiers(page: BeautifulSoup) -> Iterator[str]:
    identifiers = Counter(tag["id"] for tag in page.find_all(id=True))
    for identifier, times in identifiers.items():
        if times > 1:
            yield f"8.1.1 the id {identifier!r} stands {times} times"
    for attribute in ("for", "aria-labelledby", "aria-describedby", "aria-controls"):
        for tag in page.find_all(attrs={attribute: True}):
            for identifier in str(tag[attribute]).split():
                if identifier not in identifiers:
                    yield f"8.1.1 {attribute} names {identifier!r}, which is not there"


def _time(page: BeautifulSoup) -> Iterator[str]:
    if page.find("meta", attrs={"http-equiv": lambda said: said and said.lower() == "refresh"}):
        yield "6.2.1 the page reloads itself"
    for tag in page.find_all(["audio", "video"], attrs={"autoplay": True}):
        yield f"5.4.2 something plays by itself: {_short(tag)}"


def _name_of(tag: Tag, page: BeautifulSoup) -> str:
    pictures = [str(picture.get("alt") or "") for picture in tag.find_all("img")]
    titles = [_words(title) for title in tag.select("svg title")]
    return _aria_name(tag, page) or "".join([_words(tag), *pictures, *titles]).strip()


def _aria_name(tag: Tag, page: BeautifulSoup) -> str:
    if said := str(tag.get("aria-label") or "").strip():
        return said
    names = [page.find(id=name) for name in str(tag.get("aria-labelledby") or "").split()]
    return " ".join(_words(name) for name in names if name).strip()


def _words(tag: Tag | None) -> str:
    return tag.get_text(" ", strip=True) if tag else ""


def _is_hidden(tag: Tag) -> bool:
    chain = [tag, *tag.parents]
    return any(one.get("hidden") is not None or one.get("aria-hidden") == "true" for one in chain)


def _short(tag: Tag) -> str:
    return str(tag).split(">")[0].replace("\n", " ")[:90] + ">"
