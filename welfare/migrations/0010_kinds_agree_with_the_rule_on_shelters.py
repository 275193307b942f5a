"""Protects the kinds that `welfare.rules.is_protected_shelter` says are shelters'.

Of the shipped kinds it is 자활지원센터 of 성매매피해지원시설; the others a sync may have added.
"""

from django.db import migrations

HOTLINE = ("1366", "여성긴급전화", "Women's emergency hotline")
SHELTERS = {
    "자활지원센터": "성매매피해지원시설",
    "일시지원복지시설": "한부모가족복지시설",
    "모자가족복지시설(일시지원형)": "한부모가족복지시설",
    "일반지원시설": "성매매피해지원시설",
    "청소년지원시설": "성매매피해지원시설",
}


def protect_kinds(apps, schema_editor):
    kinds = apps.get_model("welfare", "FacilityKind").objects.filter(is_protected=False)
    for name, family in SHELTERS.items():
        number, hotline_name, english = HOTLINE
        kinds.filter(name=name, family_id=family).update(
            is_protected=True,
            hotline=number,
            hotline_name=hotline_name,
            hotline_name_en=english,
        )


class Migration(migrations.Migration):
    dependencies = [("welfare", "0009_facilityreport_gains_a_receipt")]
    operations = [migrations.RunPython(protect_kinds, migrations.RunPython.noop)]
