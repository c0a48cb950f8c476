// A chart: its question, its figure, what the pointer is over, and the table behind it.
function legend(block, narrow) {
  if (!block.series) return null
  const target = narrow && block.shape === "lines" && block.target
  const parts = block.series.length > 1 && (narrow || !block.direct) ? block.series : []
  if (!parts.length && !target) return null
  return h("ul", {class: "legend"}, parts.map((one) => h("li", null, swatch(one.colour), one.label)),
    block.ghost ? h("li", null, h("i", {class: "swatch ghost"}), block.ghost.label) : null,
    target ? h("li", null, h("i", {class: "swatch target"}), target.label) : null)
}

function swatch(colour) {
  return h("i", {class: "swatch", style: `background:var(--${colour})`})
}

function chartTable(block) {
  if (block.shape === "grid") {
    return [["", ...block.columns], block.rows.map((day, at) => [day, ...block.values[at]]), block.rows.map((day, at) => [day, ...block.texts[at]])]
  }
  if (block.shape === "rows") {
    const rows = block.rows.map((row) => [row.label, row.value])
    return [["Group", "Change"], rows, block.rows.map((row) => [row.label, row.text])]
  }
  const heads = [block.grain, ...block.series.map((one) => one.label), ...(block.ghost ? [block.ghost.label] : []), ...(block.happened ? ["Annotations"] : [])]
  const line = (pick) => block.keys.map((key, at) => [pick === "texts" || !block.periods ? block.labels[at] : key,
    ...block.series.map((one) => one[pick][at]), ...(block.ghost ? [block.ghost[pick][at] ?? null] : []), ...(block.happened ? [block.happened[at]] : [])])
  return [heads, line("values"), line("texts")]
}

function cellHit(block, row, column) {
  if (row < 0 || column < 0 || row >= block.rows.length || column >= block.columns.length) return null
  const [x, y] = block.turned ? [row, column] : [column, row]
  return {x0: x - 0.5, x1: x + 0.5, y0: y - 0.5, y1: y + 0.5, row, column}
}

function hitOf(block, at) {
  if (block.shape === "grid") {
    const x = Math.round(at.x), y = Math.round(at.y)
    return block.turned ? cellHit(block, x, y) : cellHit(block, y, x)
  }
  if (block.shape === "rows") {
    const row = Math.round(at.y)
    return row < 0 || row >= block.rows.length ? null : {y0: row - 0.5, y1: row + 0.5, row}
  }
  const bucket = Math.round(at.x)
  return bucket < 0 || bucket >= block.keys.length ? null : {x0: bucket - 0.5, x1: bucket + 0.5, bucket, part: partAt(block, bucket, at.y)}
}

function tipOf(block, hit, from) {
  if (block.shape === "grid") {
    return [h("strong", null, `${block.rows[hit.row]}, ${block.columns[hit.column]}`), h("span", null, block.texts[hit.row][hit.column])]
  }
  if (block.shape === "rows") return [h("strong", null, block.rows[hit.row].label), h("span", null, block.rows[hit.row].text)]
  const rows = block.series.filter((one) => one.values[hit.bucket] || !block.by || block.series.length < 4)
  const lines = rows.map((one) => h("span", {class: "tip-row"}, swatch(one.colour), h("span", null, one.label), h("b", null, one.texts[hit.bucket])))
  if (block.ghost && block.ghost.texts[hit.bucket]) {
    lines.push(h("span", {class: "tip-row"}, h("i", {class: "swatch ghost"}), h("span", null, block.ghost.label), h("b", null, block.ghost.texts[hit.bucket])))
  }
  const partial = hit.bucket === block.partial ? h("em", null, "not over yet") : null
  const ends = from && from.bucket !== hit.bucket ? [from.bucket, hit.bucket].sort((one, two) => one - two).map((at) => block.labels[at]) : null
  return [h("strong", null, block.labels[hit.bucket]), partial, ends ? h("em", null, `picking ${ends.join(" to ")}`) : null, ...lines]
}

function openHit(ctx, block, hit, from) {
  if (block.shape === "rows") {
    const row = block.rows[hit.row]
    return openReceipt(ctx, {label: row.label, text: row.text, value: row.value, metric: block.metrics[0], receipt: row.receipt, cell: row.cell}, from)
  }
  if (block.shape === "grid") {
    const cell = {metric: block.metrics[0], row: {weekday: hit.row + 1, hour_of_day: hit.column}}
    return openReceipt(ctx, {label: `${block.rows[hit.row]}, ${block.columns[hit.column]}`, text: block.texts[hit.row][hit.column],
      value: block.values[hit.row][hit.column] || undefined, metric: block.metrics[0], receipt: block.receipt, cell}, from)
  }
  const lead = block.series.reduce((best, one) => (one.values[hit.bucket] || 0) > (best.values[hit.bucket] || 0) ? one : best)
  const row = {[block.grain]: block.keys[hit.bucket]}
  const all = block.series.map((one) => `${one.label}: ${one.texts[hit.bucket]}`).join("; ")
  openReceipt(ctx, {label: block.labels[hit.bucket], text: block.series.length > 1 ? all : lead.texts[hit.bucket], metric: lead.metric,
    receipt: block.receipt, cell: block.by ? undefined : {metric: lead.metric, row}, mark: {metric: lead.metric, row, period: block.span}, period: block.periods && block.periods[hit.bucket]}, from)
}

// The page of the tickets behind a mark.
function hitLink(ctx, block, hit) {
  const [metric] = block.metrics
  if (block.shape === "rows") return behindLink(block.rows[hit.row].cell, ctx)
  if (block.shape === "grid") return behindLink({metric, row: {weekday: hit.row + 1, hour_of_day: hit.column}}, ctx)
  return behindLink({metric, row: {[block.grain]: block.keys[hit.bucket]}}, ctx, block.span)
}

// Where a figure's frame stands inside its slot, and its scales; all in CSS pixels.
function geometry(ctx, index, slot) {
  const figure = ctx.figures[index]
  const view = figure && ctx.view.get_child_view(figure)
  const frame = view && view.frame
  if (!frame || !frame.x_scale) return null
  const canvas = view.el.getBoundingClientRect(), box = slot.getBoundingClientRect()
  const left = canvas.left - box.left, top = canvas.top - box.top
  return {frame: frame.bbox, left, top, x: frame.x_scale, y: frame.y_scale}
}

function attachPointer(ctx, index, slot, current) {
  const tip = h("div", {class: "tip", role: "status", hidden: true}), mark = h("div", {class: "mark", hidden: true})
  slot.append(mark, tip)
  let hit = null, from = null, brushed = false
  const leave = () => { hit = null; tip.hidden = mark.hidden = true }
  function point(next, where) {
    hit = next
    if (!hit) return leave()
    if (from) hit = {...hit, x0: Math.min(from.x0, hit.x0), x1: Math.max(from.x1, hit.x1)}
    const {frame, left, top, x, y} = where
    const x0 = hit.x0 === undefined ? frame.left : x.compute(hit.x0), x1 = hit.x1 === undefined ? frame.right : x.compute(hit.x1)
    const y0 = hit.y0 === undefined ? frame.top : y.compute(hit.y0), y1 = hit.y1 === undefined ? frame.bottom : y.compute(hit.y1)
    mark.style.cssText = `left:${left + Math.min(x0, x1)}px;width:${Math.abs(x1 - x0)}px;top:${top + Math.min(y0, y1)}px;height:${Math.abs(y1 - y0)}px`
    tip.replaceChildren(...tipOf(current(), hit, from).filter(Boolean))
    tip.hidden = mark.hidden = false
    const width = tip.offsetWidth, room = slot.clientWidth
    const middle = left + (hit.x0 === undefined ? frame.left + 8 : (x0 + x1) / 2)
    const at = middle + 14 + width < room ? middle + 14 : middle - width - 14
    const down = hit.y0 === undefined ? top + frame.top : Math.max(0, top + Math.min(y0, y1) - tip.offsetHeight - 4)
    tip.style.cssText = `left:${Math.max(0, Math.min(at, room - width))}px;top:${down}px`
  }
  function follow(event) {
    if (event.target.closest(".flags")) return leave()
    const where = current().state === "ok" && geometry(ctx, index, slot)
    if (!where) return leave()
    const box = slot.getBoundingClientRect()
    const sx = event.clientX - box.left - where.left, sy = event.clientY - box.top - where.top
    const inside = sx >= where.frame.left && sx <= where.frame.right && sy >= where.frame.top && sy <= where.frame.bottom
    point(inside ? hitOf(current(), {x: where.x.invert(sx), y: where.y.invert(sy)}) : null, where)
  }
  const isTouch = (event) => event.pointerType === "touch"
  slot.addEventListener("pointermove", follow)
  slot.addEventListener("pointerdown", (event) => {
    brushed = false
    from = null
    // A finger hovers nowhere before it touches.
    if (isTouch(event)) follow(event)
    if (hit && event.button === 0 && canBrush(ctx, current())) from = hit
  })
  slot.addEventListener("pointerup", () => {
    if (from && hit && hit.bucket !== from.bucket) {
      brushed = true
      pickMarks(ctx, current(), rowOf(current(), from, hit))
    }
    from = null
  })
  slot.addEventListener("pointercancel", () => { from = null; leave() })
  // A finger that is lifted has left as well, yet its click is still to come, and what it touched stays to be read.
  slot.addEventListener("pointerleave", (event) => { if (!isTouch(event)) { from = null; leave() } })
  slot.addEventListener("click", (event) => {
    // The second click of a double one is no second click on the mark; and a brush ends in a click.
    if (!hit || brushed || event.detail > 1) return
    if (canPick(ctx, current()) && !isEmpty(current(), hit)) pickMarks(ctx, current(), rowOf(current(), hit))
    else openHit(ctx, current(), hit, slot)
  })
  slot.addEventListener("dblclick", () => {
    const href = hit && !isEmpty(current(), hit) && hitLink(ctx, current(), hit)
    if (href) location.href = href
  })
  slot.addEventListener("keydown", (event) => {
    if (event.target !== slot) return
    const block = current(), where = block.state === "ok" && geometry(ctx, index, slot)
    const step = {ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1}[event.key]
    if (step) from = event.shiftKey && canBrush(ctx, block) ? from || hit : null
    if (where && event.key === "Enter" && hit) {
      event.preventDefault() // else the key would press the drawer's own button, which gets the focus
      openHit(ctx, block, hit, slot)
    }
    if (hit && event.key === " " && canPick(ctx, block) && !isEmpty(block, hit)) {
      event.preventDefault()
      pickMarks(ctx, block, from ? rowOf(block, from, hit) : rowOf(block, hit))
      from = null
    }
    if (event.key === "Escape") { from = null; leave() }
    if (!where || !step) return
    event.preventDefault()
    const down = event.key === "ArrowDown" || event.key === "ArrowUp"
    const at = hit || {row: 0, column: -1, bucket: -1}
    const along = down === Boolean(block.turned)  // along the hours
    const found = block.shape === "grid" ? cellHit(block, at.row + (along ? 0 : step), Math.max(0, at.column + (along ? step : 0)))
      : hitOf(block, block.shape === "rows" ? {y: hit ? at.row + step : 0} : {x: at.bucket + step})
    if (found) point(found, where)
  })
  slot.addEventListener("blur", () => { from = null; leave() })
}

function chartBlock(ctx, first) {
  let block = first
  const title = h("h2"), caption = h("p", {class: "caption"}), names = h("div", {class: "names"}), table = h("div", {class: "behind", hidden: true})
  const slot = h("div", {class: "slot", tabIndex: 0, role: "group"})
  const toggle = h("button", {class: "quietly", type: "button", "aria-pressed": "false", onclick: () => { showTable(table.hidden) }}, "Table")
  const save = h("button", {class: "quietly", type: "button", onclick: () => { const [heads, rows] = chartTable(block); download(block.title, heads, rows) }}, "CSV")
  // The figure of a widget just added comes a moment after its block.
  const hang = () => {
    const figure = ctx.model.get_child("charts")[first.figure]
    if (figure && figure.parentNode !== slot) slot.prepend(figure)
  }
  hang()
  const swaps = swapTools(ctx), flags = chartFlags(ctx, first.figure, slot, () => block)
  const state = h("div", {class: "state-slot"})
  const el = h("section", {class: "panel chart"}, h("header", null, h("div", null, title, caption), h("span", {class: "tools"}, swaps.button, flags.button, toggle, save, exportView(ctx, () => block))), swaps.panel, names, h("div", {class: "plot"}, slot, state), flags.list, table)
  attachPointer(ctx, first.figure, slot, () => block)
  const veil = attachVeil(ctx, first.figure, slot, () => block)
  const name = () => names.replaceChildren(...[block.state === "ok" ? legend(block, room.isNarrow()) : null].filter(Boolean))
  const room = attachRoom(ctx, first.figure, slot, () => block, () => { name(); veil(); flags.update(room.isNarrow()) })
  function showTable(on) {
    table.hidden = !on
    toggle.setAttribute("aria-pressed", String(on))
    if (on) { const [heads, , texts] = chartTable(block); table.replaceChildren(plainTable(heads, texts, block.title)) }
  }
  return {el, hang, update: (next) => {
    block = next
    const ok = block.state === "ok"
    title.textContent = block.title || title.textContent
    if (block.picked) caption.replaceChildren(...pickedLine(ctx, block, (hit, button) => openHit(ctx, block, hit, button)).filter(Boolean))
    else caption.textContent = block.caption || "\u00a0"
    el.classList.toggle("wide", Boolean(block.wide))
    slot.classList.toggle("off", !ok)
    slot.setAttribute("aria-label", `${block.title}. ${!ok ? block.said : `Arrow keys move, Enter opens the receipt${canPick(ctx, block) ? ", Space narrows the page to the mark" : ""}${canBrush(ctx, block) ? ", Shift with an arrow key takes in the next one too" : ""}.`}`)
    toggle.disabled = save.disabled = !ok
    room.lay()
    name()
    state.replaceChildren(...[drawnState(block)].filter(Boolean))
    showTable(ok && !table.hidden)
    swaps.update(block)
    flags.update(room.isNarrow())
    veil()
  }}
}
