// A listing: rows of words and numbers; numbers open their receipt, a search narrows the rows.
const ROWS_AT_ONCE = 150, ROWS_ON_A_PHONE = 12, MORE_ON_A_PHONE = 48
const SHORT_LETTERS = 10, MIDDLE_LETTERS = 22, SENTENCE_LETTERS = 40, LEAST_TABLE_PX = 560, LEAST_READING_PX = 740

// The room of each column's texts where rows are laid out as cards, and which column has the most to read.
function roomsOf(block) {
  const sizes = block.heads.map((head, at) => block.rows.map((row) => row[at].text.length))
  const totals = sizes.map((all) => all.reduce((sum, one) => sum + one, 0))
  return sizes.map((all, at) => {
    const most = all.reduce((found, one) => Math.max(found, one), 0)
    const room = most > MIDDLE_LETTERS ? "long" : most > SHORT_LETTERS ? "middle" : "short"
    return room === "long" && totals[at] === Math.max(...totals) && totals[at] > SENTENCE_LETTERS * all.length ? "long longest" : room
  })
}

function openDetails(ctx, cell, from) {
  const parts = cell.details.flatMap(([label, text]) => [h("dt", null, label), h("dd", null, label === "SQL" ? h("pre", {tabIndex: 0}, text) : text)])
  ctx.drawer.show(cell.text, [h("dl", null, parts)], from)
}

function listingBlock(ctx) {
  const title = h("h2"), caption = h("p", {class: "caption"}), body = h("div"), more = h("div", {class: "more-rows"})
  const input = h("input", {type: "search", "aria-label": "Search this table"})
  const form = h("form", {class: "search", role: "search", hidden: true, onsubmit: (event) => event.preventDefault()}, input)
  const left = h("p", {class: "count", role: "status"})
  const firstRows = () => PHONE.matches ? ROWS_ON_A_PHONE : ROWS_AT_ONCE
  let block = null, rooms = [], most = firstRows()
  // Where columns would be cut, or sentences stand in a thin one, each row becomes a card.
  new ResizeObserver(([{contentRect: {width}}]) => {
    const least = rooms.includes("long longest") ? LEAST_READING_PX : LEAST_TABLE_PX
    body.className = width < least ? "carded" : width < LEAST_READING_PX ? "snug" : ""
  }).observe(body)
  const save = h("button", {class: "quietly", type: "button", onclick: () => download(block.title || "listing",
    block.heads.map((head) => head.label), block.rows.map((row) => row.map((cell) => cell.raw ?? cell.text)))}, "CSV")
  const el = h("section", {class: "panel wide"}, h("header", null, h("div", null, title, caption), h("span", {class: "tools"}, save, exportView(ctx, () => block))),
    h("div", {class: "search-row"}, form, left), body, more)
  // Names of tables and columns break after their parts, not within a word.
  const broken = (text) => text.split(/(?<=[/_])/).flatMap((part, at) => at ? [h("wbr"), part] : [part])
  function cellOf(cell, row, at) {
    const kind = block.heads[at].number ? "figure-cell" : cell.tone ? `tone ${cell.tone}` : null
    const text = cell.receipt
      ? h("button", {class: `number${cell.few ? " few" : ""}`, type: "button", title: cell.note || null, onclick: (event) => openReceipt(ctx,
        {label: row[0].text, text: cell.text, value: cell.raw ?? undefined, metric: block.metric, receipt: cell.receipt, cell: cell.cell, small: cell.note}, event.currentTarget)}, cell.text)
      : cell.details && cell.details.length ? h("button", {class: "link", type: "button", title: cell.note || null, onclick: (event) => openDetails(ctx, cell, event.currentTarget)}, cell.text)
      : cell.note ? h("span", {title: cell.note}, cell.text) : broken(cell.text)
    return at ? h("td", {class: [kind, rooms[at]].filter(Boolean).join(" "), "data-label": block.heads[at].label}, text) : h("th", {scope: "row"}, text)
  }
  function draw() {
    const words = input.value.toLowerCase().split(/\s+/).filter(Boolean)
    const rows = block.rows.filter((row) => { const all = row.map((cell) => `${cell.text} ${cell.note || ""}`).join(" ").toLowerCase(); return words.every((word) => all.includes(word)) })
    left.textContent = words.length ? `${rows.length} of ${block.rows.length}` : ""
    body.replaceChildren(h("div", {class: "scroll", tabIndex: 0}, tabular(h("table", {class: "plain listing"},
      h("thead", null, h("tr", null, block.heads.map((head) => h("th", {scope: "col", class: head.number ? "figure-cell" : null}, head.label)))),
      h("tbody", null, rows.slice(0, most).map((row) => h("tr", null, row.map((cell, at) => cellOf(cell, row, at)))))))))
    const step = Math.min(PHONE.matches ? MORE_ON_A_PHONE : ROWS_AT_ONCE, rows.length - most)
    more.replaceChildren(...(step > 0 ? [h("button", {type: "button", onclick: () => { most += step; draw() }},
      `Show ${step} more${rows.length - most > step ? ` of ${rows.length - most}` : ""}`)] : []))
  }
  input.addEventListener("input", () => { most = firstRows(); draw() })
  return {el, update: (next) => {
    const same = block && JSON.stringify(block) === JSON.stringify(next)
    block = next
    title.textContent = block.title || ""
    title.hidden = !block.title
    caption.textContent = block.caption || "\u00a0"
    save.disabled = block.state !== "ok"
    form.hidden = !block.search
    input.placeholder = block.search || ""
    if (block.state !== "ok") { more.replaceChildren(); return body.replaceChildren(drawnState(block)) }
    if (same) return
    rooms = roomsOf(block)
    draw()
  }}
}
