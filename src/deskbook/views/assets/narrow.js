// Charts where there is little room: laid out anew, not made smaller. What is done here stays in this browser.
const NARROW_PX = 420, TURNED_PX = 380, UPRIGHT_PX = 220, BESIDE_PX = 60, LETTER_PX = 6.8
const PHONE = matchMedia("(max-width: 760px)")
const HERE = {sync: false}

function isNarrow(slot) {
  return slot.clientWidth > 0 && slot.clientWidth < NARROW_PX
}

// Lines give the room of their names back to the data; the legend below the chart holds the names.
function layLines(figure, block, narrow) {
  for (const renderer of figure.renderers) {
    if (renderer.glyph.type === "Text") renderer.setv({visible: !narrow}, HERE)
  }
  const end = block.keys.length - 0.5
  figure.x_range.setv({end: narrow ? end : end + block.room}, HERE)
}

// The names of columns are broken into as many lines as they need to stand side by side.
function breakNames(figure, block, slot, narrow) {
  if ([...GRAINS, "weekday", "hour_of_day"].includes(block.grain)) return
  const letters = Math.max(4, Math.floor((slot.clientWidth - BESIDE_PX) / block.keys.length / LETTER_PX))
  const broken = (label) => label.split(" ").reduce((lines, word) => {
    const last = lines.at(-1)
    return last && last.length + 1 + word.length <= letters ? [...lines.slice(0, -1), `${last} ${word}`] : [...lines, word]
  }, []).join("\n")
  const names = narrow ? block.labels.map(broken) : Object.values(block.ticks)
  figure.below[0].setv({major_label_overrides: new Map(names.map((name, at) => [at, name]))}, HERE)
}

// A week by hours stands on end, so that a cell stays wide enough for a thumb.
function turnCells(figure, turned) {
  const [{glyph}] = figure.renderers, {x_range: across, y_range: down} = figure
  if ((glyph.left.field === "top") === turned) return
  const sides = turned ? ["top", "bottom", "right", "left"] : ["left", "right", "bottom", "top"]
  const ends = {x: [across.start, across.end], y: [down.start, down.end]}
  const axes = [figure.below[0], figure.left[0]]
  const [first, second] = axes.map(({ticker, major_label_overrides: names}) => ({ticks: ticker.ticks, names}))
  glyph.setv(Object.fromEntries(["left", "right", "bottom", "top"].map((side, at) => [side, {field: sides[at]}])), HERE)
  across.setv({start: Math.min(...ends.y), end: Math.max(...ends.y)}, HERE)
  down.setv({start: Math.max(...ends.x), end: Math.min(...ends.x)}, HERE)
  axes.forEach((axis, at) => {
    const held = at ? first : second
    axis.ticker.setv({ticks: held.ticks}, HERE)
    axis.setv({major_label_overrides: held.names}, HERE)
  })
  figure.setv({height: turned ? TURNED_PX : UPRIGHT_PX}, HERE)
}

// Lays one chart out by the width of its slot, now and whenever that changes; `changed` hears of it.
function attachRoom(ctx, index, slot, current, changed) {
  const figure = ctx.figures[index]
  let narrow = false
  const lay = () => {
    const block = current()
    if (!figure || block.state !== "ok") return
    if (block.shape === "lines") layLines(figure, block, narrow)
    if (block.shape === "bars") breakNames(figure, block, slot, narrow)
    if (block.shape === "grid") turnCells(figure, block.turned = narrow && PHONE.matches)
  }
  new ResizeObserver(() => {
    if (isNarrow(slot) === narrow) return
    narrow = isNarrow(slot)
    lay()
    changed(narrow)
  }).observe(slot)
  return {lay, isNarrow: () => narrow}
}
