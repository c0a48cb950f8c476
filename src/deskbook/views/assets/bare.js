// Charts without a figure: their panel, and the table behind them.
function barePanel(ctx, name, tableOf, draw) {
  let block = null
  const title = h("h2"), caption = h("p", {class: "caption"}), body = h("div", {class: name}), table = h("div", {class: "behind", hidden: true})
  const toggle = h("button", {class: "quietly", type: "button", "aria-pressed": "false", onclick: () => showTable(table.hidden)}, "Table")
  const save = h("button", {class: "quietly", type: "button", onclick: () => { const [heads, rows] = tableOf(block); download(block.title, heads, rows) }}, "CSV")
  const swaps = swapTools(ctx), flags = bareFlags(ctx, () => block)
  const el = h("section", {class: "panel chart bare"}, h("header", null, h("div", null, title, caption),
    h("span", {class: "tools"}, swaps.button, flags.button, toggle, save, exportView(ctx, () => block))), swaps.panel, body, flags.list, table)
  function showTable(on) {
    table.hidden = !on
    toggle.setAttribute("aria-pressed", String(on))
    if (on) { const [heads, , texts] = tableOf(block); table.replaceChildren(plainTable(heads, texts, block.title)) }
  }
  return {el, update: (next) => {
    block = next
    const ok = block.state === "ok"
    title.textContent = block.title || title.textContent
    if (block.picked) caption.replaceChildren(...pickedLine(ctx, block).filter(Boolean))
    else caption.textContent = block.caption || "\u00a0"
    el.classList.toggle("wide", Boolean(block.wide))
    toggle.disabled = save.disabled = !ok
    body.replaceChildren(...(ok ? draw(block) : [drawnState(block)]).filter(Boolean))
    showTable(ok && !table.hidden)
    swaps.update(block)
    flags.update()
  }}
}

function groupLabel(ctx, block, group, label) {
  const on = Boolean(block.picked) && block.picked[block.by] === group
  return canPick(ctx, block) ? h("button", {class: "link", type: "button", "aria-pressed": String(on), title: "Narrow the page to this",
    onclick: () => pickMarks(ctx, block, {[block.by]: group})}, label) : h("span", null, label)
}

// How long it takes: whiskers, the middle half, the median; each box opens its receipt.
function spreadBlock(ctx) {
  const tableOf = (block) => {
    const heads = [block.first, ...block.heads, "n"]
    return [heads, block.rows.map((row) => [row.label, ...row.values, row.n]), block.rows.map((row) => [row.label, ...row.texts, row.sample.replace(/^n\s/, "")])]
  }
  return barePanel(ctx, "spread", tableOf, (block) => {
    const pct = (share) => `${(100 * share).toFixed(2)}%`
    const rows = block.rows.map((row) => {
      const [p10, p25, median, p75, p90] = row.at
      const said = row.texts.map((text, at) => `${block.heads[at].split(" ")[0] === "median" ? "median" : block.heads[at].replace(block.unit, "").trim()}: ${text}`).join(", ")
      const track = h("button", {class: `track${row.few ? " few" : ""}`, type: "button", style: `--steps:${block.ticks.length - 1}`, "aria-label": `${row.label}, ${block.unit}: ${said}`, title: `${said} ${block.unit}${row.sample ? ` · ${row.sample}` : ""}`,
        onclick: (event) => openReceipt(ctx, {label: row.label, text: `${row.texts[2]}\u00a0${block.unit}`, value: row.values[2], metric: block.metric, receipt: block.receipt, cell: row.cell,
          small: [row.sample, `${said} ${block.unit}`].filter(Boolean).join(" · ")}, event.currentTarget)},
      h("i", {class: `whisker${row.beyond ? " beyond" : ""}`, style: `left:${pct(p10)};width:${pct(p90 - p10)}`}), h("i", {class: "box", style: `left:${pct(p25)};width:${pct(p75 - p25)}`}), h("i", {class: "median", style: `left:${pct(median)}`}))
      const dim = block.picked && block.picked[block.by] !== row.group
      return h("li", {class: dim ? "behind-veil" : null}, groupLabel(ctx, block, row.group, row.label), track, h("b", {class: row.few ? "few" : null, "aria-hidden": "true"}, row.texts[2]))
    })
    const axis = h("div", {class: "axis", "aria-hidden": "true"}, h("span"), h("div", null, block.ticks.map((tick) => h("span", {class: block.ticks.length > 4 ? "many" : null, style: `left:${pct(tick.at)}`}, tick.text))), h("span", null, block.unit))
    return [h("ul", null, rows), axis]
  })
}

// How many reach each step; each opens its receipt.
function funnelBlock(ctx) {
  const tableOf = (block) => [["Step", "Tickets", "Of all, %", "Of the step before, %"], block.rows.map((row) => [row.label, row.value, row.share_pct, row.kept_pct]),
    block.rows.map((row) => [row.label, row.text, row.share, row.kept])]
  return barePanel(ctx, "funnel", tableOf, (block) => [h("ol", null, block.rows.map((row) => h("li", null,
    h("button", {type: "button", "aria-label": `${row.label}: ${row.text}, ${row.share} of all${row.kept ? `, ${row.kept} of the step before` : ""}`, onclick: (event) => openReceipt(ctx,
      {label: row.label, text: row.text, value: row.value, metric: row.metric, receipt: block.receipt, cell: row.cell, small: [`${row.share} of all`, row.kept && `${row.kept} of the step before`].filter(Boolean).join(" · ")}, event.currentTarget)},
    h("span", {class: "step-label"}, row.label), h("span", {class: "step-bar"}, h("i", {style: `--share:${row.bar.toFixed(4)}`}), h("b", null, row.text)),
    h("span", {class: "step-share"}, row.share), h("span", {class: "step-kept"}, row.kept ? `${row.kept} of the step before` : "")))))])
}
