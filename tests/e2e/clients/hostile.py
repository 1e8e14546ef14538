"""Clients that mean harm, or are as broken as can be: `hostile.py TRICK`."""

import ctypes
import os
import resource
import signal
import sys
import threading
import time
import zlib

import wire


def linger(sock):
    wire.read_until_end(sock)
    time.sleep(60)


def keep_sending(sock, part, most=1 << 40):
    """Until the server ends the connection, or `most` bytes have gone. Waits where it must."""
    sock.settimeout(None)
    try:
        for _ in range(0, most, len(part)):
            sock.sendall(part)
    except OSError:
        pass
    time.sleep(60)


# ── the opening handshake ──────────────────────────────────────────────────────────────────────


def no_newline():
    keep_sending(wire.connect(), b"A" * 65536)


def endless_header():
    sock = wire.connect()
    sock.sendall(wire.request()[:-2])
    keep_sending(sock, b"X-Filler: " + b"y" * 1000 + b"\r\n")


def endless_header_value():
    sock = wire.connect()
    sock.sendall(wire.request()[:-2] + b"X-Filler: ")
    keep_sending(sock, b"z" * 65536)


def drip():
    """One byte of the request now and then, for ever."""
    sock = wire.connect()
    while True:
        sock.sendall(b"A")
        time.sleep(0.01)


def random_bytes():
    sock = wire.connect()
    sock.sendall(os.urandom(100_000))
    linger(sock)


def says_nothing():
    linger(wire.connect())


def half_closed():
    sock = wire.connect()
    sock.shutdown(1)
    linger(sock)


def half_closed_after_request():
    sock = wire.connect()
    sock.sendall(wire.request())
    sock.shutdown(1)
    linger(sock)


def body():
    """Asks for an upgrade and goes on with a body of 2^63 bytes."""
    sock = wire.connect()
    sock.sendall(wire.request()[:-2] + b"Content-Length: 9223372036854775807\r\n\r\n")
    keep_sending(sock, b"b" * 65536, 200_000_000)


def chatter_before_answer():
    """Sends frames without end right behind its request."""
    sock = wire.connect()
    sock.sendall(wire.request())
    keep_sending(sock, wire.frame(wire.TEXT, b"x" * 60000), 200_000_000)


# ── frames ─────────────────────────────────────────────────────────────────────────────────────


def top_bit_length():
    sock = wire.opened()
    sock.sendall(wire.frame(wire.BINARY, b"x" * 100, declared=1 << 63))
    linger(sock)


def huge_message():
    """A frame of 2^40 bytes, and 300 MB of it."""
    sock = wire.opened()
    sock.sendall(wire.frame(wire.BINARY, b"", declared=1 << 40))
    keep_sending(sock, bytes(65536), 300_000_000)


def endless_fragments():
    sock = wire.opened()
    sock.sendall(wire.frame(wire.BINARY, b"x", fin=False))
    keep_sending(sock, wire.frame(0, bytes(60000), fin=False), 300_000_000)


def empty_fragments():
    sock = wire.opened()
    sock.sendall(wire.frame(wire.TEXT, b"", fin=False))
    keep_sending(sock, wire.frame(0, b"", fin=False) * 10000, 6_000_000)


def frame_drip():
    """Starts a large frame and feeds it a byte now and then."""
    sock = wire.opened()
    sock.sendall(wire.frame(wire.TEXT, bytes(60000))[:8])
    while True:
        sock.sendall(b"a")
        time.sleep(0.01)


def random_frames():
    sock = wire.opened()
    sock.sendall(os.urandom(100_000))
    linger(sock)


def bad_utf8():
    sock = wire.opened()
    sock.sendall(wire.frame(wire.TEXT, b"\xff\xfe\xc0\xaf" * 100))
    linger(sock)


def frames_unread():
    """Asks for 200 MB of echoes and reads none."""
    keep_sending(wire.opened(), wire.frame(wire.BINARY, bytes(60000)), 200_000_000)


def many_unfinished():
    """The first 15 MB of a message on each of 64 connections."""
    socks = [wire.opened() for _ in range(64)]
    part = wire.frame(wire.BINARY, b"x" * 15_000_000)[:-1]
    for sock in socks:
        sock.settimeout(3)
        try:
            sock.sendall(part)
        except OSError:
            pass
    time.sleep(1)


def many_unread():
    """Asks for 10 MB of echoes on each of 200 connections, message by message, and reads none."""
    socks = [wire.opened() for _ in range(200)]
    part = wire.frame(wire.BINARY, b"x" * 10_000_000)
    for sock in socks:
        sock.settimeout(0.2)
        try:
            sock.sendall(part)
        except OSError:
            pass
    time.sleep(60)


def fat_headers():
    """A thousand requests of 60 kB."""
    for _ in range(1000):
        sock = wire.connect()
        sock.sendall(wire.request()[:-2] + (b"X-Filler: " + b"y" * 990 + b"\r\n") * 60 + b"\r\n")
        wire.read_head(sock)
        sock.close()
    time.sleep(1)


PINGS = 1_000_000


def pings():
    """A million pings, read as they are answered, and a message behind them."""
    sock = wire.opened()
    reader = threading.Thread(target=wire.read_until_end, args=(sock,), daemon=True)
    reader.start()
    part = wire.frame(wire.PING, b"") * 10_000
    for _ in range(PINGS // 10_000):
        sock.sendall(part)
    sock.sendall(wire.frame(wire.TEXT, b"done"))
    time.sleep(60)


def pings_unread():
    keep_sending(wire.opened(), wire.frame(wire.PING, b"p" * 125) * 1000, 131_000_000)


def connections():
    """Two thousand at once, every one of them opened, none ever closed."""
    raise_limit()
    socks = []
    try:
        for _ in range(2000):
            sock = wire.connect()
            sock.settimeout(2)
            sock.sendall(wire.request())
            socks.append(sock)
    except OSError:
        pass  # enough is enough
    time.sleep(60)


def reconnects():
    """Connects, asks, leaves, without a pause, for ever."""
    while True:
        try:
            sock = wire.connect()
            sock.settimeout(2)
            sock.sendall(wire.request())
            wire.read_head(sock)
            sock.close()
        except (OSError, EOFError):
            pass


def many_floods():
    """Pings and messages as fast as they go on each of 800 connections, for 5 s; some are read."""
    raise_limit()
    socks = [wire.opened() for _ in range(800)]
    for sock in socks:
        sock.setblocking(False)
    part = wire.frame(wire.PING, b"p" * 125) * 200 + wire.frame(wire.BINARY, bytes(30_000))
    left = dict.fromkeys(socks, b"")
    end = time.monotonic() + 5
    while time.monotonic() < end:
        for number, sock in enumerate(socks):
            try:
                if number % 2 == 0:
                    sock.recv(65536)
                rest = left[sock] or part
                left[sock] = rest[sock.send(rest) :]
            except OSError:
                pass


def raise_limit():
    """Of descriptors, as far as it goes."""
    most = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))


def many_half_requests():
    """60 kB of a request that never ends, on each of 4,800 connections."""
    raise_limit()
    part = wire.request()[:-2] + (b"X-Filler: " + b"y" * 990 + b"\r\n") * 60
    send_on_each(part, [wire.connect() for _ in range(4800)])


def many_echoes(tls=False):
    """A message of 200 kB, whose echo is read, on each of 2,000 connections."""
    raise_limit()
    socks = []
    for _ in range(2000):
        sock = wire.opened(tls)
        sock.sendall(wire.frame(wire.BINARY, bytes(200_000)))
        wire.read_exactly(sock, 200_010)
        socks.append(sock)


def many_echoes_in_tls():
    many_echoes(tls=True)


def many_half_requests_in_tls():
    """14 kB of a request that never ends, on each of 4,800 connections."""
    raise_limit()
    part = wire.request()[:-2] + (b"X-Filler: " + b"y" * 990 + b"\r\n") * 14
    send_on_each(part, [wire.connect(tls=True) for _ in range(4800)], 0)


def many_compressed():
    """A compressed message, to be echoed, on each of 3,000 connections."""
    raise_limit()
    request = wire.request()[:-2] + b"Sec-WebSocket-Extensions: permessage-deflate\r\n\r\n"
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    packed = packer.compress(os.urandom(3000).hex().encode()) + packer.flush(zlib.Z_SYNC_FLUSH)
    frame = bytearray(wire.frame(wire.TEXT, packed[:-4]))
    frame[0] |= 0x40
    socks = [wire.connect() for _ in range(3000)]
    for sock in socks:
        sock.sendall(request)
        wire.read_head(sock)
    send_on_each(bytes(frame), socks)


def send_on_each(part, socks, lingering=60):
    for sock in socks:
        sock.settimeout(0.5)
        try:
            sock.sendall(part)
        except OSError:
            pass
    time.sleep(lingering)


# ── output, input, life ────────────────────────────────────────────────────────────────────────


def print_bytes(part, times):
    for _ in range(times):
        os.write(1, part)


def much_output():
    """20 MB of lines."""
    sock = wire.opened()
    print_bytes((b"x" * 99 + b"\n") * 10_000, 20)
    sock.close()


def many_reports():
    """200,000 reports."""
    sock = wire.opened()
    print_bytes(b'{"event":"message","text":"0123456789012345678901234567890123"}\n' * 10_000, 20)
    sock.close()


def fat_reports():
    """60,000 reports, as long as they are kept."""
    sock = wire.opened()
    line = b'{"event":"message","text":"' + b"x" * 600 + b'"}\n'
    print_bytes(line * 100, 600)
    sock.close()


def flood_and_unmasked():
    """What matters comes behind 240,000 reports."""
    sock = wire.opened()
    print_bytes(b'{"event":"message"}\n' * 20, 12_000)
    sock.sendall(b"\x81\x05hello")
    wire.read_until_end(sock)


def many_event_names():
    sock = wire.opened()
    for number in range(200_000):
        os.write(1, b'{"event":"e%d"}\n' % number)
    sock.close()


def long_line():
    sock = wire.opened()
    print_bytes(b'{"event":"' + b"x" * 1_000_000, 10)
    linger(sock)


def endless_output():
    """Never stops printing, on both."""
    sock = wire.opened()
    while True:
        os.write(1, b"\n" * 60_000)
        os.write(2, b"\n" * 60_000)
    linger(sock)


def bad_reports():
    sock = wire.opened()
    for line in (
        b'{"event":"open"',
        b'{"event":7}',
        b'{"event":"close","code":"1006","clean":"no"}',
        b'{"event":"close","code":99999999999999999999999999}',
        b'{"event":"message","text":"\xff\xfe\xc0\x80"}',
        b'{"event":"error","message":"\\ud800"}',
        b"\xff\xfe\x00\x01\x02\x1b[31m\x1b]0;title\x07",
        b"[" * 50_000,
        b'{"event":' * 10_000,
        b'{"event":"open","event":"close"}',
        b"{}",
        b"null",
    ):
        os.write(1, line + b"\n")
    linger(sock)


def exits_at_once():
    os._exit(7)


def dies_of_a_signal():
    wire.opened()
    os.kill(os.getpid(), signal.SIGSEGV)


def ignores_sigterm():
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    sock = wire.opened()
    while True:
        time.sleep(60)


def stops_itself():
    """Falls asleep in the middle, as by SIGSTOP, and does not see SIGTERM then."""
    sock = wire.opened()
    os.kill(os.getpid(), signal.SIGSTOP)
    linger(sock)


def stops_the_broker():
    """The process above the one above it, where it can be seen."""
    sock = wire.opened()
    with open("/proc/%d/stat" % os.getppid()) as stat:
        above = int(stat.read().rsplit(") ", 1)[1].split()[1])
    if above > 1:
        os.kill(above, signal.SIGSTOP)
    linger(sock)


def above(wanted):
    """The process of that name above this one, where it can be seen."""
    process, name = os.getpid(), ""
    while name != wanted:
        with open("/proc/%d/stat" % process) as stat:
            process = int(stat.read().rsplit(") ", 1)[1].split()[1])
        with open("/proc/%d/comm" % process) as comm:
            name = comm.read().strip()
    return process


def limits_halfopen():
    """Sets a limit of halfopen's; lets a connection be reset, or makes it work without end."""
    kinds = {"fsize": resource.RLIMIT_FSIZE, "cpu": resource.RLIMIT_CPU}
    kind = kinds[sys.argv[2]]
    hard = resource.prlimit(above("halfopen"), kind)[1]
    resource.prlimit(above("halfopen"), kind, (int(sys.argv[3]), hard))
    if kind == resource.RLIMIT_FSIZE:
        wire.read_until_end(wire.opened())
        linger(wire.opened())
    sock = wire.opened()
    threading.Thread(target=wire.read_until_end, args=(sock,), daemon=True).start()
    keep_sending(sock, wire.frame(wire.PING, b"") * 1000)


def kills_its_init():
    """What it did before that is not forgiven."""
    wire.opened().sendall(b"\x81\x05hello")
    time.sleep(0.5)
    os.kill(above("halfopen-init"), signal.SIGKILL)
    time.sleep(60)


def traces_halfopen():
    """Tries to take over each of halfopen's processes above it, where they can be seen."""
    sock = wire.opened()
    seize = 0x4206  # PTRACE_SEIZE
    ptrace = ctypes.CDLL(None, use_errno=True).ptrace
    names = ("halfopen-init", "halfopen-broker", "halfopen")
    taken = [name for name in names if ptrace(seize, above(name), 0, 0) == 0]
    for name in names:
        try:
            os.close(os.open("/proc/%d/mem" % above(name), os.O_RDWR))
            taken.append("the memory of " + name)
        except OSError:
            pass
    print("taken: " + ", ".join(taken), flush=True)
    if not taken:
        linger(sock)
    sys.exit("took " + ", ".join(taken))


def closes_its_pipes():
    for number in (0, 1, 2):
        os.close(number)
    linger(wire.opened())


def reads_no_input():
    linger(wire.opened())


globals()[sys.argv[1].replace("-", "_")]()
