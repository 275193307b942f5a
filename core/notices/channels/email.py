"""Letters by e-mail, through whatever mail backend the settings name.

Each has a Message-ID made of its parcel. Where letters are files (`core.web.outbox`), that is the
file's name, and the same letter is never written twice. A mail server cannot be asked whether it
has taken a letter already: killed between its word and ours, we send it once more under the same
Message-ID, by which mail services and readers fold the two into one.
"""

import smtplib
from collections.abc import Sequence
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMessage

from core.notices.channels.contract import Address, Parcel, Undelivered

PERMANENT = 500


class EmailSender:
    def send(self, parcel: Parcel, addresses: Sequence[Address]) -> tuple[str, ...]:
        letter = parcel.letter
        # RFC 8058: a mail service may stop such letters by one POST, without a page.
        stopping = {
            "List-Unsubscribe": f"<{letter.stop}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        }
        message = EmailMessage(
            subject=letter.subject,
            body=letter.body,
            to=[str(address) for address in addresses],
            headers={
                "Message-ID": message_id_of(parcel),
                "Auto-Submitted": "auto-generated",
                "Content-Language": letter.language,
                **(stopping if letter.stop else {}),
            },
        )
        try:
            message.send()
        except smtplib.SMTPRecipientsRefused as fault:
            if all(code >= PERMANENT for code, _ in fault.recipients.values()):
                raise Undelivered(
                    "받는 쪽 메일 서버가 그런 주소는 없다고 답했습니다.",
                    is_final=True,
                    dead=[str(address) for address in addresses],
                ) from fault
            raise Undelivered("받는 쪽 메일 서버가 지금은 받지 않습니다.") from fault
        except smtplib.SMTPException as fault:
            raise Undelivered("메일 서버가 편지를 받지 않았습니다.") from fault
        except OSError as fault:
            raise Undelivered("메일 서버와 연결되지 않았습니다.") from fault
        return ()


def message_id_of(parcel: Parcel) -> str:
    return f"<{parcel.key.hex}@{urlsplit(settings.SITE_URL).hostname}>"
