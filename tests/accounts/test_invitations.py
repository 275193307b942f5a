"""Nobody works in an office who was not asked, and whoever asks learns of nobody."""

import datetime
import smtplib

import pytest
from allauth.account.models import EmailAddress
from bs4 import BeautifulSoup
from django.core import mail
from django.core.mail import BadHeaderError, EmailMessage
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.enums import Role
from accounts.models import Invitation, Membership
from accounts.services import (
    InvitationRefused,
    accept_invitation,
    decline_invitation,
    invite,
    send_invitations,
    withdraw_invitation,
)
from accounts.services.invitations import DAYS
from accounts.services.memberships import KIND
from core.feeds.models import FieldChange
from core.offices.enums import OfficeKind
from core.records.held import held_about
from core.records.services.erasure import erase
from core.records.services.retention import keep_to_terms
from tests.accounts.factories import (
    SANGGYE,
    again,
    join,
    make_centre,
    make_manager,
    make_office,
    make_person,
    make_worker,
)
from tests.sign_in import sign_in

NOW = timezone.now()
TODAY = timezone.localdate(NOW)
DAY = datetime.timedelta(days=1)
URL = "/admin/accounts/invitation/"
MINE = "/my/invitations/"


@pytest.fixture
def office(db):
    return make_centre().office


@pytest.fixture
def manager(office):
    return make_manager(office)


@pytest.fixture
def citizen(db):
    return confirmed(make_person("한시민"))


def confirmed(person, email=""):
    EmailAddress.objects.create(
        user=person, email=email or person.email, verified=True, primary=not email
    )
    return person


def ask(manager, office, email="who@example.com", role=Role.WORKER, **more):
    more = {"starts_date": TODAY, "now": NOW, **more}
    return invite(actor=manager, email=email, office=office, role=role, **more)


def text(response):
    return BeautifulSoup(response.content, "html.parser").get_text(" ", strip=True)


class TestInvite:
    def test_binds_nobody(self, manager, office, citizen):
        made = ask(manager, office, citizen.email.upper())

        assert made.email == citizen.email
        assert not again(citizen).duties
        assert not Membership.objects.filter(person=citizen).exists()

    @pytest.mark.parametrize(
        ("trick", "said"),
        [
            ("elsewhere", "책임자로 있는 기관"),
            ("myself", "자기 자신"),
            ("my other address", "자기 자신"),
            ("role of no centre", "역할이 없습니다"),
            ("twice", "이미 초대"),
            ("works here", "이미 이 기관에서"),
            ("no address", "이메일"),
        ],
    )
    def test_is_refused(self, manager, office, trick, said):
        told = {"email": "who@example.com", "office": office}
        if trick == "elsewhere":
            told["office"] = make_centre(SANGGYE).office
        elif trick == "myself":
            told["email"] = manager.email
        elif trick == "my other address":
            confirmed(manager, "other@example.com")
            told["email"] = "other@example.com"
        elif trick == "role of no centre":
            told["role"] = Role.OFFICIAL
        elif trick == "twice":
            ask(manager, office)
        elif trick == "works here":
            told["email"] = make_worker(office).email
        else:
            told["email"] = "nobody"

        with pytest.raises(InvitationRefused, match=said):
            ask(manager, **told)

    def test_may_be_sent_again_when_it_has_run_out(self, manager, office):
        ask(manager, office, now=NOW - DAYS - DAY)

        assert ask(manager, office).is_open_on(TODAY)
        assert Invitation.objects.count() == 1

    def test_is_held_to_once_by_the_database(self, manager, office):
        first = ask(manager, office)
        first.pk = None
        with pytest.raises(IntegrityError), transaction.atomic():
            first.save(force_insert=True)


class TestAnswer:
    def test_accepted_makes_the_membership_and_says_who_asked(self, manager, office, citizen):
        made = ask(manager, office, citizen.email)

        membership = accept_invitation(person=citizen, invitation=made, now=NOW)

        assert again(citizen).office_ids == {office.pk}
        assert not Invitation.objects.exists()
        told = FieldChange.objects.get(kind=KIND, key=str(membership.pk))
        assert (told.changed_by, told.reason) == (manager, "초대를 받아들임")

    def test_begins_on_the_day_it_is_accepted(self, manager, office, citizen):
        made = ask(manager, office, citizen.email, starts_date=TODAY - 30 * DAY)

        assert accept_invitation(person=citizen, invitation=made, now=NOW).starts_date == TODAY

    @pytest.mark.parametrize("way", ["declined", "withdrawn", "run out", "not theirs", "unproven"])
    def test_is_not_accepted(self, manager, office, citizen, way):
        made = ask(manager, office, citizen.email)
        person, now = citizen, NOW
        if way == "declined":
            decline_invitation(person=citizen, invitation=made, now=NOW)
        elif way == "withdrawn":
            withdraw_invitation(actor=manager, invitation=made, now=NOW)
        elif way == "run out":
            now = NOW + DAYS + DAY
        elif way == "not theirs":
            person = confirmed(make_person())
        else:
            EmailAddress.objects.update(verified=False)

        with pytest.raises(InvitationRefused, match="이미 답했거나"):
            accept_invitation(person=person, invitation=made, now=now)
        assert not Membership.objects.filter(person=person).exists()

    def test_falls_with_the_manager_who_asked(self, manager, office, citizen):
        made = ask(manager, office, citizen.email, role=Role.MANAGER)
        manager.memberships.update(ends_date=TODAY - DAY)

        with pytest.raises(InvitationRefused, match="다시 초대"):
            accept_invitation(person=citizen, invitation=made, now=NOW)
        assert Invitation.objects.count() == 1

    def test_is_not_withdrawn_by_others(self, manager, office):
        made = ask(manager, office)

        with pytest.raises(InvitationRefused):
            withdraw_invitation(actor=make_worker(office), invitation=made, now=NOW)

    def test_is_forgotten_after_sixty_days(self, manager, office):
        ask(manager, office, now=NOW - 61 * DAY)

        keep_to_terms(now=NOW)

        assert not Invitation.objects.exists()


class TestLetter:
    def test_is_the_same_for_an_address_without_an_account(self, manager, office, citizen):
        ask(manager, office, citizen.email)
        ask(manager, office, "who@example.com")

        assert send_invitations(now=NOW) == 2
        assert send_invitations(now=NOW) == 0

        one, other = mail.outbox
        assert {one.to[0], other.to[0]} == {citizen.email, "who@example.com"}
        assert (one.subject, one.body) == (other.subject, other.body)
        assert "/my/invitations/" in one.body
        assert "/en/my/invitations/" in one.body
        assert office.name in one.body

    @pytest.mark.parametrize(
        ("fault", "tries"),
        [
            (smtplib.SMTPRecipientsRefused({"a@example.com": (550, b"no such user")}), 1),
            (smtplib.SMTPRecipientsRefused({"a@example.com": (451, b"try again later")}), 3),
            (smtplib.SMTPDataError(554, b"refused"), 1),
            (smtplib.SMTPDataError(452, b"full"), 3),
            (BadHeaderError("a line break"), 1),
        ],
        ids=lambda one: type(one).__name__,
    )
    def test_that_is_not_taken_keeps_no_other_waiting(
        self, manager, office, monkeypatch, fault, tries
    ):
        tried = []
        send = EmailMessage.send

        def choosy(letter, *args):
            if letter.to == ["a@example.com"]:
                tried.append(letter)
                raise fault
            return send(letter, *args)

        monkeypatch.setattr(EmailMessage, "send", choosy)
        ask(manager, office, "a@example.com")
        ask(manager, office, "b@example.com")
        for _minute in range(3):
            send_invitations(now=NOW)

        assert [letter.to for letter in mail.outbox] == [["b@example.com"]]
        assert len(tried) == tries  # what nobody will ever take is not tried for a month

    def test_waits_where_the_mail_server_is_away(self, manager, office, monkeypatch):
        def away(*_):
            raise ConnectionRefusedError

        ask(manager, office, "a@example.com")
        with monkeypatch.context() as patched:
            patched.setattr(EmailMessage, "send", away)
            with pytest.raises(ConnectionRefusedError):
                send_invitations(now=NOW)
        assert send_invitations(now=NOW) == 1

    def test_is_not_sent_for_what_was_withdrawn(self, manager, office):
        withdraw_invitation(actor=manager, invitation=ask(manager, office), now=NOW)

        assert send_invitations(now=NOW) == 0


class TestPage:
    def test_shows_and_takes_what_is_theirs(self, client, manager, office, citizen):
        made = ask(manager, office, citizen.email)
        ask(manager, office, "who@example.com", role=Role.VOLUNTEER)
        sign_in(client, citizen)

        assert "초대" in text(client.get("/my/"))
        page = text(client.get(MINE))
        assert office.name in page
        assert "자원봉사자" not in page
        answer = client.post(f"{MINE}{made.pk}/", {"answer": "accept"}, follow=True)

        assert "2단계 인증" in text(answer)
        assert again(citizen).office_ids == {office.pk}
        assert MINE not in client.get("/my/").content.decode()

    def test_lets_it_be_declined(self, client, manager, office, citizen):
        made = ask(manager, office, citizen.email)
        sign_in(client, citizen)

        client.post(f"{MINE}{made.pk}/", {"answer": "decline"})

        made.refresh_from_db()
        assert made.declined_at
        assert client.post(f"{MINE}{made.pk}/", {"answer": "accept"}).status_code == 404

    def test_is_not_there_for_others(self, client, manager, office, citizen, stranger):
        made = ask(manager, office, citizen.email)
        sign_in(client, confirmed(stranger))

        assert client.post(f"{MINE}{made.pk}/", {"answer": "accept"}).status_code == 404
        assert "받은 초대가 없습니다" in text(client.get(MINE))

    def test_takes_no_other_answer(self, client, manager, office, citizen):
        made = ask(manager, office, citizen.email)
        sign_in(client, citizen)

        assert client.post(f"{MINE}{made.pk}/", {"answer": "perhaps"}).status_code == 400
        assert client.get(f"{MINE}{made.pk}/").status_code == 405


class TestData:
    """Whose address it is has it among their own data; whoever typed it has not."""

    def held(self, person):
        told = [one.as_data() for one in held_about(person)]
        return [row for one in told if one["model"] == "accounts.Invitation" for row in one["rows"]]

    def test_is_theirs_to_whom_it_was_sent(self, manager, office, citizen):
        confirmed(citizen, "second@example.com")
        ask(manager, office, citizen.email)
        ask(manager, office, "second@example.com")

        told = [row["email"] for row in self.held(again(citizen))]
        assert told == [citizen.email, "second@example.com"]

    def test_is_nobodys_who_only_says_that_the_address_is_theirs(self, manager, office, citizen):
        EmailAddress.objects.create(user=citizen, email="who@example.com", verified=False)
        ask(manager, office)

        assert not self.held(again(citizen))

    def test_tells_whoever_sent_it_no_address(self, manager, office, citizen):
        ask(manager, office, citizen.email)

        (row,) = self.held(manager)
        assert row["office"] == office.name
        assert citizen.email not in str(row)

    def test_goes_with_the_account(self, manager, office, citizen):
        ask(manager, office)
        for email in (citizen.email, "second@example.com"):
            ask(manager, office, email)
        confirmed(citizen, "second@example.com")
        declined = Invitation.objects.get(email="second@example.com")
        decline_invitation(person=citizen, invitation=declined, now=NOW)

        erase(person=again(citizen), now=NOW)

        assert Invitation.objects.get().email == "who@example.com"


class TestDesk:
    def typed(self, office, email, other=()):
        told = {"email": email, "office": office.pk, "role": Role.WORKER,
                "starts_date": TODAY.isoformat(), "ends_date": ""}  # fmt: skip
        return {**told, **dict(other)}

    def test_answers_the_same_whether_there_is_an_account(self, client, manager, office, citizen):
        elsewhere = join(make_person(), make_centre(SANGGYE).office).person
        sign_in(client, manager)
        pages = []
        for email in (citizen.email, elsewhere.email, "nobody@example.com"):
            answer = client.post(f"{URL}add/", self.typed(office, email), follow=True)
            pages.append(answer.redirect_chain)
            assert "한시민" not in text(answer)

        assert pages[0] == pages[1] == pages[2]
        assert Invitation.objects.count() == 3
        assert not again(citizen).duties

    def test_offers_ones_own_offices_alone(self, client, manager, office):
        make_centre(SANGGYE)
        sign_in(client, manager)

        page = BeautifulSoup(client.get(f"{URL}add/").content, "html.parser")

        offered = {option["value"] for option in page.select("select[name=office] option")}
        assert offered == {"", str(office.pk)}

    @pytest.mark.parametrize("trick", ["elsewhere", "myself", "twice", "works here"])
    def test_says_what_is_refused(self, client, manager, office, trick):
        email, other = "who@example.com", {}
        if trick == "elsewhere":
            other = {"office": make_centre(SANGGYE).office.pk}
        elif trick == "myself":
            email = manager.email
        elif trick == "twice":
            ask(manager, office)
        else:
            email = make_worker(office).email
        before = Invitation.objects.count()
        sign_in(client, manager)

        answer = client.post(f"{URL}add/", self.typed(office, email, other))

        assert answer.status_code == 200
        assert answer.context["errors"]
        assert Invitation.objects.count() == before

    def test_takes_it_back_and_tells_who_did_what(self, client, manager, office):
        made = ask(manager, office)
        sign_in(client, manager)
        url = f"{URL}{made.pk}/change/"

        assert client.post(url, {"withdraw": "on"}).status_code == 302

        made.refresh_from_db()
        assert made.withdrawn_at
        told = text(client.get(url))
        assert "거둠" in told
        assert f"{manager.name} · 초대: 담당자 → –" in told

    @pytest.mark.parametrize("who", ["worker", "manager of another", "stranger", "partner"])
    def test_is_closed_to_others(self, client, manager, office, who):
        made = ask(manager, office)
        person = {
            "worker": lambda: make_worker(office),
            "manager of another": lambda: make_manager(make_centre(SANGGYE).office),
            "stranger": make_person,
            "partner": lambda: make_worker(make_office(OfficeKind.PARTNER), Role.PARTNER),
        }[who]()
        sign_in(client, person)

        client.post(f"{URL}{made.pk}/change/", {"withdraw": "on"})

        made.refresh_from_db()
        assert made.withdrawn_at is None
        assert made.email not in client.get(URL).content.decode()

    def test_asks_as_often_for_many(self, client, manager, office, assert_flat):
        sign_in(client, manager)

        def add(number):
            ask(manager, office, f"who{number}@example.com")

        assert assert_flat(lambda: client.get(URL), add=add) <= 9
