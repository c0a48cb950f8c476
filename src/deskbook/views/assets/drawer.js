// The drawer: what a number means, how it came about, and where to go from it.
const CHOICES = ["team", "channel", "priority", "source"]
const SHARED = ["period", ...CHOICES, "where", "compare"]

function quoted(value) {
  return `"${String(value).replaceAll("\\", "\\\\").replaceAll('"', '\\"')}"`
}

function fieldName(name) {
  return /^[A-Za-z_][\w.]*$/.test(name) ? name : quoted(name)
}

function narrowed(ctx, row, period) {
  const values = {...ctx.sheet.filters.values}
  if (period) values.period = period
  const more = []
  for (const [name, value] of Object.entries(row || {})) {
    if (["hour", "day", "week", "month", "quarter", "hour_of_day", "weekday"].includes(name)) continue
    if (CHOICES.includes(name) && value !== null && ctx.sheet.filters.fields.includes(name)) values[name] = value
    else more.push(value === null ? `${fieldName(name)} is null` : `${fieldName(name)} = ${quoted(value)}`)
  }
  if (more.length) {
    const held = values.where ? [/\bor\b/i.test(values.where) ? `(${values.where})` : values.where] : []
    values.where = [...held, ...more].join(" and ")
  }
  return Object.fromEntries(SHARED.filter((name) => name in values).map((name) => [name, values[name]]))
}

function ticketsLink(row, period, ctx) {
  const wish = Object.entries(narrowed(ctx, row, period)).filter(([name, value]) => name !== "compare" && (value || name === "period"))
  return pageLink(ctx, "tickets", new URLSearchParams(wish))
}

// The tickets behind one number: the page's own filters and the cell of its receipt.
function behindLink(cell, ctx, period) {
  const wish = Object.entries(narrowed(ctx, {}, period)).filter(([name, value]) => name !== "compare" && (value || name === "period"))
  return pageLink(ctx, "tickets", new URLSearchParams([...wish, ["cell", JSON.stringify({metric: cell.metric, row: cell.row || {}})]]))
}

function buildDrawer(ctx) {
  const body = h("div", {class: "drawer-body"})
  const close = h("button", {class: "icon", type: "button", "aria-label": "Close", onclick: () => hide()}, "✕")
  const title = h("h2", {id: "drawer-title"})
  const panel = h("aside", {class: "drawer", role: "dialog", "aria-modal": "true", "aria-labelledby": "drawer-title", hidden: true},
    h("header", null, title, close), body)
  const shade = h("div", {class: "shade", hidden: true, onclick: () => hide()})
  let opener = null
  function hide() {
    panel.hidden = shade.hidden = true
    if (opener && opener.isConnected) opener.focus()
  }
  panel.addEventListener("keydown", (event) => {
    if (event.key === "Escape") { event.stopPropagation(); hide() }
    if (event.key !== "Tab") return
    const stops = [...panel.querySelectorAll("button, a[href], pre[tabindex], input, select, textarea")].filter((stop) => !stop.disabled && stop.offsetParent)
    const at = stops.indexOf(panel.getRootNode().activeElement)
    const next = event.shiftKey ? at - 1 : at + 1
    if (next < 0 || next >= stops.length) { event.preventDefault(); stops[event.shiftKey ? stops.length - 1 : 0].focus() }
  })
  function show(heading, children, from) {
    opener = from || panel.getRootNode().activeElement
    title.textContent = heading
    body.replaceChildren(...children.flat(2).filter(Boolean))
    panel.hidden = shade.hidden = false
    body.scrollTop = 0
    close.focus()
  }
  return {els: [shade, panel], show, hide, isOpen: () => !panel.hidden}
}

function fact(label, value) {
  return value === undefined || value === null || value === "" ? null : [h("dt", null, label), h("dd", null, value)]
}

function receiptParts(ctx, held, cell, value) {
  const receipt = held.receipt
  const document_ = {value, receipt: {...receipt, cell: cell || receipt.cell}}
  if (value === undefined) delete document_.value
  const name = ((cell && cell.metric) || "").replace(/_change(_pct)?$/, "")
  const asked = (held.commands || {})[name] || Object.values(held.commands || {})[0] || ""
  const command = asked && h("button", {type: "button", onclick: (e) => copyText(asked, e.currentTarget)}, "Copy as query")
  const json = h("button", {type: "button", onclick: (e) => copyText(JSON.stringify(document_, null, 2), e.currentTarget)}, "Copy receipt")
  const bound = Object.entries(receipt.bound || {}).map(([name, given]) => `$${name} = ${given}`).join("\n")
  return [
    h("dl", null, fact("Filter", held.filter), fact("Period", held.period), fact("Data to", held.data_until),
      fact("Snapshot", String(receipt.snapshot)),
      fact("Definition", Object.entries(receipt.metrics).filter(([one]) => !(name in receipt.metrics) || one === name)
        .map(([one, version]) => `${one} @ ${version}`).join("\n")),
      fact("Rows hash", `sha256 ${receipt.digest.slice(0, 16)}…`)),
    h("div", {class: "actions"}, command || null, json),
    asked && h("h3", null, "As a query"), asked && h("pre", {tabIndex: 0}, asked),
    h("h3", null, "SQL"), h("pre", {tabIndex: 0}, bound ? `${receipt.sql}\n\n${bound}` : receipt.sql),
  ]
}

function openReceipt(ctx, {label, text, value, metric, receipt, cell, mark, period, note, small}, from) {
  const held = ctx.sheet.receipts[receipt]
  const about = ctx.sheet.metrics[metric]
  if (!held) return
  const row = cell && cell.row
  const links = []
  const behind = mark || cell
  const href = behind ? behindLink(behind, ctx, behind.period) : ticketsLink(row, period, ctx)
  if (href) links.push(h("a", {class: "button", href}, "Open the tickets"))
  const wish = narrowed(ctx, row, period)
  if (period || (row && Object.keys(row).length)) {
    links.push(h("button", {type: "button", onclick: () => { ctx.drawer.hide(); ctx.send({set: wish}) }}, "Filter the page to this"))
  }
  ctx.drawer.show(label || (about && about.label) || "Receipt", [
    h("p", {class: "big"}, text),
    small ? h("p", {class: "small"}, small) : null,
    about ? h("p", null, [about.note, about.leaves_out && `Leaves out: ${about.leaves_out}`].filter(Boolean).join(" ")) : null,
    about && about.origin ? h("p", {class: "small"}, `Definition after ${about.origin}`) : null,
    note ? h("p", {class: "small"}, note) : null,
    links.length ? h("div", {class: "actions"}, links) : null,
    ...receiptParts(ctx, held, cell, value),
  ], from)
}

function openDefinitions(ctx, from) {
  const parts = Object.values(ctx.sheet.metrics).flatMap((about) => [
    h("h3", null, about.label, about.unit ? h("span", {class: "small"}, ` ${about.unit}`) : null),
    h("p", null, about.note), h("p", {class: "small"}, `After ${about.origin}. Version ${about.version}.`)])
  ctx.drawer.show("What these numbers mean", parts.length ? parts : [h("p", null, "This page shows rows as they are; it computes no metric.")], from)
}
