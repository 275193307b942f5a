"""Makes a letter of what a parcel holds: one message, or a digest of several."""

from collections.abc import Sequence

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.notices.channels.contract import Letter
from core.notices.declaration import Notice
from core.notices.digest import DIGEST
from core.notices.models import Message
from core.notices.registry import get_notice
from core.notices.stopping import ALL, Stop, short_token_of, token_of

INBOX, SETTINGS = "/my/notices/", "/my/notices/settings/"


def absolute(path: str, language: str) -> str:
    """Answer a page's whole address, in the reader's language."""
    return f"{settings.SITE_URL}{'' if language == 'ko' else f'/{language}'}{path}"


def stop_address(person_id: int, purpose: str, language: str) -> str:
    return absolute(f"/notices/stop/{token_of(Stop(person_id, purpose))}/", language)


def short_stop_address(person_id: int, purpose: str, language: str) -> str:
    """Answer the same page for a telephone."""
    return absolute(f"/s/{short_token_of(Stop(person_id, purpose))}/", language)


def compose(messages: Sequence[Message], *, language: str) -> Letter:
    """Answer one letter for all of a parcel; raises UnknownNotice for what no app declares."""
    with translation.override(language):
        return _one(messages[0], language) if len(messages) == 1 else _digest(messages, language)


def _one(message: Message, language: str) -> Letter:
    notice = get_notice(message.notice)
    link = absolute(message.url or INBOX, language)
    whose = (message.person_id, message.purpose, language)
    stop, short_stop = stop_address(*whose), short_stop_address(*whose)
    short = f"[{_('서울 시민 서비스')}] {notice.says('short', message.facts)} {link}"
    template, variables = _template(notice, message, link=link, stop=short_stop)
    can_stop = notice.purpose.can_be_silenced
    return Letter(
        language=language,
        subject=f"[{_('서울 시민 서비스 포털')}] {notice.says('subject', message.facts)}",
        body="\n\n".join([*_told(message, language), _foot(notice, message, stop, language)]),
        short=f"{short}\n{_('그만 받기')}: {short_stop}" if can_stop else short,
        link=link,
        stop=stop if can_stop else "",
        template=template,
        variables=variables,
    )


def _told(message: Message, language: str) -> list[str]:
    """Answer the paragraphs of one message."""
    notice = get_notice(message.notice)
    told = [notice.says("body", message.facts)]
    if message.about is not None:
        told.insert(0, for_whom(message))
    if message.url:
        told.append(absolute(message.url, language))
    return told


def for_whom(message: Message) -> str:
    """Say whose matter a message is that somebody gets for another person."""
    name = getattr(message.about, "name", "") or _("도움을 부탁한 분")
    return _("%(name)s 님의 일입니다. 대신 받기로 하셔서 보내 드립니다.") % {"name": name}


def _foot(notice: type[Notice], message: Message, stop: str, language: str) -> str:
    """Say why it came and how to have no more of it, or why that cannot be."""
    can_stop = notice.purpose.can_be_silenced
    return "\n".join(
        (
            "--",
            notice.says("reason", message.facts),
            f"{_('받는 방법 바꾸기')}: {absolute(SETTINGS, language)}",
            f"{_('그만 받기')}: {stop}" if can_stop else str(notice.purpose.because),
        )
    )


def _template(
    notice: type[Notice], message: Message, *, link: str, stop: str
) -> tuple[str, dict[str, str]]:
    if notice.alimtalk is None:
        return "", {}
    words = {**notice.words(message.facts), "link": link, "stop": stop}
    code = notice.alimtalk.code_in(translation.get_language() or "ko")
    return code, {name: str(words[name]) for name in notice.alimtalk.variables}


def _digest(messages: Sequence[Message], language: str) -> Letter:
    number = len(messages)
    person_id = messages[0].person_id
    link, stop = absolute(INBOX, language), stop_address(person_id, ALL, language)
    short_stop = short_stop_address(person_id, ALL, language)
    title = ngettext("새 알림 %(number)s건", "새 알림 %(number)s건", number) % {"number": number}
    parts = [
        "\n".join(
            (
                f"■ {get_notice(one.notice).says('subject', one.facts)}",
                *_told(one, language),
                f"({get_notice(one.notice).says('reason', one.facts)})",
            )
        )
        for one in messages
    ]
    foot = "\n".join(
        (
            "--",
            f"{_('모두 보기')}: {link}",
            f"{_('받는 방법 바꾸기')}: {absolute(SETTINGS, language)}",
            f"{_('그만 받기')}: {stop}",
        )
    )
    return Letter(
        language=language,
        subject=f"[{_('서울 시민 서비스 포털')}] {title}",
        body="\n\n".join([*parts, foot]),
        short=f"[{_('서울 시민 서비스')}] {title} {link}\n{_('그만 받기')}: {short_stop}",
        link=link,
        stop=stop,
        template=DIGEST.code_in(language),
        variables={"number": str(number), "link": link, "stop": short_stop},
    )
