# SPDX-License-Identifier: GPL-3.0-or-later
"""The few lines of TAP that meson reads."""

import sys
import traceback


class Tap:
    def __init__(self):
        self.number = 0
        self.failed = 0

    def run(self, name, function, *arguments):
        """Runs one test; an exception fails it and is told as a comment."""
        self.number += 1
        try:
            function(*arguments)
            print(f"ok {self.number} {name}", flush=True)
            return True
        except Exception:  # noqa: BLE001 (a test may fail in any way)
            self.failed += 1
            for line in traceback.format_exc().splitlines():
                print(f"# {line}", flush=True)
            print(f"not ok {self.number} {name}", flush=True)
            return False

    def skip(self, name, why):
        self.number += 1
        print(f"ok {self.number} {name} # SKIP {why}", flush=True)

    def finish(self):
        print(f"1..{self.number}", flush=True)
        sys.exit(1 if self.failed else 0)
