"""A client with descendants that do not want to go: sessions of their own, deaf to SIGTERM. Says
"ready" on the file named, once all of them are there. The second argument is a mark to find them by."""

import os
import signal
import sys
import time

import wire


def stubborn():
    for number in (signal.SIGTERM, signal.SIGHUP, signal.SIGINT):
        signal.signal(number, signal.SIG_IGN)


def descend(depth):
    """A child that starts a session and has a child of its own, and so on."""
    reading, writing = os.pipe()
    if os.fork() == 0:
        os.setsid()
        stubborn()
        if depth > 1:
            descend(depth - 1)
        os.write(writing, b"!")
        time.sleep(1000)
    os.read(reading, 1)


sock = wire.opened()
descend(3)
# And one whose parent has gone.
if os.fork() == 0:
    if os.fork() == 0:
        os.setsid()
        stubborn()
        with open(sys.argv[1], "w") as ready:
            ready.write("ready")
        time.sleep(1000)
    os._exit(0)
stubborn()
wire.read_until_end(sock)
time.sleep(1000)
