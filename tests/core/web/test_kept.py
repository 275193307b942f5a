"""What is kept: at one revision, for others where it is said to be, and by no plain name."""

from core.web.kept import SHARED_SECONDS, Kept
from core.web.revision import raise_revision

TYPED = "words:강남구 김주민 010-1234-5678"


class Made:
    def __init__(self) -> None:
        self.times = 0

    def __call__(self) -> int:
        self.times += 1
        return self.times


class TestKept:
    def test_is_worked_out_once_at_each_revision(self):
        kept, made = Kept(), Made()

        assert [kept.get("a", made), kept.get("a", made)] == [1, 1]
        raise_revision()
        assert kept.get("a", made) == 2

    def test_holds_no_more_than_its_capacity(self):
        kept, made = Kept(capacity=2), Made()

        for key in ("a", "b", "c", "b", "a"):
            kept.get(key, made)

        assert made.times == 4

    def test_stays_in_the_process_unless_it_is_shared(self, redis_holds):
        made = Made()

        Kept().get(TYPED, made)
        Kept().get(TYPED, made)

        assert made.times == 2
        assert not redis_holds()

    def test_is_found_by_another_process_where_it_is_shared(self, redis_holds):
        made = Made()

        assert Kept().get("directory", made, is_shared=True) == 1
        assert Kept().get("directory", made, is_shared=True) == 1

        (seconds,) = redis_holds().values()
        assert 0 < seconds <= SHARED_SECONDS <= 15 * 60

    def test_has_a_name_that_any_cache_takes_and_that_tells_nothing(self, redis_holds):
        for key in (TYPED, "a b\r\n\x00", "가" * 5_000, "\ud800"):
            assert Kept().get(key, Made(), is_shared=True) == 1

        assert len(redis_holds()) == 4
        assert all(name.isascii() and len(name) < 80 for name in redis_holds())
