"""The Python package `websockets` with the reconnecting loop of its documentation:
`async for websocket in connect(url)`, all its defaults."""

import asyncio
import json
import logging
import os
import signal
import sys
import threading

import websockets
from websockets.exceptions import ConnectionClosed

URL = sys.argv[1] if len(sys.argv) > 1 else os.environ["HALFOPEN_URL"]
PROTOCOLS = [name for name in os.environ.get("HALFOPEN_PROTOCOLS", "").split(",") if name]


def report(event, **fields):
    print(json.dumps({"event": event, **fields}), flush=True)


def report_message(data):
    if isinstance(data, bytes):
        report("message", text=data.hex()[:4096], length=len(data), binary=True)
    else:
        report("message", text=data[:4096], length=len(data.encode()))


class ReportFailures(logging.Handler):
    """The loop tells its log, and nobody else, why an attempt failed."""

    def emit(self, record):
        if record.exc_info and record.exc_info[1]:
            error = record.exc_info[1]
            report("error", message=f"{type(error).__name__}: {error}")


# An application that awaits each of its sends has no more than a few of them waiting.
MOST_UNSENT = 16


class Client:
    def __init__(self, loop):
        self.loop = loop
        self.socket = None
        self.task = None
        self.leaving = False
        self.unsent = 0

    def connect(self, _command=None):
        if self.task and not self.task.done():
            raise RuntimeError("already connected or connecting")
        self.leaving = False
        self.task = self.loop.create_task(self.live())
        self.task.add_done_callback(lambda task: task.cancelled() or task.result())

    async def live(self):
        async for socket in websockets.connect(URL, subprotocols=PROTOCOLS or None):
            self.socket = socket
            report("open")
            try:
                while True:
                    report_message(await socket.recv())
            except ConnectionClosed as closed:
                clean = closed.rcvd is not None and closed.sent is not None
                report("close", code=socket.close_code, reason=socket.close_reason, clean=clean)
            self.socket = None
            if self.leaving:
                return

    def send(self, command):
        if not self.socket:
            raise RuntimeError("not open")
        if self.unsent >= MOST_UNSENT:
            raise RuntimeError("too much is waiting to be sent")
        self.unsent += 1
        task = self.loop.create_task(self.socket.send(command.get("text", "")))
        task.add_done_callback(self.sent)

    def sent(self, task):
        self.unsent -= 1
        if not task.cancelled():
            task.exception()  # That the connection is gone, live() reports.

    def close(self, command):
        self.leaving = True
        if self.socket:
            code, reason = command.get("code", 1000), command.get("reason", "")
            self.loop.create_task(self.socket.close(code, reason))
        elif self.task:
            self.task.cancel()

    def obey(self, line):
        command = {}
        try:
            command = json.loads(line)
            actions = {"send": self.send, "close": self.close, "connect": self.connect}
            actions[command["do"]](command)
        except Exception as error:  # Whatever is wrong with a command, the client lives on.
            do = command.get("do") if isinstance(command, dict) else None
            report("refused", do=do, why=f"{type(error).__name__}: {error}")


def read_commands(loop, client):
    """One after the other: what the loop has no time for waits in the pipe, and not in memory."""

    async def obey(line):
        client.obey(line)

    for line in sys.stdin:
        if line.strip():
            asyncio.run_coroutine_threadsafe(obey(line), loop).result()


async def main():
    logger = logging.getLogger("websockets.client")
    logger.addHandler(ReportFailures())
    logger.setLevel(logging.INFO)
    logger.propagate = False
    loop = asyncio.get_running_loop()
    client = Client(loop)
    threading.Thread(target=read_commands, args=(loop, client), daemon=True).start()
    client.connect()
    await asyncio.Event().wait()  # Until it is ended.


signal.signal(signal.SIGINT, signal.SIG_DFL)
asyncio.run(main())
