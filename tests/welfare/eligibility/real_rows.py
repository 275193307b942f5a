"""The publisher's own condition rows, in the form in which the publisher answers them."""

import json
from collections.abc import Mapping

import pytest

from tests.shared_data import SHARED_DATA
from welfare.rules.refinements import Rule
from welfare.rules.rows import read_row

EXCERPT = SHARED_DATA / "gov24" / "conditions.excerpt.json"

needs_real_rows = pytest.mark.skipif(
    not EXCERPT.is_file(),
    reason="the publishers' real rows are not on this machine (SHARED_DATA names their folder)",
)


def wire_form(service_id: str, excerpt: Mapping[str, object]) -> dict[str, object]:
    """Answer the row as supportConditions sends it; the excerpt's names of groups are wrong."""
    codes = {code: "Y" for part in excerpt.values() if isinstance(part, list) for code in part}
    ages = {"JA0110": excerpt.get("ageFrom"), "JA0111": excerpt.get("ageTo")}
    return {"서비스ID": service_id, **ages, **codes}


def real_rules() -> list[Rule]:
    excerpt = json.loads(EXCERPT.read_text(encoding="utf-8"))
    return [Rule(key, read_row(wire_form(key, row))) for key, row in excerpt.items()]
