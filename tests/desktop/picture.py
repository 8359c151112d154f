#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Shows Roster on a virtual display: opens a profile and saves a picture of the window."""

import argparse
import subprocess

from window import NotFound, Window, wait_for


def photograph_window(window, path):
    """The window alone: the virtual screen around it is cut off."""
    geometry = subprocess.run(
        ["xdotool", "search", "--onlyvisible", "--name", "^Roster", "getwindowgeometry"],
        check=True, capture_output=True, text=True).stdout
    left, top = geometry.split("Position: ")[1].split()[0].split(",")
    size = geometry.split("Geometry: ")[1].split()[0]
    subprocess.run(["import", "-window", "root", "-crop", f"{size}+{left}+{top}", "+repage",
                    str(path)], check=True)


def open_first_profile(window):
    wait_for("the list of users", lambda: " users" in (window.words() or ""))
    window.select_first()
    wait_for("a profile", lambda: window.maybe("Copy User Name"))


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--roster", required=True)
    parser.add_argument("--output", required=True)
    parser.add_argument("arguments", nargs="*")
    options = parser.parse_args()
    window = Window(options.roster, options.arguments)
    try:
        try:
            open_first_profile(window)
        except NotFound:
            if any(argument.startswith("--demo") for argument in options.arguments):
                raise
            # Without the demo there may be nobody to show.
        photograph_window(window, options.output)
    finally:
        window.stop()


if __name__ == "__main__":
    main()
