// What a chart measures and is cut by, changed in place.
function swapTools(ctx) {
  const menus = JSON.parse(ctx.model.menus || "{}")
  const measure = h("select", {"aria-label": "Measure"}), cut = h("select", {"aria-label": "Cut by"})
  const reset = h("button", {class: "quietly", type: "button", onclick: () => swap(null)}, "Reset")
  const panel = h("div", {class: "swap", hidden: true}, measure, h("label", {class: "cut"}, "by ", cut), reset)
  const button = h("button", {class: "quietly", type: "button", "aria-expanded": "false", onclick: () => {
    panel.hidden = !panel.hidden
    button.setAttribute("aria-expanded", String(!panel.hidden))
    fill()
  }}, "Change")
  let block = null
  const held = () => { try { return JSON.parse(ctx.sheet.filters.values.swap || "{}") } catch { return {} } }
  function swap(change) {
    const all = held()
    if (change) all[block.view] = {...all[block.view], ...change}
    else delete all[block.view]
    ctx.send({set: {swap: Object.keys(all).length ? JSON.stringify(all) : ""}})
  }
  measure.addEventListener("change", () => swap({metric: measure.value}))
  cut.addEventListener("change", () => swap({by: cut.value}))
  function fill() {
    const offers = block && block.offers
    if (!offers || panel.hidden) return
    measure.hidden = !("metric" in offers)
    const several = offers.metric === "" ? [h("option", {value: "", selected: true, disabled: true}, "several")] : []
    measure.replaceChildren(...several, ...menus.metrics.filter(([, , additive, level, table]) => (additive || !offers.counts_only) && (!level || offers.levels) && (!offers.tables || offers.tables.includes(table)))
      .map(([name, label]) => h("option", {value: name, selected: name === offers.metric}, label)))
    cut.parentNode.hidden = !("by" in offers)
    // What only this chart is cut by is no choice for others, and still what it is cut by.
    const own = offers.by_label && !menus.by.some(([name]) => name === offers.by) ? [h("option", {value: offers.by, selected: true, disabled: true}, offers.by_label.toLowerCase())] : []
    cut.replaceChildren(...own, ...(offers.may_be_whole ? [h("option", {value: ""}, "nothing")] : []),
      ...menus.by.map(([name, label]) => h("option", {value: name, selected: name === offers.by}, label.toLowerCase())))
    reset.hidden = !(block.view in held())
  }
  return {button, panel, update: (next) => {
    block = next
    button.hidden = !block.offers || !menus.by || !ctx.sheet.filters.fields.includes("swap")
    if (button.hidden) panel.hidden = true
    fill()
  }}
}
