"""Programmes for disabled people and for old age."""

from welfare.rules.programmes.living import BASIC, near_poor
from welfare.rules.programmes.programme import (
    Stage,
    any_of,
    ask,
    at_least,
    at_most,
    doubt,
    examined,
    none_of,
    programme,
    reckoned,
    under,
)
from welfare.rules.refinements import Operator, Wanted

AGE, INCOME, DISABILITY = "AGE", "INCOME", "DISABILITY"
ADULTS = (Stage.YOUTH, Stage.MIDDLE_AGE, Stage.OLD_AGE)
OLD = (Stage.OLD_AGE,)

LATER = (
    programme(
        "disability-pension",
        "장애인연금",
        "Disability pension",
        ADULTS,
        "장애인연금법",
        ask(AGE, "제4조 제1항 (18세 이상)", at_least("AGE_YEARS", 18)),
        ask(DISABILITY, "제2조 제1호 (중증장애인)", any_of("DISABILITY", "SEVERE")),
        # Severe by registration is not enough: what the ministry asks for besides (시행령 제2조) is
        # looked into of whoever applies, and some are given the allowance instead.
        ask(
            "EXAMINATION",
            "제2조 제1호, 제9조, 시행령 제2조·제9조 (장애 정도 심사)",
            examined("PENSION_DEGREE"),
        ),
        # Measured by 소득인정액, from which wages are largely deducted: a wage proves no "no".
        ask(INCOME, "제4조 제1항", reckoned("DISABILITY_PENSION_LIMIT", "INCOME_MONTHLY")),
        bokjiro=("WLF00003249",),
    ),
    programme(
        "disability-allowance",
        "장애수당",
        "Disability allowance",
        ADULTS,
        "장애인복지법",
        ask(AGE, "제49조, 시행령 제30조 (18세 이상)", at_least("AGE_YEARS", 18)),
        # Whoever is severely disabled, and not by the law of that pension, has it as well.
        ask(
            DISABILITY,
            "제49조 제1항 (장애인연금법의 중증장애인이 아닌 장애인)",
            any_of("DISABILITY", "MILD"),
            Wanted("DISABILITY", Operator.ANY_OF, ("SEVERE",), also=(examined("PENSION_DEGREE"),)),
        ),
        # They are given the allowance of children (복지로 안내: 20세 이하 재학생 제외).
        ask(
            "SCHOOL",
            "제49조, 시행령 제30조 (20세 이하로 학교에 다니면 장애아동수당)",
            at_least("AGE_YEARS", 21),
            none_of("PERSON", "HIGH_SCHOOL"),
        ),
        *near_poor("제49조, 시행령 제30조"),
        bokjiro=("WLF00003265",),
    ),
    programme(
        "disabled-child-allowance",
        "장애아동수당",
        "Disabled children's allowance",
        (Stage.INFANCY, Stage.CHILDHOOD, Stage.ADOLESCENCE),
        "장애인복지법",
        ask(
            AGE,
            "제50조, 시행령 제30조 (18세 미만, 고등학교 재학 20세 이하)",
            under("AGE_YEARS", 18),
            any_of("PERSON", "HIGH_SCHOOL"),
        ),
        ask("LIMIT", "제50조, 시행령 제30조 (20세 이하)", at_most("AGE_YEARS", 20)),
        ask(DISABILITY, "제50조 제1항", any_of("PERSON", "DISABLED")),
        *near_poor("제50조, 시행령 제30조"),
        bokjiro=("WLF00003198",),
    ),
    programme(
        "activity-support",
        "장애인활동지원",
        "Assistance for disabled people",
        (Stage.CHILDHOOD, Stage.ADOLESCENCE, *ADULTS),
        "장애인활동 지원에 관한 법률",
        ask(DISABILITY, "제5조 제1호", any_of("PERSON", "DISABLED")),
        ask(AGE, "제5조 제1호 (6세 이상)", at_least("AGE_YEARS", 6)),
        # Whoever had it before 65 may keep it (제5조 제2호), which is examined as well.
        ask(
            "LIMIT",
            "제5조 (65세 미만, 또는 이미 받던 사람)",
            under("AGE_YEARS", 65),
            any_of("RECEIVES", "activity-support"),
        ),
        # Of whoever applies, and again where its time ends (제13조): no disability gives it alone.
        ask(
            "EXAMINATION",
            "제7조, 제9조 제2항 (서비스 지원 종합조사와 수급자격 심의)",
            examined("ACTIVITY_NEED"),
        ),
        bokjiro=("WLF00003260",),
    ),
    programme(
        "basic-pension",
        "기초연금",
        "Basic pension",
        OLD,
        "기초연금법",
        ask(AGE, "제3조 제1항 (65세 이상)", at_least("AGE_YEARS", 65)),
        ask("NATIONALITY", "제3조 제1항, 제16조", any_of("NATIONALITY", "KOREAN")),
        # With exceptions (short service, 연계퇴직연금), so that it alone is no "no".
        doubt(
            "SERVICE_PENSION",
            "제3조 제3항 (직역연금 수급권자와 그 배우자)",
            any_of("SERVICE_PENSION", "WITHOUT_SERVICE_PENSION"),
        ),
        # For one person, and for a couple; a wage alone does not tell 소득인정액.
        ask(INCOME, "제3조 제2항", reckoned("BASIC_PENSION_LIMIT", "INCOME_MONTHLY")),
        bokjiro=("WLF00001164",),
    ),
    programme(
        "senior-jobs",
        "노인일자리 및 사회활동 지원",
        "Jobs and activities for seniors",
        OLD,
        "노인복지법",
        ask(AGE, "제23조의2, 사업 안내 (60세부터)", at_least("AGE_YEARS", 60)),
        # Shut out from what is paid as an activity; from finding work they are not.
        doubt(
            "LIVELIHOOD",
            "노인일자리 운영 안내 (생계급여 수급자는 취업 지원만)",
            none_of("RECEIVES", "livelihood-benefit"),
        ),
        doubt("PENSION", "노인일자리 운영 안내 (공익활동)", any_of("RECEIVES", "basic-pension")),
        bokjiro=("WLF00001155",),
    ),
    programme(
        "long-term-care",
        "노인장기요양보험",
        "Long-term care insurance",
        OLD,
        "노인장기요양보험법",
        ask(
            AGE,
            "제2조 제1호 (65세 이상, 또는 노인성 질병)",
            at_least("AGE_YEARS", 65),
            any_of("PERSON", "ILL"),
        ),
        ask("EXAMINATION", "제15조 (장기요양 등급판정)", examined("CARE_GRADE")),
        bokjiro=("WLF00000103",),
    ),
    programme(
        "elderly-care",
        "노인맞춤돌봄서비스",
        "Care service for older people",
        OLD,
        "노인복지법",
        ask(AGE, "제27조의2, 사업 안내 (65세 이상)", at_least("AGE_YEARS", 65)),
        *near_poor("제27조의2, 사업 안내", *BASIC, "basic-pension"),
        ask("EXAMINATION", "제27조의2, 사업 안내 (돌봄 필요)", examined("CARE_NEED")),
        bokjiro=("WLF00003191",),
    ),
)
