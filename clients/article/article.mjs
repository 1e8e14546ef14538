// The loop that countless articles show, in Node on the `ws` package: retry five times, two
// seconds apart, start counting anew in onopen, close with 1000 when the application wants out.
// clients/chromium/page.html holds the same loop in a real browser.
import WebSocket from 'ws';
import {
  obey, protocols, report, reportErrorAndClose, reportMessage, url,
} from '../common/adapter.mjs';

const MAX_RETRIES = 5;
const RETRY_DELAY = 2000;

let socket;
let retries = 0;
let timer;

function connect() {
  socket = new WebSocket(url, protocols);
  reportErrorAndClose(socket);
  socket.onopen = () => {
    retries = 0;
    report('open');
  };
  socket.onmessage = (event) => reportMessage(event.data);
  socket.onclose = (event) => {
    if (event.code === 1000) return;
    if (retries < MAX_RETRIES) {
      retries += 1;
      timer = setTimeout(connect, RETRY_DELAY);
    } else {
      report('gave-up');
    }
  };
}

obey({
  send: ({ text = '' }) => {
    if (socket.readyState !== WebSocket.OPEN) throw new Error('not open');
    socket.send(text);
  },
  close: ({ code = 1000, reason = '' }) => {
    clearTimeout(timer);
    retries = MAX_RETRIES;
    socket.close(code, reason);
  },
  connect: () => {
    if (socket.readyState <= WebSocket.OPEN) throw new Error('already connected or connecting');
    clearTimeout(timer);
    retries = 0;
    connect();
  },
});
connect();
