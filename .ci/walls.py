#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Holds each room of src/ to its allow-list: what it may include and which libraries' symbols its
objects may use. The lists are the table of the rooms in CONTRIBUTING.md."""

import pathlib
import re
import subprocess
import sys

# Room → rooms whose headers it may include, outside headers it may include.
GLIB = {"glib.h", "glib-object.h", "glib/gi18n.h", "glib/gi18n-lib.h", "glib/gstdio.h"}
GIO = GLIB | {"gio/gio.h", "gio/gunixinputstream.h", "gio/gunixsocketaddress.h"}
ROOMS = {
    "scim": (set(), GLIB | {"json-glib/json-glib.h"}),
    "client": ({"scim"}, GIO | {"libsoup/soup.h", "json-glib/json-glib.h"}),
    "index": (set(), GLIB),
    "store": (set(), GIO | {"libsecret/secret.h"}),
    "sync": ({"scim", "client", "index", "store"}, GIO),
    "directory": ({"scim", "client", "index", "store", "sync"}, GIO | {"json-glib/json-glib.h"}),
    "app": ({"scim", "directory"}, GIO | {"glib-unix.h", "gtk/gtk.h", "adwaita.h", "gdk/gdk.h", "pango/pango.h"}),
    "service": ({"scim"}, GIO | {"glib-unix.h", "libsoup/soup.h", "json-glib/json-glib.h"}),
}
# json-glib stays inside: never in these rooms' headers.
NO_JSON_GLIB_HEADERS = {"scim", "client", "directory"}
# The app may see value types of scim, not more.
SCIM_VALUES = {"scim-account.h", "scim-error.h", "scim-schema.h", "scim-resource.h", "scim-json.h"}

# Symbol prefix → rooms that may use it.
SYMBOLS = {
    "json_": {"scim", "client", "directory", "service"},
    "soup_": {"client", "service"},
    "sqlite3_": {"store"},
    "crypto_": {"store"},
    "sodium_": {"store"},
    "ZSTD_": {"store"},
    "secret_": {"store"},
    "gtk_": {"app"},
    "gdk_": {"app"},
    "adw_": {"app"},
    "pango_": {"app"},
    "scim_client_": {"client", "sync", "directory"},
    "scim_auth_": {"client", "sync", "directory"},
    "roster_secrets_": {"store", "sync", "directory"},
    "roster_connection_file_": {"store", "sync", "directory"},
    "roster_sync_": {"sync", "directory"},
}
# Nobody waits: nested main loops and synchronous network are for tests alone.
FORBIDDEN = re.compile(
    r"\b(g_main_context_iteration|g_main_loop_run|soup_session_send(_and_read)? ?\(|"
    r"g_object_set_data(_full)? ?\(|gtk_label_set_markup|g_usleep|sleep ?\()")
FORBIDDEN_EXCEPT = {"src/service/main.c"}

INCLUDE = re.compile(r'^\s*#\s*include\s+([<"])([^>"]+)[>"]', re.MULTILINE)
C_LIBRARY = re.compile(r"^(string|stdlib|stdio|math|errno|fcntl|unistd|locale|time|stdint|limits|"
                       r"signal|stdarg|emmintrin|sys/[a-z]+|netinet/(in|tcp)|arpa/inet)\.h$")


def check_includes(path, room):
    rooms, outside = ROOMS[room]
    text = path.read_text(encoding="utf-8")
    for kind, name in INCLUDE.findall(text):
        if name == "config.h" or C_LIBRARY.match(name):
            continue
        first = name.split("/")[0]
        if kind == '"':
            if "/" not in name:
                if not (path.parent / name).exists():
                    yield f"{path}: includes {name}, which is not in its room"
            elif first != room and first not in rooms:
                yield f"{path}: {room} may not include {name}"
            elif room == "app" and first == "scim" and name.split("/")[1] not in SCIM_VALUES:
                yield f"{path}: the app sees value types of scim only, not {name}"
        elif name not in outside:
            yield f"{path}: {room} may not include <{name}>"
        elif path.suffix == ".h" and name.startswith("json-glib") and room in NO_JSON_GLIB_HEADERS:
            yield f"{path}: json-glib stays out of headers"
    for number, line in enumerate(text.splitlines(), 1):
        if FORBIDDEN.search(line) and str(path) not in FORBIDDEN_EXCEPT:
            yield f"{path}:{number}: forbidden outside tests: {line.strip()}"
    if not text.startswith("/* SPDX-License-Identifier: GPL-3.0-or-later */"):
        yield f"{path}: no SPDX line"


def check_symbols(build, room):
    where = pathlib.Path(build) / "src" / room
    objects = sorted(where.glob("*.p/*.o"))
    if not objects:
        yield f"{where}: no objects; build first"
        return
    for path in objects:
        if "roster-resources" in path.name or path.name.endswith("src_main.c.o"):
            continue
        output = subprocess.run(["nm", "-u", str(path)], check=True, capture_output=True, text=True)
        for line in output.stdout.splitlines():
            symbol = line.split()[-1]
            for prefix, allowed in SYMBOLS.items():
                if symbol.startswith(prefix) and room not in allowed:
                    yield f"{path.name}: {room} may not use {symbol}"


def main(build):
    problems = []
    for room in ROOMS:
        for path in sorted(pathlib.Path("src", room).rglob("*.[ch]")):
            problems += check_includes(path, room)
        problems += check_symbols(build, room)
    print("\n".join(problems))
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
