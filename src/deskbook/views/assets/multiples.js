// Small multiples: a small line a group, all on one scale; what the pointer is over is read in all of them at once.
const TALL = 44

// A line up to the last finished bucket, and the dotted piece that leads to the unfinished one.
function panelLines(block, values) {
  const last = block.partial
  const open = last !== null && last > 0 && values[last] !== null && values[last - 1] !== null
  if (!open) return [svg("path", {d: panelPath(block, values), "vector-effect": "non-scaling-stroke"})]
  const done = values.map((value, at) => at === last ? null : value), end = values.map((value, at) => at >= last - 1 ? value : null)
  return [done, end].map((piece, at) => svg("path", {d: panelPath(block, piece), "vector-effect": "non-scaling-stroke", ...(at ? {class: "partial"} : {})}))
}

function panelPath(block, values) {
  const x = (at) => block.keys.length > 1 ? (100 * at) / (block.keys.length - 1) : 50
  const y = (value) => TALL - ((value - block.low) / (block.top - block.low || 1)) * (TALL - 2) - 1
  let path = "", pen = "M"
  values.forEach((value, at) => {
    if (value === null) { pen = "M"; return }
    // A value without a neighbour would leave no line.
    const alone = (values[at - 1] ?? null) === null && (values[at + 1] ?? null) === null
    path += alone ? `M${(x(at) - 1).toFixed(2)} ${y(value).toFixed(2)}h2` : `${pen}${x(at).toFixed(2)} ${y(value).toFixed(2)}`
    pen = "L"
  })
  return path
}

function multiplesBlock(ctx) {
  return barePanel(ctx, "multiples", chartTable, (block) => {
    const count = block.keys.length, head = h("p", {class: "at", role: "status"}, "\u00a0")
    const across = (x) => count > 1 ? (100 * x) / (count - 1) : 50
    const panels = block.series.map((one) => {
      const drawn = (block.flags || []).filter((flag) => flag.drawn)
      const line = svg("line", {class: "at", x1: 0, x2: 0, y1: 0, y2: TALL, "vector-effect": "non-scaling-stroke", visibility: "hidden"})
      const picture = svg("svg", {viewBox: `0 0 100 ${TALL}`, preserveAspectRatio: "none", "aria-hidden": "true"},
        ...drawn.map((flag) => svg("line", {class: "flagged", x1: across(flag.x), x2: across(flag.x), y1: 0, y2: TALL, "vector-effect": "non-scaling-stroke"})),
        ...panelLines(block, one.values), line)
      const value = h("b", {class: one.few ? "few" : null}, one.said)
      const open = (event) => openReceipt(ctx, {label: one.label, text: one.said, value: one.raw ?? undefined, metric: one.metric, receipt: block.receipt, cell: one.cell, small: one.sample}, event.currentTarget)
      const button = h("button", {class: "small-chart", type: "button", "aria-label": `${one.label}: ${one.said}`, onclick: open}, picture)
      const dim = block.picked && block.picked[block.by] !== one.group
      return {one, line, value, button, picture, el: h("li", {class: dim ? "behind-veil" : null}, h("div", {class: "over"}, groupLabel(ctx, block, one.group, one.label), value), button)}
    })
    let bucket = -1
    function show(next) {
      bucket = next
      const at = bucket >= 0 && bucket < count
      head.textContent = at ? block.labels[bucket] : "\u00a0"
      for (const {one, line, value} of panels) {
        value.textContent = at ? one.texts[bucket] : one.said
        line.setAttribute("visibility", at ? "visible" : "hidden")
        if (at) for (const end of ["x1", "x2"]) line.setAttribute(end, across(bucket))
      }
    }
    for (const {button, picture} of panels) {
      button.addEventListener("pointermove", (event) => {
        const box = picture.getBoundingClientRect()
        show(Math.min(count - 1, Math.max(0, Math.round(((event.clientX - box.left) / box.width) * (count - 1)))))
      })
      button.addEventListener("pointerleave", () => show(-1))
      button.addEventListener("blur", () => show(-1))
      button.addEventListener("keydown", (event) => {
        const step = {ArrowRight: 1, ArrowLeft: -1}[event.key]
        if (!step) return
        event.preventDefault()
        show(Math.min(count - 1, Math.max(0, bucket < 0 ? (step > 0 ? 0 : count - 1) : bucket + step)))
      })
    }
    return [head, h("ul", null, panels.map((panel) => panel.el)), h("p", {class: "ends", "aria-hidden": "true"}, block.ends.map((end) => h("span", null, end)))]
  })
}

// The annotations of a chart without a figure stand in a list below it; its lines are only marked.
function bareFlags(ctx, current) {
  const list = h("ul", {class: "noted", "aria-label": "Annotations", hidden: true})
  const button = h("button", {class: "quietly annotate", type: "button", "aria-haspopup": "dialog", onclick: (event) => openAnnotations(ctx, current(), event.currentTarget)}, "Annotate")
  return {button, list, update: () => {
    const block = current(), flags = (block.state === "ok" && block.flags) || []
    button.hidden = block.state !== "ok" || !GRAINS.includes(block.grain)
    list.hidden = !flags.length
    list.replaceChildren(...notedRows(ctx, flags, (flag, from) => openAnnotations(ctx, current(), from, flag)))
  }}
}
