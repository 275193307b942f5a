"""Which facilities must not be found, and what may be told of them instead."""

import re

# Places where people are sheltered from violence. Their whereabouts are protected by the Acts on
# domestic violence (가정폭력방지법), sexual violence (성폭력방지법), prostitution
# (성매매피해자보호법), child abuse (아동복지법), elder abuse (노인복지법) and disabled victims
# (장애인복지법).
PROTECTED_KIND = re.compile(r"쉼터|보호시설|그룹홈|지원시설|자활지원센터|디딤터")
VICTIMS = re.compile(r"학대|폭력|성매매|인신매매|피해")
# 0402xx: facilities for victims of violence in the ministry's own list of kinds.
PROTECTED_KIND_CODES = ("0402",)
MASK = "****"
VISIBLE = 2
# What is kept of a rejected row that is a shelter's, or may be.
WITHHELD = {"비고": "보호 시설이거나 그럴 수 있어, 받은 내용을 남기지 않습니다."}


def is_protected_shelter(
    *,
    name: str | None,
    kind: str | None,
    family: str | None = None,
    kind_code: str | None = None,
) -> bool:
    """Say whether a facility shelters people from violence, or arrives masked by its publisher.

    A kind may leave unsaid whom it shelters where its family says it: 일반지원시설 of
    성매매피해지원시설.
    """
    for_victims = bool(family and VICTIMS.search(family))
    if name and "**" in name:
        return True
    if kind_code and kind_code.startswith(PROTECTED_KIND_CODES):
        return True
    for text in (kind, name):
        if text and PROTECTED_KIND.search(text) and (for_victims or VICTIMS.search(text)):
            return True
    return False


def mask_name(name: str) -> str:
    """Answer the publisher's own form of a masked name: `서울정****`."""
    bare = name.split("*", maxsplit=1)[0]
    return f"{bare[:VISIBLE]}{MASK}"
