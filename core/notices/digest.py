"""How a digest is told by AlimTalk, whose words Kakao approves beforehand."""

from core.notices.declaration import AlimTalkTemplate

DIGEST = AlimTalkTemplate(code="portal_digest", variables=("number", "link", "stop"))
