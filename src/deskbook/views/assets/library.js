// The widget library: every metric in every view that fits it, found by words, tried with the page's own numbers.
const VIEWS = {lines: "Line over time", bars: "Bars over time", heat: "Weekday and hour", ranking: "Ranking", card: "Card", boxes: "Boxes", multiples: "Small charts", funnel: "Funnel"}
const FEW_FOUND = 30

function foundBy(words, ...texts) {
  const text = texts.join(" ").toLowerCase().replaceAll("_", " ")
  return words.every((word) => text.includes(word))
}

function freshId(widgets, blocks) {
  const taken = new Set([...widgets.map(widgetName), ...blocks.keys()])
  let count = 1
  while (taken.has(`w${count}`)) count += 1
  return `w${count}`
}

async function openLibrary(ctx, arranging, from) {
  const {metrics, by} = await ctx.wish("library")
  const search = h("input", {type: "search", "aria-label": "Search the library", placeholder: "Reply time, backlog, sentiment…"})
  const list = h("ul", {class: "found"}), count = h("p", {class: "small", role: "status"}), chosen = h("div", {class: "chosen", hidden: true})
  function fill() {
    const words = search.value.toLowerCase().split(/\s+/).filter(Boolean)
    const own = arranging.hidden().filter((one) => foundBy(words, one.title, one.view))
    const fit = metrics.filter((one) => foundBy(words, one.label, one.name, one.words, one.note, one.unit, ...one.fits.map((kind) => VIEWS[kind])))
    // What the words name stands before what they only describe.
    fit.sort((one, two) => foundBy(words, two.label, two.words) - foundBy(words, one.label, one.words))
    count.textContent = `${own.length + fit.length} found${fit.length > FEW_FOUND ? `, the first ${FEW_FOUND} shown` : ""}`
    list.replaceChildren(
      ...own.map((one) => h("li", null, h("button", {type: "button", onclick: () => { ctx.drawer.hide(); arranging.add({view: one.view, wide: one.wide}) }},
        h("strong", null, one.title), h("span", {class: "small"}, "A section of this page that is hidden now")))),
      ...fit.slice(0, FEW_FOUND).map((one) => h("li", null, h("button", {type: "button", "data-metric": one.name, onclick: () => choose(one)},
        h("strong", null, one.label, one.unit ? h("span", {class: "small"}, ` ${one.unit}`) : null), h("span", {class: "small"}, one.note)))))
  }
  function choose(one) {
    const show = {as: one.fits[0], metrics: [one.name], by: "", title: ""}
    const preview = h("div", {class: "preview", "aria-live": "polite"})
    const cut = h("select", {"aria-label": "Cut by", onchange: () => { show.by = cut.value; draw() }})
    const title = h("input", {type: "text", "aria-label": "Title", maxlength: "100", placeholder: `${one.label}, or your question`, onchange: () => { show.title = title.value.trim(); draw() }})
    const add = h("button", {class: "strong", type: "button", onclick: () => {
      const spec = Object.fromEntries(Object.entries({...show, title: title.value.trim()}).filter(([, value]) => value.length))
      ctx.drawer.hide()
      arranging.add({id: freshId(arranging.edit.widgets, ctx.blocks), show: spec, wide: show.as === "card" ? 3 : show.as === "ranking" ? 12 : 6})
    }}, "Add to the page")
    const kinds = h("div", {class: "kinds", role: "group", "aria-label": "Shown as"}, one.fits.map((kind) => h("button", {type: "button", "data-kind": kind, onclick: () => {
      show.as = kind
      fit()
      draw()
    }}, VIEWS[kind])))
    function fit() {
      const must = ["ranking", "boxes", "multiples"].includes(show.as), may = must || show.as === "lines" || show.as === "bars"
      show.by = !may ? "" : show.by || (must ? "team" : "")
      cut.parentNode.hidden = !may
      cut.replaceChildren(...(must ? [] : [h("option", {value: ""}, "nothing")]), ...by.map(([name, label]) => h("option", {value: name, selected: name === show.by}, label.toLowerCase())))
      kinds.childNodes.forEach((button) => button.setAttribute("aria-pressed", String(button.dataset.kind === show.as)))
    }
    let turn = 0
    async function draw() {
      const mine = turn += 1
      preview.classList.add("busy")
      try {
        const {block} = await ctx.wish("preview", {show})
        if (mine !== turn) return
        if (ctx.preview?.kind !== kindOf(block)) ctx.preview = makeBlock(ctx, block)
        ctx.preview.update(block, ctx.sheet)
        ctx.preview.el.inert = true
        preview.replaceChildren(ctx.preview.el)
        recolour(preview, ctx.figures)
      } catch (error) {
        preview.replaceChildren(h("p", {class: "wrong", role: "alert"}, error.message))
      }
      preview.classList.remove("busy")
    }
    chosen.replaceChildren(h("button", {class: "link", type: "button", onclick: () => pick(false)}, "← All metrics"), h("h3", null, one.label), h("p", {class: "small"}, one.note),
      kinds, h("label", {class: "cut"}, "by ", cut), h("label", {class: "named"}, "Title", title), preview, h("div", {class: "actions"}, add))
    fit()
    pick(true)
    draw()
  }
  function pick(on) {
    chosen.hidden = !on
    for (const one of [search, list, count]) one.hidden = on
    if (on) chosen.querySelector("[aria-pressed=true]").focus()
    else search.focus()
  }
  search.addEventListener("input", fill)
  fill()
  ctx.drawer.show("Add a widget", [search, count, list, chosen], from)
  search.focus()
}
