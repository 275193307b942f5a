"""What an app declares in its `notices.py`: one class a message, each for a purpose."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import ClassVar

from django.utils.functional import Promise

from core.notices.enums import Channel, Mode
from core.offices.people import Person

Text = str | Promise
Fact = str | int
Facts = Mapping[str, Fact]


def everybody(person: Person) -> bool:
    return True


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticePurpose:
    """What messages are for: the thing that a person chooses a channel for, or stops.

    `reaches` says to whom such messages are written at all, as things stand: others are offered no
    choice of what they never get. A compulsory one stands in the inbox whatever is chosen, and says
    why in `because`; by a stop link it leaves the inbox no more (`can_be_silenced`).
    An urgent one goes out at once, by night as well, and cannot wait for a digest; `because` must
    say what would be lost by then.
    """

    slug: str
    title: Text
    about: Text
    is_compulsory: bool = False
    is_urgent: bool = False
    because: Text = ""
    mode: Mode = Mode.DAILY
    channels: tuple[Channel, ...] = (Channel.EMAIL,)
    reaches: Callable[[Person], bool] = everybody

    @property
    def can_be_silenced(self) -> bool:
        """Say whether a link may stop what leaves the portal; not where an account is at stake."""
        return not (self.is_compulsory and self.is_urgent)


@dataclass(frozen=True, slots=True, kw_only=True)
class AlimTalkTemplate:
    """A template that Kakao has approved under this code; the English one ends with `_en`.

    Its words are kept by Kakao; what is filled in is named here: words of the message, and beside
    them `link` and `stop`, the addresses of the thing and of the page that stops such messages.
    What can be stopped must name `stop`.
    """

    code: str
    variables: tuple[str, ...]

    def code_in(self, language: str) -> str:
        return self.code if language == "ko" else f"{self.code}_{language}"


class Notice:
    """One message. Texts are Korean inside gettext, with facts in them as `%(name)s`.

    `body` is for the inbox and for letters, `short` for a telephone: up to 90 bytes of EUC-KR are
    a short message, more a long one. `reason` says why the person gets it. `sample` shows every
    fact that the message is told with; whoever tells it must give exactly those.
    """

    slug: ClassVar[str]
    purpose: ClassVar[NoticePurpose]
    subject: ClassVar[Text]
    body: ClassVar[Text]
    short: ClassVar[Text]
    reason: ClassVar[Text]
    sample: ClassVar[Facts] = {}
    alimtalk: ClassVar[AlimTalkTemplate | None] = None

    @classmethod
    def words(cls, facts: Facts) -> Facts:
        """Answer the facts as they are said in the active language; override to say a date, say."""
        return facts

    @classmethod
    def says(cls, part: str, facts: Facts) -> str:
        """Answer `subject`, `body`, `short` or `reason`, in the active language."""
        return str(getattr(cls, part)) % cls.words(facts)

    @classmethod
    def goes_by(cls, channel: Channel) -> bool:
        return channel != Channel.ALIMTALK or cls.alimtalk is not None
