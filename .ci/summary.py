#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Counts what a `meson test` run proved: every TAP line is a test. Prints "N passed, N failed"."""

import json
import re
import sys

POINT = re.compile(r"^(not )?ok\b[^#]*(#\s*(SKIP|TODO)\b.*)?$", re.IGNORECASE)


def count(entry):
    """Returns (passed, failed, skipped) of one program."""
    passed = failed = skipped = 0
    for line in (entry.get("stdout") or "").splitlines():
        match = POINT.match(line.strip())
        if not match:
            continue
        if match.group(2):
            skipped += 1
        elif match.group(1):
            failed += 1
        else:
            passed += 1
    result = entry["result"]
    if result == "SKIP":
        return 0, 0, max(skipped, 1)
    if result not in ("OK", "EXPECTEDFAIL"):
        # A crash or a time-out says no "not ok" of its own.
        failed = max(failed, 1)
    elif passed + failed + skipped == 0:
        passed = 1
    return passed, failed, skipped


def main(path):
    totals = [0, 0, 0]
    with open(path, encoding="utf-8") as log:
        for line in log:
            for position, number in enumerate(count(json.loads(line))):
                totals[position] += number
    tail = f", {totals[2]} skipped" if totals[2] else ""
    print(f"{totals[0]} passed, {totals[1]} failed{tail}")
    return 1 if totals[1] or not totals[0] else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
