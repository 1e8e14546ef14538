"""A client that is no WebSocket client: connects, sends one HTTP request, and says by the names of
the system's own errors what became of it: "connect ECONNREFUSED", "read ECONNRESET", "read SSH-2.0-x",
"read nothing" (the peer ended the connection), "read timeout". An argument makes it idle for a while
before the request ("idle"), or print what it has learnt about the way's largest packet ("mtu")."""

import errno
import os
import socket
import sys
import time

IP_MTU = 14  # linux/in.h: the known path MTU of a connected socket
PADDING = "X-Padding: " + 4000 * "x" + "\r\n"


def name_of(failure):
    if isinstance(failure, TimeoutError) and failure.errno is None:
        return "timeout"
    return errno.errorcode[failure.errno]


def say(what):
    print(what, flush=True)


def main():
    address = (os.environ["HALFOPEN_HOST"], int(os.environ["HALFOPEN_PORT"]))
    try:
        sock = socket.create_connection(address, timeout=3)
    except OSError as failure:
        return say("connect " + name_of(failure))
    way = sys.argv[1] if len(sys.argv) > 1 else ""
    if way == "idle":
        time.sleep(1.5)
    try:
        padding = PADDING if way == "mtu" else ""
        sock.sendall(f"GET / HTTP/1.1\r\nHost: server.test\r\n{padding}\r\n".encode())
        answer = sock.recv(1000)
    except OSError as failure:
        return say("read " + name_of(failure))
    if way == "mtu":
        return say(f"mtu {sock.getsockopt(socket.IPPROTO_IP, IP_MTU)}")
    say("read " + (answer.decode().splitlines()[0] if answer else "nothing"))


main()
