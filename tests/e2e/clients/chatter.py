"""Opens a WebSocket and says the text of its second argument wherever a client can say something."""

import json
import sys
import time

import wire

text = sys.argv[2]
print(text, flush=True)
print(text, file=sys.stderr, flush=True)
for event in ("open", "error", text):
    print(json.dumps({"event": event, "message": text, "text": text}, ensure_ascii=False), flush=True)
sock = wire.opened()
sock.sendall(wire.frame(wire.TEXT, text.encode()))
time.sleep(1)
sock.sendall(wire.frame(wire.CLOSE, b"\x0f\xa0" + text.encode()[:100]))
time.sleep(30)
