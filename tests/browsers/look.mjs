// Opens a report in a browser and says as JSON what is there:
//   node look.mjs chromium|firefox REPORT [OPTION…] [VIEW…]
// VIEW: "#overview" (the default), "#matrix", "#run=0", …
//   --dark, --width PIXELS, --print   how it is looked at; --print needs Chromium
//   --axe                             what axe-core has to say of it
//   --open                            opens the first frame of the log: in Chromium by the keyboard
//   --pictures FOLDER                 a screenshot of each view, and with --print its pages
// [{"view", "title", "text", "markup", "milliseconds", "cut", "errors", "axe", "opened"}]
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { chromium } from "./chromium.mjs";
import { firefox } from "./firefox.mjs";

function readArguments([browser, report, ...words]) {
  const asked = { browser, report, dark: false, width: 1200, print: false, axe: false, open: false, pictures: null, views: [] };
  while (words.length > 0) {
    const word = words.shift();
    if (word === "--width" || word === "--pictures") asked[word.slice(2)] = words.shift();
    else if (word.startsWith("--")) asked[word.slice(2)] = true;
    else asked.views.push(word);
  }
  asked.width = Number(asked.width);
  if (asked.views.length === 0) asked.views = ["#overview"];
  return asked;
}

// In the page. Cut: what is larger than the room that it has, and cannot be seen on paper.
const facts = `({
  title: document.title,
  text: document.querySelector("main").innerText,
  markup: document.querySelector("main").innerHTML,
  milliseconds: Math.round(performance.now()),
  cut: [...document.querySelectorAll("main, main *")].filter((each) => each.clientWidth > 0 &&
    (each.scrollWidth > each.clientWidth + 1 || each.scrollHeight > each.clientHeight + 1) && !(each instanceof SVGElement) && 
    [getComputedStyle(each).overflowX, getComputedStyle(each).overflowY].some((way) => way !== "visible"))
    .map((each) => each.className || each.tagName)
    .concat([...document.querySelectorAll("main svg, main table")].filter((each) => each.getBoundingClientRect().right > innerWidth + 1)
      .map((each) => each.getAttribute("class") || each.tagName)),
})`;

/** What the first frame of the log tells; it is filled in when it has been opened. */
async function openFrame(browser) {
  await browser.activate(".log .frame > summary");
  return browser.evaluate(`new Promise((resolve) => { const look = () => {
    const told = document.querySelector(".log .frame[open] .fields");
    if (told === null) setTimeout(look, 20); else resolve(told.parentElement.innerText);
  }; look(); })`);
}

async function findings(browser) {
  await browser.run(readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8"));
  return browser.evaluate(`axe.run().then(({ violations }) => violations.map(({ id, impact, nodes }) =>
    ({ id, impact, nodes: nodes.slice(0, 5).map((node) => node.html.slice(0, 200) + " " + node.failureSummary) })))`);
}

const asked = readArguments(process.argv.slice(2));
const browser = await (asked.browser === "firefox" ? firefox : chromium)(asked);
const seen = [];
for (const view of asked.views) {
  browser.errors.length = 0;
  await browser.look(asked);
  await browser.open(pathToFileURL(resolve(asked.report)).href + view);
  const entry = { view, ...await browser.evaluate(facts) };
  if (asked.open) entry.opened = await openFrame(browser);
  if (asked.axe) entry.axe = await findings(browser);
  if (asked.pictures) {
    mkdirSync(asked.pictures, { recursive: true });
    const name = `${asked.browser}${asked.dark ? "-dark" : ""}-${asked.width}${view.replace(/\W+/g, "-")}`;
    writeFileSync(join(asked.pictures, `${name}.png`), Buffer.from(await browser.screenshot(), "base64"));
    if (asked.print) writeFileSync(join(asked.pictures, `${name}.pdf`), Buffer.from(await browser.pdf(), "base64"));
  }
  entry.errors = [...browser.errors];
  seen.push(entry);
}
console.log(JSON.stringify(seen));
process.exit(0);
