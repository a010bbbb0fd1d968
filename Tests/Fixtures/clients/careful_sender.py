"""A sender that names what it sends, with nothing but Python's own `http.client`.

    careful_sender.py < configuration.json

The configuration has `host`, `port`, `key` (the sender's API key), `name` (the Idempotency-Key), `document` (what is sent) and
`other` (another document, sent under the same name by mistake). Every answer prints one line of JSON; the exit code is 0 when
all the answers came.
"""

import http.client
import json
import sys

TIMEOUT = 30


def post(configuration, document, name=None):
    connection = http.client.HTTPConnection(configuration["host"], configuration["port"], timeout=TIMEOUT)
    headers = {"X-Api-Key": configuration["key"], "Content-Type": "application/json"}
    if name is not None:
        headers["Idempotency-Key"] = name
    connection.request("POST", "/v1/messages", body=document.encode("utf-8"), headers=headers)
    return connection


def send(step, configuration, document, name=None):
    connection = post(configuration, document, name)
    response = connection.getresponse()
    body = response.read()
    connection.close()
    line = {
        "step": step,
        "http": response.status,
        "type": response.headers.get_content_type(),
        "location": response.headers["Location"],
        "replayed": response.headers["Idempotency-Replayed"],
        "answer": json.loads(body),
    }
    print(json.dumps(line, ensure_ascii=False), flush=True)


def main():
    configuration = json.load(sys.stdin)
    document, name = configuration["document"], configuration["name"]
    # The connection goes away before the answer is there: whether the message was taken, the sender cannot know.
    post(configuration, document, name).close()
    send("after a broken connection", configuration, document, name)
    send("once more", configuration, document, name)
    send("another document", configuration, configuration["other"], name)
    send("another document by its own name", configuration, configuration["other"], name + "-2")
    send("no document", configuration, "{", name + "-3")


if __name__ == "__main__":
    main()
