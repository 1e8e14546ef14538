// Firefox, by WebDriver BiDi.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { connect, start } from "./process.mjs";

export async function firefox({ dark = false } = {}) {
  const { address } = await start("firefox-esr", (profile) => {
    writeFileSync(join(profile, "user.js"), [
      `user_pref("layout.css.prefers-color-scheme.content-override", ${dark ? 0 : 1});`,
      'user_pref("datareporting.policy.dataSubmissionEnabled", false);',
      'user_pref("toolkit.telemetry.enabled", false);',
      'user_pref("app.normandy.enabled", false);',
      'user_pref("browser.safebrowsing.update.enabled", false);',
      'user_pref("network.captive-portal-service.enabled", false);',
      'user_pref("network.connectivity-service.enabled", false);',
      'user_pref("services.settings.server", "http://127.0.0.1:9/");',
      'user_pref("browser.shell.checkDefaultBrowser", false);',
    ].join("\n"));
    return ["--headless", "--no-remote", "--profile", profile, "--remote-debugging-port=0", "about:blank"];
  }, /WebDriver BiDi listening on (ws:\S+)/);
  const errors = [];
  const send = await connect(`${address}/session`, (event) => {
    if (event.method === "log.entryAdded" && event.params.level === "error") errors.push(event.params.text);
  });
  await send("session.new", { capabilities: {} });
  await send("session.subscribe", { events: ["log.entryAdded"] });
  const { contexts } = await send("browsingContext.getTree");
  const { context } = contexts[0];
  const evaluate = (expression) => send("script.evaluate", { expression, target: { context }, awaitPromise: true });
  return {
    errors,
    async open(url) {
      for (const each of ["about:blank", url]) await send("browsingContext.navigate", { context, url: each, wait: "complete" });
    },
    async evaluate(expression) {
      const { result, exceptionDetails } = await evaluate(`(async () => JSON.stringify(await (${expression})))()`);
      if (exceptionDetails) throw new Error(exceptionDetails.text);
      return result.value === undefined ? undefined : JSON.parse(result.value);
    },
    async run(source) { await evaluate(source); },
    // By the mouse: without a window of its own Firefox takes Enter for no click.
    async activate(selector) {
      const [x, y] = await this.evaluate(`(() => { const each = document.querySelector(${JSON.stringify(selector)});
        each.scrollIntoView({ block: "center" }); const box = each.getBoundingClientRect();
        return [Math.round(box.x + 20), Math.round(box.y + box.height / 2)]; })()`);
      await send("input.performActions", { context, actions: [{ type: "pointer", id: "mouse",
        actions: [{ type: "pointerMove", x, y }, { type: "pointerDown", button: 0 }, { type: "pointerUp", button: 0 }] }] });
    },
    async look({ width }) { await send("browsingContext.setViewport", { context, viewport: { width, height: 900 } }); },
    async screenshot() { return (await send("browsingContext.captureScreenshot", { context, origin: "document" })).data; },
    async pdf() { return (await send("browsingContext.print", { context, background: true })).data; },
  };
}
