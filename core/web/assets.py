"""Where pages get the addresses of styles and scripts: hashed by content, kept for ever."""

import logging

from whitenoise.storage import CompressedManifestStaticFilesStorage

OURS = "dist/"

logger = logging.getLogger(__name__)


class AssetStorage(CompressedManifestStaticFilesStorage):  # type: ignore[misc]
    """Like WhiteNoise's, but a page whose style is missing is a plain page, not an error."""

    def stored_name(self, name: str) -> str:
        try:
            return str(super().stored_name(name))
        except ValueError:
            # WhiteNoise asks for names that it only guesses; ours are the ones pages miss.
            if name.startswith(OURS):
                logger.error("Asset %s was not collected: `make assets`, then collectstatic", name)
            return name
