"""The tables that live in no space, each with the reason why."""

from __future__ import annotations

UNSPACED: dict[str, str] = {
    "foundation_space": "what reaches are made of: ids and a kind, nothing else",
    "foundation_audience": "read to make a reach, before there is one: ids only",
    "foundation_outgoing": "the worker takes rows across spaces: kinds and ids only",
    "people_organisation": "named at sign-in and in the frame; seen through memberships only",
    "people_person": "read at sign-in, before a reach exists; seen through memberships only",
    "people_membership": "what reaches are made from, read before there is one",
    "people_delegation": "what reaches are made from, read before there is one; its journal is the own side's",
    "people_token": "found by its digest before anybody is known",
    "people_feed": "found by its digest before anybody is known",
    "people_accessentry": "written by the door for every answer, also to whom a space is not open; seen through its membership",
    "people_companyaccount": "found by the company's name for the person, before anybody is known",
    "people_invitation": "found by the link in a mail before anybody is known",
    "journeys_answerkey": "found by its digest, which stands in a mail, before anybody is known",
    "surveys_surveylink": "found by its digest, which stands in a mail, before anybody is known: ids only",
    "learning_learningkey": "found by the digest of a class code before anybody is known",
    "django_content_type": "names of the models, the same in every installation",
    "django_session": "read before anybody is known: a key and a signed session",
    "auth_group": "of the library: no page or action uses it",
    "auth_permission": "of the library: names of permissions, the same everywhere",
    "auth_group_permissions": "of the library: no page or action uses it",
    "account_emailaddress": "read at sign-in, before anybody is known",
    "account_emailconfirmation": "read by the link in a mail, before anybody is known",
    "mfa_authenticator": "read at sign-in, before a session exists",
    "usersessions_usersession": "a person's own sessions, found by the person alone",
}
