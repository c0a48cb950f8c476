// A ranking: groups with a bar, their change, and other numbers beside it.
const LEAST_COLUMN_PX = 72, LEAST_TOLD_PX = 84, BRIEF_ROWS = 6

// The room of a column's changes in letters, so that its numbers stand below each other; none where nothing changed.
function changeRoom(rows, at) {
  const letters = rows.map(({cells: {[at]: {change}}}) => !change ? 0 : change.arrow === "flat" ? 11 : 0.92 * (change.text.length + 2))
  return Math.max(0, ...letters)
}

// Lays a ranking out so that no column of it is cut, from roomy to narrow: a change beside its number, below it, a name
// above its numbers, and these in lines, each with its head.
function fitRanking(box, table, columns) {
  const lay = (room, across = columns) => {
    table.className = `ranking${room}${columns === 1 ? " lone" : ""}`
    table.style.setProperty("--across", across)
    return box.scrollWidth <= box.clientWidth
  }
  const spills = () => [...table.querySelectorAll("td.figure-cell")].some((cell) => cell.scrollWidth > cell.clientWidth)
  if (lay("") || lay(" stacked")) return
  if (columns === 1 || box.clientWidth / columns >= LEAST_COLUMN_PX && lay(" stacked folded") && !spills()) return lay(" stacked folded")
  lay(" stacked folded told", Math.min(Math.ceil(columns / 2), Math.floor(box.clientWidth / LEAST_TOLD_PX) || 1))
}

function rankingBlock(ctx) {
  const title = h("h2"), caption = h("p", {class: "caption"}), body = h("div")
  let block = null, fit = () => {}, isWhole = false
  new ResizeObserver(() => fit()).observe(body)
  const save = h("button", {class: "quietly", type: "button", onclick: () => download(block.title,
    [block.first, ...block.heads.flatMap((head) => [head.label, `${head.label} change`])],
    block.rows.map((row) => [row.label, ...row.cells.flatMap((cell) => [cell.raw, cell.change ? `${cell.change.arrow} ${cell.change.text}` : ""])]))}, "CSV")
  const swaps = swapTools(ctx)
  const el = h("section", {class: "panel wide"}, h("header", null, h("div", null, title, caption), h("span", {class: "tools"}, swaps.button, save, exportView(ctx, () => block))), swaps.panel, body)
  function cellOf(row, cell, at, room) {
    const head = block.heads[at]
    return h("td", {class: "figure-cell", style: `--room:${room.toFixed(1)}ch`, "data-label": [head.label, head.unit].filter(Boolean).join("\u00a0")}, h("button", {class: `number${cell.few ? " few" : ""}`, type: "button", title: cell.sample || null,
      onclick: (event) => openReceipt(ctx, {label: `${row.label}: ${head.label}`, text: [cell.text, head.unit].filter(Boolean).join("\u00a0"),
        value: cell.raw ?? undefined, metric: head.metric, receipt: block.receipt, cell: cell.cell, small: cell.sample}, event.currentTarget)}, cell.text),
      room ? changeMark(cell.change && {...cell.change, word: ""}) || h("span", {class: "change"}) : null)
  }
  // On a phone a long ranking shows its first rows, and the rest when asked; what is picked is never hidden.
  function briefly(box, table) {
    const left = block.rows.length - BRIEF_ROWS
    if (isWhole || left < 3 || block.rows.slice(BRIEF_ROWS).some(isPicked)) return []
    box.classList.add("brief")
    const more = h("div", {class: "more-rows on-a-phone"}, h("button", {type: "button", onclick: () => {
      isWhole = true
      box.classList.remove("brief")
      more.remove()
      table.querySelector(`tbody tr:nth-child(${BRIEF_ROWS + 1}) :is(button, a)`)?.focus()
    }}, `Show ${left} more`))
    return [more]
  }
  const isPicked = (row) => Boolean(block.picked) && block.picked[block.by] === row.group
  const labelOf = (row) => canPick(ctx, block) ? h("button", {class: "pick", type: "button", "aria-pressed": String(isPicked(row)),
    title: "Narrow the page to this", onclick: () => pickMarks(ctx, block, {[block.by]: row.group})}, row.label) : row.label
  return {el, update: (next) => {
    block = next
    title.textContent = block.title
    if (block.picked) caption.replaceChildren(...pickedLine(ctx, block).filter(Boolean))
    else caption.textContent = block.caption || "\u00a0"
    swaps.update(block)
    save.disabled = block.state !== "ok"
    if (block.state !== "ok") { fit = () => {}; return body.replaceChildren(drawnState(block)) }
    const rooms = block.heads.map((_, at) => changeRoom(block.rows, at))
    const table = h("table", {class: "ranking"},
      h("thead", null, h("tr", null, h("th", {scope: "col"}, block.first), block.rows.some((row) => row.share) ? h("th", {scope: "col", class: "bar-head"}, "Share") : h("td", {class: "bar-head"}),
        block.heads.map((head) => h("th", {scope: "col", class: "figure-cell"}, head.label, head.unit ? h("small", null, `\u00a0${head.unit}`) : null)), isLinked(ctx) ? h("td", {class: "go-cell"}) : null)),
      h("tbody", null, block.rows.map((row) => h("tr", {class: isPicked(row) ? "picked" : block.picked ? "behind-veil" : null},
        h("th", {scope: "row"}, labelOf(row)),
        h("td", {class: "bar-cell"}, h("i", {style: `width:${(row.bar * 62).toFixed(1)}%`}), h("span", null, row.share)),
        row.cells.map((cell, at) => cellOf(row, cell, at, rooms[at])),
        isLinked(ctx) ? h("td", {class: "go-cell"}, h("a", {class: "go", href: ticketsLink({[block.by]: row.group}, null, ctx), "aria-label": `Tickets: ${row.label}`, title: "Open the tickets"}, "→")) : null))))
    const box = h("div", {class: "scroll", tabIndex: 0}, tabular(table))
    fit = () => fitRanking(box, table, block.heads.length)
    body.replaceChildren(box, ...briefly(box, table))
    if (el.isConnected) fit()
  }}
}
