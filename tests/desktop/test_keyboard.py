#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The four tasks by keyboard alone, from the first start on: only keys reach the window.

AT-SPI tells where the focus is and what can be read; the service is asked for each result."""

import argparse
import os
import subprocess
import sys

from service import RosterService, Service
from tap import Tap
from window import Atspi, GLib, Window, name_of, wait_for

MOST_STOPS = 90


class Keyboard:
    """A window and the person before it; `title` begins the title of what has the keyboard."""

    def __init__(self, window):
        self.window = window
        self.title = "Roster"
        self.node, self.moves = None, 0
        self.listener = Atspi.EventListener.new(self.focus_moved)
        self.listener.register("object:state-changed:focused")

    def focus_moved(self, event):
        if event.detail1:
            self.node, self.moves = event.source, self.moves + 1

    def turn_to(self, title):
        self.title = title
        self.window.dialog_like(title)
        self.window.focus(title)

    def root(self):
        return self.window.dialog_like(self.title)

    def press(self, *keys):
        subprocess.run(["xdotool", "key", "--clearmodifiers", *keys], check=True)

    def type(self, text):
        subprocess.run(["xdotool", "type", "--clearmodifiers", "--delay", "2", text], check=True)

    def focused(self):
        """The name of what was told to have the focus last."""
        while GLib.MainContext.default().iteration(False):
            pass
        return name_of(self.node) if self.node is not None else None

    def is_at(self, name):
        return self.focused() == name

    def go_to(self, name, key="Tab"):
        """Presses Tab until the focus is at `name`."""
        for _ in range(MOST_STOPS):
            if self.is_at(name):
                return
            moves = self.moves
            self.press(key)
            wait_for("the focus to move on", lambda: self.focused() is not None
                     and self.moves > moves, timeout=5)
        raise AssertionError(f"“{name}” cannot be reached by {key}")

    def fill(self, name, text):
        self.go_to(name)
        self.type_over(name, text)

    def fill_row(self, name, text, tabs=1):
        """An entry row so many stops on: libadwaita 1.2 does not tell that one has the focus."""
        self.press(*["Tab"] * tabs)
        self.type_over(name, text)

    def type_over(self, name, text):
        self.press("ctrl+a")
        self.type(text)
        wait_for(f"“{name}” to hold what was typed",
                 lambda: self.window.value(name) == text)


class People:
    def __init__(self, program):
        self.program = program
        self.service = Service(program.url, program.token)
        names = [u["userName"] for u in self.service.users()]
        self.names = [u["userName"] for u in self.service.users()
                      if u.get("active") is True and u["userName"] != "edge.case"
                      and u["userName"].isascii()
                      and sum(u["userName"] in name for name in names) == 1]

    def take(self):
        return self.service.by_name(self.names.pop(0))


def connect(keyboard, people):
    keyboard.turn_to("Roster")
    keyboard.press("Return")
    keyboard.turn_to("Connect to a Service")
    keyboard.go_to("Other", "shift+Tab")
    keyboard.press("space")
    program = people.program
    keyboard.fill_row("Name", "Keys")
    keyboard.fill_row("Address", program.url, tabs=2)
    keyboard.fill_row("Token Address", program.token_url, tabs=2)
    keyboard.fill_row("Client ID", program.client_id)
    keyboard.press("Tab")
    keyboard.type(program.client_secret)
    wait_for("the test to have passed", lambda: keyboard.window.can_press("Connect"))
    keyboard.go_to("Connect")
    keyboard.press("Return")
    keyboard.turn_to("Roster — Keys")
    keyboard.window.reads(f"{len(people.service.users())} users")


def open_user(keyboard, people):
    """Typed and answered by Down at once: the row of the new result is meant, not of the old."""
    user = people.take()
    keyboard.press("ctrl+f")
    wait_for("the search to have the focus", lambda: keyboard.is_at("Search users"))
    keyboard.press("ctrl+a")
    keyboard.type(user["userName"])
    keyboard.press("Down")
    wait_for("the profile", lambda: keyboard.window.value("User Name") == user["userName"])
    return user


def leave_search(keyboard):
    wait_for("the table to have the focus", lambda: not keyboard.is_at("Search users"))


def enter_profile(keyboard):
    leave_search(keyboard)
    keyboard.press("Return")
    wait_for("the profile to have the focus", lambda: keyboard.is_at("Profile Menu"))


def view(keyboard, people):
    user = open_user(keyboard, people)
    assert keyboard.window.value("Given Name") == user["name"]["givenName"]
    keyboard.press("space")
    enter_profile(keyboard)
    assert keyboard.window.value("User Name") == user["userName"], "space unselected the user"
    keyboard.go_to("Search users", "shift+Tab")


def update(keyboard, people):
    user = open_user(keyboard, people)
    # Tab passes the table: it is one stop, not one for each row.
    leave_search(keyboard)
    keyboard.fill("Title", "Typist")
    keyboard.press("ctrl+s")
    wait_for("the service to show it",
             lambda: people.service.user(user["id"]).get("title") == "Typist")
    keyboard.window.gone("Update")


def reset_password(keyboard, people):
    user = open_user(keyboard, people)
    password = "Kestrel-4719-amber"
    enter_profile(keyboard)
    keyboard.go_to("Reset Password")
    keyboard.press("space")
    keyboard.turn_to("Reset Password")
    keyboard.go_to("Set a temporary password for the user")
    keyboard.press("space")
    keyboard.press("Tab", "Tab")  # the row and its radio button are two stops
    keyboard.type(password)
    wait_for("the second entry", lambda: keyboard.window.maybe("Repeat Password"))
    keyboard.go_to("Generate")
    keyboard.press("Tab")
    keyboard.type(password)
    wait_for("the password to be enough",
             lambda: keyboard.window.can_press("Reset Password", keyboard.root()))
    keyboard.go_to("Reset Password")
    keyboard.press("Return")
    wait_for("the service to accept the password",
             lambda: people.service.accepts_password(user["userName"], password))
    keyboard.window.find("Close")
    keyboard.press("Escape")
    keyboard.turn_to("Roster")


def delete(keyboard, people):
    user = open_user(keyboard, people)
    enter_profile(keyboard)
    keyboard.go_to("Delete User")
    keyboard.press("Return")
    keyboard.turn_to("Delete ")
    keyboard.type(user["userName"])
    wait_for("Confirm", lambda: keyboard.window.can_press("Confirm"))
    keyboard.go_to("Confirm")
    keyboard.press("space")
    wait_for("the service to have lost the user", lambda: not people.service.user(user["id"]))
    keyboard.turn_to("Roster")
    keyboard.window.reads(f"{len(people.service.users())} users")
    # Nobody is left of what was searched for: the keyboard stands at the way back.
    wait_for("the way back", lambda: keyboard.is_at("Clear Search"))


TESTS = [("connect", connect), ("view", view), ("update", update),
         ("reset the password", reset_password), ("delete", delete)]


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--roster", required=True)
    parser.add_argument("--service", required=True)
    arguments = parser.parse_args()
    if not os.environ.get("DISPLAY"):
        print("1..0 # SKIP there is no display; see tests/support/headless")
        return
    tap = Tap()
    program = RosterService(arguments.service, users=40)
    window = Window(arguments.roster)
    try:
        people = People(program)
        keyboard = Keyboard(window)
        for name, function in TESTS:
            if not tap.run(f"keyboard: {name}", function, keyboard, people):
                break
    finally:
        window.stop()
        program.stop()
    tap.finish()


if __name__ == "__main__":
    sys.exit(main())
