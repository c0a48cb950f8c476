// Building blocks: elements from text, never from markup. What customers write stays text.
const SVG = "http://www.w3.org/2000/svg"

function h(tag, attributes, ...children) {
  const el = document.createElement(tag)
  for (const [name, value] of Object.entries(attributes || {})) {
    if (value === null || value === undefined || value === false) continue
    if (name.startsWith("on")) el.addEventListener(name.slice(2), value)
    else if (name === "style") el.style.cssText = value
    else if (name in el && typeof value !== "string") el[name] = value
    else el.setAttribute(name, value === true ? "" : value)
  }
  el.append(...children.flat(3).filter((child) => child !== null && child !== undefined && child !== false))
  return el
}

function svg(tag, attributes, ...children) {
  const el = document.createElementNS(SVG, tag)
  for (const [name, value] of Object.entries(attributes)) el.setAttribute(name, value)
  el.append(...children)
  return el
}

const ARROWS = {up: "▲", down: "▼", flat: "●"}

function changeMark(change, baseline) {
  if (!change) return null
  const word = change.tone === "good" || change.tone === "bad" ? change.word : ""
  const text = change.arrow === "flat" ? "unchanged" : `${change.text} ${word}`.trim()
  return h("span", {class: `change ${change.tone}`, title: baseline || null},
    h("span", {"aria-hidden": "true"}, `${ARROWS[change.arrow]} `),
    h("span", {class: "unseen"}, `${change.arrow === "flat" ? "" : change.arrow} `), text)
}

function sparkline(points) {
  const known = points.filter((point) => point !== null)
  if (known.length < 2) return h("span", {class: "spark"})
  const low = Math.min(0, ...known), high = Math.max(...known, low + 1e-9)
  const x = (place) => (place / (points.length - 1)) * 100
  const y = (value) => 26 - ((value - low) / (high - low)) * 24
  let path = "", pen = "M"
  points.forEach((point, place) => {
    if (point === null) { pen = "M"; return }
    path += `${pen}${x(place).toFixed(2)} ${y(point).toFixed(2)}`
    pen = "L"
  })
  return svg("svg", {viewBox: "0 0 100 28", preserveAspectRatio: "none", class: "spark", "aria-hidden": "true"},
    svg("path", {d: path, "vector-effect": "non-scaling-stroke"}))
}

function drawnState(block) {
  if (!["empty", "failed", "asking"].includes(block.state)) return null
  return h("div", {class: `state ${block.state}`, role: block.state === "failed" ? "alert" : "status"},
    h("strong", null, block.said || "Working on it"), block.hint ? h("span", null, block.hint) : null)
}

// A text that a spreadsheet would run as a formula is kept from it by an apostrophe.
function csvCell(value) {
  let text = value === null || value === undefined ? "" : String(value)
  if (typeof value !== "number" && /^[=+\-@\t\r]/.test(text)) text = `'${text}`
  return /[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

function download(name, heads, rows) {
  const text = [heads, ...rows].map((row) => row.map(csvCell).join(",")).join("\r\n")
  const url = URL.createObjectURL(new Blob(["\ufeff", text, "\r\n"], {type: "text/csv"}))
  h("a", {href: url, download: `${name.replace(/[^\w]+/g, "-").replace(/^-|-$/g, "").toLowerCase() || "deskbook"}.csv`}).click()
  setTimeout(() => URL.revokeObjectURL(url), 10_000)
}

async function copyText(text, button) {
  const said = button.textContent
  try {
    await navigator.clipboard.writeText(text)
    button.textContent = "Copied"
  } catch {
    button.textContent = "Select and copy by hand"
  }
  setTimeout(() => { button.textContent = said }, 1600)
}

function plainTable(heads, rows, caption) {
  return h("div", {class: "scroll", tabIndex: 0},
    h("table", {class: "plain"}, h("caption", {class: "unseen"}, caption),
      h("thead", null, h("tr", null, heads.map((head) => h("th", {scope: "col"}, head)))),
      h("tbody", null, rows.map((row) => h("tr", null, row.map((value, at) => h(at ? "td" : "th", at ? null : {scope: "row"}, value ?? "")))))))
}

// A table that is laid out as lines is still told as a table: some browsers forget its rows and heads otherwise.
function tabular(table) {
  const roles = {thead: "rowgroup", tbody: "rowgroup", tr: "row", td: "cell", "th[scope=col]": "columnheader", "th[scope=row]": "rowheader"}
  table.setAttribute("role", "table")
  for (const [what, role] of Object.entries(roles)) for (const el of table.querySelectorAll(what)) el.setAttribute("role", role)
  return table
}
