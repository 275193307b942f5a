"""The real condition rows mean for twenty people what was argued by hand, and the page says so.

`WRITE_DOCS=1` writes docs/eligibility-personas.md; else the page is compared with what is found.
"""

import os
from pathlib import Path

import pytest
from django.utils import translation

from tests.shared_data import CHECKOUT
from tests.welfare.eligibility.judged import ON, judged
from tests.welfare.eligibility.personas import PERSONAS, ROWS
from tests.welfare.eligibility.real_rows import needs_real_rows, real_rules
from welfare.queries.reasons import change_sentence, fact_sentence, reason_sentence
from welfare.rules.conditions import Verdict
from welfare.rules.explaining import Judgement

PAGE: Path = CHECKOUT / "docs" / "eligibility-personas.md"
LETTERS = {"L": Verdict.LIKELY, "D": Verdict.DEPENDS, "N": Verdict.NO}
HEAD = f"""# Fourteen real rows, twenty people

What the real `supportConditions` rows mean on {ON} for twenty made-up people. Written by
`WRITE_DOCS=1 pytest tests/welfare/eligibility/test_personas.py`; the verdicts were argued by hand
in `tests/welfare/eligibility/personas.py`, and every run compares them. The reading is in
[eligibility.md](eligibility.md).

| | {{names}} |
|---|{{rule}}|
"""


def judgements():
    rules = real_rules()
    for persona in PERSONAS:
        members, household = persona.household.members, persona.household
        rest = {n: getattr(household, n) for n in household.__dataclass_fields__ if n != "members"}
        yield persona, judged(rules, *members, **rest)


@needs_real_rows
class TestRealRows:
    def test_are_those_that_were_argued(self):
        assert [rule.key for rule in real_rules()] == list(ROWS)
        assert len(PERSONAS) == 20

    @pytest.mark.parametrize("place", range(20))
    def test_mean_what_was_argued(self, place):
        persona, judgement = list(judgements())[place]
        found = "".join("LDN"[verdict] for verdict in judgement.verdicts[:, 0])

        assert found == persona.verdicts, persona.who

    def test_have_a_reason_in_both_languages_for_every_verdict(self):
        said = 0
        for language in ("ko", "en"):
            with translation.override(language):
                for _, judgement in judgements():
                    told = [why(judgement, row) for row in range(len(ROWS))]
                    said += len([text for text in told if text.endswith((".", "다."))])

        assert said == 2 * 20 * 14

    def test_are_on_the_page(self):
        with translation.override("en"):
            page = written()
        if os.environ.get("WRITE_DOCS"):
            PAGE.write_text(page, encoding="utf-8")

        assert PAGE.read_text(encoding="utf-8") == page


def why(judgement: Judgement, row: int) -> str:
    """Answer the sentences that decide: what is met, what is missing, or what is not met."""
    told = judgement.explain(row, 0)
    if told.verdict is Verdict.DEPENDS:
        return " ".join(fact_sentence(fact) for fact in told.depends_on)
    met = told.verdict is Verdict.LIKELY
    reasons = [reason_sentence(reason) for reason in told.because if reason.met is met]
    changes = [change_sentence(change) for change in told.would_change]
    return " ".join([*reasons, *(f"→ {change}." for change in changes)])


def written() -> str:
    names = " | ".join(str(number + 1) for number in range(len(ROWS)))
    lines = [HEAD.format(names=names, rule="---|" * (len(ROWS) - 1) + "---")]
    lines += [f"| {p.who} | {' | '.join(p.verdicts)} |\n" for p in PERSONAS]
    lines.append("\nL is likely, D depends on a fact that is missing, N is no.\n")
    together = list(judgements())
    for row, (key, asked) in enumerate(ROWS.items()):
        lines.append(
            f"\n## {row + 1}. {key}: {asked}\n\n| who | verdict | because |\n|---|---|---|\n"
        )
        lines += [
            f"| {persona.who} | {Verdict(judgement.verdicts[row, 0]).name} "
            f"| {why(judgement, row)} |\n"
            for persona, judgement in together
        ]
    return "".join(lines)
