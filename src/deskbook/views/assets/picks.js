// Marks picked on a chart: every other view follows them. A second click, Undo or Escape lets go.
const GRAINS = ["hour", "day", "week", "month", "quarter"]

function canPick(ctx, block) {
  return Boolean(block.picks && block.view && ctx.sheet.filters.fields.includes("pick"))
}

// Whether several of its marks can be picked at once.
function canBrush(ctx, block) {
  return canPick(ctx, block) && GRAINS.includes(block.grain)
}

// The part of a stacked bar at a height; null on what is above it, and on the parts summed up as other.
function partAt(block, bucket, height) {
  if (block.shape !== "bars" || !block.by) return null
  let top = 0
  for (const one of block.series) {
    top += one.values[bucket] || 0
    if (height <= top) return one.row ? one : null
  }
  return null
}

// Whether there is anything at a mark that a page could be narrowed to.
function isEmpty(block, hit) {
  return block.shape === "grid" ? !block.values[hit.row][hit.column] : block.keys ? !block.series.some((one) => one.values[hit.bucket]) : false
}

function rowOf(block, hit, until) {
  if (block.shape === "rows") return block.rows[hit.row].cell.row
  if (block.shape === "grid") return {weekday: hit.row + 1, hour_of_day: hit.column}
  if (!GRAINS.includes(block.grain)) return {[block.grain]: block.keys[hit.bucket], ...(hit.part ? hit.part.row : {})}
  const ends = [hit.bucket, (until || hit).bucket].sort((one, two) => one - two).map((at) => block.keys[at])
  return {[block.grain]: ends, ...(hit.part && !until ? hit.part.row : {})}
}

function pickMarks(ctx, block, row) {
  const again = JSON.stringify(block.picked) === JSON.stringify(row)
  ctx.send({set: {pick: again ? "" : JSON.stringify({from: block.view, row})}})
}

function dropPick(ctx) {
  ctx.send({set: {pick: ""}})
}

// Where the picked marks stand in the chart as it is drawn now; null when none of them is in it.
function pickedHit(block) {
  const row = block.picked
  if (!row) return null
  const same = (one) => JSON.stringify(one) === JSON.stringify(row)
  if (block.shape === "rows") {
    const at = block.rows.findIndex((one) => same(one.cell.row))
    return at < 0 ? null : hitOf(block, {y: at})
  }
  if (block.shape === "grid") return cellHit(block, row.weekday - 1, row.hour_of_day)
  if (!block.keys) return null
  const ends = [].concat(GRAINS.includes(block.grain) ? row[block.grain] : [row[block.grain], row[block.grain]])
  const [first, last] = ends.map((key) => block.keys.indexOf(key))
  if (first < 0 || last < 0) return null
  return {x0: first - 0.5, x1: last + 0.5, bucket: first, part: block.series.find((one) => one.row && block.by in row && one.row[block.by] === row[block.by])}
}

// What is not picked steps back: a veil over the frame with a hole where the marks are.
function attachVeil(ctx, index, slot, current) {
  const hole = h("i"), veil = h("div", {class: "veil", hidden: true}, hole)
  slot.append(veil)
  const place = () => {
    const hit = current().state === "ok" && pickedHit(current()), where = hit && geometry(ctx, index, slot)
    veil.hidden = !where
    if (!where) return
    const {frame, left, top, x, y} = where
    const across = hit.x0 === undefined ? [frame.left, frame.right] : [x.compute(hit.x0), x.compute(hit.x1)]
    const down = hit.y0 === undefined ? [frame.top, frame.bottom] : [y.compute(hit.y0), y.compute(hit.y1)].sort((a, b) => a - b)
    veil.style.cssText = `left:${left + frame.left}px;top:${top + frame.top}px;width:${frame.width}px;height:${frame.height}px`
    hole.style.cssText = `left:${across[0] - frame.left}px;width:${across[1] - across[0]}px;top:${down[0] - frame.top}px;height:${down[1] - down[0]}px`
  }
  new ResizeObserver(() => requestAnimationFrame(place)).observe(slot)
  // The figure takes its new scales a frame after its data.
  return () => { if (current().picked || !veil.hidden) requestAnimationFrame(() => requestAnimationFrame(place)) }
}

// The line under a chart's title while marks of it are picked: what they are, and where to go from here.
function pickedLine(ctx, block, open) {
  const hit = block.state === "ok" && pickedHit(block)
  return [h("strong", null, `Only ${block.picked_said}`), " ",
    hit ? h("button", {class: "link", type: "button", onclick: (event) => open(hit, event.currentTarget)}, "Receipt") : null, " ",
    h("button", {class: "link", type: "button", onclick: () => dropPick(ctx)}, "Undo")]
}
