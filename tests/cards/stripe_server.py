"""A Stripe of one's own, in its own process: the part of its API we use, its page, its signed calls.

Run as a module with a port. It keeps the promises we rely on (docs.stripe.com): the same idempotency key gives the
same answer, and is refused with other parameters; a session is open, complete or expired; a refund never exceeds what
was paid; every call is signed with the time. `/test/…` is not Stripe's: it lets a test say how Stripe behaves.
"""

import hashlib
import hmac
import json
import sys
import threading
import time
import urllib.error
import urllib.request
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qsl

SESSIONS, ANSWERS, REFUNDS = {}, {}, {}
TEST = {"endpoint": "", "secret": "", "fail": 0, "drop": 0, "calls": 1, "heard": []}
LOCK = threading.Lock()
PAGE = """<!doctype html><html lang="fr"><head><title>Stripe d’essai</title><link rel="icon" href="data:,"></head>
<body><main><h1>Stripe d’essai</h1>
<p>{title}, {cents} centimes</p><form method="post"><button name="what" value="pay">Payer</button></form>
<p><a href="{back}">Revenir</a></p></main></body></html>"""


class Refused(Exception):
    """Stripe's own refusal, as JSON."""

    def __init__(self, status, kind, message):
        super().__init__(message)
        self.status, self.body = status, {"error": {"type": kind, "message": message}}


class Handler(BaseHTTPRequestHandler):
    """The API, the page, and the test's own door."""

    protocol_version = "HTTP/1.1"

    def log_message(self, *_args):
        pass

    def do_GET(self):
        self._answer(self._get)

    def do_POST(self):
        self._answer(self._post)

    def _answer(self, act):
        size = int(self.headers.get("Content-Length") or 0)
        self.sent = self.rfile.read(size)
        try:
            status, body = act()
        except Refused as refusal:
            status, body = refusal.status, refusal.body
        if body is None:
            return
        is_page = isinstance(body, str)
        data = body.encode() if is_page else json.dumps(body).encode()
        self.send_response(status)
        self.send_header("Content-Type", "text/html; charset=utf-8" if is_page else "application/json")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def _get(self):
        if self.path == "/test":
            return 200, TEST | {"sessions": len(SESSIONS)}
        if self.path.startswith("/pay/"):
            session = _session(self.path.removeprefix("/pay/"))
            return 200, PAGE.format(title=session["title"], cents=session["amount_total"], back=session["cancel_url"])
        self._require_key()
        return 200, _session(self.path.removeprefix("/v1/checkout/sessions/"))

    def _post(self):
        if self.path == "/test":
            TEST.update(json.loads(self.sent))
            return 200, TEST
        if self.path.startswith("/pay/"):
            return self._paid(self.path.removeprefix("/pay/"))
        self._require_key()
        with LOCK:
            return self._api(dict(parse_qsl(self.sent.decode())))

    def _api(self, said):
        if TEST["fail"]:
            TEST["fail"] -= 1
            raise Refused(500, "api_error", "down")
        key = self.headers.get("Idempotency-Key", "")
        if key in ANSWERS and ANSWERS[key][0] != said:
            raise Refused(400, "idempotency_error", "Keys for idempotent requests can only be used with the same ones.")
        answer = ANSWERS[key][1] if key in ANSWERS else self._done(said)
        if key:
            ANSWERS[key] = (said, answer)
        if TEST["drop"]:  # done, and the line is cut before it is said
            TEST["drop"] -= 1
            self.close_connection = True
            self.connection.close()
            return 0, None
        return 200, answer

    def _done(self, said):
        if self.path == "/v1/checkout/sessions":
            return self._opened(said)
        if self.path == "/v1/refunds":
            return _refunded(said)
        session = _session(self.path.removeprefix("/v1/checkout/sessions/").removesuffix("/expire"))
        if session["status"] != "open":
            raise Refused(400, "invalid_request_error", "Only Checkout Sessions with a status of open can be expired.")
        session["status"] = "expired"
        return session

    def _opened(self, said):
        if int(said["expires_at"]) < time.time() + 30 * 60 - 5:
            raise Refused(400, "invalid_request_error", "The `expires_at` timestamp must be at least 30 minutes away.")
        name = f"cs_test_{len(SESSIONS) + 1}"
        made = {
            "id": name, "object": "checkout.session", "status": "open", "payment_status": "unpaid",
            "amount_total": int(said["line_items[0][price_data][unit_amount]"]) * int(said["line_items[0][quantity]"]),
            "currency": said["line_items[0][price_data][currency]"], "payment_intent": None,
            "success_url": said["success_url"], "cancel_url": said["cancel_url"],
            "client_reference_id": said["client_reference_id"],
            "title": said["line_items[0][price_data][product_data][name]"],
            "url": f"http://{self.headers['Host']}/pay/{name}",
        }  # fmt: skip
        SESSIONS[name] = made
        return made

    def _require_key(self):
        if not self.headers.get("Authorization", "").startswith("Bearer sk_test_"):
            raise Refused(401, "invalid_request_error", "Invalid API Key provided")

    def _paid(self, name):
        session = _session(name)
        if session["status"] == "open":
            session |= {"status": "complete", "payment_status": "paid", "payment_intent": f"pi_{name}"}
            SESSIONS[name] = session
            for _time in range(TEST["calls"]):
                _call("checkout.session.completed", session)
        self.send_response(303)
        self.send_header("Location", session["success_url"])
        self.send_header("Content-Length", "0")
        self.end_headers()
        return 0, None


def _session(name):
    if name not in SESSIONS:
        raise Refused(404, "invalid_request_error", f"No such checkout.session: {name}")
    return SESSIONS[name]


def _refunded(said):
    intent, cents = said["payment_intent"], int(said["amount"])
    paid = next((one for one in SESSIONS.values() if one["payment_intent"] == intent), None)
    before = sum(one["amount"] for one in REFUNDS.values() if one["payment_intent"] == intent)
    if paid is None or before + cents > paid["amount_total"]:
        raise Refused(400, "invalid_request_error", "Refund amount is greater than unrefunded amount on charge.")
    made = {"id": f"re_{len(REFUNDS) + 1}", "object": "refund", "payment_intent": intent, "amount": cents}
    REFUNDS[made["id"]] = made | {"status": "succeeded"}
    return REFUNDS[made["id"]]


def _call(kind, session):
    """Our endpoint is told, signed as Stripe signs."""
    if not TEST["endpoint"]:
        return
    event = {"id": f"evt_{time.time_ns()}", "object": "event", "type": kind, "data": {"object": session}}
    body, moment = json.dumps(event), int(time.time())
    signed = hmac.new(TEST["secret"].encode(), f"{moment}.{body}".encode(), hashlib.sha256).hexdigest()
    headers = {"Content-Type": "application/json", "Stripe-Signature": f"t={moment},v1={signed}"}
    ask = urllib.request.Request(TEST["endpoint"], body.encode(), headers)
    try:
        with urllib.request.urlopen(ask, timeout=20) as answer:
            TEST["heard"].append(answer.status)
    except urllib.error.HTTPError as error:
        TEST["heard"].append(error.code)


if __name__ == "__main__":
    ThreadingHTTPServer(("127.0.0.1", int(sys.argv[1])), Handler).serve_forever()
