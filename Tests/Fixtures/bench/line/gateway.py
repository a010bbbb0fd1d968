"""What an engineer would write instead: FastAPI, lxml, SQLite and sender threads. `lienthong-bench line --beside script`.

It does what the gateway does for the same message: checks it against the sender's XSD, translates it with a stylesheet,
checks the result against the recipient's XSD, keeps both on the disk before it answers, answers 202 with a receipt,
delivers with retries, reads the agency's answer, and knows what is done after a restart. It is tuned as far as its
means go: uvloop and httptools, one commit for all messages that wait, work handed to the senders without asking the
database, keep-alive connections, a stylesheet and schemas compiled once, settlements in the same commits.

What it does not do: order per dossier, journal, lanes, windows, operators, several recipients, more than one tongue.
"""
import argparse
import asyncio
import hashlib
import http.client
import json
import queue
import socket
import sqlite3
import threading
import time

import uvicorn
from fastapi import FastAPI, Request, Response
from lxml import etree

words = argparse.ArgumentParser()
words.add_argument("--database", required=True)
words.add_argument("--schema", required=True)
words.add_argument("--stylesheet", required=True)
words.add_argument("--target-schema", required=True)
words.add_argument("--sink-port", type=int, required=True)
words.add_argument("--senders", type=int, default=2)  # measured: more of them only wait for the interpreter
words.add_argument("--key", required=True)
options = words.parse_args()

PARSER_OPTIONS = dict(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
source_schema = etree.XMLSchema(etree.parse(options.schema))
target_schema = etree.XMLSchema(etree.parse(options.target_schema))
transform = etree.XSLT(etree.parse(options.stylesheet))
parser = etree.XMLParser(**PARSER_OPTIONS)

BATCH = 512
PAUSES = [1, 5, 30, 120, 600]


def connect():
    database = sqlite3.connect(options.database, isolation_level=None, check_same_thread=False, cached_statements=32)
    database.execute("PRAGMA page_size = 8192")
    database.execute("PRAGMA journal_mode = WAL")
    database.execute("PRAGMA synchronous = FULL")
    database.execute("PRAGMA wal_autocheckpoint = 4000")
    database.execute("PRAGMA secure_delete = OFF")
    database.execute("PRAGMA cache_size = -65536")
    database.execute(
        """CREATE TABLE IF NOT EXISTS message(
             id INTEGER PRIMARY KEY, digest BLOB NOT NULL UNIQUE, dossier TEXT NOT NULL, received REAL NOT NULL,
             body BLOB NOT NULL, payload BLOB NOT NULL)""")
    database.execute(
        """CREATE TABLE IF NOT EXISTS delivery(
             message INTEGER PRIMARY KEY, state TEXT NOT NULL, due REAL, attempts INTEGER NOT NULL DEFAULT 0,
             status INTEGER, answer BLOB)""")
    database.execute("CREATE INDEX IF NOT EXISTS delivery_due ON delivery(due) WHERE due IS NOT NULL")
    database.execute("CREATE INDEX IF NOT EXISTS message_dossier ON message(dossier)")
    return database


class Writer(threading.Thread):
    """The one thread that writes: everything that waits goes into one commit."""

    def __init__(self, outbox):
        super().__init__(daemon=True, name="writer")
        self.outbox = outbox
        self.inbox = queue.SimpleQueue()

    def run(self):
        database = connect()
        number = database.execute("SELECT coalesce(max(id), 0) FROM message").fetchone()[0]
        while True:
            batch = [self.inbox.get()]
            while len(batch) < BATCH:
                try:
                    batch.append(self.inbox.get_nowait())
                except queue.Empty:
                    break
            accepted, settled, receipts = [], [], []
            known = {}
            for work in batch:
                if work[0] == "settle":
                    settled.append(work[1:])
                    continue
                _, digest, dossier, body, payload, loop, future = work
                earlier = known.get(digest) or database.execute(
                    "SELECT id FROM message WHERE digest = ?", (digest,)).fetchone()
                if earlier:
                    receipts.append((loop, future, earlier[0]))
                    continue
                number += 1
                known[digest] = (number,)
                accepted.append((number, digest, dossier, time.time(), body, payload))
                receipts.append((loop, future, number))
            database.execute("BEGIN IMMEDIATE")
            database.executemany("INSERT INTO message VALUES(?, ?, ?, ?, ?, ?)", accepted)
            database.executemany(
                "INSERT INTO delivery(message, state, due) VALUES(?, 'ready', ?)", [(row[0], row[3]) for row in accepted])
            database.executemany(
                "UPDATE delivery SET state = ?, due = ?, attempts = attempts + 1, status = ?, answer = ? WHERE message = ?",
                settled)
            database.execute("COMMIT")
            for row in accepted:
                self.outbox.put((row[0], row[5], 0))
            if receipts:
                receipts[0][0].call_soon_threadsafe(answer, receipts)


def answer(receipts):
    for _, future, number in receipts:
        if not future.done():
            future.set_result(number)


class Sender(threading.Thread):
    """Sends one message at a time over a connection that stays open."""

    def __init__(self, outbox, writer):
        super().__init__(daemon=True, name="sender")
        self.outbox = outbox
        self.writer = writer
        self.connection = None

    def run(self):
        while True:
            number, payload, attempts = self.outbox.get()
            status, body = self.send(number, payload)
            if status == 200 and self.accepted(body):
                self.writer.inbox.put(("settle", "delivered", None, status, body, number))
            elif status is not None and 400 <= status < 500:
                self.writer.inbox.put(("settle", "refused", None, status, body, number))
            else:
                pause = PAUSES[min(attempts, len(PAUSES) - 1)]
                self.writer.inbox.put(("settle", "deferred", time.time() + pause, status, body, number))
                threading.Timer(pause, self.outbox.put, [(number, payload, attempts + 1)]).start()

    def send(self, number, payload):
        for _ in range(2):
            try:
                if self.connection is None:
                    self.connection = http.client.HTTPConnection("127.0.0.1", options.sink_port, timeout=60)
                    self.connection.connect()
                    self.connection.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                self.connection.request(
                    "POST", "/consumerAdapter/Document/SyncDocument", body=payload,
                    headers={"Content-Type": "application/xml; charset=utf-8", "Accept": "application/xml",
                             "X-Api-Key": "khoa", "Idempotency-Key": str(number)})
                response = self.connection.getresponse()
                return response.status, response.read()
            except (OSError, http.client.HTTPException):
                if self.connection is not None:
                    self.connection.close()
                self.connection = None
        return None, b""

    @staticmethod
    def accepted(body):
        try:
            return etree.fromstring(body).findtext("Status") == "200"
        except etree.XMLSyntaxError:
            return False


outbox = queue.SimpleQueue()
writer = Writer(outbox)
app = FastAPI(openapi_url=None)
key_digest = hashlib.sha256(options.key.encode()).digest()


@app.post("/v1/messages")
async def take(request: Request):
    if hashlib.sha256(request.headers.get("x-api-key", "").encode()).digest() != key_digest:
        return Response(status_code=401)
    body = await request.body()
    try:
        tree = etree.fromstring(body, parser)
    except etree.XMLSyntaxError as failure:
        return Response(json.dumps({"error": str(failure)}), 400, media_type="application/problem+json")
    if tree.getroottree().docinfo.doctype:
        return Response(json.dumps({"error": "a DOCTYPE is not taken"}), 400, media_type="application/problem+json")
    if not source_schema.validate(tree):
        return Response(json.dumps({"error": str(source_schema.error_log)}), 422, media_type="application/problem+json")
    target = transform(tree)
    if not target_schema.validate(target):
        return Response(json.dumps({"error": str(target_schema.error_log)}), 422, media_type="application/problem+json")
    payload = etree.tostring(target, encoding="UTF-8", xml_declaration=True)
    loop = asyncio.get_running_loop()
    future = loop.create_future()
    writer.inbox.put(
        ("accept", hashlib.sha256(body).digest(), tree.findtext("MaHoSo"), body, payload, loop, future))
    number = await future
    return Response(json.dumps({"id": number}), 202, media_type="application/json")


def recover():
    """What an earlier run had accepted and not delivered."""
    database = connect()
    rows = database.execute(
        """SELECT m.id, m.payload, d.attempts FROM delivery AS d JOIN message AS m ON m.id = d.message
           WHERE d.due IS NOT NULL ORDER BY m.id""")
    for row in rows:
        outbox.put(row)
    database.close()


recover()
writer.start()
for _ in range(options.senders):
    Sender(outbox, writer).start()
listener = socket.socket()
listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
listener.bind(("127.0.0.1", 0))
listener.listen(1024)
print(f"listening port={listener.getsockname()[1]}", flush=True)
uvicorn.Server(
    uvicorn.Config(app, loop="uvloop", http="httptools", log_level="error", access_log=False)
).run(sockets=[listener])
