"""The one index over everything that can be found, and the words it knows."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex, GistIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.utils.translation import gettext_lazy as _

from core.places.fields import PointField

# Entries of level n and above are an even sample of one in LEVEL_FACTOR ** n of all.
LEVEL_FACTOR = 8
TOP_LEVEL = 3
WORDS_INDEXES = tuple(
    f"search_entry_words_{level}" if level else "search_entry_words"
    for level in range(TOP_LEVEL + 1)
)
MAX_PENDING = 65_536  # kB


class SearchEntry(models.Model):
    """One findable thing in one language; written by `refresh_search` only."""

    kind = models.CharField(_("종류"), max_length=40)
    key = models.CharField(_("원본 식별자"), max_length=80)
    language = models.CharField(_("언어"), max_length=5)
    title = models.TextField(_("제목"))
    title_key = models.TextField(_("제목 (띄어쓰기 없이)"))
    district_code = models.CharField(_("자치구 코드"), max_length=10, blank=True)
    point = PointField(_("위치"), null=True)
    starts_at = models.DateTimeField(_("시작"), null=True)
    ends_at = models.DateTimeField(_("끝"), null=True)
    facets = models.JSONField(_("갈래"), default=dict)
    weight = models.SmallIntegerField(_("중요도"))
    standing = models.SmallIntegerField(_("같은 일치도 안에서의 순서"))
    level = models.SmallIntegerField(_("표본 층"))
    vector = SearchVectorField(_("색인어"))
    card = models.TextField(_("결과 카드"))
    content_hash = models.BinaryField(_("내용 해시"))
    indexed_at = models.DateTimeField(_("색인 일시"))
    published_at = models.DateTimeField(_("원본 게시 일시"), null=True)

    class Meta:
        verbose_name = _("검색 항목")
        verbose_name_plural = _("검색 항목")
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "key", "language"], name="search_entry_is_one_thing"
            ),
            models.CheckConstraint(
                name="search_entry_level_known", condition=models.Q(level__range=(0, TOP_LEVEL))
            ),
        ]
        indexes = [
            models.Index(fields=["title_key", "-standing"], name="search_entry_title"),
            GistIndex(fields=["point"], name="search_entry_point"),
            # New words wait in a list, which every refresh empties: four times as fast to write.
            GinIndex(fields=["vector"], name=WORDS_INDEXES[0], gin_pending_list_limit=MAX_PENDING),
            *(
                GinIndex(
                    fields=["vector"],
                    name=WORDS_INDEXES[level],
                    gin_pending_list_limit=MAX_PENDING,
                    condition=models.Q(level__gte=level),
                )
                for level in range(1, TOP_LEVEL + 1)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title} ({self.key})"

    @property
    def area(self) -> str:
        return self.kind.partition(".")[0]


class SynonymQuerySet(models.QuerySet["Synonym"]):
    def in_use(self) -> "SynonymQuerySet":
        return self.filter(is_active=True)


class Synonym(models.Model):
    """Words of which each finds what the others name."""

    words = ArrayField(
        models.CharField(max_length=60),
        verbose_name=_("같은 말"),
        help_text=_("쉼표로 나누어 적습니다. 예: 경로당, 노인정"),
    )
    is_active = models.BooleanField(_("사용"), default=True)
    note = models.CharField(_("메모"), max_length=200, blank=True)

    objects = SynonymQuerySet.as_manager()

    class Meta:
        verbose_name = _("같은 말")
        verbose_name_plural = _("같은 말")
        constraints = [
            models.CheckConstraint(
                name="search_synonym_has_two_words",
                condition=models.Q(words__len__gte=2),
                violation_error_message=_("같은 말은 두 낱말부터입니다."),
            ),
        ]

    def __str__(self) -> str:
        return ", ".join(self.words)


class Term(models.Model):
    """A word or title that is suggested while typing and offered for a misspelt one."""

    term = models.TextField(_("낱말"), unique=True)
    jamo = models.TextField(_("자모"))
    initials = models.TextField(_("초성"))
    frequency = models.IntegerField(_("나오는 횟수"))
    kind = models.CharField(_("갈래"), max_length=10)
    is_common = models.BooleanField(_("흔한 말"))
    # Hashes of the term's jamo and of it with one jamo left out.
    neighbours = ArrayField(models.IntegerField(), verbose_name=_("한 자모 차이"))

    class Meta:
        verbose_name = _("낱말")
        verbose_name_plural = _("낱말")
        indexes = [
            models.Index(fields=["jamo"], name="search_term_jamo", opclasses=["text_pattern_ops"]),
            models.Index(
                fields=["initials"], name="search_term_initials", opclasses=["text_pattern_ops"]
            ),
            models.Index(
                fields=["jamo"],
                name="search_term_common_jamo",
                opclasses=["text_pattern_ops"],
                condition=models.Q(is_common=True),
            ),
            models.Index(
                fields=["initials"],
                name="search_term_common_initials",
                opclasses=["text_pattern_ops"],
                condition=models.Q(is_common=True),
            ),
            GinIndex(fields=["neighbours"], name="search_term_neighbours", fastupdate=False),
        ]

    def __str__(self) -> str:
        return f"{self.term} ({self.frequency})"


class SearchState(models.Model):
    """How many entries there are, and which revision of them and of the synonyms: one row.

    A revision is a random number, so that none that was rolled back is ever met again.
    """

    revision = models.BigIntegerField(_("색인 판"), default=0)
    entries = models.IntegerField(_("항목 수"), default=0)
    synonyms_revision = models.BigIntegerField(_("같은 말 판"), default=0)
    # The revision that the vocabulary was counted in.
    vocabulary_revision = models.BigIntegerField(_("낱말 판"), default=0)

    class Meta:
        verbose_name = _("검색 상태")
        verbose_name_plural = _("검색 상태")
        constraints = [
            models.CheckConstraint(name="search_state_is_one_row", condition=models.Q(pk=1)),
        ]

    def __str__(self) -> str:
        return f"#{self.revision}: {self.entries}"
