// What can be told of a page's accessibility by looking at it in a browser (WCAG 2.2, A and AA).
// The body of a function: it looks at the rendered page and returns its findings as sentences.

const found = [];
const say = (element, words) => found.push(
  `${words}: <${element.tagName.toLowerCase()} class="${element.getAttribute("class") || ""}"> ` +
  `${(element.textContent || "").trim().slice(0, 40)}`);
const shown = (element) => element.checkVisibility({
  checkVisibilityCSS: true, checkOpacity: true }) && !element.closest("[aria-hidden=true]");
const words = (id) => document.getElementById(id)?.textContent.trim() || "";

// The accessible name, as far as this page uses ways to give one.
function nameOf(element) {
  const by = (element.getAttribute("aria-labelledby") || "").split(/\s+/).map(words).join(" ").trim();
  if (by) return by;
  const label = element.getAttribute("aria-label");
  if (label?.trim()) return label.trim();
  if (element.labels?.length) return [...element.labels].map((l) => l.textContent).join(" ").trim();
  if (element.tagName === "IMG") return element.getAttribute("alt") || "";
  const inner = [...element.querySelectorAll("img[alt]")].map((image) => image.alt).join(" ");
  return (element.textContent + inner).trim() || element.getAttribute("title") || "";
}

// --- the document: 1.3.1, 2.4.1, 2.4.2, 3.1.1 ---
if (!document.documentElement.lang) found.push("the page names no language");
if (!document.title.trim()) found.push("the page has no title");
for (const [selector, count] of [["main", 1], ["body > header", 1], ["body > footer", 1], ["h1", 1]]) {
  if (document.querySelectorAll(selector).length !== count) found.push(`not one ${selector}`);
}
const first = document.querySelector("a[href], button, input");
if (!/^#./.test(first.getAttribute("href") || "") || !document.querySelector(first.getAttribute("href")))
  found.push("the first link does not skip to the content");
const navigations = [...document.querySelectorAll("nav")].map(nameOf);
if (new Set(navigations).size !== navigations.length || navigations.includes(""))
  found.push("navigations that cannot be told apart");
let level = 0;
for (const heading of document.querySelectorAll("main h1, main h2, main h3, main h4")) {
  const next = Number(heading.tagName[1]);
  if (next > level + 1) say(heading, `a heading of level ${next} after one of level ${level}`);
  if (!nameOf(heading)) say(heading, "an empty heading");
  level = next;
}
const outside = [...document.body.children].filter((element) =>
  !element.matches("header, main, footer, nav, dialog, script, .skip, [role=status]"));
for (const element of outside) say(element, "outside every landmark");
const ids = [...document.querySelectorAll("[id]")].map((element) => element.id);
for (const id of ids) if (ids.indexOf(id) !== ids.lastIndexOf(id)) found.push(`id ${id} twice`);

// --- names: 1.1.1, 2.4.4, 3.3.2, 4.1.2 ---
for (const image of document.images) if (!image.hasAttribute("alt")) say(image, "no alt");
for (const drawing of document.querySelectorAll("svg")) {
  if (drawing.closest("[aria-hidden=true]") || drawing.parentElement.closest("svg")) continue;
  if (drawing.getAttribute("role") !== "img" || !nameOf(drawing)) say(drawing, "a drawing without a name");
}
for (const element of document.querySelectorAll("a[href], button, input, select, summary, [tabindex]")) {
  if (element.type === "hidden" || !shown(element) || element.matches("main")) continue;
  if (!nameOf(element)) say(element, "nothing names it");
  if (element.tabIndex > 0) say(element, "a tabindex of its own");
}
for (const element of document.querySelectorAll("[aria-labelledby], [aria-describedby]")) {
  for (const id of (element.getAttribute("aria-labelledby") || element.getAttribute("aria-describedby")).split(/\s+/))
    if (!document.getElementById(id)) say(element, `it names ${id}, which is not there`);
}
for (const element of document.querySelectorAll("[role]")) {
  if (!["search", "status", "region", "img"].includes(element.getAttribute("role")))
    say(element, `the role ${element.getAttribute("role")}`);
}

// --- lists and tables: 1.3.1 ---
for (const list of document.querySelectorAll("ol, ul"))
  for (const child of list.children) if (child.tagName !== "LI") say(child, "in a list, but no item");
for (const item of document.querySelectorAll("li"))
  if (!item.parentElement.matches("ol, ul")) say(item, "an item outside a list");
for (const list of document.querySelectorAll("dl"))
  for (const child of list.children) if (!/^(DT|DD|DIV)$/.test(child.tagName)) say(child, "in a dl");
for (const cell of document.querySelectorAll("th")) if (!cell.scope) say(cell, "a heading cell without scope");
for (const box of document.querySelectorAll("*")) {
  const style = getComputedStyle(box);
  if (/auto|scroll/.test(style.overflowX) && box.scrollWidth > box.clientWidth && box.tabIndex < 0)
    say(box, "scrolls, but not by keys");
}

// --- what is to be touched: 2.5.8 (links in lines of text are exempt) ---
for (const element of document.querySelectorAll("button, input, select, .button")) {
  if (element.type === "hidden" || !shown(element) || element.matches(".plain")) continue;
  const box = element.getBoundingClientRect();
  if (box.width < 24 || box.height < 24) say(element, "smaller than 24 pixels");
}

// --- contrast: 1.4.3, 1.4.11 ---
const paint = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
function rgba(colour) {
  paint.clearRect(0, 0, 1, 1);
  paint.fillStyle = colour;
  paint.fillRect(0, 0, 1, 1);
  const [r, g, b, a] = paint.getImageData(0, 0, 1, 1).data;
  return [r, g, b, a / 255];
}
const over = (top, under) => [0, 1, 2].map((n) => top[n] * top[3] + under[n] * (1 - top[3])).concat(1);
function behind(element) {
  const layers = [];
  for (let place = element; place; place = place.parentElement)
    layers.push(rgba(getComputedStyle(place).backgroundColor));
  return layers.reverse().reduce((under, top) => over(top, under), [255, 255, 255, 1]);
}
function dimmed(element) {
  let opacity = 1;
  for (let place = element; place; place = place.parentElement)
    opacity *= Number(getComputedStyle(place).opacity);
  return opacity;
}
function light([r, g, b]) {
  const [x, y, z] = [r, g, b].map((value) => {
    const part = value / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * x + 0.7152 * y + 0.0722 * z;
}
function contrast(one, other) {
  const [low, high] = [light(one), light(other)].sort((a, b) => a - b);
  return (high + 0.05) / (low + 0.05);
}
const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
const seen = new Set();
while (texts.nextNode()) {
  const element = texts.currentNode.parentElement;
  if (!texts.currentNode.data.trim() || seen.has(element) || !element.checkVisibility()) continue;
  if (element.closest("script, option, .skip")) continue;
  seen.add(element);
  const style = getComputedStyle(element);
  const under = behind(element);
  const ink = rgba(element.closest("svg") ? style.fill : style.color);
  ink[3] *= dimmed(element);
  const size = parseFloat(style.fontSize), bold = Number(style.fontWeight) >= 700;
  const least = size >= 24 || (bold && size >= 18.66) ? 3 : 4.5;
  const ratio = contrast(over(ink, under), under);
  if (ratio < least) say(element, `contrast of ${ratio.toFixed(2)}`);
}
for (const element of document.querySelectorAll("svg circle, svg rect, svg polyline, svg .today")) {
  if (!element.checkVisibility()) continue;
  const under = behind(element.closest("svg").parentElement);
  const stroke = rgba(getComputedStyle(element).stroke);
  stroke[3] *= dimmed(element);
  const ratio = contrast(over(stroke, under), under);
  if (ratio < 3) say(element, `a drawing's contrast of ${ratio.toFixed(2)}`);
}
return found;
