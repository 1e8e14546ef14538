// The npm package `reconnecting-websocket` with `ws` as its WebSocket and all its defaults. A crash
// of the package is a crash of this process: nothing is caught.
import ReconnectingWebSocket from 'reconnecting-websocket';
import WebSocket from 'ws';
import {
  obey, protocols, report, reportErrorAndClose, reportMessage, url,
} from '../common/adapter.mjs';

const socket = new ReconnectingWebSocket(url, protocols, { WebSocket });
socket.addEventListener('open', () => report('open'));
socket.addEventListener('message', (event) => reportMessage(event.data));
reportErrorAndClose(socket);

obey({
  send: ({ text = '' }) => socket.send(text),  // It queues what is sent while it is down.
  close: ({ code = 1000, reason = '' }) => socket.close(code, reason),
  connect: () => socket.reconnect(),
  reconnect: () => socket.reconnect(),
});
