// A page in a real headless Chromium. What the page prints by console.log as a JSON line with an
// "event" is an event of this client, as a program's standard output would be; beside it stand the
// browser's own view: its console and its network log of every WebSocket. Commands go to the
// page's function obey(command).
import { onCommand, report } from '../common/adapter.mjs';
import { startBrowser } from './browser.mjs';
import { DevTools } from './devtools.mjs';

const page = process.argv[2];

const network = (what, fields) => report('network', { what, ...fields });
const readable = ({ value, description, type }) => String(value ?? description ?? type);

/** What DevTools says → what is reported. Everything else that it says is left out. */
const REPORTED = {
  'Runtime.consoleAPICalled': ({ type, args }) => {
    const text = args.map(readable).join(' ');
    const event = eventIn(text);
    if (event) process.stdout.write(`${JSON.stringify(event)}\n`);
    else report('console', { level: type, text });
  },
  'Runtime.exceptionThrown': ({ exceptionDetails: { text, exception } }) =>
    report('error', { message: exception?.description?.split('\n')[0] ?? text }),
  'Log.entryAdded': ({ entry: { level, text } }) => report('console', { level, text }),
  'Network.webSocketCreated': ({ requestId, url }) => network('created', { id: requestId, url }),
  'Network.webSocketWillSendHandshakeRequest': ({ requestId }) =>
    network('request', { id: requestId }),
  'Network.webSocketHandshakeResponseReceived': ({ requestId, response: { status } }) =>
    network('response', { id: requestId, status }),
  'Network.webSocketFrameError': ({ requestId, errorMessage }) =>
    network('error', { id: requestId, text: errorMessage }),
  'Network.webSocketClosed': ({ requestId }) => network('closed', { id: requestId }),
};

function eventIn(text) {
  try {
    const value = JSON.parse(text);
    return typeof value?.event === 'string' ? value : undefined;
  } catch {
    return undefined;
  }
}

/** The end of the browser is the end of this client, and no quiet one. */
function reportEnd(browser) {
  let lastWords = '';
  browser.stderr.on('data', (text) => { lastWords = (lastWords + text).slice(-2000); });
  browser.on('error', (error) => fail(error.message));
  browser.on('close', (code, signal) =>
    fail(`the browser ended (${signal ?? `exit code ${code}`}): ${lastWords}`));
}

function fail(message) {
  report('error', { message });
  process.exit(1);
}

async function main() {
  if (!page) throw new Error('no page: this client needs {page} as its argument');
  const browser = startBrowser();
  reportEnd(browser);
  const devtools = new DevTools(browser, (method, params) => REPORTED[method]?.(params));
  await devtools.openPage();
  for (const domain of ['Runtime', 'Log', 'Network', 'Page']) {
    await devtools.call(`${domain}.enable`);
  }
  const { errorText } = await devtools.call('Page.navigate', { url: page });
  if (errorText) report('error', { message: `page ${page}: ${errorText}` });

  onCommand(async (command) => {
    const expression = `obey(${JSON.stringify(command)})`;
    const { exceptionDetails } = await devtools.call('Runtime.evaluate', { expression });
    if (exceptionDetails) {
      throw new Error(exceptionDetails.exception?.description?.split('\n')[0] ?? 'it threw');
    }
  });
}

main().catch((error) => fail(error.message));
