"""What a citizen writes to a request: an answer, a file, a reason."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.cases.declaration import Move
from core.cases.files import MOST_BYTES
from core.cases.services.log import LONGEST_WORDS
from core.uploads import SizedFileField
from core.web.long_text import LongTextField
from core.web.wording import korean_marked

ACCEPTED = ".pdf,.jpg,.jpeg,.png,.webp"
FILE_HELP = _("PDF나 사진(JPEG, PNG, WebP), 10MB까지. 사진에 든 찍은 곳과 때는 지우고 보냅니다.")


class KeyedForm(forms.Form):
    """The same form sent twice is one click: its key is made when it is shown."""

    key = forms.UUIDField(widget=forms.HiddenInput)


class AnswerForm(KeyedForm):
    words = LongTextField(label=_("답"), most=LONGEST_WORDS)
    file = SizedFileField(
        most=MOST_BYTES,
        label=_("파일"),
        required=False,
        help_text=FILE_HELP,
        widget=forms.FileInput(attrs={"accept": ACCEPTED}),
    )


class FileForm(KeyedForm):
    file = SizedFileField(
        most=MOST_BYTES,
        label=_("파일"),
        help_text=FILE_HELP,
        widget=forms.FileInput(attrs={"accept": ACCEPTED}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        # Beside the answer's own file field, on the same page.
        super().__init__(*args, **{"auto_id": "id_attach_%s", **kwargs})


class MoveForm(KeyedForm):
    """One move of the citizen's, with its words where the kind declares some."""

    words = LongTextField(most=LONGEST_WORDS, rows=3, required=False)

    def __init__(self, *args: Any, move: Move, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.move_title = korean_marked(str(move.title))
        if not move.words:
            del self.fields["words"]
            return
        self.fields["words"].label = korean_marked(str(move.words))
        self.fields["words"].required = move.needs_words
