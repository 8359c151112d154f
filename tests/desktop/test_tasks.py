#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The four tasks in the real window: view, update, delete, reset the password.

Each result is checked by asking the service with code that shares nothing with Roster. Between the
window and the service stands a recorder, so that what was on the wire can be looked at."""

import argparse
import contextlib
import copy
import os
import subprocess
import sys
import tempfile

from service import RosterService
from steps import ENTERPRISE, WSO2, Target, connect, open_user
from tap import Tap
from window import Window, is_sensitive, wait_for


def member(user, path):
    value = user
    for name in path:
        value = value.get(name) if isinstance(value, dict) else None
    return value


def test_connect(window, target):
    connect(window, target)


def test_view(window, target):
    user = target.take()
    open_user(window, target, user)
    assert window.value(target.family) == user["name"]["familyName"]
    department = member(user, [ENTERPRISE, "department"])
    if department:
        assert window.value("Department") == department
    words = window.words()
    assert target.plain(user) in words
    assert user["id"] in words
    for email in user["emails"]:
        assert (email if isinstance(email, str) else email["value"]) in words


def only_change(target, before, after, changes):
    """`after` is `before` with `changes` (path → value) and nothing else; meta excepted."""
    expected = copy.deepcopy(before)
    for path, value in changes.items():
        place = expected
        for name in path[:-1]:
            place = place.setdefault(name, {})
        place[path[-1]] = value
    expected.pop("meta", None)
    after = {k: v for k, v in after.items() if k != "meta"}
    assert after == expected, f"\nexpected {expected}\nfound    {after}"


def leaves(value, path=()):
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from leaves(inner, path + (name,))
    else:
        yield path, value


def written(target, body):
    """The attributes that a PATCH body carries: {dotted name: value}."""
    assert body["schemas"] == ["urn:ietf:params:scim:api:messages:2.0:PatchOp"], body
    found = {}
    for operation in body["Operations"]:
        if "path" in operation:
            found[operation["path"]] = operation.get("value")
        else:
            for path, value in leaves(operation["value"]):
                found[".".join(path)] = value
    return found


def update(window, target, user, fields):
    """Types `fields` (label → text) and presses Update; returns the PATCH bodies of it."""
    since = len(target.recorder.requests)
    for label, text in fields.items():
        window.type_into(label, text)
    window.press("Update")
    window.gone("Update")
    writes = target.recorder.writes(since)
    assert [method for method, _, _ in writes] == ["PATCH"], writes
    return writes[0][2]


def test_update(window, target):
    before = target.take()
    open_user(window, target, before)
    body = update(window, target, before, {target.given: "Zoë “Zed”", "Department": "R&D <i>"})
    got = {name.split(":")[-1].replace("User.", ""): value
           for name, value in written(target, body).items()}
    assert got == {"name.givenName": "Zoë “Zed”", "department": "R&D <i>"}, body
    after = target.service.user(before["id"])
    only_change(target, before, after, {("name", "givenName"): "Zoë “Zed”",
                                        (ENTERPRISE, "department"): "R&D <i>"})


def test_edge_case(window, target):
    """Numbers, NUL, duplicate types and unknown extensions survive a change elsewhere."""
    before = target.service.by_name("edge.case")
    open_user(window, target, before)
    body = update(window, target, before, {"Title": "Edge Walker"})
    assert written(target, body) == {"title": "Edge Walker"}, body
    after = target.service.user(before["id"])
    only_change(target, before, after, {("title",): "Edge Walker"})


def test_discard(window, target):
    before = target.take()
    open_user(window, target, before)
    since = len(target.recorder.requests)
    window.type_into(target.family, "Nobody")
    window.press("Discard")
    wait_for("the old name", lambda: window.value(target.family) == before["name"]["familyName"])
    window.gone("Update")
    assert not target.recorder.writes(since)


def open_reset(window):
    window.press("Reset Password")
    window.reads("Select a method to set the user password")


def test_temporary_password(window, target):
    user = target.take()
    password = "Kestrel-4719-amber"
    assert not target.service.accepts_password(user["userName"], password)
    open_user(window, target, user)
    since = len(target.recorder.requests)
    open_reset(window)
    dialog = window.dialog("Reset Password")
    window.press("Set a temporary password for the user", within=dialog)
    window.type_into("Temporary Password", password, within=dialog)
    window.type_if_there("Repeat Password", password, within=dialog)
    window.press("Reset Password", within=dialog)
    wait_for("the service to accept the password",
             lambda: target.service.accepts_password(user["userName"], password))
    window.press("Close", within=dialog)
    writes = target.recorder.writes(since)
    assert len(writes) == 1 and writes[0][0] == "PATCH", writes
    assert writes[0][2] == {
        "schemas": ["urn:ietf:params:scim:api:messages:2.0:PatchOp"],
        "Operations": [{"op": "replace", "value": {"password": password}}]}, writes


def test_invitation(window, target):
    user = target.take()
    open_user(window, target, user)
    since = len(target.recorder.requests)
    open_reset(window)
    dialog = window.dialog("Reset Password")
    if not target.wso2:
        choice = window.find("Invite user to set their own password", within=dialog)
        assert not is_sensitive(choice)
        assert "invitation" in window.words(dialog)
        window.press("Cancel", within=dialog)
        assert not target.recorder.writes(since)
        return
    window.press("Invite user to set their own password", within=dialog)
    window.press("Reset Password", within=dialog)
    window.find("Close", within=dialog)
    words = window.words(dialog)
    after = target.service.user(user["id"])
    locked = {**after.get(ENTERPRISE, {}), **after.get(WSO2, {})}.get("accountLocked")
    if target.name.endswith("ignore"):
        assert locked not in (True, "true")
        assert "shows no pending reset" in words, words
    else:
        assert locked in (True, "true"), after
        assert "locked" in words, words
    assert " sent" not in words, words
    window.press("Close", within=dialog)
    writes = target.recorder.writes(since)
    assert [body for _, _, body in writes] == [{
        "schemas": ["urn:ietf:params:scim:api:messages:2.0:PatchOp"],
        "Operations": [{"op": "add", "value": {WSO2: {"forcePasswordReset": True}}}]}], writes


def test_delete(window, target):
    user = target.take()
    open_user(window, target, user)
    window.press("Delete User")
    window.reads("Type the user name to confirm")
    confirm = window.find("Confirm")
    assert not is_sensitive(confirm), "Confirm before anything was typed"
    window.type_into("Type the user name to confirm", target.plain(user).upper() + "x")
    assert not is_sensitive(window.find("Confirm")), "Confirm with a wrong name"
    window.type_into("Type the user name to confirm", user["userName"])
    wait_for("Confirm", lambda: is_sensitive(window.find("Confirm")))
    window.keys("Return", title="Delete ")
    assert target.service.user(user["id"]), "Enter in the entry deleted the user"
    window.press("Confirm")
    wait_for("the service to have lost the user", lambda: not target.service.user(user["id"]))
    window.gone("Confirm")
    window.type_into("Search users", "")
    window.reads(f"{len(target.service.users())} users")


def test_escape_keeps(window, target):
    user = target.take()
    open_user(window, target, user)
    window.press("Delete User")
    window.type_into("Type the user name to confirm", user["userName"])
    window.keys("Escape", title="Delete ")
    window.gone("Confirm")
    assert target.service.user(user["id"])


def test_end(window):
    """Asked to end, it does, and with status 0."""
    status = window.stop()
    assert status == 0, f"roster ended with {status}"


def test_restart(roster, target, home):
    """The next start opens the connection by itself, with the secret from the keyring alone."""
    with open(os.path.join(home, "roster", "connections.ini"), encoding="utf-8") as file:
        kept = file.read()
    secret = getattr(target.program, "client_secret", target.program.token)
    assert target.recorder.url in kept
    assert secret not in kept and target.program.token not in kept
    window = Window(roster, home=home)
    try:
        window.reads(f"{len(target.service.users())} users")
    finally:
        test_end(window)


TESTS = [("connect", test_connect), ("view", test_view), ("update", test_update),
         ("discard", test_discard), ("temporary password", test_temporary_password),
         ("invitation", test_invitation), ("escape keeps the user", test_escape_keeps),
         ("delete", test_delete)]


@contextlib.contextmanager
def target_of(arguments):
    if arguments.scimmy:
        process = subprocess.Popen(["node", arguments.scimmy], stdin=subprocess.PIPE,
                                   stdout=subprocess.PIPE, text=True)
        process.url, process.token = process.stdout.readline().split()
        process.stop = process.stdin.close
        name = "scimmy"
    else:
        process = RosterService(arguments.service, personality=arguments.personality,
                                invitation=arguments.invitation)
        name = arguments.personality
        if name == "wso2":
            name += " " + arguments.invitation
    target = Target(name, process)
    try:
        yield target
    finally:
        target.recorder.stop()
        process.stop()


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--roster", required=True)
    parser.add_argument("--service")
    parser.add_argument("--personality", default="rfc")
    parser.add_argument("--invitation", default="lock")
    parser.add_argument("--scimmy")
    arguments = parser.parse_args()
    if not os.environ.get("DISPLAY"):
        print("1..0 # SKIP there is no display; see tests/support/headless")
        return
    tap = Tap()
    with target_of(arguments) as target, tempfile.TemporaryDirectory() as home:
        window = Window(arguments.roster, home=home)
        try:
            tests = list(TESTS)
            if not arguments.scimmy:
                tests.insert(3, ("edge case", test_edge_case))
            for name, function in tests:
                if not tap.run(f"{target.name}: {name}", function, window, target):
                    print("# the window says:", flush=True)
                    for line in window.words().splitlines()[:80]:
                        print(f"#   {line}", flush=True)
                    break
            else:
                tap.run(f"{target.name}: the end", test_end, window)
                tap.run(f"{target.name}: the next start", test_restart, arguments.roster, target,
                        home)
        finally:
            window.stop()
    tap.finish()


if __name__ == "__main__":
    sys.exit(main())
