"""A WebSocket client of sockets and bytes, for helper clients that must send just what they mean."""

import os
import socket
import ssl
import struct

TEXT, BINARY, CLOSE, PING, PONG = 1, 2, 8, 9, 10


def address():
    return os.environ["HALFOPEN_HOST"], int(os.environ["HALFOPEN_PORT"])


def connect(tls=False):
    """A connected socket, with Nagle's algorithm off."""
    sock = socket.create_connection(address(), timeout=30)
    sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    if not tls:
        return sock
    context = ssl.create_default_context(cafile=os.environ["HALFOPEN_CA"])
    context.check_hostname = False
    return context.wrap_socket(sock, server_hostname=address()[0])


def request(key="dGhlIHNhbXBsZSBub25jZQ=="):
    return (
        "GET / HTTP/1.1\r\nHost: {}:{}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
        "Sec-WebSocket-Key: {}\r\nSec-WebSocket-Version: 13\r\n\r\n"
    ).format(*address(), key).encode()


def frame(opcode, payload, fin=True, declared=None):
    """A masked frame (RFC 6455, section 5.2), its mask all zeros; `declared` is a lie in 64 bits."""
    first = (0x80 if fin else 0) | opcode
    size = len(payload)
    if declared is not None:
        head = struct.pack("!BBQ", first, 0x80 | 127, declared)
    elif size < 126:
        head = struct.pack("!BB", first, 0x80 | size)
    elif size < 65536:
        head = struct.pack("!BBH", first, 0x80 | 126, size)
    else:
        head = struct.pack("!BBQ", first, 0x80 | 127, size)
    return head + bytes(4) + payload


def read_exactly(sock, size):
    data = b""
    while len(data) < size:
        part = sock.recv(size - len(data))
        if not part:
            raise EOFError("the connection ended")
        data += part
    return data


def read_head(sock):
    """The answer to the opening handshake, byte by byte so as not to take a frame with it."""
    head = b""
    while not head.endswith(b"\r\n\r\n"):
        head += read_exactly(sock, 1)
    return head


def read_frame(sock):
    """(opcode, payload) of a frame from the server, which does not mask."""
    first, size = read_exactly(sock, 2)
    if size == 126:
        size = struct.unpack("!H", read_exactly(sock, 2))[0]
    elif size == 127:
        size = struct.unpack("!Q", read_exactly(sock, 8))[0]
    return first & 15, read_exactly(sock, size)


def opened(tls=False):
    """A socket on which the opening handshake is done."""
    sock = connect(tls)
    sock.sendall(request())
    read_head(sock)
    return sock


def read_until_end(sock):
    """Waits until the other side ends the connection, whatever comes before."""
    try:
        while sock.recv(65536):
            pass
    except OSError:
        pass
