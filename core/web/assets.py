"""Where pages get the addresses of styles and scripts: hashed by content, kept for ever."""

import logging

from whitenoise.storage import CompressedManifestStaticFilesStorage

logger = logging.getLogger(__name__)


class AssetStorage(CompressedManifestStaticFilesStorage):  # type: ignore[misc]
    """Like WhiteNoise's, but a page whose style is missing is a plain page, not an error."""

    def stored_name(self, name: str) -> str:
        try:
            return str(super().stored_name(name))
        except ValueError:
            logger.error("Asset %s was not collected: `make assets`, then collectstatic", name)
            return name
