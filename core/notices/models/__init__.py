"""Messages, their ways to a person, what the person chose, and addresses that do not work."""

from core.notices.models.choice import Preference, PushSubscription, Reader
from core.notices.models.message import Bounce, Delivery, Message, TakenBack

__all__ = [
    "Bounce",
    "Delivery",
    "Message",
    "Preference",
    "PushSubscription",
    "Reader",
    "TakenBack",
]
