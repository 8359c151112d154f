# SPDX-License-Identifier: GPL-3.0-or-later
"""Asks a SCIM service with the standard library alone: nothing of src/ takes part.

Numbers are kept as text, so that what was not touched can be compared to the letter."""

import base64
import http.client
import http.server
import json
import subprocess
import threading
import urllib.parse


def loads(text):
    return json.loads(text, parse_int=str, parse_float=str)


class Service:
    """A SCIM service by its base address and a bearer token."""

    def __init__(self, url, token):
        self.url = url.rstrip("/")
        self.token = token

    def request(self, method, path, body=None, authorization=None):
        """Returns (status, document or None)."""
        where = urllib.parse.urlsplit(self.url)
        connection = http.client.HTTPConnection(where.hostname, where.port, timeout=20)
        headers = {"Accept": "application/scim+json",
                   "Authorization": authorization or f"Bearer {self.token}"}
        data = None
        if body is not None:
            data = json.dumps(body).encode()
            headers["Content-Type"] = "application/scim+json"
        connection.request(method, where.path + path, body=data, headers=headers)
        answer = connection.getresponse()
        text = answer.read().decode("utf-8")
        connection.close()
        try:
            return answer.status, loads(text) if text else None
        except ValueError:
            return answer.status, text

    def users(self):
        """Every user, page by page, whatever the service says about totals."""
        found, start = {}, 1
        while True:
            status, page = self.request("GET", f"/Users?startIndex={start}&count=100")
            assert status == 200, (status, page)
            fresh = [u for u in page.get("Resources", []) if u["id"] not in found]
            if not fresh:
                return list(found.values())
            found.update((u["id"], u) for u in fresh)
            start += len(page["Resources"])

    def user(self, identifier):
        status, user = self.request("GET", "/Users/" + urllib.parse.quote(identifier, safe=""))
        return user if status == 200 else None

    def by_name(self, user_name):
        for user in self.users():
            if user["userName"].split("/", 1)[-1] == user_name:
                return self.user(user["id"])
        return None

    def accepts_password(self, user_name, password):
        """Signs in as the user: GET /Me under HTTP Basic."""
        secret = base64.b64encode(f"{user_name}:{password}".encode()).decode()
        status, _ = self.request("GET", "/Me", authorization="Basic " + secret)
        return status == 200


class RosterService:
    """roster-service as a child, with its three addresses; it ends with its standard input."""

    def __init__(self, program, users=60, personality="rfc", invitation="lock", extra=()):
        self.process = subprocess.Popen(
            [program, "--port", "0", "--users", str(users), "--personality", personality,
             "--invitation", invitation, "--control", *extra],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.url, self.token = self.process.stdout.readline().split()
        self.token_url, self.client_id, self.client_secret = self.process.stdout.readline().split()

    def command(self, line):
        self.process.stdin.write(line + "\n")
        self.process.stdin.flush()
        return self.process.stdout.readline().strip()

    def set_fault(self, plan):
        """What goes wrong from now on, see roster-service --help-faults; "" for nothing."""
        answer = self.command(f"fault {plan}".strip())
        assert answer == "ok", answer

    def clear_requests(self):
        assert self.command("clear") == "ok"

    def seen(self):
        """Every request that reached the service since it was cleared."""
        return json.loads(self.command("requests"))

    def stop(self):
        self.process.terminate()
        self.process.wait(timeout=10)


class Recorder:
    """A loopback proxy in front of a service that keeps every request as it was on the wire."""

    def __init__(self, url):
        where = urllib.parse.urlsplit(url)
        self.requests = []
        requests = self.requests

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def forward(self):
                length = int(self.headers.get("Content-Length") or 0)
                body = self.rfile.read(length) if length else b""
                requests.append((self.command, self.path, body))
                upstream = http.client.HTTPConnection(where.hostname, where.port, timeout=20)
                headers = {k: v for k, v in self.headers.items()
                           if k.lower() not in ("host", "connection", "accept-encoding")}
                upstream.request(self.command, self.path, body=body or None, headers=headers)
                answer = upstream.getresponse()
                data = answer.read()
                self.send_response(answer.status)
                for key, value in answer.getheaders():
                    if key.lower() not in ("content-length", "transfer-encoding", "connection"):
                        self.send_header(key, value)
                if answer.status != 204:
                    self.send_header("Content-Length", str(len(data)))
                self.end_headers()
                self.wfile.write(data)
                upstream.close()

            do_GET = do_POST = do_PUT = do_PATCH = do_DELETE = forward

            def log_message(self, *_):
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        self.url = f"http://127.0.0.1:{self.server.server_port}{where.path}"

    def writes(self, since=0):
        return [(method, path, loads(body) if body else None)
                for method, path, body in self.requests[since:]
                if method not in ("GET", "POST")]

    def stop(self):
        self.server.shutdown()
