"""Files are kept under names that say nothing, once a click, and go with their rows."""

import datetime

import pytest
from django.core.files.base import ContentFile

from core.cases import services
from core.cases.errors import CaseHidden, CaseRefused
from core.cases.files import prepare
from core.cases.models import Attachment
from core.cases.models.attachment import attachment_storage
from core.cases.services import attaching, erase_attachments, move, sweep_files
from tests.core.cases.conftest import NOW, new_key
from tests.core.cases.samples import photograph


def attach(case, actor, *, key=None, **told):
    return services.attach(
        case_id=case.pk,
        file=prepare(photograph()),
        filename="집.jpg",
        actor=actor,
        key=key or new_key(),
        now=NOW,
        **told,
    )


def files_in(folder):
    return [path for path in folder.rglob("*") if path.is_file()]


class TestAttach:
    def test_keeps_the_file_under_a_name_that_says_nothing(self, case, citizen, folder):
        kept = attach(case, citizen)

        (path,) = files_in(folder)
        assert path.name.isalnum()
        assert len(path.name) == 48
        assert kept.filename == "집.jpg"
        assert path.read_bytes() == prepare(photograph()).content
        assert (kept.media_type, kept.is_told, kept.event.is_told) == ("image/jpeg", True, True)

    def test_of_staff_is_for_colleagues_unless_they_say_so(self, case, worker):
        assert not attach(case, worker).is_told
        assert attach(case, worker, is_told=True).is_told

    def test_happens_once_for_each_key(self, case, citizen, folder):
        key = new_key()

        assert attach(case, citizen, key=key) == attach(case, citizen, key=key)
        assert len(files_in(folder)) == 1

    @pytest.mark.parametrize("who", ["stranger", "outsider"])
    def test_is_nobody_elses(self, request, case, who, folder):
        with pytest.raises(CaseHidden):
            attach(case, request.getfixturevalue(who))

        assert not files_in(folder)

    def test_ends_with_the_case(self, case, citizen):
        move(case_id=case.pk, name="withdraw", actor=citizen, key=new_key(), now=NOW)
        with pytest.raises(CaseRefused, match="끝난"):
            attach(case, citizen)

    def test_has_a_limit(self, case, citizen, monkeypatch):
        monkeypatch.setattr(attaching, "MOST_FILES", 1)
        attach(case, citizen)
        with pytest.raises(CaseRefused, match="1개까지"):
            attach(case, citizen)


class TestErase:
    def test_takes_the_files_as_well(
        self, case, citizen, folder, django_capture_on_commit_callbacks
    ):
        attach(case, citizen)
        with django_capture_on_commit_callbacks(execute=True):
            assert erase_attachments(rows=Attachment.objects.all(), now=NOW) == 1

        assert not files_in(folder)


class TestSweep:
    def test_takes_what_nobody_names_after_a_day(self, case, citizen, folder):
        kept = attach(case, citizen)
        lost = attachment_storage().save("ab/lost", ContentFile(b"lost"))
        written = attachment_storage().get_modified_time(lost)

        assert sweep_files(now=written + datetime.timedelta(hours=23)) == 0
        assert sweep_files(now=written + datetime.timedelta(hours=25)) == 1
        assert [path.name for path in files_in(folder)] == [kept.file.name.partition("/")[2]]

    def test_finds_nothing_where_nothing_is(self, db, folder):
        folder.rmdir()

        assert sweep_files(now=NOW) == 0
