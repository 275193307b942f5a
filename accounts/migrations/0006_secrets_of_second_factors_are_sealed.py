"""Secrets of authenticator apps and the seeds of codes on paper were kept as they are until now."""

from django.db import migrations

from core.records.encryption import keyring

SECRETS = ("secret", "seed")


def seal(apps, schema_editor):
    kept = apps.get_model("mfa", "Authenticator").objects
    for held in kept.filter(type__in=("totp", "recovery_codes")):
        # Neither base32 nor hexadecimal digits hold a point; what is sealed does.
        told = [(name, held.data[name]) for name in SECRETS if name in held.data]
        plain = [(name, text) for name, text in told if "." not in text]
        if plain:
            held.data |= {name: keyring().seal(text) for name, text in plain}
            held.save(update_fields=["data"])


class Migration(migrations.Migration):

    dependencies = [
        ("accounts", "0005_people_name_helpers"),
        ("mfa", "0003_authenticator_type_uniq"),
    ]

    operations = [migrations.RunPython(seal, migrations.RunPython.noop, elidable=True)]
