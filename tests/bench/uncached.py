"""The portal's settings without the cache of whole pages, to measure what making one costs."""

from seoul_portal.settings import *  # noqa: F403
from seoul_portal.settings import MIDDLEWARE as ALL

MIDDLEWARE = [name for name in ALL if "PageCache" not in name]
