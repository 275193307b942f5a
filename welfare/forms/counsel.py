"""What somebody asks of a community centre, and which one: theirs first, then all by district."""

from collections.abc import Iterable, Mapping
from itertools import groupby
from typing import Any

from django import forms
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from accounts.models import CommunityCentre
from accounts.queries import open_centres
from core.offices.models import Office
from core.places.facts import Dong
from core.web.filters import GroupedSelect
from core.web.long_text import LongTextField

MINE = "me"
MOST_WORDS = 2000


class CounselForm(forms.Form):
    """What somebody wants to talk about, and where; for whom, of whoever helps others."""

    whose = forms.ChoiceField(
        label=gettext_lazy("누구의 신청인가요?"),
        help_text=gettext_lazy("대신 신청하면 그분께도 알려 드립니다."),
        widget=forms.RadioSelect,
    )
    text = LongTextField(
        label=gettext_lazy("어떤 도움이 필요하세요?"),
        help_text=gettext_lazy(
            "담당 직원만 읽습니다. 주민등록번호는 적지 마세요. 2,000자까지 적을 수 있습니다."
        ),
        most=MOST_WORDS,
        rows=6,
        error_messages={"required": gettext_lazy("어떤 도움이 필요한지 적어 주세요.")},
    )
    office = forms.ModelChoiceField(
        label=gettext_lazy("어느 동주민센터에 상담할까요?"),
        queryset=Office.objects.none(),
        widget=GroupedSelect,
        error_messages={
            "required": gettext_lazy("어느 동주민센터에 상담할지 골라 주세요."),
            "invalid_choice": gettext_lazy(
                "고른 동주민센터를 찾지 못했습니다. 목록에서 다시 골라 주세요."
            ),
        },
    )
    key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(
        self, *args: Any, helped: Mapping[str, str], own_office: int | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        office: Any = self.fields["office"]
        centres = open_centres()
        office.queryset = Office.objects.filter(pk__in=[one.pk for one in centres])
        office.widget.choices = [*self._first(helped, own_office, centres), *_by_district(centres)]
        if helped:
            choices = [(MINE, _("나의 신청")), *helped.items()]
            self.fields["whose"].choices = choices  # type: ignore[attr-defined]
            office.required = False
        else:
            del self.fields["whose"]
            self.initial.setdefault("office", own_office)

    def _first(
        self, helped: Mapping[str, str], own: int | None, centres: Iterable[CommunityCentre]
    ) -> list[tuple[str, str]]:
        """Answer what stands above all districts: one's own centre, where it is known."""
        office = self.fields["office"]
        if helped:
            office.help_text = _("고르지 않으면 신청하는 분이 사는 동의 주민센터로 갑니다.")
            return [("", _("신청하는 분이 사는 동의 주민센터"))]
        if mine := next((one for one in centres if one.pk == own), None):
            office.help_text = _("‘내 정보’에 적은 동의 주민센터를 골라 두었습니다.")
            return [(str(mine.pk), _("내가 사는 동: %(centre)s") % {"centre": _name(mine)})]
        office.help_text = _(
            "사는 동의 주민센터를 고르세요. ‘내 정보’에 사는 동을 적어 두면 다음에는 골라 둡니다."
        )
        return [("", _("골라 주세요"))]


class BenefitRequestForm(CounselForm):
    """The same for one benefit, which says by itself what is wanted: words are welcome."""

    text = LongTextField(
        label=gettext_lazy("동주민센터에 전할 말"),
        help_text=gettext_lazy(
            "적지 않아도 됩니다. 담당 직원만 읽습니다. 주민등록번호는 적지 마세요."
        ),
        required=False,
        most=MOST_WORDS,
        rows=4,
    )


def _by_district(centres: Iterable[CommunityCentre]) -> list[tuple[str, list[tuple[str, str]]]]:
    """Put centres, which come in the ministry's order, into a group for each district."""
    is_english = get_language() == "en"
    groups = []
    for district, found in groupby(centres, key=lambda one: _dong(one).district):
        title = district.name_en if is_english else district.name
        groups.append((title, [(str(one.pk), _name(one)) for one in found]))
    return groups


def _dong(centre: CommunityCentre) -> Dong:
    if centre.serves is None:
        raise LookupError(f"{centre.code} is no dong")
    return centre.serves


def _name(centre: CommunityCentre) -> str:
    """Begin with the dong, so that typing its first letters finds it; then the district."""
    office = centre.office
    if get_language() == "en":
        return office.name_en or office.name
    district = _dong(centre).district.name
    return f"{office.name.removeprefix(f'{district} ')} ({district})"
