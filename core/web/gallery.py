"""Samples for the gallery of components: every component in every state, without real data."""

import datetime

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.kpi.pictures import Bar, Level, Point
from core.places.facts import districts
from core.web.maps import MapPlace
from core.web.pagination import Pager
from core.web.templatetags.components import BADGE_TONES, BUTTON_KINDS, BUTTON_SIZES, NOTICE_KINDS
from core.web.tiles import tiles_of

FIRST_DAY, A_WEEK = datetime.date(2026, 1, 5), datetime.timedelta(days=7)


class GalleryForm(forms.Form):
    """One field of each kind."""

    name = forms.CharField(
        label=gettext_lazy("이름"), help_text=gettext_lazy("본명을 적어 주세요.")
    )
    email = forms.EmailField(label=gettext_lazy("이메일"), required=False)
    household = forms.ChoiceField(
        label=gettext_lazy("함께 사는 사람"),
        choices=[("1", gettext_lazy("혼자")), ("2", gettext_lazy("둘 이상"))],
    )
    help_wanted = forms.ChoiceField(
        label=gettext_lazy("도움이 필요한가요?"),
        widget=forms.RadioSelect,
        choices=[
            ("yes", gettext_lazy("예")),
            ("no", gettext_lazy("아니요")),
            ("unknown", gettext_lazy("잘 모르겠습니다")),
        ],
    )
    story = forms.CharField(
        label=gettext_lazy("하고 싶은 말"), widget=forms.Textarea(attrs={"rows": 4}), required=False
    )
    agree = forms.BooleanField(label=gettext_lazy("안내를 읽었습니다"))


def gallery_context() -> dict[str, object]:
    wrong = GalleryForm(QueryDict("email=@"), auto_id="wrong_%s")
    wrong.is_valid()
    counts = {each.code: 7 * place for place, each in enumerate(districts())}
    return {
        "notice_levels": list(NOTICE_KINDS),
        "button_kinds": list(BUTTON_KINDS),
        "button_sizes": list(BUTTON_SIZES),
        "badge_tones": list(BADGE_TONES),
        "form": GalleryForm(auto_id="right_%s"),
        "wrong_form": wrong,
        "pagers": [Pager(1, 45), Pager(7, 400), Pager(500, 10_000, count_capped=True), Pager(1, 0)],
        "facts": [
            (_("주소"), _("서울특별시 종로구 비봉길 76")),
            (_("정원"), 49),
            (_("모르는 것"), None),
        ],
        "columns": [_("자치구"), _("시설 수")],
        "rows": [(_("종로구"), 101), (_("중구"), 87)],
        "steps": [_("나이"), _("가구"), _("소득"), _("결과")],
        "choices": [("open", _("지금 여는 곳")), ("free", _("무료"))],
        "places": [
            MapPlace("서울시청", "서울특별시 중구 세종대로 110", 37.5666, 126.9784, False, 1),
            MapPlace("명동", "", 37.5689, 126.9944, True, 2),
        ],
        "points": [
            Point(FIRST_DAY + at * A_WEEK, value, str(value or "–"))
            for at, value in enumerate((12, 15, None, 21, 20, 26))
        ],
        "level": Level(30, "30"),
        "bars": [Bar(_("종로구"), 101, "101"), Bar(_("중구"), 87, "87")],
        "tiles": tiles_of(counts, url_for=lambda district: f"?district={district.code}"),
    }
