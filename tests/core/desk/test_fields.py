"""Fields of the desk's forms: their names, their help, what is wrong, and nothing unescaped."""

from django import forms

from core.desk.fields import draw_choices, draw_field, draw_fields

HOSTILE = "<b>&\"'"


class Asked(forms.Form):
    key = forms.UUIDField(widget=forms.HiddenInput)
    name = forms.CharField(label=f"이름{HOSTILE}", help_text=f"도움{HOSTILE}", max_length=5)
    note = forms.CharField(label="메모", required=False, widget=forms.Textarea)
    kinds = forms.MultipleChoiceField(
        label="종류",
        choices=[("a", f"가{HOSTILE}"), ("b", "나")],
        widget=forms.CheckboxSelectMultiple,
    )


class TestFields:
    def test_stand_one_below_the_other(self):
        drawn = draw_fields(Asked())

        assert drawn.count('<div class="desk-field">') == 3
        assert drawn.index('type="hidden"') < drawn.index('<label for="id_name">')
        assert '<p class="desk-help" id="id_name_helptext">' in drawn
        assert 'aria-describedby="id_name_helptext"' in drawn
        assert drawn.count("(필수)") == 2

    def test_say_what_is_wrong_beside_the_field_and_above_all(self):
        form = Asked({"name": f"{HOSTILE}long", "kinds": ["a"]}, label_suffix="")
        form.add_error(None, HOSTILE)
        drawn = draw_fields(form)

        assert drawn.index("desk-note--error") < drawn.index("desk-field")
        assert drawn.count('<p class="desk-error" role="alert">') == len(form["name"].errors) == 1
        assert "&lt;b&gt;&amp;&quot;&#x27;long" in drawn
        assert "<b>" not in drawn

    def test_are_drawn_by_themselves_where_others_stand_apart(self):
        form = Asked({})
        form.add_error(None, "모두 틀림")
        drawn = draw_fields([form["name"], form["note"]])

        assert drawn.count('<div class="desk-field">') == 2
        assert "모두 틀림" not in drawn

    def test_need_not_say_what_must_be_told(self):
        assert "(필수)" not in draw_field(Asked()["name"], says_must=False)


class TestChoices:
    def test_stand_within_their_labels(self):
        drawn = draw_choices(Asked({"kinds": ["b"]})["kinds"])

        assert drawn.startswith('<label for="id_kinds_0"><input type="checkbox" name="kinds"')
        assert drawn.count("</label>") == 2
        assert drawn.count(" checked") == 1
        assert "가&lt;b&gt;&amp;&quot;&#x27;</label>" in drawn
