"""Plain words take a second person who wrote none of them, and can be sent back and withdrawn."""

import datetime
import threading

import pytest
from bs4 import BeautifulSoup
from django.db import connection, transaction

from core.web.revision import raise_revision, watch
from tests.desk_steps import confirm
from tests.sign_in import sign_in
from tests.welfare.benefit_factories import make_benefit
from tests.welfare.rulebook.people import NOW
from tests.welfare.rulebook.test_rule_publication import make_officer
from welfare.enums import VersionStatus
from welfare.models import PlainText
from welfare.services.plain_texts import (
    publish_plain_text,
    send_back_plain_text,
    send_plain_text,
    withdraw_plain_text,
    write_plain_text,
)
from welfare.services.versions import VersionRefused

pytestmark = pytest.mark.django_db
RIGHTS = ("change_plaintext", "publish_plaintext")
LIST = "/admin/welfare/plaintext/"


@pytest.fixture
def author():
    return make_officer("author", *RIGHTS)


@pytest.fixture
def reader():
    return make_officer("reader", *RIGHTS)


def write(actor, *, draft=None, benefit=None, review_by=datetime.date(2099, 1, 1)):
    return write_plain_text(
        benefit_code=draft.benefit_code if draft else (benefit or make_benefit()).pk,
        text="집세를 도와 드립니다.",
        text_en="Help with your rent.",
        review_by=review_by,
        actor=actor,
        now=NOW,
        draft=draft,
    )


def sent(author, **told):
    return send_plain_text(text=write(author, **told), actor=author)


class TestReviewed:
    def test_is_after_the_day_that_it_is_in_seoul(self, author, monkeypatch):
        early = datetime.datetime(2026, 11, 30, 15, 30, tzinfo=datetime.UTC)  # half past midnight
        monkeypatch.setitem(globals(), "NOW", early)
        with pytest.raises(VersionRefused, match="오늘보다 뒤"):
            write(author, review_by=datetime.date(2026, 12, 1))
        write(author, review_by=datetime.date(2026, 12, 2))


class TestSecondPerson:
    def test_is_told_which_benefit_was_written_of(self, client, author):
        benefit = make_benefit(서비스명="청년 월세 지원")
        sign_in(client, author)
        told = {"text": "집세를 돕습니다.", "text_en": "Help with rent.", "review_by": "2099-01-01"}
        page = client.post(f"{LIST}add/", told | {"benefit_code": benefit.pk}, follow=True)

        said = [str(one) for one in page.context["messages"]]
        assert "청년 월세 지원, 쓰는 중" in " ".join(said)

    def test_is_nobody_who_wrote_in_it(self, author, reader):
        third = make_officer("third", *RIGHTS)
        text = send_plain_text(text=write(reader, draft=write(author)), actor=reader)

        for writer in (author, reader):
            with pytest.raises(VersionRefused, match="쓴 사람이 아닌"):
                publish_plain_text(text=text, seen=text.mark(), actor=writer, now=NOW)
        assert (
            publish_plain_text(text=text, seen=text.mark(), actor=third, now=NOW).reviewed_by
            == third
        )

    def test_sends_back_what_is_then_written_on(self, author, reader):
        back = send_back_plain_text(text=sent(author), actor=reader)

        assert back.status == VersionStatus.DRAFT
        assert send_plain_text(text=write(author, draft=back), actor=author).made_by == author

    def test_is_offered_it_and_whoever_may_only_write_is_not(self, client, author, reader):
        text, writer = sent(author), make_officer("writer", "change_plaintext")
        with pytest.raises(VersionRefused, match="검토하는 사람만"):
            publish_plain_text(text=text, seen=text.mark(), actor=writer, now=NOW)
        for actor, is_offered in ((reader, True), (writer, False)):
            sign_in(client, actor)
            offered = client.get(LIST).content.decode()
            assert ("publish_plain_texts" in offered) is is_offered
            assert "send_plain_texts" in offered

    def test_withdraws_what_is_shown(self, author, reader):
        text = sent(author)
        shown = publish_plain_text(text=text, seen=text.mark(), actor=reader, now=NOW)
        with pytest.raises(VersionRefused, match="권한"):
            withdraw_plain_text(text=shown, actor=make_officer("writer", "change_plaintext"))
        withdraw_plain_text(text=shown, actor=reader)

        assert not PlainText.objects.in_force().exists()

    @pytest.mark.parametrize(
        ("action", "after"),
        [
            ("send_back_plain_texts", VersionStatus.DRAFT),
            ("withdraw_plain_texts", VersionStatus.WITHDRAWN),
        ],
    )
    def test_does_so_at_the_desk(self, client, author, reader, action, after):
        text = sent(author)
        if after == VersionStatus.WITHDRAWN:
            text = publish_plain_text(text=text, seen=text.mark(), actor=reader, now=NOW)
        sign_in(client, reader)
        form = {"action": action, "index": "0", "_selected_action": text.pk}
        confirm(client, LIST, form)
        text.refresh_from_db()

        assert text.status == after

    @pytest.mark.django_db(transaction=True)
    def test_is_refused_where_another_was_shown_meanwhile(self, author, reader):
        benefit = make_benefit()
        one, other = sent(author, benefit=benefit), sent(author, benefit=benefit)
        published, faults = threading.Event(), []

        def publish_the_other() -> None:
            published.wait(10)
            try:
                publish_plain_text(text=other, seen=other.mark(), actor=reader, now=NOW)
            except VersionRefused as refused:
                faults.append(str(refused))
            finally:
                connection.close()

        second = threading.Thread(target=publish_the_other)
        second.start()
        with transaction.atomic():
            publish_plain_text(text=one, seen=one.mark(), actor=reader, now=NOW)
            published.set()
            second.join(1)
            assert second.is_alive()
        second.join(10)

        assert len(faults) == 1
        assert "방금 다른 사람이" in faults[0]
        assert PlainText.objects.in_force().get() == one


class TestDraftsOfTwo:
    """Two have the form of one draft open: who saves second sees what the first has written."""

    TYPED = {"text": "둘째가 쓴 말입니다.", "text_en": "By the second.", "review_by": "2099-01-01"}

    def form(self, client, text):
        shown = BeautifulSoup(client.get(f"{LIST}{text.pk}/change/").content, "html.parser")
        return {"benefit_code": text.benefit_code, "seen": shown.select_one("[name=seen]")["value"]}

    def test_show_the_first_ones_words_beside_what_the_second_typed(self, client, author, reader):
        text = write(author)
        sign_in(client, reader)
        form = self.form(client, text)
        PlainText.objects.filter(pk=text.pk).update(text="첫째가 고친 말입니다.")

        refused = client.post(f"{LIST}{text.pk}/change/", form | self.TYPED)
        text.refresh_from_db()
        again = BeautifulSoup(refused.content, "html.parser")

        assert text.text == "첫째가 고친 말입니다."
        assert "보신 뒤에 내용이 바뀌었습니다" in refused.text
        assert "첫째가 고친 말입니다." in again.select_one("section[aria-labelledby=stands]").text
        assert again.select_one("[name=text]").text.strip() == self.TYPED["text"]

        form["seen"] = again.select_one("[name=seen]")["value"]
        client.post(f"{LIST}{text.pk}/change/", form | self.TYPED)
        text.refresh_from_db()
        assert text.text == self.TYPED["text"]

    def test_are_kept_once_where_one_presses_twice(self, client, author):
        text = write(author)
        sign_in(client, author)
        form = self.form(client, text) | self.TYPED

        for _press in range(2):
            assert client.post(f"{LIST}{text.pk}/change/", form).status_code == 302

    def test_show_what_was_typed_where_it_was_sent_meanwhile(self, client, author, reader):
        text = write(author)
        sign_in(client, reader)
        form = self.form(client, text)
        send_plain_text(text=text, actor=author)

        refused = client.post(f"{LIST}{text.pk}/change/", form | self.TYPED)
        text.refresh_from_db()

        assert refused.status_code == 409
        assert "검토 기다림" in refused.text
        assert self.TYPED["text"] in refused.text
        assert text.text != self.TYPED["text"]

    def test_are_refused_by_the_service_too(self, author, reader):
        text = write(author)
        seen = text.mark()
        PlainText.objects.filter(pk=text.pk).update(text="첫째가 고친 말입니다.")
        told = {"text": "…", "text_en": "…", "review_by": text.review_by, "actor": reader}

        with pytest.raises(VersionRefused, match="보신 뒤에"):
            write_plain_text(benefit_code=text.benefit_code, draft=text, seen=seen, now=NOW, **told)


class TestBenefitPage:
    def text(self, client, benefit):
        response = client.get(f"/welfare/benefits/{benefit.pk}/")
        return BeautifulSoup(response.content, "html.parser").select_one("article").text

    def test_says_where_its_day_has_passed(self, client, author, reader):
        benefit = make_benefit()
        text = sent(author, benefit=benefit)
        publish_plain_text(text=text, seen=text.mark(), actor=reader, now=NOW)
        assert "다시 봅니다" in self.text(client, benefit)

        PlainText.objects.filter(pk=text.pk).update(review_by=datetime.date(2026, 1, 1))
        raise_revision()
        watch.forget()
        assert "다시 볼 날(2026년 1월 1일)이 지났습니다" in self.text(client, benefit)
