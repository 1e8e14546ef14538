// The protocol between halfopen and a Node adapter: JSON lines out (events), JSON lines in
// (commands). See clients/README.md for both tables.
import { createInterface } from 'node:readline';

/** Where to connect: the first argument, or what halfopen put into the environment. */
export const url = process.argv[2] ?? process.env.HALFOPEN_URL;

/** Prints one event. Pipes are written synchronously in Node, so no event is lost at an exit. */
export function report(event, fields = {}) {
  process.stdout.write(`${JSON.stringify({ event, ...fields })}\n`);
}

/** What to report of a message: all its text up to 4096 characters, and its whole length. */
export function reportMessage(data) {
  const binary = typeof data !== 'string';
  const text = binary ? Buffer.from(data).toString('hex') : data;
  const length = binary ? Buffer.byteLength(Buffer.from(data)) : Buffer.byteLength(data);
  report('message', { text: text.slice(0, 4096), length, ...(binary && { binary }) });
}

/** Reports the events of anything with the browser's WebSocket interface. */
export function reportErrorAndClose(socket) {
  socket.addEventListener('error', (e) => report('error', { message: e.message || String(e.type) }));
  socket.addEventListener('close', (e) =>
    report('close', { code: e.code, reason: e.reason, clean: Boolean(e.wasClean) }));
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
