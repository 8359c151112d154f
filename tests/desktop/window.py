# SPDX-License-Identifier: GPL-3.0-or-later
"""Drives the real window from outside: AT-SPI to see and press, xdotool for keys and the mouse.

Every step waits for a condition, with a bound; nothing sleeps for luck."""

import os
import subprocess
import time

import gi

gi.require_version("Atspi", "2.0")
from gi.repository import Atspi, GLib  # noqa: E402

TIMEOUT = 30 * float(os.environ.get("ROSTER_TIMEOUT_FACTOR", "1"))


class NotFound(AssertionError):
    pass


def wait_for(what, condition, timeout=TIMEOUT):
    """Polls until condition () is true and returns what it returned."""
    end = time.monotonic() + timeout
    while True:
        try:
            value = condition()
        except GLib.Error:
            # An object went away while it was looked at.
            value = None
        if value:
            return value
        if time.monotonic() > end:
            raise NotFound(f"waited {timeout:.0f} s for {what}")
        time.sleep(0.05)


def children(node):
    try:
        count = node.get_child_count()
    except GLib.Error:
        return
    for position in range(count):
        try:
            child = node.get_child_at_index(position)
        except GLib.Error:
            continue
        if child is not None:
            yield child


def walk(node, depth=0):
    yield node
    if depth < 60:
        for child in children(node):
            yield from walk(child, depth + 1)


def name_of(node):
    try:
        return node.get_name() or ""
    except GLib.Error:
        return ""


def has_state(node, state):
    try:
        return node.get_state_set().contains(state)
    except GLib.Error:
        return False


def is_showing(node):
    return has_state(node, Atspi.StateType.SHOWING)


def is_sensitive(node):
    return has_state(node, Atspi.StateType.SENSITIVE)


def text_of(node):
    """The text of an object that has some; the character count must be asked first."""
    try:
        text = node.get_text_iface()
        if text is None:
            return None
        return Atspi.Text.get_text(text, 0, Atspi.Text.get_character_count(text))
    except GLib.Error:
        return None


class Window:
    """One running Roster."""

    def __init__(self, roster, arguments=(), environment=None):
        env = dict(os.environ, GTK_A11Y="atspi", **(environment or {}))
        env.pop("NO_AT_BRIDGE", None)
        self.process = subprocess.Popen([roster, *arguments], env=env)
        self.application = wait_for("the application on the accessibility bus", self._find_self)
        self.frame()

    def _find_self(self):
        assert self.process.poll() is None, f"roster ended with {self.process.returncode}"
        for application in children(Atspi.get_desktop(0)):
            try:
                if application.get_process_id() == self.process.pid:
                    return application
            except GLib.Error:
                continue
        return None

    def frame(self):
        return wait_for("a window whose title begins with Roster", lambda: next(
            (w for w in children(self.application) if name_of(w).startswith("Roster")), None))

    def stop(self):
        if self.process.poll() is None:
            self.process.terminate()
        try:
            self.process.wait(timeout=20)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()

    # Looking

    def all(self, name, showing=True, within=None):
        return [node for node in walk(within or self.application)
                if name_of(node) == name and (not showing or is_showing(node))]

    def maybe(self, name, showing=True, within=None):
        found = self.all(name, showing, within)
        return found[0] if found else None

    def find(self, name, showing=True, within=None, timeout=TIMEOUT):
        return wait_for(f"“{name}”", lambda: self.maybe(name, showing, within), timeout)

    def gone(self, name, timeout=TIMEOUT):
        wait_for(f"“{name}” to go", lambda: self.maybe(name) is None, timeout)

    def words(self, within=None):
        """Everything that can be read now, one text a line."""
        lines = []
        for node in walk(within or self.application):
            if is_showing(node):
                lines += [t for t in (name_of(node), text_of(node)) if t]
        return "\n".join(lines)

    def reads(self, text, timeout=TIMEOUT):
        """Waits until `text` can be read somewhere."""
        try:
            wait_for(f"the words “{text}”", lambda: text in self.words(), timeout)
        except NotFound as error:
            raise NotFound(f"{error}; the window says:\n{self.words()}") from None

    # Doing

    def press(self, name, within=None):
        """Presses a button by its name, once it is sensitive."""
        def ready():
            for node in self.all(name, within=within):
                action = node.get_action_iface()
                if action is not None and is_sensitive(node) and \
                        Atspi.Action.get_n_actions(action) > 0:
                    return node
            return None
        node = wait_for(f"“{name}” to be ready to press", ready)
        Atspi.Action.do_action(node.get_action_iface(), 0)
        return node

    def editable(self, name, within=None):
        """The text field of that name: the object itself, or the text inside it."""
        def look():
            for node in self.all(name, within=within):
                for inner in walk(node):
                    if inner.get_editable_text_iface() is not None and \
                            has_state(inner, Atspi.StateType.EDITABLE):
                        return inner
            return None
        return wait_for(f"the field “{name}”", look)

    def type_into(self, name, text, within=None):
        field = self.editable(name, within)
        Atspi.EditableText.set_text_contents(field.get_editable_text_iface(), text)
        wait_for(f"“{name}” to hold what was typed", lambda: text_of(field) == text)

    def value(self, name, within=None):
        for node in self.all(name, within=within):
            for inner in walk(node):
                text = text_of(inner)
                if text is not None:
                    return text
        return None

    def keys(self, *keys):
        subprocess.run(["xdotool", "key", "--clearmodifiers", *keys], check=True)

    def type_keys(self, text):
        subprocess.run(["xdotool", "type", "--clearmodifiers", "--delay", "2", text], check=True)

    def click(self, x, y):
        subprocess.run(["xdotool", "mousemove", str(x), str(y), "click", "1"], check=True)


def photograph(path):
    """The whole virtual screen, cut to what is on it."""
    subprocess.run(["import", "-window", "root", str(path)], check=True)
