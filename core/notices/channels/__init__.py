"""Which channels this installation has: e-mail always, others where their keys are set."""

from django.conf import settings

from core.notices.channels.contract import Sender
from core.notices.channels.email import EmailSender
from core.notices.channels.nhn import Account, AlimTalkSender, SmsSender
from core.notices.channels.push import PushSender
from core.notices.enums import Channel


def offered_channels() -> tuple[str, ...]:
    """Answer the names of the channels that are set up; no page speaks of the others."""
    ready = {
        Channel.EMAIL: True,
        Channel.SMS: bool(settings.SMS_KEY and settings.SMS_SENDER),
        Channel.ALIMTALK: bool(settings.ALIMTALK_KEY and settings.ALIMTALK_SENDER),
        Channel.PUSH: bool(settings.PUSH_KEY),
    }
    return tuple(channel.value for channel, is_ready in ready.items() if is_ready)


def sender_of(channel: str) -> Sender:
    match Channel(channel):
        case Channel.EMAIL:
            return EmailSender()
        case Channel.SMS:
            account = Account(settings.SMS_URL, settings.SMS_KEY, settings.SMS_SECRET)
            return SmsSender(account, sender=settings.SMS_SENDER)
        case Channel.ALIMTALK:
            account = Account(
                settings.ALIMTALK_URL, settings.ALIMTALK_KEY, settings.ALIMTALK_SECRET
            )
            return AlimTalkSender(account, sender=settings.ALIMTALK_SENDER)
        case Channel.PUSH:
            return PushSender(
                private_key=settings.PUSH_KEY,
                hosts=tuple(settings.PUSH_HOSTS),
                contact=settings.SECURITY_CONTACT,
            )
