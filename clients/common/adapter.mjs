// The protocol between halfopen and a Node adapter: JSON lines out (events), JSON lines in
// (commands). See clients/README.md for both tables.
import { Blob } from 'node:buffer';
import { createInterface } from 'node:readline';

/** Where to connect: the first argument, or what halfopen put into the environment. */
export const url = process.argv[2] ?? process.env.HALFOPEN_URL;

/** The subprotocols to offer; none for most scenarios. */
export const protocols = (process.env.HALFOPEN_PROTOCOLS ?? '').split(',').filter(Boolean);

/** Prints one event. Pipes are written synchronously in Node, so no event is lost at an exit. */
export function report(event, fields = {}) {
  process.stdout.write(`${JSON.stringify({ event, ...fields })}\n`);
}

/**
 * Reports a message: up to 4096 characters of its text (binary ones in hexadecimal, but for Blobs,
 * which cannot be read at once), and its whole length in bytes.
 */
export function reportMessage(data) {
  if (typeof data === 'string') {
    report('message', { text: data.slice(0, 4096), length: Buffer.byteLength(data) });
  } else if (data instanceof Blob) {
    report('message', { text: '', length: data.size, binary: true });
  } else {
    const bytes = Buffer.from(data);
    report('message', { text: bytes.toString('hex', 0, 2048), length: bytes.length, binary: true });
  }
}

/** Reports the events of anything with the browser's WebSocket interface. */
export function reportErrorAndClose(socket) {
  socket.addEventListener('error', (e) => report('error', { message: reasonOf(e) }));
  socket.addEventListener('close', (e) =>
    report('close', { code: e.code, reason: e.reason, clean: Boolean(e.wasClean) }));
}

/** Node's error has no message of its own where a host has several addresses and all failed. */
function reasonOf({ message, error }) {
  return message || error?.errors?.map((one) => one.message).join('; ') || 'WebSocket error';
}

/**
 * Hands each command that comes on standard input to `carryOut`, and reports as "refused" what
 * that throws. When the input ends nothing happens: halfopen ends its clients by a signal.
 */
export function onCommand(carryOut) {
  createInterface({ input: process.stdin }).on('line', async (line) => {
    if (line.trim() === '') return;
    let command;
    try {
      command = JSON.parse(line);
      await carryOut(command);
    } catch (error) {
      report('refused', { do: command?.do, why: String(error) });
    }
  });
  setInterval(() => {}, 1 << 30);  // Stay, with or without an input.
}

/** Carries out commands by name: `{"do":"send","text":"…"}` calls `actions.send` with it. */
export function obey(actions) {
  onCommand((command) => {
    if (!Object.hasOwn(actions, command.do)) throw new Error('unknown command');
    return actions[command.do](command);
  });
}
