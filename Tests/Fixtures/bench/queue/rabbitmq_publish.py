"""Publishes durable messages to a quorum queue, so many unconfirmed at once, and prints the messages confirmed a second.

Usage: rabbitmq_publish.py PORT MESSAGES WINDOW BYTES
"""
import sys
import time

import pika

port, messages, window, size = (int(word) for word in sys.argv[1:])
body = bytes(index * 37 % 251 for index in range(size))
properties = pika.BasicProperties(delivery_mode=2)
state = {"sent": 0, "confirmed": 0, "start": 0.0}


def publish(channel):
    while state["sent"] < messages and state["sent"] - state["confirmed"] < window:
        channel.basic_publish("", "bench", body, properties)
        state["sent"] += 1


def confirmed(channel, frame):
    method = frame.method
    if isinstance(method, pika.spec.Basic.Nack):
        sys.exit("the broker refused a message")
    state["confirmed"] = method.delivery_tag if method.multiple else state["confirmed"] + 1
    if state["confirmed"] == messages:
        print(f"{messages / (time.monotonic() - state['start']):.1f}", flush=True)
        channel.connection.close()
    else:
        publish(channel)


def opened(channel):
    def begin(_):
        channel.confirm_delivery(lambda frame: confirmed(channel, frame), lambda _: start())

    def start():
        state["start"] = time.monotonic()
        publish(channel)

    channel.queue_delete("bench", callback=lambda _: channel.queue_declare(
        "bench", durable=True, arguments={"x-queue-type": "quorum"}, callback=begin))


connection = pika.SelectConnection(
    pika.ConnectionParameters("127.0.0.1", port, heartbeat=0),
    on_open_callback=lambda connection: connection.channel(on_open_callback=opened),
    on_close_callback=lambda connection, _: connection.ioloop.stop())
connection.ioloop.start()
