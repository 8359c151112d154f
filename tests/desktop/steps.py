# SPDX-License-Identifier: GPL-3.0-or-later
"""What several desktop tests do: who is there to work on, connecting, opening a user."""

from service import Recorder, Service
from window import wait_for

WSO2 = "urn:scim:wso2:schema"
ENTERPRISE = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"


class Target:
    """A service under test: how to reach it, and what its attributes are called there."""

    def __init__(self, name, program, record=True):
        """record: whether a recorder stands between; it would soften what a service does wrong."""
        self.name = name
        self.program = program
        self.wso2 = name.startswith("wso2")
        self.recorder = Recorder(program.url) if record else None
        self.url = self.recorder.url if record else program.url
        self.service = Service(program.url, program.token)
        self.given = "First Name" if self.wso2 else "Given Name"
        self.family = "Last Name" if self.wso2 else "Family Name"
        users = [u for u in self.service.users() if self.is_ordinary(u)]
        # Names that nobody else's text contains, so that a search finds one row.
        self.people = [u for u in users if self.is_alone(u, users)]

    def is_ordinary(self, user):
        state = {**user.get(ENTERPRISE, {}), **user.get(WSO2, {})}
        return ("edge.case" not in user["userName"] and user.get("active", True) in (True, "true")
                and not user["userName"].startswith("SECONDARY/")
                and state.get("accountLocked") not in (True, "true")
                and state.get("accountDisabled") not in (True, "true")
                and user.get("emails") and ENTERPRISE in user)

    @staticmethod
    def plain(user):
        return user["userName"].split("/", 1)[-1]

    def is_alone(self, user, users):
        return sum(self.plain(user) in self.plain(other) for other in users) == 1

    def take(self):
        """A user for one test alone."""
        return self.service.user(self.people.pop(0)["id"])


def fill_connection(window, target):
    """First start: the dialog, filled in but not sent."""
    window.press("Connect to a Service…")
    window.press("Other")
    window.type_into("Name", f"Test {target.name}")
    window.type_into("Address", target.url)
    if hasattr(target.program, "token_url"):
        window.type_into("Token Address", target.program.token_url)
        window.type_into("Client ID", target.program.client_id)
        window.type_into("Client Secret", target.program.client_secret)
    else:
        window.choose("Method", "Bearer Token")
        window.type_into("Token", target.program.token)


def connect(window, target):
    """The dialog, its test of each step, and the list."""
    fill_connection(window, target)
    window.press("Connect")
    window.gone("Connect")
    window.reads(f"{len(target.service.users())} users")


def open_user(window, target, user):
    """Finds the user by typing and selects the one row with the keyboard."""
    plain = target.plain(user)
    window.type_into("Search users", plain)
    window.reads("1 of ")
    window.select_first()
    wait_for("the profile", lambda: window.value(target.given) == user["name"]["givenName"])
