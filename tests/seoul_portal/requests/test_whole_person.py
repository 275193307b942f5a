"""Of the prepared resident: all that is declared goes out with them, and goes when they go."""

import datetime
import io
import json
import re
import zipfile

import pytest
from django.core.management import call_command
from django.utils import timezone, translation

from accounts.enums import FactGroup
from accounts.models import User
from accounts.services import ask_erasure, tell_facts
from core.cases.files import prepare
from core.cases.models import Attachment, Case, CaseEvent
from core.cases.services import attach, note
from core.notices import models as notices
from core.notices.models.message import RETURNED
from core.notices.topics import OWN_REQUESTS
from core.records.declaration import Erasure
from core.records.enums import Channel
from core.records.held import held_about, rows_of
from core.records.models import ErasureRequest
from core.records.registry import declared_holdings
from core.records.tasks import carry_out_erasures
from seoul_portal.management.commands.demo import password_for
from tests.core.cases.conftest import new_key
from tests.core.cases.samples import photograph

SECRET = "기초생활수급 이력이 있다고 합니다."


@pytest.fixture
def kinds():
    """The portal's own kinds, instead of those of the tests."""


@pytest.fixture
def resident(db, settings, folder) -> User:
    settings.DEBUG = True
    call_command("demo", verbosity=0)
    person = User.objects.get(email="resident@demo.example")
    now = timezone.now()
    tell_facts(
        person=person,
        group=FactGroup.BASICS,
        facts={"birth_date": datetime.date(1956, 3, 2), "district_code": "11110"},
        purposes=["accounts.eligibility_basics"],
        channel=Channel.WEB,
        now=now,
    )
    case = Case.objects.get(person=person)
    worker = User.objects.get(email="worker@demo.example")
    told = {"case_id": case.pk, "now": now}
    attach(file=prepare(photograph()), filename="집.jpg", actor=person, key=new_key(), **told)
    note(text=SECRET, actor=worker, key=new_key(), **told)
    return person


def held_of(person_id):
    return {
        (one.model, one.person): number
        for one in declared_holdings()
        if (number := rows_of(one, person_id).count())
    }


class TestWholePerson:
    def test_takes_everything_along(self, client, resident):
        client.force_login(resident, "allauth.account.auth_backends.AuthenticationBackend")
        client.post("/accounts/reauthenticate/", {"password": password_for(resident.email)})
        held = {}
        for one in declared_holdings():
            if number := rows_of(one, resident.pk).filter(**one.told).count():
                held[one.model] = held.get(one.model, 0) + number
        content = client.get("/my/data/download/").getvalue()
        archive = zipfile.ZipFile(io.BytesIO(content))
        told = json.loads(archive.read("my-data.json"))

        found = {}
        for one in told["holdings"]:
            found[one["model"]] = found.get(one["model"], 0) + len(one["rows"])
        assert found == held
        assert {"cases.Case", "cases.CaseWords", "cases.Attachment", "accounts.Delegation",
                "accounts.Profile", "notices.Message", "records.Consent"} <= set(found)  # fmt: skip
        assert SECRET not in archive.read("my-data.json").decode()
        assert "제35조" in archive.read("my-data.html").decode()
        kept = Attachment.objects.get()
        with kept.file.open() as file:
            assert archive.read(f"files/attachment-{kept.pk}.jpg") == file.read()

    @pytest.mark.parametrize("language", ["ko", "en"])
    def test_is_told_in_words_and_never_in_codes(self, resident, language):
        code = re.compile(r"\b[a-z]+\.[a-z_]+\b(?!\.)|[a-z]+:\d|\*|^[0-9]{5,10}$|^[A-Z_]{4,}$")
        now = timezone.now()
        notices.Bounce.objects.create(
            person=resident,
            kind="EMAIL",
            address="a@b",
            reason=f"{RETURNED} (5.1.1)",
            bounced_at=now,
        )
        notices.Preference.objects.create(
            person=resident,
            purpose=OWN_REQUESTS.slug,
            mode="DAILY",
            channels=["SMS"],
            chosen_at=now,
        )
        with translation.override(language):
            held = {one.holding.model: one for one in held_about(resident)}
            rows = {
                model: [dict((str(name), text) for name, text in row) for row in one.in_words()]
                for model, one in held.items()
            }
        said = [
            text
            for model, one in rows.items()
            for row in one
            for text in row.values()
            if model not in ("accounts.User", "account.EmailAddress", "socialaccount.SocialAccount")
        ]

        assert not [
            text for text in said if code.search(text) and "@" not in text and "files/" not in text
        ]
        (case,) = rows["cases.Case"]
        named = {
            "ko": {"복지 상담 신청", "답 기다림"},
            "en": {"Welfare counselling", "Waiting for an answer"},
        }
        assert named[language] <= set(case.values())
        assert {"ko": "종로구", "en": "Jongno-gu"}[language] in rows["accounts.Profile"][0].values()
        assert {"ko": "문자 메시지", "en": "Text message"}[language] in (
            rows["notices.Preference"][0].values()
        )
        assert {"ko": "돌려보냈습니다. (5.1.1)", "en": "returned the letter. (5.1.1)"}[
            language
        ] in " ".join(rows["notices.Bounce"][0].values())

    def test_leaves_nothing_but_what_a_law_keeps(
        self, resident, django_capture_on_commit_callbacks
    ):
        files = Attachment.objects.get().file
        before = held_of(resident.pk)
        asked = ask_erasure(person=resident, now=timezone.now())
        long_ago = timezone.now() - datetime.timedelta(days=8)
        ErasureRequest.objects.update(
            asked_at=long_ago, due_at=long_ago + datetime.timedelta(days=7)
        )
        with django_capture_on_commit_callbacks(execute=True):
            carry_out_erasures.delay()

        asked.refresh_from_db()
        lines = {line["model"]: line["outcome"] for line in asked.receipt}
        assert {model for model, _ in before} <= set(lines)
        kept = {one.model for one in declared_holdings() if one.erasure is Erasure.KEEP}
        assert {model for model, _ in held_of(resident.pk)} <= kept
        assert all(line["law"]["ko"] for line in asked.receipt if line["outcome"] == "kept")
        assert not files.storage.exists(files.name)
        assert not User.objects.filter(email="resident@demo.example").exists()
        case = Case.objects.get(subject="", applicant="")
        assert (case.person, CaseEvent.objects.of(case).exists()) == (None, True)
