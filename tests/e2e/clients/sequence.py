"""Sends forty messages of a thousand bytes one by one, each when the echo of the last is there: the
same segments in every run, whatever the scheduler does."""

import time

import wire

sock = wire.opened()
for number in range(40):
    message = str(number).encode().ljust(1000, b".")
    sock.sendall(wire.frame(wire.TEXT, message))
    opcode, echo = wire.read_frame(sock)
    assert (opcode, echo) == (wire.TEXT, message), "the echo is another message"
print('{"event":"done"}', flush=True)
time.sleep(1000)
