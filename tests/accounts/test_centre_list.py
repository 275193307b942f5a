"""A list of centres comes in: told line by line, mended where it lost zeros, written at once."""

import csv
import io

import pytest
from bs4 import BeautifulSoup
from django.core.files.uploadedfile import SimpleUploadedFile

from accounts.models import CommunityCentre
from accounts.services.centres import KIND, OUTSIDE
from core.feeds.models import FieldChange
from core.offices.models import Office
from core.places.facts import dongs
from tests.accounts.factories import SANGGYE, make_centre, make_manager
from tests.sign_in import sign_in

URL = "/admin/accounts/communitycentre/"
HEADER = "연번,시도,시군구,읍면동,우편번호,주    소\n"
GOOD = "1,서울,종로구,사직동주민센터,3176,서울특별시 종로구 경희궁1길 15\n"


@pytest.fixture
def admin(client, admin_user):
    sign_in(client, admin_user)
    return client


def bring(client, text, encoding="utf-8-sig"):
    content = text if isinstance(text, bytes) else text.encode(encoding)
    return client.post(f"{URL}import/", {"file": SimpleUploadedFile("list.csv", content)})


def confirm(client, preview):
    rows = BeautifulSoup(preview.content, "html.parser").select_one("input[name=rows]")["value"]
    return client.post(f"{URL}import/", {"rows": rows})


def checked(preview):
    return preview.context["checked"]


class TestPreview:
    @pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp949"])
    def test_writes_nothing(self, admin, encoding):
        preview = bring(admin, HEADER + GOOD, encoding)

        assert [step.subject for step in checked(preview).steps] == ["종로구 사직동주민센터"]
        assert checked(preview).mended == ((2, "우편번호", "3176", "03176"),)
        assert not CommunityCentre.objects.exists()
        assert not Office.objects.exists()

    @pytest.mark.parametrize(
        ("line", "title", "right"),
        [
            ("서울,종로,없는동,03176,서울 종로구 경희궁1길 15", "읍면동", "청운효자동처럼"),
            ("서울,없는구,사직동,03176,서울 종로구 경희궁1길 15", "시군구", "종로구처럼"),
            ("서울,종로구,사직동,12,서울 종로구 경희궁1길 15", "우편번호", "다섯 자리"),
            ("서울,종로구,,03176,서울 종로구 경희궁1길 15", "읍면동", "채우세요"),
            ("서울,종로구,사직동,03176,", "주소", "채우세요"),
            ("서울,종로구,사직동,03176,부산광역시 중구 중앙대로 1", "주소", "서울특별시"),
        ],
    )
    def test_says_what_is_wrong_and_what_would_be_right(self, admin, line, title, right):
        preview = bring(admin, f"시도,시군구,읍면동,우편번호,주소\n{line}\n")

        (fault,) = checked(preview).faults
        assert (fault.line, fault.title) == (2, title)
        assert right in fault.right
        page = preview.content.decode()
        assert fault.wrong in page
        assert 'name="rows"' not in page

    def test_takes_a_dong_once(self, admin):
        preview = bring(admin, HEADER + GOOD + GOOD.replace("사직동주민센터", "사직동"))

        assert "2번째 줄과 같은 동" in checked(preview).faults[0].wrong

    def test_tells_the_lines_of_others(self, admin):
        other = GOOD.replace("서울,종로구", "경기,수원시")

        preview = bring(admin, HEADER + GOOD + other * 3)

        assert checked(preview).passed_by == {OUTSIDE: 3}
        assert not checked(preview).faults

    def test_of_no_table_says_so(self, admin):
        assert "글자를 읽을 수 없는" in bring(admin, b"\xff\xfe\x00").content.decode()
        assert "파일" in admin.post(f"{URL}import/").content.decode()


class TestConfirm:
    def test_writes_what_was_shown(self, admin, admin_user):
        answer = confirm(admin, bring(admin, HEADER + GOOD))

        assert answer["Location"] == URL
        centre = CommunityCentre.objects.select_related("office").get()
        assert centre.office.name == "종로구 사직동주민센터"
        assert centre.postcode == "03176"
        assert centre.address == "서울특별시 종로구 경희궁1길 15"
        assert centre.point is not None
        told = FieldChange.objects.filter(kind=KIND, key=str(centre.pk))
        assert {(one.field, one.new) for one in told} == {
            ("address", centre.address), ("postcode", "03176"),
        }  # fmt: skip
        assert {one.changed_by for one in told} == {admin_user}

    def test_changes_only_what_differs(self, admin):
        confirm(admin, bring(admin, HEADER + GOOD))
        before = FieldChange.objects.count()

        again = bring(admin, HEADER + GOOD)
        assert checked(again).unchanged == 1
        assert not checked(again).steps

        confirm(admin, bring(admin, HEADER + GOOD.replace("3176", "3177")))
        assert CommunityCentre.objects.get().postcode == "03177"
        assert FieldChange.objects.count() == before + 1

    def test_leaves_a_phone_that_the_list_does_not_tell(self, admin):
        centre = make_centre()
        Office.objects.filter(pk=centre.pk).update(phone="02-2148-1234")

        confirm(admin, bring(admin, HEADER + GOOD))

        assert CommunityCentre.objects.select_related("office").get().phone == "02-2148-1234"

    def test_leaves_out_the_wrong_lines(self, admin):
        preview = bring(admin, HEADER + GOOD + GOOD.replace("사직동", "없는동"))
        assert "틀린 줄은 빼고" in preview.content.decode()

        confirm(admin, preview)

        assert CommunityCentre.objects.count() == 1

    def test_shows_anew_what_would_be_something_else_by_now(self, admin):
        preview = bring(admin, HEADER + GOOD)
        centre = make_centre()
        CommunityCentre.objects.filter(pk=centre.pk).update(postcode="03199")

        answer = confirm(admin, preview)

        assert answer.status_code == 200
        assert "다시 보여 드립니다" in answer.content.decode()
        assert CommunityCentre.objects.get().postcode == "03199"

        confirm(admin, answer)
        assert CommunityCentre.objects.get().postcode == "03176"

    def test_takes_no_rows_that_it_did_not_sign(self, admin, client, django_user_model):
        rows = BeautifulSoup(bring(admin, HEADER + GOOD).content, "html.parser")
        signed = rows.select_one("input[name=rows]")["value"]

        for forged in (signed[:-2] + "xx", "", "{}"):
            assert admin.post(f"{URL}import/", {"rows": forged})["Location"] == f"{URL}import/"
        other = django_user_model.objects.create_superuser("other@example.com", "pw")
        sign_in(client, other)
        assert client.post(f"{URL}import/", {"rows": signed})["Location"] == f"{URL}import/"
        assert not CommunityCentre.objects.exists()

    def test_comes_in_again_as_it_went_out(self, admin):
        confirm(admin, bring(admin, HEADER + GOOD))
        make_centre(SANGGYE)
        CommunityCentre.objects.filter(code=SANGGYE).update(address="서울특별시 노원구 상계로 1")

        for form in ("csv", "xlsx"):
            answer = admin.get(f"{URL}export/{form}/")
            content = b"".join(answer) if answer.streaming else answer.content
            preview = bring(admin, content)
            assert (checked(preview).unchanged, checked(preview).faults) == (2, ())

    def test_is_closed_to_everybody_else(self, client, stranger, officer):
        manager = make_manager(make_centre().office)

        for person in (stranger, officer, manager):
            sign_in(client, person)
            assert client.get(f"{URL}import/").status_code in (302, 403)
            assert bring(client, HEADER + GOOD).status_code in (302, 403)
        assert CommunityCentre.objects.get().address is None


class TestRealList:
    def test_brings_in_all_of_seoul(self, admin, shared_data, django_assert_max_num_queries):
        path = shared_data / "geo" / "dong_offices_2024.csv"
        if not path.is_file():
            pytest.skip(f"{path} is not there")
        content = path.read_bytes()
        rows = list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))
        seoul = [row for row in rows if row["시도"] == "서울"]

        preview = bring(admin, content)

        assert checked(preview).faults == ()
        assert len(checked(preview).steps) == len(seoul) == 426
        assert checked(preview).passed_by == {OUTSIDE: len(rows) - len(seoul)}
        lost = [row for row in seoul if len(row["우편번호"]) == 4]
        assert len(checked(preview).mended) == len(lost) > 400

        with django_assert_max_num_queries(30):
            confirm(admin, preview)

        assert set(CommunityCentre.objects.values_list("code", flat=True)) == {
            dong.code for dong in dongs()
        }
        assert not CommunityCentre.objects.filter(postcode=None).exists()
        assert not CommunityCentre.objects.filter(address=None).exists()
        assert CommunityCentre.objects.get(code="1111051500").postcode == "03047"
