"""Takes out of the admin what third parties register there: it is theirs to keep, not to edit."""

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.contrib import admin
from django.contrib.auth.models import Group

# Addresses and second factors belong to the people who entered them; groups come with roles.
for model in (EmailAddress, Authenticator, Group):
    if admin.site.is_registered(model):
        admin.site.unregister(model)
