#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What goes wrong most often, in the real window: each operation under each of twelve faults.

Each cell asks three witnesses: the window (what it says, and that what was typed is still there),
the service's own list of requests (nothing was written twice), and the service's users (what was
said is true). An operation that failed is tried again in the same form under the next fault, and
at last without any: then it must succeed with what was typed at the beginning. tests/directory runs
the whole table, without a window."""

import argparse
import os
import sys
import tempfile

from service import RosterService
from steps import ENTERPRISE, WSO2, Target, connect, fill_connection, open_user
from tap import Tap
from window import Window, is_sensitive, wait_for

PASSWORD = "Kestrel-4719-amber"
WRITES = ("PATCH", "PUT", "DELETE")

# What fails an operation: name → (plan, what the window says of the cause, writes that are seen).
# {} is the request that it strikes, as method and path. The first refused token is renewed once,
# hence the second write.
FAILING = {
    "nothing listens": ("refuse", "Nothing answers at the service’s address", 0),
    "dropped connection": ("drop {}", "ended the connection before it answered", 1),
    "refused credentials": ("status:401 {}", "Fault 401", 2),
    "forbidden without a word": ("status:403,empty {}", "The service does not allow this", 1),
    "not there": ("status:404 {}", "Fault 404", 1),
    "too many requests": ("status:429,scim,after=2 {}", "Fault 429", 1),
    "broken, in HTML": ("status:500,html {}", "500 Internal Server Error", 1),
    "busy": ("status:503,scim {}", "Fault 503", 1),
}


class Failed(Exception):
    pass


class Bench:
    """A service with its faults, and the window on it."""

    def __init__(self, window, program, target):
        self.window, self.program, self.target = window, program, target

    def strike(self, plan, request=""):
        self.program.clear_requests()
        self.program.set_fault(plan.format(request).strip())

    def heal(self):
        """No fault any more; returns the writes that were seen meanwhile."""
        self.program.set_fault("")
        return [r for r in self.program.seen() if r["method"] in WRITES]

    def run(self, tap, name, cell):
        """One cell; what follows a failed one in the same window could not be believed."""
        if not tap.run(name, cell):
            print("# the window says:", flush=True)
            for line in list(dict.fromkeys(self.window.words().splitlines()))[:120]:
                print(f"#   {line}", flush=True)
            raise Failed(name)
        self.program.set_fault("")

    def account(self, user):
        found = self.target.service.user(user["id"])
        return {**found.get(ENTERPRISE, {}), **found.get(WSO2, {})} if found else None


def each_failure(tap, bench, operation, request, attempt, check, unchanged=None, causes=None,
                 failing=None):
    """attempt () presses the button, check (cause) waits for the words and looks at the form;
    unchanged () asks the service. causes: what this operation says otherwise."""
    for name, (plan, cause, n_writes) in (failing or FAILING).items():
        def cell():
            bench.strike(plan, request)
            attempt()
            check((causes or {}).get(name, cause))
            writes = bench.heal()
            assert unchanged is None or unchanged()
            assert len(writes) == (0 if request.startswith("GET") else n_writes), writes

        bench.run(tap, f"{operation}: {name}", cell)


def test_connect(tap, bench):
    window, target = bench.window, bench.target

    def check(cause):
        window.reads(cause)
        assert window.value("Address") == target.url
        assert window.value("Client ID") == bench.program.client_id
        assert not window.can_press("Connect")
        wait_for("another try", lambda: window.can_press("Test Again"))

    fill_connection(window, target)
    wait_for("the test that starts by itself", lambda: window.can_press("Connect"))
    bench.strike("refuse")
    window.type_into("Name", "Under Test")  # whatever is changed is tested anew
    each_failure(tap, bench, "connect", "GET", lambda: window.press("Test Again"), check,
                 causes={"nothing listens": "refuses the connection"})

    def at_last():
        bench.strike("expire {} times=1", "GET")
        window.press("Test Again")
        window.press("Connect")
        window.gone("Connect")
        bench.heal()
        window.reads(f"{len(target.service.users())} users")

    bench.run(tap, "connect: an expired token, then well", at_last)


def test_list(tap, bench):
    """Reading the list again: what may pass is waited for, what cannot is told at once."""
    window, target = bench.window, bench.target
    total = f"{len(target.service.users())} users"
    passing = ("nothing listens", "dropped connection", "too many requests", "busy")

    for name, (plan, cause, _) in FAILING.items():
        def cell():
            bench.strike(plan, "GET /Users")
            window.keys("F5")
            if name in passing:
                window.reads("Waiting for the service")
            else:
                window.reads("could not be read again")
                window.reads(cause)
            window.reads(total)
            bench.heal()
            bench.program.clear_requests()
            window.keys("F5")
            wait_for("the list to be read", lambda: any(
                r["path"].endswith("/Users") and r["status"] == 200 for r in bench.program.seen()))
            window.reads("Updated just now")
            wait_for("the warning to go",
                     lambda: "could not be read again" not in window.words())

        bench.run(tap, f"list: {name}", cell)


def test_view(tap, bench):
    window, target = bench.window, bench.target

    def sign_in_again():
        window.press("Sign In Again…")
        dialog = window.dialog("Sign In")
        window.type_into("Client Secret", bench.program.client_secret, within=dialog)
        window.press("Sign In", within=dialog)

    for name, (plan, cause, _) in FAILING.items():
        user = target.take()

        def cell():
            bench.strike(plan, "GET /Users/*")
            window.type_into("Search users", target.plain(user))
            window.reads("1 of ")
            window.select_first()
            window.reads(cause)
            bench.heal()
            if name == "refused credentials":
                sign_in_again()
            else:
                window.press("Try Again")
            wait_for("the profile",
                     lambda: window.value(target.given) == user["name"]["givenName"])

        bench.run(tap, f"view: {name}", cell)


def test_update(tap, bench):
    window, target = bench.window, bench.target
    user = target.take()

    def check(cause):
        window.reads(cause)
        assert window.value("Title") == "Under Test", "what was typed is gone"
        wait_for("another try", lambda: window.can_press("Update"))

    def unchanged():
        return target.service.user(user["id"]).get("title") == user.get("title")

    open_user(window, target, user)
    window.type_into("Title", "Under Test")
    each_failure(tap, bench, "update", "PATCH /Users/*", lambda: window.press("Update"), check,
                 unchanged)

    def done(plan):
        bench.strike(plan, "PATCH /Users/*")
        window.press("Update")
        window.gone("Update")
        writes = bench.heal()
        title = window.value("Title")
        assert target.service.user(user["id"]).get("title") == title, writes
        return writes

    def expired():
        assert [w["status"] for w in done("expire {} times=1")] == [401, 200]

    def lost():
        window.type_into("Title", "Under Another Test")
        assert len(done("lose-answer {}")) == 1
        window.reads("The profile was updated")

    def ignored():
        window.type_into("Title", "Nobody Keeps This")
        bench.strike("ignore-write {}", "PATCH /Users/*")
        window.press("Update")
        window.reads("accepted the change but did not make it")
        assert len(bench.heal()) == 1
        assert window.value("Title") == "Nobody Keeps This"
        assert target.service.user(user["id"]).get("title") == "Under Another Test"

    def changed():
        window.type_into("Title", "Mine")
        bench.strike('"changed:title=Theirs" {} times=1', "GET /Users/*")
        window.press("Update")
        window.reads("Theirs")
        assert not bench.heal()
        assert target.service.user(user["id"]).get("title") == "Theirs"
        # Nobody else is opened before it is said what becomes of the edit.
        window.press("Discard")
        window.gone("Update")

    for name, cell in (("an expired token, then well", expired), ("lost answer", lost),
                       ("accepted and ignored", ignored), ("changed by somebody else", changed)):
        bench.run(tap, f"update: {name}", cell)


def test_delete(tap, bench):
    window, target = bench.window, bench.target
    user = target.take()

    def open_dialog():
        window.press("Delete User")
        window.type_into("Type the user name to confirm", user["userName"])

    def check(cause):
        window.reads(cause)
        assert window.value("Type the user name to confirm") == user["userName"]
        wait_for("another try", lambda: window.can_press("Confirm"))

    open_user(window, target, user)
    open_dialog()
    failing = {name: fault for name, fault in FAILING.items() if name != "not there"}
    each_failure(tap, bench, "delete", "DELETE /Users/*", lambda: window.press("Confirm"), check,
                 lambda: target.service.user(user["id"]), failing=failing)

    def ignored():
        bench.strike("ignore-write {}", "DELETE /Users/*")
        window.press("Confirm")
        check("still has the user")
        assert len(bench.heal()) == 1
        assert target.service.user(user["id"])

    def lost():
        bench.strike("lose-answer {}", "DELETE /Users/*")
        window.press("Confirm")
        window.gone("Confirm")
        assert len(bench.heal()) == 1
        assert not target.service.user(user["id"])

    def expired():
        nonlocal user
        user = target.take()
        open_user(window, target, user)
        open_dialog()
        bench.strike("expire {} times=1", "DELETE /Users/*")
        window.press("Confirm")
        window.gone("Confirm")
        assert [w["status"] for w in bench.heal()] == [401, 204]
        assert not target.service.user(user["id"])

    for name, cell in (("accepted and ignored", ignored), ("lost answer", lost),
                       ("an expired token, then well", expired)):
        bench.run(tap, f"delete: {name}", cell)


def reset_dialog(bench, method):
    bench.window.press("Reset Password")
    dialog = bench.window.dialog("Reset Password")
    bench.window.press(method, within=dialog)
    return dialog


def test_password(tap, bench):
    window, target = bench.window, bench.target
    user = target.take()

    def press():
        window.press("Reset Password", within=window.dialog("Reset Password"))

    def check(cause):
        window.reads(cause)
        wait_for("another try",
                 lambda: window.can_press("Reset Password", window.dialog("Reset Password")))

    open_user(window, target, user)
    dialog = reset_dialog(bench, "Set a temporary password for the user")
    window.type_into("Temporary Password", PASSWORD, within=dialog)
    window.type_if_there("Repeat Password", PASSWORD, within=dialog)
    each_failure(tap, bench, "temporary password", "PATCH /Users/*", press, check,
                 lambda: not target.service.accepts_password(user["userName"], PASSWORD))

    def at_last():
        bench.strike("expire {} times=1", "PATCH /Users/*")
        press()
        window.press("Close", within=window.dialog("Reset Password"))
        assert [w["status"] for w in bench.heal()] == [401, 200]
        assert target.service.accepts_password(user["userName"], PASSWORD)

    bench.run(tap, "temporary password: an expired token, then well", at_last)


def test_invite(tap, bench):
    window, target = bench.window, bench.target
    user = target.take()

    def press():
        window.press("Reset Password", within=window.dialog("Reset Password"))

    def check(cause):
        window.reads(cause)
        wait_for("an end", lambda: any(window.can_press(name, window.dialog("Reset Password"))
                                       for name in ("Reset Password", "Close")))

    def open_dialog():
        reset_dialog(bench, "Invite user to set their own password")

    def attempt():
        # It may have gone out: the dialog is done, and asking again is up to the person.
        dialog = window.dialog("Reset Password")
        if window.can_press("Close", dialog):
            window.press("Close", within=dialog)
            window.closed("Reset Password")
            open_dialog()
        press()

    open_user(window, target, user)
    open_dialog()
    each_failure(tap, bench, "invitation", "PATCH /Users/*", attempt, check,
                 lambda: bench.account(user).get("accountLocked") not in (True, "true"))

    def lost():
        bench.strike("lose-answer {}", "PATCH /Users/*")
        attempt()
        dialog = window.dialog("Reset Password")
        window.find("Close", within=dialog)
        words = window.words(dialog)
        assert "a password reset is pending" in words, words
        assert len(bench.heal()) == 1
        assert bench.account(user).get("accountLocked") in (True, "true")
        window.press("Close", within=dialog)

    bench.run(tap, "invitation: lost answer", lost)


OPERATIONS = {"connect": test_connect, "list": test_list, "view": test_view,
              "update": test_update, "delete": test_delete, "password": test_password,
              "invite": test_invite}


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--roster", required=True)
    parser.add_argument("--service", required=True)
    parser.add_argument("operations", nargs="+", choices=OPERATIONS)
    arguments = parser.parse_args()
    if not os.environ.get("DISPLAY"):
        print("1..0 # SKIP there is no display; see tests/support/headless")
        return
    tap = Tap()
    program = RosterService(arguments.service, users=120, personality="wso2", invitation="lock")
    target = Target("wso2", program, record=False)
    with tempfile.TemporaryDirectory() as home:
        window = Window(arguments.roster, home=home)
        bench = Bench(window, program, target)
        try:
            if "connect" not in arguments.operations:
                connect(window, target)
            for name in arguments.operations:
                OPERATIONS[name](tap, bench)
        except Failed:
            pass
        finally:
            window.stop()
            program.stop()
    tap.finish()


if __name__ == "__main__":
    sys.exit(main())
