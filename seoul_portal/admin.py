"""Takes out of the admin what third parties register there: it is theirs to keep, not to edit."""

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount, SocialApp, SocialToken
from allauth.usersessions.models import UserSession
from django.contrib import admin
from django.contrib.auth.models import Group

# Addresses, second factors, sessions and other accounts belong to the people whose they are; keys
# of providers come from the environment, and groups with roles.
THEIRS = (EmailAddress, Authenticator, UserSession, SocialAccount, SocialApp, SocialToken, Group)
for model in THEIRS:
    if admin.site.is_registered(model):
        admin.site.unregister(model)
