// The DevTools protocol over the pipe that `--remote-debugging-pipe` opens: descriptors 3 (to the
// browser) and 4 (from it), JSON messages ended by a NUL. No port, so it works in any network
// namespace, and the browser ends when the pipe does.

export class DevTools {
  #toBrowser;
  #waiting = new Map();
  #lastId = 0;
  #rest = [];
  #session;

  /** `onEvent(method, params)` is called for each event of the page. */
  constructor(browser, onEvent) {
    this.#toBrowser = browser.stdio[3];
    this.#toBrowser.on('error', () => {});  // The end of the browser is reported elsewhere.
    browser.stdio[4].on('data', (bytes) => this.#received(bytes, onEvent));
  }

  /** Opens a tab; from then on calls go to its page. */
  async openPage() {
    const { targetId } = await this.call('Target.createTarget', { url: 'about:blank' });
    const { sessionId } = await this.call('Target.attachToTarget', { targetId, flatten: true });
    this.#session = sessionId;
  }

  call(method, params = {}) {
    const id = ++this.#lastId;
    const message = { id, method, params, ...(this.#session && { sessionId: this.#session }) };
    this.#toBrowser.write(`${JSON.stringify(message)}\0`);
    return new Promise((resolve, reject) => this.#waiting.set(id, { method, resolve, reject }));
  }

  #received(bytes, onEvent) {
    let from = 0;
    for (let end; (end = bytes.indexOf(0, from)) >= 0; from = end + 1) {
      const whole = Buffer.concat([...this.#rest, bytes.subarray(from, end)]);
      this.#rest = [];
      this.#dispatch(JSON.parse(whole.toString()), onEvent);
    }
    if (from < bytes.length) this.#rest.push(bytes.subarray(from));
  }

  #dispatch(message, onEvent) {
    if (message.id === undefined) {
      onEvent(message.method, message.params);
      return;
    }
    const { method, resolve, reject } = this.#waiting.get(message.id);
    this.#waiting.delete(message.id);
    if (message.error) reject(new Error(`${method}: ${message.error.message}`));
    else resolve(message.result);
  }
}
