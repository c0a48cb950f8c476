// The filters on top: native fields, one sentence that says what they come to, and their problems.
const LABELS = {period: "Period", team: "Team", channel: "Channel", priority: "Priority", source: "Source", compare: "Compare"}
const ALL = {team: "All teams", channel: "All channels", priority: "Any priority", source: "All sources"}

function selectField(ctx, name, options, value) {
  const select = h("select", {"aria-label": LABELS[name], "data-field": name, onchange: (event) => {
    if (event.target.value === "…") { ctx.bar.dates(); event.target.value = value; return }
    ctx.send({set: {[name]: event.target.value}})
  }})
  select.append(...options.map(([key, label]) => h("option", {value: key, selected: key === value}, label)))
  if (name === "period") select.append(h("option", {value: "…"}, "Choose dates…"))
  if (CHOICES.includes(name)) countOptions(ctx, select, name)
  if (value && !["period", "compare"].includes(name)) select.classList.add("set")
  return h("label", {class: "field"}, h("span", {class: "field-name"}, LABELS[name]), select)
}

function moreField(ctx) {
  return [h("button", {type: "button", class: "add-filter", "data-field": "where", "aria-haspopup": "dialog", onclick: (event) => ctx.bar.build(event.currentTarget)}, "+ Filter"),
    h("button", {type: "button", class: "quick-filters", "data-field": "quick", "aria-haspopup": "dialog", onclick: (event) => ctx.bar.menu(event.currentTarget)}, "Quick")]
}

function compareField(ctx, filters) {
  const value = ["none", "no"].includes(filters.values.compare) ? "" : filters.values.compare
  return selectField(ctx, "compare", filters.against, value)
}

function datesField(ctx, filters) {
  const [since, until] = filters.dates
  const first = h("input", {type: "date", value: since, "aria-label": "First day"})
  const last = h("input", {type: "date", value: until, "aria-label": "Last day"})
  const go = h("button", {type: "submit", class: "strong"}, "Show")
  return h("form", {class: "dates", hidden: true, onsubmit: (event) => {
    event.preventDefault()
    if (first.value && last.value) ctx.send({set: {period: `${first.value}..${last.value}`}})
  }}, first, h("span", null, "to"), last, go)
}

function buildBar(ctx) {
  const title = h("h1")
  const fields = h("div", {class: "fields", id: "filters"})
  const said = h("p", {class: "said", role: "status", "aria-live": "polite"})
  const problems = h("div", {class: "problems"})
  const state = h("span", {class: "fresh"})
  const theme = h("button", {class: "icon theme", type: "button", onclick: () => { window.deskbook.next(); ctx.ask("theme", {theme: window.deskbook.wish()}) }}, "◐")
  const open = h("button", {class: "open-filters", type: "button", "aria-controls": "filters", "aria-expanded": "false"}, "Filters")
  open.addEventListener("click", () => {
    const shown = bar.classList.toggle("open")
    open.setAttribute("aria-expanded", String(shown))
    open.textContent = shown ? "Done" : "Filters"
  })
  const chips = buildChips(ctx), builder = buildBuilder(ctx), menu = buildMenu(ctx), subscribing = ctx.served ? buildSubscribing(ctx) : null
  ctx.subscribe = subscribing ? (from) => subscribing.add(from) : null
  const bar = h("header", {class: "bar"}, h("div", {class: "bar-row"}, title, fields, h("span", {class: "end"}, state, ctx.served ? theme : null, open)), said, chips.el, subscribing ? exportMenu(ctx, subscribing) : null)
  const nameTheme = () => {
    const wish = window.deskbook ? window.deskbook.wish() : "auto"
    theme.title = `Theme: ${wish}`
    theme.setAttribute("aria-label", `Theme: ${wish}. Change`)
    theme.textContent = {auto: "◐", light: "☀", dark: "☾"}[wish]
  }
  nameTheme()
  addEventListener("deskbook-theme", nameTheme)
  let drawn = "", dates = null
  function update(sheet) {
    const filters = sheet.filters
    title.textContent = sheet.page.title
    title.title = sheet.page.question
    said.textContent = filters.fields.includes("period") ? filters.sentence : sheet.page.question
    problems.replaceChildren(...filters.problems.map((text) => h("p", {role: "alert"}, text)))
    state.textContent = sheet.foot.updated ? "updated just now" : ""
    if (window.deskbook) window.deskbook.carry(filters.carried)
    chips.update(filters)
    const now = JSON.stringify([filters.values, filters.periods, filters.choices])
    if (now === drawn) return
    drawn = now
    const has = (name) => filters.fields.includes(name)
    dates = has("period") ? datesField(ctx, filters) : null
    const focused = bar.getRootNode().activeElement
    const field = focused && focused.dataset ? focused.dataset.field : null
    fields.replaceChildren(...[
      has("period") ? selectField(ctx, "period", filters.periods, filters.values.period) : null, dates,
      ...CHOICES.filter(has).map((name) => selectField(ctx, name,
        [["", ALL[name]], ...known(filters, name).map((word) => [word, word])], filters.values[name])),
      ...(has("where") ? moreField(ctx) : []), has("compare") ? compareField(ctx, filters) : null].filter(Boolean))
    open.hidden = !fields.children.length
    if (field) { const again = fields.querySelector(`[data-field="${field}"]`); if (again) again.focus({preventScroll: true}) }
  }
  return {el: bar, problems, update, gone: chips.gone, build: builder.open, menu: menu.open, keep: menu.keep, panels: [...builder.els, ...menu.els, ...(subscribing ? subscribing.els : [])], dates: () => { if (dates) { dates.hidden = false; dates.querySelector("input").focus() } }}
}

function known(filters, name) {
  const words = filters.choices[name], value = filters.values[name]
  return !value || words.includes(value) ? words : [value, ...words]
}

function buildFoot(ctx) {
  const text = h("span"), sources = h("span")
  const meaning = h("button", {class: "link", type: "button", onclick: (e) => openDefinitions(ctx, e.currentTarget)}, "definitions")
  const el = h("footer", {class: "foot"}, text, sources, " · ", meaning)
  return {el, update: (sheet) => {
    const foot = sheet.foot
    el.hidden = !foot.until
    text.textContent = `data to ${foot.until} (${foot.zone}) · snapshot ${foot.snapshot} · `
    sources.replaceChildren(foot.health ? healthMark(foot.health, foot.sources) : foot.sources)
  }}
}
