"""`/my/notices/settings/`: for each purpose by which channels, and how often."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import BadRequest
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from accounts.models import User
from core.notices.channels import offered_channels, sealing
from core.notices.channels.push import is_known_host
from core.notices.declaration import NoticePurpose
from core.notices.enums import Channel, Language, Mode
from core.notices.models import Bounce, Preference, PushSubscription, Reader
from core.notices.services import choosing, phones
from core.notices.services.bouncing import forgive_address
from core.web.middleware import language_of
from seoul_portal.my.person import person_id_of, signed_in

SEE_OTHER = 303
BY_PHONE = (Channel.SMS, Channel.ALIMTALK)
MOST_KEY, MOST_SECRET, MOST_ENDPOINT = 100, 40, 500


class LanguageForm(forms.Form):
    language = forms.ChoiceField(
        label=gettext_lazy("편지와 문자의 언어"), choices=Language, widget=forms.RadioSelect
    )


class PurposeForm(forms.Form):
    """How often, and by which channels; what cannot be stopped offers no such choice."""

    mode = forms.ChoiceField(label=gettext_lazy("언제"), widget=forms.RadioSelect)
    channels = forms.MultipleChoiceField(
        label=gettext_lazy("어떻게"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, purpose: NoticePurpose, data: Any, *, initial: dict[str, Any]) -> None:
        super().__init__(data, initial=initial, prefix=purpose.slug.replace(".", "_"))
        self.purpose = purpose
        # Every message stands in the inbox, so that no channel at all is a choice as well.
        self.fields["channels"].choices = [  # type: ignore[attr-defined]
            choice for choice in Channel.choices if choice[0] in offered_channels()
        ]
        self.fields["mode"].choices = [  # type: ignore[attr-defined]
            choice for choice in Mode.choices if choice[0] in _modes(purpose)
        ]
        if purpose.is_urgent:
            self.fields.pop("mode")
            always = ", ".join(str(channel.label) for channel in purpose.channels)
            self.fields["channels"].help_text = _("다음 방법은 끌 수 없습니다: %(channels)s") % {
                "channels": always
            }

    @property
    def chosen_mode(self) -> Mode:
        return Mode(self.cleaned_data.get("mode", Mode.AT_ONCE))


def _modes(purpose: NoticePurpose) -> tuple[Mode, ...]:
    common = (Mode.AT_ONCE, Mode.DAILY, Mode.WEEKLY)
    return common if purpose.is_compulsory else (*common, Mode.STOPPED)


@dataclass(frozen=True, slots=True)
class Held:
    """What the page knows of a person's choices, in three questions."""

    reader: Reader | None
    preferences: dict[str, Preference]
    bounces: list[Bounce]

    def forms(self, person: User, data: Any) -> Iterator[PurposeForm]:
        for purpose in choosing.purposes_of(person):
            held = self.preferences.get(purpose.slug)
            initial = {
                "mode": held.mode if held else purpose.mode,
                "channels": held.channels if held else list(purpose.channels),
            }
            yield PurposeForm(purpose, data, initial=initial)


def _held_of(person_id: int) -> Held:
    mine = {"person": person_id}
    return Held(
        Reader.objects.filter(**mine).first(),
        {one.purpose: one for one in Preference.objects.filter(**mine)},
        list(Bounce.objects.filter(**mine).order_by("pk")),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def notice_settings(request: HttpRequest) -> HttpResponse:
    person_id = person_id_of(request)
    held = _held_of(person_id)
    data = request.POST if request.method == "POST" else None
    language = held.reader.language if held.reader else language_of(request.path_info)
    language_form = LanguageForm(data, initial={"language": language})
    purpose_forms = list(held.forms(signed_in(request), data))
    if data is not None and all(
        [language_form.is_valid(), *(one.is_valid() for one in purpose_forms)]
    ):
        _keep(person_id, language_form, purpose_forms)
        messages.success(request, _("알림 설정을 바꾸었습니다."))
        return HttpResponseRedirect(reverse("my-notice-settings"), status=SEE_OTHER)
    context = {
        "language_form": language_form,
        "purpose_forms": purpose_forms,
        "bounces": held.bounces,
        "has_phone_channels": any(name in offered_channels() for name in BY_PHONE),
        "phone": held.reader.phone if held.reader else "",
        "push_key": _push_key(),
        "browsers": _browsers(person_id),
    }
    return render(request, "seoul_portal/notices/settings.html", context)


@transaction.atomic
def _keep(person_id: int, language_form: LanguageForm, purpose_forms: list[PurposeForm]) -> None:
    language = Language(language_form.cleaned_data["language"])
    choosing.set_language(person_id=person_id, language=language)
    for form in purpose_forms:
        choosing.choose(
            person_id=person_id,
            purpose=form.purpose,
            mode=form.chosen_mode,
            channels=form.cleaned_data["channels"],
            now=timezone.now(),
        )


def _push_key() -> str:
    return sealing.public_key_of(settings.PUSH_KEY) if settings.PUSH_KEY else ""


def _browsers(person_id: int) -> int:
    if not settings.PUSH_KEY:
        return 0
    return PushSubscription.objects.filter(person=person_id).count()


@require_POST
def forgive(request: HttpRequest) -> HttpResponse:
    """Send to an address again that a letter came back from."""
    kind = request.POST.get("kind", "")
    if kind not in Channel.values:
        raise BadRequest("no such kind of address")
    forgive_address(person_id=person_id_of(request), kind=kind)
    messages.success(request, _("다시 보내 드립니다."))
    return HttpResponseRedirect(reverse("my-notices"), status=SEE_OTHER)


class PhoneForm(forms.Form):
    phone = forms.CharField(
        label=gettext_lazy("휴대전화 번호"),
        max_length=20,
        help_text=gettext_lazy("010-1234-5678처럼 적습니다. 인증번호를 문자로 보내 드립니다."),
        widget=forms.TextInput({"inputmode": "tel", "autocomplete": "tel"}),
    )


class CodeForm(forms.Form):
    code = forms.CharField(
        label=gettext_lazy("인증번호"),
        max_length=10,
        help_text=gettext_lazy("문자로 받은 숫자 여섯 자리입니다. 10분 동안 쓸 수 있습니다."),
        widget=forms.TextInput({"inputmode": "numeric", "autocomplete": "one-time-code"}),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def notice_phone(request: HttpRequest) -> HttpResponse:
    """First the number, then the code that was sent to it; each step is a form of its own."""
    person_id = person_id_of(request)
    reader = Reader.objects.filter(person=person_id).first()
    step = request.POST.get("step", "")
    phone_form = PhoneForm(request.POST if step == "phone" else None)
    code_form = CodeForm(request.POST if step == "code" else None)
    if step == "forget":
        phones.forget_phone(person_id=person_id)
        messages.success(request, _("휴대전화 번호를 지웠습니다."))
        return HttpResponseRedirect(reverse("my-notice-settings"), status=SEE_OTHER)
    if step == "phone" and phone_form.is_valid() and _ask(phone_form, person_id):
        return HttpResponseRedirect(reverse("my-notice-phone"), status=SEE_OTHER)
    if step == "code" and code_form.is_valid() and _confirm(code_form, person_id):
        messages.success(request, _("휴대전화 번호를 등록했습니다."))
        return HttpResponseRedirect(reverse("my-notice-settings"), status=SEE_OTHER)
    context = {
        "phone_form": phone_form,
        "code_form": code_form,
        "reader": reader,
        "can_send": Channel.SMS in offered_channels(),
    }
    return render(request, "seoul_portal/notices/phone.html", context)


def _ask(form: PhoneForm, person_id: int) -> bool:
    try:
        phones.ask_for_code(
            person_id=person_id, phone=form.cleaned_data["phone"], now=timezone.now()
        )
    except phones.PhoneRefused as refused:
        form.add_error("phone", str(refused))
        return False
    return True


def _confirm(form: CodeForm, person_id: int) -> bool:
    code = form.cleaned_data["code"]
    if phones.confirm_phone(person_id=person_id, code=code, now=timezone.now()):
        return True
    form.add_error("code", _("인증번호가 맞지 않거나 시간이 지났습니다. 다시 확인해 주세요."))
    return False


@require_POST
def notice_browser(request: HttpRequest) -> HttpResponse:
    """Take a browser's subscription from the page's script, or give up all of the person's."""
    person_id = person_id_of(request)
    if request.POST.get("step") == "forget":
        choosing.remove_browsers(person_id=person_id)
        messages.success(request, _("이제 브라우저에 알림을 띄우지 않습니다."))
        return HttpResponseRedirect(reverse("my-notice-settings"), status=SEE_OTHER)
    told = {name: request.POST.get(name, "") for name in ("endpoint", "key", "secret")}
    if not settings.PUSH_KEY or not _is_browser(told):
        raise BadRequest("no subscription of a known push service")
    choosing.add_browser(person_id=person_id, now=timezone.now(), **told)
    messages.success(request, _("이 브라우저에 알림을 띄웁니다."))
    return HttpResponseRedirect(reverse("my-notice-settings"), status=SEE_OTHER)


def _is_browser(told: dict[str, str]) -> bool:
    if any("\x00" in value for value in told.values()):
        return False
    try:
        sealing.seal(b"", key=told["key"], secret=told["secret"])
    except ValueError:
        return False
    return (
        is_known_host(told["endpoint"], settings.PUSH_HOSTS)
        and len(told["endpoint"]) <= MOST_ENDPOINT
        and len(told["key"]) <= MOST_KEY
        and len(told["secret"]) <= MOST_SECRET
    )
