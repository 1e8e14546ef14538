// A browser as a process of its own, with a fresh profile that goes with it.
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import WebSocket from "ws";

/** Starts it; `says` matches what it prints about where it listens. It ends with this process. */
export async function start(command, argumentsFor, says) {
  const profile = mkdtempSync(join(tmpdir(), "halfopen-browser-"));
  const child = spawn(command, argumentsFor(profile), {
    stdio: ["ignore", "pipe", "pipe"], detached: true, env: { ...process.env, HOME: profile, MOZ_CRASHREPORTER_DISABLE: "1" },
  });
  const end = () => {
    try { process.kill(-child.pid, "SIGKILL"); } catch { /* it is gone */ }
    try { rmSync(profile, { recursive: true, force: true, maxRetries: 5 }); } catch { /* it is still writing */ }
  };
  process.once("exit", end);
  for (const signal of ["SIGTERM", "SIGINT"]) process.once(signal, () => process.exit(1));
  const address = await new Promise((resolve, reject) => {
    let printed = "";
    const read = (piece) => {
      printed += piece;
      const found = says.exec(printed);
      if (found) resolve(found[1]);
    };
    child.stdout.on("data", read);
    child.stderr.on("data", read);
    child.once("error", reject);
    child.once("exit", (code) => reject(new Error(`${command} exited with ${code}: ${printed}`)));
  });
  return { address, profile };
}

/** Commands and answers with numbers, and events: CDP and WebDriver BiDi alike. */
export async function connect(address, onEvent) {
  const socket = new WebSocket(address, { maxPayload: 256 * 1024 * 1024 });
  await new Promise((resolve, reject) => { socket.once("open", resolve); socket.once("error", reject); });
  const waiting = new Map();
  let last = 0;
  socket.on("message", (data) => {
    const message = JSON.parse(data);
    const asked = waiting.get(message.id);
    if (asked === undefined) { onEvent(message); return; }
    waiting.delete(message.id);
    if (message.error) asked.reject(new Error(`${asked.method}: ${JSON.stringify(message)}`));
    else asked.resolve(message.result);
  });
  socket.on("close", () => { for (const { reject } of waiting.values()) reject(new Error("the browser is gone")); });
  return (method, params = {}, more = {}) => new Promise((resolve, reject) => {
    waiting.set(++last, { method, resolve, reject });
    socket.send(JSON.stringify({ id: last, method, params, ...more }));
  });
}
