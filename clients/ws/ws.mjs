// The bare `ws` package: one connection with all its defaults (no handshake timeout, 30 s for the
// closing handshake) and no reconnecting. It gives up at the first loss.
import WebSocket from 'ws';
import {
  obey, protocols, report, reportErrorAndClose, reportMessage, url,
} from '../common/adapter.mjs';

let socket;

function connect() {
  socket = new WebSocket(url, protocols);
  socket.on('open', () => report('open'));
  socket.on('message', (data, binary) => reportMessage(binary ? data : data.toString()));
  reportErrorAndClose(socket);
  socket.on('close', (code) => {
    if (code !== 1000) report('gave-up');
  });
}

obey({
  send: ({ text = '' }) => {
    if (socket.readyState !== WebSocket.OPEN) throw new Error('not open');
    socket.send(text);
  },
  close: ({ code = 1000, reason = '' }) => socket.close(code, reason),
  connect: () => {
    if (socket.readyState <= WebSocket.OPEN) throw new Error('already connected or connecting');
    connect();
  },
});
connect();
