// Annotations on a chart over time: thin flags over its frame, on a narrow chart a list below it.
const FLAG_MARKS = {release: "R", outage: "O", campaign: "C", other: "•"}, FLAG_PX = 24, REST_PX = 56, MOST_LISTED = 3

function toldOf(ctx, flag) {
  return ctx.sheet.annotations[flag.note]
}

function flagTop(level) {
  return `top:${level * FLAG_PX}px`
}

function flagWords(told) {
  return [told.kind, told.about].filter(Boolean).join(" · ")
}

// A flag's mark stands lower where it would touch the one before it.
function flagLevels(flags, xs) {
  const ends = []
  return flags.map((flag, at) => {
    let level = 0
    while (ends[level] !== undefined && xs[at] - ends[level] < FLAG_PX) level += 1
    ends[level] = xs[at]
    return level
  })
}

function flagItem(ctx, flag, x, until, level, open) {
  const told = toldOf(ctx, flag)
  const band = until === null ? null : h("i", {class: "band", style: `width:${Math.max(1, until - x)}px`})
  const at = flagTop(level)
  // Too small for a thumb: there the list below the chart is what opens.
  if (!open) return h("li", {style: `left:${x}px`}, band, h("i", {class: "line"}), h("span", {class: "flag", style: at}, h("b", null, FLAG_MARKS[told.kind])))
  const tip = h("div", {class: "tip", hidden: true}, h("strong", null, told.title), h("span", null, told.said), h("em", null, flagWords(told)), told.note ? h("span", {class: "note"}, told.note) : null)
  const show = (on) => () => { tip.hidden = !on }
  const button = h("button", {type: "button", class: "flag", "aria-label": `${told.title}, ${told.said}, ${flagWords(told)}`, style: at,
    onclick: (event) => open(flag, event.currentTarget), onfocus: show(true), onblur: show(false), onpointerenter: show(true), onpointerleave: show(false)}, h("b", null, FLAG_MARKS[told.kind]))
  return h("li", {style: `left:${x}px`}, band, h("i", {class: "line"}), button, tip)
}

// The rows of the list below a chart: the last few that are drawn, and how many more there are.
function notedRows(ctx, flags, open) {
  const rows = flags.filter((flag) => flag.drawn).slice(-MOST_LISTED).map((flag) => {
    const told = toldOf(ctx, flag)
    return h("li", null, h("button", {type: "button", onclick: (event) => open(flag, event.currentTarget)}, h("b", {"aria-hidden": "true"}, FLAG_MARKS[told.kind]),
      h("span", null, told.title, h("span", {class: "unseen"}, `${told.said} · ${flagWords(told)}`))))
  })
  const rest = flags.length - rows.length
  if (rest) rows.push(h("li", null, h("button", {type: "button", onclick: (event) => open(null, event.currentTarget)}, `${rest} more`)))
  return rows
}

// The flags of one chart: their layer, the list below a narrow chart, and the button that writes a new one.
function chartFlags(ctx, index, slot, current) {
  const list = h("ul", {class: "noted", "aria-label": "Annotations", hidden: true})
  const button = h("button", {class: "quietly annotate", type: "button", "aria-haspopup": "dialog", onclick: (event) => openAnnotations(ctx, current(), event.currentTarget)}, "Annotate")
  const open = (flag, from) => openAnnotations(ctx, current(), from, flag)
  let layer = null, narrow = false, placed = ""
  function place() {
    const block = current(), flags = (block.state === "ok" && block.flags) || []
    const where = flags.length && geometry(ctx, index, slot)
    if (!where) { if (layer) layer.hidden = true; return }
    if (!layer) {
      layer = h("ul", {class: "flags", "aria-label": "Annotations"})
      slot.append(layer)
      new ResizeObserver(() => requestAnimationFrame(place)).observe(slot)
    }
    const {frame, left, top, x} = where, drawn = flags.filter((flag) => flag.drawn)
    const across = (at) => x.compute(at) - frame.left
    const xs = drawn.map((flag) => across(flag.x)), levels = flagLevels(drawn, xs)
    layer.hidden = false
    // What lies there already stays: most filters move no flag.
    const untils = drawn.map((flag) => flag.until === null ? null : across(flag.until)), told = drawn.map((flag) => toldOf(ctx, flag))
    const now = JSON.stringify([frame.left, frame.top, frame.width, frame.height, left, top, xs, untils, drawn, told, flags.length, narrow])
    if (now === placed) return
    placed = now
    layer.style.cssText = `left:${left + frame.left}px;top:${top + frame.top}px;width:${frame.width}px;height:${frame.height}px`
    layer.ariaHidden = narrow ? "true" : null
    const items = drawn.map((flag, at) => flagItem(ctx, flag, xs[at], untils[at], levels[at], narrow ? null : open))
    items.forEach((item, at) => item.classList.toggle("at-the-end", xs[at] > frame.width / 2))
    const rest = flags.length - drawn.length
    const near = levels.filter((level, at) => frame.width - xs[at] < REST_PX), below = near.length ? Math.max(...near) + 1 : 0
    if (rest && !narrow) items.push(h("li", {class: "rest"}, h("button", {type: "button", class: "flag", style: flagTop(below), "aria-label": `${rest} more annotations`, onclick: (event) => openAnnotations(ctx, current(), event.currentTarget)}, h("b", null, `+${rest}`))))
    layer.replaceChildren(...items)
  }
  function write() {
    const block = current(), flags = (narrow && block.state === "ok" && block.flags) || []
    list.hidden = !flags.length
    list.replaceChildren(...notedRows(ctx, flags, open))
  }
  return {button, list, update: (isNarrow) => {
    const block = current()
    narrow = isNarrow
    button.hidden = block.state !== "ok" || !GRAINS.includes(block.grain)
    write()
    // The figure takes its new scales a frame after its data.
    if (layer || block.flags) requestAnimationFrame(() => requestAnimationFrame(place))
  }}
}
