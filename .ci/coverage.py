#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Line coverage by room, from a build with -Db_coverage=true, against the rooms' floors."""

import json
import subprocess
import sys

FLOORS = {"scim": 85, "client": 85, "index": 85, "directory": 85, "app": 65}


def main(build):
    report = subprocess.run(
        ["gcovr", "--root", ".", "--object-directory", build, "--filter", "src/",
         "--exclude-unreachable-branches", "--json", "-"],
        check=True, capture_output=True, text=True).stdout
    rooms = {}
    for entry in json.loads(report)["files"]:
        parts = entry["file"].split("/")
        if len(parts) < 3 or not parts[2].endswith(".c"):
            continue
        lines = [line for line in entry["lines"] if not line.get("gcovr/noncode")]
        hit, total = rooms.get(parts[1], (0, 0))
        rooms[parts[1]] = (hit + sum(line["count"] > 0 for line in lines), total + len(lines))
    failed = False
    for room, (hit, total) in sorted(rooms.items()):
        percent = 100 * hit / total if total else 100
        floor = FLOORS.get(room, 0)
        failed |= percent < floor
        print(f"{room:12} {percent:5.1f} %  of {total:5} lines"
              + (f"  (floor {floor} %)" if floor else "")
              + ("  BELOW" if percent < floor else ""))
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
