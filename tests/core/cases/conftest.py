"""Two centres with their people, a citizen with a helper, and a request."""

import datetime
import uuid

import pytest

from accounts.enums import MessagesTo, Role
from accounts.models import Delegation, Membership, User
from core.cases import registry
from core.cases.models import Attachment, Case
from core.cases.services import attaching, open_case
from core.offices.enums import OfficeKind
from core.offices.models import Office
from tests.core.cases import kinds as samples

KST = datetime.timezone(datetime.timedelta(hours=9))
# A Monday of an ordinary week.
NOW = datetime.datetime(2026, 11, 2, 10, 0, tzinfo=KST)
TODAY = NOW.date()


def new_key() -> str:
    return str(uuid.uuid4())


@pytest.fixture(autouse=True)
def kinds(monkeypatch):
    """Declare the kinds of the tests, as an area would."""
    samples.declare(monkeypatch)
    yield
    registry.declared_kinds.cache_clear()


@pytest.fixture
def centre(db) -> Office:
    return Office.objects.create(kind=OfficeKind.CENTRE, name="가온동주민센터", phone="02-000-0001")


@pytest.fixture
def other_centre(centre) -> Office:
    return Office.objects.create(kind=OfficeKind.CENTRE, name="나래동주민센터")


def member(office: Office, role: Role, name: str) -> User:
    person = User.objects.create_user(f"{name}@portal.example", "pw", name=name)
    Membership.objects.create(
        person=person, office=office, role=role, starts_date=datetime.date(2020, 1, 1)
    )
    return User.objects.get(pk=person.pk)


@pytest.fixture
def worker(centre) -> User:
    return member(centre, Role.WORKER, "최담당")


@pytest.fixture
def manager(centre) -> User:
    return member(centre, Role.MANAGER, "정책임")


@pytest.fixture
def outsider(other_centre) -> User:
    """A worker of another centre, who must see nothing of this one's cases."""
    return member(other_centre, Role.WORKER, "한타동")


@pytest.fixture
def citizen(db) -> User:
    return User.objects.create_user("citizen@portal.example", "pw", name="김시민")


@pytest.fixture
def delegation(db, citizen) -> Delegation:
    """What the citizen has left to somebody: requests of welfare, with the messages about them."""
    person = User.objects.create_user("helper@portal.example", "pw", name="이도움")
    return Delegation.objects.create(
        person=citizen,
        helper=person,
        label="조카",
        purposes=["welfare"],
        messages_to=MessagesTo.BOTH,
        ends_date=datetime.date(2999, 1, 1),
        named_at=NOW,
        accepted_at=NOW,
        code_salt="salt",
        code_mark="mark",
        code_expires_at=NOW,
    )


@pytest.fixture
def helper(delegation) -> User:
    return User.objects.get(pk=delegation.helper_id)


def make_case(person=None, *, actor=None, now=NOW, key=None, **told) -> Case:
    told = {"kind": "welfare.home-help", "subject": "문턱 없애기", **told}
    name = told.pop("applicant", person.name if person else "박종이")
    return open_case(
        person=person,
        applicant=name,
        actor=actor or person,
        key=key or uuid.uuid4(),
        now=now,
        **told,
    )


@pytest.fixture
def case(centre, citizen) -> Case:
    return make_case(citizen, words="문턱이 높습니다.")


def again(case: Case) -> Case:
    """Answer the case as the database has it."""
    return Case.objects.get(pk=case.pk)


@pytest.fixture
def folder(monkeypatch, tmp_path):
    """A folder of this test's own, in which the storage keeps attachments."""
    storage = Attachment._meta.get_field("file").storage
    for name, value in (("_location", str(tmp_path)), ("base_location", str(tmp_path))):
        monkeypatch.setitem(storage.__dict__, name, value)
    monkeypatch.setitem(storage.__dict__, "location", str(tmp_path))
    monkeypatch.setattr(attaching, "attachment_storage", lambda: storage)
    return tmp_path
