// Chromium, by the Chrome DevTools Protocol.
import { connect, start } from "./process.mjs";

export async function chromium() {
  const { address } = await start("chromium", (profile) => ["--headless", "--no-sandbox", "--disable-gpu",
    "--disable-dev-shm-usage", "--no-first-run", `--user-data-dir=${profile}`, "--remote-debugging-port=0", "about:blank"],
  /DevTools listening on (ws:\S+)/);
  const errors = [];
  let loaded = () => {};
  const send = await connect(address, (event) => {
    if (event.method === "Page.loadEventFired") loaded();
    if (event.method === "Runtime.exceptionThrown") errors.push(event.params.exceptionDetails.exception?.description ?? event.params.exceptionDetails.text);
    if (event.method === "Log.entryAdded" && event.params.entry.level === "error") errors.push(event.params.entry.text);
  });
  const { targetInfos } = await send("Target.getTargets");
  const page = targetInfos.find((target) => target.type === "page");
  const { sessionId } = await send("Target.attachToTarget", { targetId: page.targetId, flatten: true });
  const call = (method, params) => send(method, params, { sessionId });
  for (const domain of ["Page", "Runtime", "Log"]) await call(`${domain}.enable`);
  return {
    errors,
    async open(url) {
      for (const each of ["about:blank", url]) {
        const done = new Promise((resolve) => { loaded = resolve; });
        await call("Page.navigate", { url: each });
        await done;
      }
    },
    async evaluate(expression) {
      const { result, exceptionDetails } = await call("Runtime.evaluate", { expression: `(async () => JSON.stringify(await (${expression})))()`, awaitPromise: true });
      if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
      return result.value === undefined ? undefined : JSON.parse(result.value);
    },
    async run(source) { await call("Runtime.evaluate", { expression: source }); },
    // By the keyboard.
    async activate(selector) {
      await this.run(`document.querySelector(${JSON.stringify(selector)}).focus()`);
      const enter = { key: "Enter", code: "Enter", windowsVirtualKeyCode: 13 };
      await call("Input.dispatchKeyEvent", { type: "keyDown", text: "\r", ...enter });
      await call("Input.dispatchKeyEvent", { type: "keyUp", ...enter });
    },
    async look({ dark, width, print }) {
      await call("Emulation.setDeviceMetricsOverride", { width, height: 900, deviceScaleFactor: 1, mobile: false });
      await call("Emulation.setEmulatedMedia", { media: print ? "print" : "screen", features: [{ name: "prefers-color-scheme", value: dark ? "dark" : "light" }] });
    },
    async screenshot() { return (await call("Page.captureScreenshot", { captureBeyondViewport: true })).data; },
    async pdf() { return (await call("Page.printToPDF", { paperWidth: 8.27, paperHeight: 11.69, printBackground: true })).data; },
  };
}
