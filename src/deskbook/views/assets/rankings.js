// A ranking: groups with a bar, their change, and other numbers beside it.
function rankingBlock(ctx) {
  const title = h("h2"), caption = h("p", {class: "caption"}), body = h("div")
  let block = null
  const save = h("button", {class: "quietly", type: "button", onclick: () => download(block.title,
    [block.first, ...block.heads.flatMap((head) => [head.label, `${head.label} change`])],
    block.rows.map((row) => [row.label, ...row.cells.flatMap((cell) => [cell.raw, cell.change ? `${cell.change.arrow} ${cell.change.text}` : ""])]))}, "CSV")
  const swaps = swapTools(ctx)
  const el = h("section", {class: "panel wide"}, h("header", null, h("div", null, title, caption), h("span", {class: "tools"}, swaps.button, save)), swaps.panel, body)
  function cellOf(row, cell, at) {
    const head = block.heads[at]
    return h("td", {class: "figure-cell"}, h("button", {class: `number${cell.few ? " few" : ""}`, type: "button", title: cell.sample || null,
      onclick: (event) => openReceipt(ctx, {label: `${row.label}: ${head.label}`, text: [cell.text, head.unit].filter(Boolean).join("\u00a0"),
        value: cell.raw ?? undefined, metric: head.metric, receipt: block.receipt, cell: cell.cell, small: cell.sample}, event.currentTarget)}, cell.text),
      changeMark(cell.change && {...cell.change, word: ""}) || h("span", {class: "change"}))
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
    if (block.state !== "ok") return body.replaceChildren(drawnState(block))
    body.replaceChildren(h("div", {class: "scroll", tabIndex: 0}, h("table", {class: "ranking"},
      h("thead", null, h("tr", null, h("th", {scope: "col"}, block.first), h("th", {scope: "col", class: "bar-head"}, "Share"),
        block.heads.map((head) => h("th", {scope: "col", class: "figure-cell"}, head.label, head.unit ? h("small", null, ` ${head.unit}`) : null)), isLinked(ctx) ? h("td") : null)),
      h("tbody", null, block.rows.map((row) => h("tr", {class: isPicked(row) ? "picked" : block.picked ? "behind-veil" : null},
        h("th", {scope: "row"}, labelOf(row)),
        h("td", {class: "bar-cell"}, h("i", {style: `width:${(row.bar * 62).toFixed(1)}%`}), h("span", null, row.share)),
        row.cells.map((cell, at) => cellOf(row, cell, at)),
        isLinked(ctx) ? h("td", null, h("a", {class: "go", href: ticketsLink({[block.by]: row.group}, null, ctx), "aria-label": `Tickets: ${row.label}`, title: "Open the tickets"}, "→")) : null))))))
  }}
}
