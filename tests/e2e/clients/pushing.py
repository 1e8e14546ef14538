"""Opens a WebSocket, sends one message of 8 MiB for as long as the server takes it, and stays."""

import time

import wire

sock = wire.opened()
sock.settimeout(2)
try:
    sock.sendall(wire.frame(wire.BINARY, bytes(8 << 20)))
except OSError as failure:
    print(failure, flush=True)
time.sleep(30)
