// A ranking: groups with a bar, their change, and other numbers beside it.
function rankingBlock(ctx) {
  const title = h("h2"), caption = h("p", {class: "caption"}), body = h("div")
  let block = null
  const save = h("button", {class: "quietly", type: "button", onclick: () => download(block.title,
    [block.first, ...block.heads.flatMap((head) => [head.label, `${head.label} change`])],
    block.rows.map((row) => [row.label, ...row.cells.flatMap((cell) => [cell.raw, cell.change ? `${cell.change.arrow} ${cell.change.text}` : ""])]))}, "CSV")
  const el = h("section", {class: "panel wide"}, h("header", null, h("div", null, title, caption), h("span", {class: "tools"}, save)), body)
  function cellOf(row, cell, at) {
    const head = block.heads[at]
    return h("td", {class: "figure-cell"}, h("button", {class: `number${cell.few ? " few" : ""}`, type: "button", title: cell.sample || null,
      onclick: (event) => openReceipt(ctx, {label: `${row.label}: ${head.label}`, text: [cell.text, head.unit].filter(Boolean).join("\u00a0"),
        value: cell.raw ?? undefined, metric: head.metric, receipt: block.receipt, cell: cell.cell, small: cell.sample}, event.currentTarget)}, cell.text),
      changeMark(cell.change && {...cell.change, word: ""}) || h("span", {class: "change"}))
  }
  return {el, update: (next) => {
    block = next
    title.textContent = block.title
    caption.textContent = block.caption || "\u00a0"
    save.disabled = block.state !== "ok"
    if (block.state !== "ok") return body.replaceChildren(drawnState(block))
    body.replaceChildren(h("div", {class: "scroll", tabIndex: 0}, h("table", {class: "ranking"},
      h("thead", null, h("tr", null, h("th", {scope: "col"}, block.first), h("th", {scope: "col", class: "bar-head"}, "Share"),
        block.heads.map((head) => h("th", {scope: "col", class: "figure-cell"}, head.label, head.unit ? h("small", null, ` ${head.unit}`) : null)))),
      h("tbody", null, block.rows.map((row) => h("tr", null,
        h("th", {scope: "row"}, ctx.served ? h("a", {href: ticketsLink({[block.by]: row.group}, null, ctx)}, row.label) : row.label),
        h("td", {class: "bar-cell"}, h("i", {style: `width:${(row.bar * 62).toFixed(1)}%`}), h("span", null, row.share)),
        row.cells.map((cell, at) => cellOf(row, cell, at))))))))
  }}
}
