"use strict";
// Elements are made here and nowhere else. Whatever is said in them is set as text: no string of a
// client's or a server's is ever read as markup.

const svgNames = new Set(["svg", "rect", "line", "path", "text", "g", "title", "circle", "polyline"]);

/** make("a.fail", {href: "#x"}, "text", child …) */
function make(kind, attributes = {}, ...children) {
  const [name, ...classes] = kind.split(".");
  const element = svgNames.has(name)
    ? document.createElementNS("http://www.w3.org/2000/svg", name)
    : document.createElement(name);
  if (classes.length > 0) element.setAttribute("class", classes.join(" "));
  for (const [key, value] of Object.entries(attributes)) {
    if (key.startsWith("on")) element.addEventListener(key.slice(2), value);
    else if (value !== null && value !== undefined && value !== false) element.setAttribute(key, value);
  }
  for (const child of children.flat()) {
    if (child !== null && child !== undefined && child !== "") element.append(child);
  }
  return element;
}

function embedded(id) {
  const element = document.getElementById(id);
  return element === null ? null : JSON.parse(element.textContent);
}

/** Microseconds as people read them. */
function span(us) {
  if (us === null || us === undefined) return "–";
  const ms = us / 1000;
  if (ms < 10) return `${ms.toFixed(2)} ms`;
  if (ms < 1000) return `${Math.round(ms)} ms`;
  if (ms < 100000) return `${(ms / 1000).toFixed(2)} s`;
  return `${(ms / 60000).toFixed(1)} min`;
}

/** "2026-11-28T14:54:03.861248Z" as people read it. */
function wallClock(moment) {
  return moment.replace("T", " ").replace(/\.\d+Z$|Z$/, " UTC");
}

function seconds(us) {
  return (us / 1e6).toFixed(3);
}

function count(number, what) {
  return `${number} ${what}${number === 1 ? "" : "s"}`;
}
