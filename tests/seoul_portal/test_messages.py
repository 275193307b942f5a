"""No message escapes: whatever way it is written, it is found, and its translation is judged."""

import re
from pathlib import Path

import allauth
import polib
import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.utils import translation

from seoul_portal.messages import (
    Message,
    borrowed_complaints,
    complaints,
    messages_in,
    messages_of,
    refresh,
)

SOURCE = '''
"""A module."""
title = _("제목")
late = gettext_lazy("나중에")
counted = ngettext("%(n)s곳", "%(n)s곳들", n)
verb = pgettext("시설", "열다")
both = npgettext_lazy("시설", "한 곳", "여러 곳", n)
attribute = translation.gettext("속성")
joined = _("앞 " "뒤")
unknown = _(computed)
plain = print("번역하지 않음")
'''
TEMPLATE = """
{% load i18n %}{% comment %}{% translate "지워짐" %}{% endcomment %}
<a title="{% translate '안녕 (1)' %}">{{ name|default:_("이름 없음") }}</a>
{% translate "열다" context "시설" %}
{% notice title=_("시설이 없습니다") %}{% blocktranslate trimmed with where=place %}
  {{ where }}에서
  찾기
{% endblocktranslate %}{% endnotice %}
{% blocktranslate count n=total %}{{ n }}곳{% plural %}{{ n }}곳들{% endblocktranslate %}
"""


def catalogue(*entries):
    held = polib.POFile()
    held.extend(polib.POEntry(**entry) for entry in entries)
    return held


class TestMessages:
    def test_are_found_in_sources(self, tmp_path):
        path = tmp_path / "module.py"
        path.write_text(SOURCE)

        assert set(messages_in(path)) == {
            Message("제목"),
            Message("나중에"),
            Message("%(n)s곳", plural="%(n)s곳들"),
            Message("열다", context="시설"),
            Message("한 곳", plural="여러 곳", context="시설"),
            Message("속성"),
            Message("앞 뒤"),
        }

    def test_are_found_in_templates(self, tmp_path):
        path = tmp_path / "templates" / "page.html"
        path.parent.mkdir()
        path.write_text(TEMPLATE)

        assert set(messages_in(path)) == {
            Message("안녕 (1)"),
            Message("이름 없음"),
            Message("열다", context="시설"),
            Message("시설이 없습니다"),
            Message("%(where)s에서 찾기"),
            Message("%(n)s곳", plural="%(n)s곳들"),
        }

    def test_are_those_of_the_whole_product(self):
        found = messages_of(settings.BASE_DIR)

        assert Message("복지") in found
        assert len(found) > 100
        assert not {where for where in found.values() if where.startswith(("tests", ".venv"))}


class TestComplaints:
    @pytest.mark.parametrize(
        ("entry", "said"),
        [
            (None, "is not in the translation file"),
            ({"msgstr": ""}, "has no translation"),
            ({"msgstr": "%(n)s places", "flags": ["fuzzy"]}, "marked as a guess"),
            ({"msgstr": "%(n)s %(m)s places"}, r"uses \['%\(m\)s'\], not given"),
            ({"msgstr": "places"}, r"loses \['%\(n\)s'\]"),
        ],
    )
    def test_name_each_fault(self, entry, said):
        held = catalogue({"msgid": "%(n)s곳", **entry}) if entry else catalogue()

        (complaint,) = complaints(held, {Message("%(n)s곳"): "page.html"})

        assert re.search(said, complaint)

    def test_name_what_is_left_over(self):
        held = catalogue({"msgid": "옛말", "msgstr": "old word"})

        assert list(complaints(held, {})) == [
            "“옛말” is translated but said nowhere (make fix takes it out)."
        ]

    def test_let_a_sound_translation_pass(self):
        held = catalogue(
            {"msgid": "%(n)s곳", "msgstr": "%(n)s places"},
            {
                "msgid": "%(n)s명",
                "msgid_plural": "%(n)s명들",
                "msgstr_plural": {0: "one person", 1: "%(n)s people"},
            },
        )
        found = {Message("%(n)s곳"): "a.py", Message("%(n)s명", plural="%(n)s명들"): "b.py"}

        assert list(complaints(held, found)) == []


class TestBorrowed:
    """What Django and allauth say, in the portal's words."""

    def test_complaints_name_what_is_gone_missing_or_not_given(self):
        held = catalogue(
            {"msgid": "Gone.", "msgstr": "없다"},
            {"msgid": "Empty.", "msgstr": ""},
            {"msgid": "At most %(n)s.", "msgstr": "%(m)s까지"},
        )

        found = list(borrowed_complaints(held, {"Empty.", "At most %(n)s."}))

        assert len(found) == 3
        assert "Gone." in found[0]
        assert "Empty." in found[1]
        assert "%(m)s" in found[2]

    @pytest.mark.parametrize("language", ["ko", "en"])
    def test_words_win_over_the_libraries(self, language):
        path = settings.LOCALE_PATHS[1] / language / "LC_MESSAGES" / "django.po"
        entries = polib.pofile(str(path))

        with translation.override(language):
            for entry in entries:
                if not entry.msgid_plural:
                    assert translation.gettext(entry.msgid) == entry.msgstr
        assert len(entries) >= 30

    def test_one_word_means_password(self):
        """Neither 패스워드 nor 암호 beside 비밀번호, in whatever the account pages may say."""
        with translation.override("ko"):
            for path in Path(allauth.__file__).parent.glob("locale/ko/LC_MESSAGES/*.po"):
                mixed = {
                    entry.msgid
                    for entry in polib.pofile(str(path))
                    if re.search("패스워드|암호", translation.gettext(entry.msgid))
                }
        # The letter has a template of ours.
        assert {message[:40] for message in mixed} <= {"You're receiving this email because you "}


class TestRefresh:
    def test_adds_what_is_new_and_drops_what_is_gone(self):
        held = catalogue(
            {"msgid": "옛말", "msgstr": "old word"}, {"msgid": "복지", "msgstr": "Welfare"}
        )

        refresh(held, {Message("복지"): "a.py", Message("%(n)s명", plural="%(n)s명들"): "b.py"})

        assert [(entry.msgid, entry.msgstr) for entry in held] == [
            ("%(n)s명", ""),
            ("복지", "Welfare"),
        ]
        assert held[0].msgstr_plural == {0: "", 1: ""}
        assert held[0].flags == ["python-format"]


class TestCommand:
    @pytest.fixture
    def locale(self, settings, tmp_path):
        settings.LOCALE_PATHS = [tmp_path]
        settings.BASE_DIR = tmp_path
        folder = tmp_path / "en" / "LC_MESSAGES"
        folder.mkdir(parents=True)
        (tmp_path / "module.py").write_text('"""A module."""\nx = _("복지")\n')
        catalogue({"msgid": "복지", "msgstr": "Welfare"}).save(str(folder / "django.po"))
        return folder

    def test_compiles_what_django_reads(self, locale):
        call_command("translations", verbosity=0)

        compiled = polib.mofile(str(locale / "django.mo"))
        assert [(entry.msgid, entry.msgstr) for entry in compiled] == [("복지", "Welfare")]

    def test_fails_the_check_on_what_is_missing(self, locale, tmp_path):
        call_command("translations", check=True)
        (tmp_path / "module.py").write_text('"""A module."""\nx = _("복지"), _("문화")\n')

        with pytest.raises(CommandError, match="문화"):
            call_command("translations", check=True)

    def test_fails_where_a_language_has_no_file(self, locale):
        (locale / "django.po").unlink()

        with pytest.raises(CommandError, match="There is no translation file"):
            call_command("translations", check=True)

    def test_has_been_run_for_the_tests(self):
        with translation.override("en"):
            assert translation.gettext("복지") == "Welfare"
