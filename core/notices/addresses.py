"""Where people are reached by a channel: asked for a whole batch in a fixed number of questions."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.contrib.auth import get_user_model

from core.notices.channels.contract import Address, Browser
from core.notices.enums import Channel, Language
from core.notices.models import Bounce, PushSubscription, Reader

GONE, BOUNCED, NO_PHONE, NO_BROWSER = (
    "받는 사람이 더는 이용하지 않습니다.",
    "이 주소에서 되돌아온 적이 있습니다.",
    "확인된 휴대전화가 없습니다.",
    "알림을 받는 브라우저가 없습니다.",
)
# AlimTalk goes to the same telephone as short messages: what came back by one holds for both.
KIND = {Channel.EMAIL: Channel.EMAIL, Channel.SMS: Channel.SMS, Channel.ALIMTALK: Channel.SMS}


@dataclass(slots=True)
class AddressBook:
    """For each person the addresses that work, or in `silence` why there is none."""

    addresses: dict[int, tuple[Address, ...]] = field(default_factory=dict)
    languages: dict[int, str] = field(default_factory=dict)
    silence: dict[int, str] = field(default_factory=dict)

    def language_of(self, person_id: int) -> str:
        return self.languages.get(person_id, Language.KOREAN.value)


def address_book(channel: str, people: Sequence[int]) -> AddressBook:
    users = get_user_model().objects.filter(pk__in=people, is_active=True)
    emails = dict(users.values_list("pk", "email"))
    readers = Reader.objects.filter(person__in=people).in_bulk()
    book = AddressBook(languages={key: reader.language for key, reader in readers.items()})
    for person in set(people):
        if person not in emails:
            book.silence[person] = GONE
    known = _known(Channel(channel), emails, {key: one.phone for key, one in readers.items()})
    bounced = set(
        Bounce.objects.filter(person__in=people, kind=KIND.get(Channel(channel), channel))
        .values_list("person", "address")
        .order_by()
    )
    for person in emails:
        works = tuple(one for one in known.get(person, ()) if (person, one) not in bounced)
        if works:
            book.addresses[person] = works
        elif known.get(person):
            book.silence[person] = BOUNCED
        else:
            book.silence[person] = NO_BROWSER if channel == Channel.PUSH else NO_PHONE
    return book


def _known(
    channel: Channel, emails: dict[int, str], phones: dict[int, str]
) -> dict[int, tuple[Address, ...]]:
    if channel is Channel.EMAIL:
        return {person: (email,) for person, email in emails.items()}
    if channel is Channel.PUSH:
        found: dict[int, tuple[Address, ...]] = defaultdict(tuple)
        rows = PushSubscription.objects.filter(person__in=emails).order_by("pk")
        for row in rows:
            found[row.person_id] += (Browser(row.endpoint, row.key, row.secret),)
        return found
    return {person: (phone,) for person, phone in phones.items() if phone}
