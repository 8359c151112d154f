# SPDX-License-Identifier: GPL-3.0-or-later
"""Drives the real window from outside: AT-SPI to see and press, xdotool for keys and the mouse.

Every step waits for a condition, with a bound; nothing sleeps for luck."""

import os
import subprocess
import tempfile
import time
import warnings

import gi

gi.require_version("Atspi", "2.0")
from gi.repository import Atspi, GLib  # noqa: E402

warnings.simplefilter("ignore", DeprecationWarning)  # the names that Debian 12's Atspi knows

TIMEOUT = 30 * float(os.environ.get("ROSTER_TIMEOUT_FACTOR", "1"))


PRESSABLE = {Atspi.Role.PUSH_BUTTON, Atspi.Role.TOGGLE_BUTTON, Atspi.Role.CHECK_BOX,
             Atspi.Role.RADIO_BUTTON, Atspi.Role.MENU_ITEM}


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
    """The node and everything below it that is not hidden.

    It stays out of the user table: GTK 4.8 answers with a NULL path, and crashes, when it is asked
    for a row that it is just making."""
    yield node
    if depth < 60 and name_of(node) != "Users":
        for child in children(node):
            if has_state(child, Atspi.StateType.VISIBLE) or depth == 0:
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
    """GTK 4.8 says SHOWING of windows only: what is visible and has a size counts as shown."""
    try:
        size = Atspi.Component.get_extents(node.get_component_iface(), Atspi.CoordType.PARENT)
    except (GLib.Error, TypeError):
        return False
    return has_state(node, Atspi.StateType.VISIBLE) and size.width > 0 and size.height > 0


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


def holds(field, text):
    """Newer GTKs tell only the length of a secret: one mark for each letter."""
    shown = text_of(field) or ""
    return shown == text or (len(shown) == len(text) and len(set(shown)) == 1)


class Window:
    """One running Roster."""

    def __init__(self, roster, arguments=(), environment=None, home=None):
        """home: where its configuration lives, kept by the caller; a fresh one when there is none."""
        self.own_home = None if home else tempfile.TemporaryDirectory()
        env = dict(os.environ, GTK_A11Y="atspi",
                   XDG_CONFIG_HOME=home or self.own_home.name, **(environment or {}))
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
        """Ends it as a session does; returns what it ended with: 0 unless something was wrong."""
        if self.process.poll() is None:
            self.process.terminate()
        try:
            self.process.wait(timeout=20)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        if self.own_home:
            self.own_home.cleanup()
        return self.process.returncode

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
        """Nothing of that name can be pressed any more: it is away, or insensitive."""
        wait_for(f"“{name}” to go", lambda: not any(
            is_sensitive(node) and node.get_role() != Atspi.Role.LABEL
            for node in self.all(name)), timeout)

    def dialog(self, title):
        """A window of the application by its title."""
        return wait_for(f"the dialog “{title}”", lambda: next(
            (w for w in children(self.application) if name_of(w) == title), None))

    def dialog_like(self, title):
        """A window of the application by how its title begins."""
        return wait_for(f"the window “{title}…”", lambda: next(
            (w for w in children(self.application) if name_of(w).startswith(title)), None))

    def closed(self, title):
        """Waits until there is no window of that title."""
        wait_for(f"“{title}” to close",
                 lambda: all(name_of(w) != title for w in children(self.application)))

    def can_press(self, name, within=None):
        return any(node.get_role() in PRESSABLE and is_sensitive(node)
                   for node in self.all(name, within=within))

    def words(self, within=None):
        """Everything that can be read now, one text a line."""
        lines = []
        for node in walk(within or self.application):
            if is_showing(node) or node.get_role() == Atspi.Role.LABEL:
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
        """Presses a button by its name, once it is sensitive; by the mouse what has no action, as
        the check buttons of GTK 4.8."""
        def ready():
            return next((node for node in self.all(name, within=within)
                         if node.get_role() in PRESSABLE and is_sensitive(node)), None)
        node = wait_for(f"“{name}” to be ready to press", ready)
        action = node.get_action_iface()
        if action is not None and Atspi.Action.get_n_actions(action) > 0:
            Atspi.Action.do_action(action, 0)
        else:
            self.mouse(node)
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
        wait_for(f"“{name}” to hold what was typed", lambda: holds(field, text))

    def value(self, name, within=None):
        """What the field of that name holds; the label beside it has the same name."""
        for node in self.all(name, within=within):
            for inner in walk(node):
                text = text_of(inner)
                if text is not None and inner.get_role() != Atspi.Role.LABEL:
                    return text
        return None

    def type_if_there(self, name, text, within=None):
        if self.maybe(name, within=within):
            self.type_into(name, text, within)

    def place(self, node):
        """Where on the screen the middle of an object is: its offsets, up to its window."""
        size = Atspi.Component.get_extents(node.get_component_iface(), Atspi.CoordType.PARENT)
        x, y = size.width // 2, size.height // 2
        while node.get_parent().get_role() != Atspi.Role.APPLICATION:
            size = Atspi.Component.get_extents(node.get_component_iface(), Atspi.CoordType.PARENT)
            x, y = x + size.x, y + size.y
            node = node.get_parent()
        return x, y, name_of(node)

    def mouse(self, node):
        """Clicks in the middle of an object of a window (not of a popover)."""
        x, y, title = self.place(node)
        origin = subprocess.run(
            ["xdotool", "search", "--onlyvisible", "--name", f"^{title}", "getwindowgeometry"],
            check=True, capture_output=True, text=True).stdout
        left, top = origin.split("Position: ")[1].split()[0].split(",")
        self.click(int(left) + x, int(top) + y)

    def choose(self, name, item):
        """Chooses an item of a combo row, as a person does: click, arrow key, Return."""
        def row():
            return self.find(name)

        def chosen():
            # The title, then what is chosen; the items of the open list come after it.
            labels = [text_of(n) for n in walk(row()) if n.get_role() == Atspi.Role.LABEL]
            return len(labels) > 1 and labels[1] == item

        for _ in range(6):
            if chosen():
                return
            self.mouse(row())
            subprocess.run(["xdotool", "key", "Down", "Return"], check=True)
            try:
                wait_for(item, chosen, timeout=2)
            except NotFound:
                continue
        raise NotFound(f"“{item}” cannot be chosen for “{name}”")

    def select_first(self):
        """From the search entry into the table, with the keyboard."""
        self.keys("ctrl+f")
        self.keys("Down")

    def focus(self, title=None):
        """There is no window manager: the window on top gets the keyboard from us."""
        subprocess.run(["xdotool", "search", "--onlyvisible", "--name",
                        f"^{title or name_of(self.frame())}", "windowfocus", "--sync"], check=True)

    def keys(self, *keys, title=None):
        self.focus(title)
        subprocess.run(["xdotool", "key", "--clearmodifiers", *keys], check=True)

    def type_keys(self, text, title=None):
        self.focus(title)
        subprocess.run(["xdotool", "type", "--clearmodifiers", "--delay", "2", text], check=True)

    def click(self, x, y):
        subprocess.run(["xdotool", "mousemove", str(x), str(y), "click", "1"], check=True)


def photograph(path):
    """The whole virtual screen, cut to what is on it."""
    subprocess.run(["import", "-window", "root", str(path)], check=True)
