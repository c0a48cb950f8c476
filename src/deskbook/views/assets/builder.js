// The filter builder: rows and groups, or the same as one line of text. Python reads and writes the language; here
// is only the tree between the two.
const EMPTY = () => ({field: "", op: "=", values: [], not: false})
const FIRST_OP = {word: "=", custom: "=", tag: "=", number: ">", moment: "in", text: "contains"}
const UNARY = ["null", "not null"], LISTS = ["in", "not in"]
const HOW_TO = [
  ["channel = chat and priority in (high, urgent)", "words; several in brackets"],
  ['team != "Tier 2"', "a value of several words stands in quotes"],
  ["waiting_hours > 4 or reopens >= 2", "numbers, in the unit of their name"],
  ['created_at in "last week"', "dates: today, -7d, 2026-10; also before, since, until, after"],
  ['text contains "money back"', "words in the subject or a message"],
  ["promise_state = breached", "tickets that have such a promise"],
  ["not (tag = vip or team is null)", "unknown never matches, unless it is turned round or asked for with is null"],
]

function trapped(panel, leave) {
  panel.addEventListener("keydown", (event) => {
    event.stopPropagation()
    if (event.key === "Escape") { event.preventDefault(); leave() }
    if (event.key !== "Tab") return
    const stops = [...panel.querySelectorAll("button, a[href], input, select, textarea, summary")].filter((el) => !el.disabled && el.offsetParent !== null)
    const at = stops.indexOf(panel.getRootNode().activeElement)
    const next = event.shiftKey ? at - 1 : at + 1
    if (next < 0 || next >= stops.length) { event.preventDefault(); stops[event.shiftKey ? stops.length - 1 : 0].focus() }
  })
}

function buildBuilder(ctx) {
  const title = h("h2", {id: "builder-title"}, "Filter the tickets")
  const close = h("button", {class: "icon", type: "button", "aria-label": "Close without applying", onclick: () => hide()}, "✕")
  const tabs = {rows: h("button", {type: "button", role: "tab", id: "tab-rows", "aria-controls": "builder-body", onclick: () => show("rows")}, "Build"),
    text: h("button", {type: "button", role: "tab", id: "tab-text", "aria-controls": "builder-body", onclick: () => show("text")}, "As text")}
  const rows = h("div", {class: "rows"})
  const line = h("textarea", {rows: "4", spellcheck: "false", autocapitalize: "off", "aria-label": "Filter as text", "aria-describedby": "builder-problem", oninput: () => later("read")})
  const text = h("div", {class: "as-text"}, line, h("details", {class: "how"}, h("summary", null, "How to write"),
    h("table", {class: "plain"}, h("tbody", null, HOW_TO.map(([said, what]) => h("tr", null, h("td", null, h("code", null, said)), h("td", null, what)))))))
  const body = h("div", {class: "sidesheet-body", id: "builder-body", role: "tabpanel"}, rows, text)
  const sentence = h("p", {class: "sentence-line", role: "status", "aria-live": "polite"})
  const written = h("code", {class: "line"})
  const problem = h("p", {class: "problem", id: "builder-problem", role: "alert"})
  const apply = h("button", {type: "submit", class: "strong"}, "Apply")
  const cancel = h("button", {type: "button", onclick: () => hide()}, "Cancel")
  const keep = h("button", {type: "button", class: "link", onclick: async () => {
    const held = await ask(mode === "text" ? "read" : "write")
    if (!held || held.problem) return
    const from = opener
    hide()
    ctx.bar.keep(held.text, from)
  }}, "Save as…")
  const form = h("form", {novalidate: true, onsubmit: (event) => { event.preventDefault(); done() }},
    h("header", null, title, close), h("div", {class: "tabs", role: "tablist"}, tabs.rows, tabs.text), body,
    h("footer", null, sentence, written, problem, h("div", {class: "actions"}, apply, cancel, h("span", {class: "grow"}), keep)))
  const panel = h("aside", {class: "sidesheet builder", role: "dialog", "aria-modal": "true", "aria-labelledby": "builder-title", tabIndex: -1, hidden: true}, form)
  const shade = h("div", {class: "shade", hidden: true, onclick: () => hide()})
  let opener = null, tree = null, known = null, last = {text: ""}, mode = "rows", waiting = 0, newest = 0
  trapped(panel, () => hide())

  function hide() {
    clearTimeout(waiting)
    panel.hidden = shade.hidden = true
    const again = opener && opener.isConnected ? opener : ctx.bar.el.querySelector(".add-filter")
    if (again) again.focus()
  }

  async function open(from) {
    opener = from
    line.value = ctx.sheet.filters.values.where || ""
    for (const el of [rows, sentence, written, problem]) el.replaceChildren()
    panel.hidden = shade.hidden = false
    panel.focus()
    known = known || index(await ctx.ask("fields"))
    const held = await ask("read")
    show(held && held.problem ? "text" : "rows")
    panel.querySelector(mode === "text" ? "textarea" : last.text ? ".group select" : ".row select").focus()
  }

  function show(which) {
    mode = which
    for (const [name, tab] of Object.entries(tabs)) tab.setAttribute("aria-selected", String(name === which))
    body.setAttribute("aria-labelledby", `tab-${which}`)
    rows.hidden = which !== "rows"
    text.hidden = which !== "text"
    if (which === "rows") draw()
    else line.value = last.text || line.value
  }

  function later(what) {
    clearTimeout(waiting)
    waiting = setTimeout(() => ask(what), 200)
  }

  // Asks what the text or the tree means, and shows it; an answer that was overtaken is not shown.
  async function ask(what) {
    clearTimeout(waiting)
    const turn = ++newest
    const held = await ctx.ask(what, what === "read" ? {text: line.value} : {tree})
    if (turn !== newest) return null
    if (held.problem) {
      last = {...last, problem: held.problem}
    } else {
      last = held
      if (what === "read") tree = held.tree.parts.length ? held.tree : {...held.tree, parts: [EMPTY()]}
    }
    tree = tree || {word: "and", not: false, parts: [EMPTY()]}
    problem.textContent = held.problem || ""
    line.setAttribute("aria-invalid", String(Boolean(held.problem)))
    sentence.textContent = held.problem ? "" : held.sentence ? `${held.sentence} – ${held.count}` : `No filter – ${held.count}`
    written.textContent = held.problem || mode === "text" ? "" : held.text
    return held
  }

  async function done() {
    const held = await ask(mode === "text" ? "read" : "write")
    if (!held) return
    if (held.problem) { (rows.querySelector(".missing") || (mode === "text" ? line : rows.querySelector("select")))?.focus(); return }
    hide()
    if (held.text !== ctx.sheet.filters.values.where) ctx.send({set: {where: held.text}})
  }

  function draw() {
    rows.replaceChildren(groupOf(tree, null, 0))
  }

  const changed = () => later("write")

  const field = {known: () => known, ask: (name) => ctx.ask("values", {field: name})}
  let count = 0
  const nextId = () => `node-${++count}`

  function groupOf(group, parent, depth) {
    const id = group.id = nextId()
    const word = h("select", {id, "aria-label": "How these are joined", onchange: (event) => { group.word = event.target.value; changed() }},
      h("option", {value: "and", selected: group.word === "and"}, "All of these hold"), h("option", {value: "or", selected: group.word === "or"}, "Any of these holds"))
    const not = notButton(group, changed)
    const more = h("div", {class: "more"},
      h("button", {type: "button", class: "add-row", onclick: () => { const made = EMPTY(); group.parts.push(made); changed(); draw(); focusOn(made) }}, "+ Condition"),
      depth < 8 ? h("button", {type: "button", class: "add-group", onclick: () => {
        const made = EMPTY()
        group.parts.push({word: group.word === "and" ? "or" : "and", not: false, parts: [made]})
        changed(); draw(); focusOn(made)
      }}, "+ Group") : null)
    const drop = parent && dropButton("group", () => remove(parent, group))
    return h("fieldset", {class: `group${depth ? " inner" : ""}`}, h("legend", {class: "unseen"}, depth ? "Group of conditions" : "Conditions"),
      h("div", {class: "group-head"}, word, not, drop),
      h("ul", null, group.parts.map((part) => h("li", null,
        part.parts ? groupOf(part, group, depth + 1) : rowOf(part, group)))), more)
  }

  function focusOn(node) {
    const at = rows.querySelector(`#${node.id}`)
    if (at) at.focus()
  }

  function remove(parent, node) {
    const at = parent.parts.indexOf(node)
    parent.parts.splice(at, 1)
    if (!parent.parts.length && parent === tree) parent.parts.push(EMPTY())
    changed(); draw()
    focusOn(parent.parts[Math.min(at, parent.parts.length - 1)] || parent)
  }

  // Choosing by keyboard changes a field with each key: only what stands behind it is drawn again.
  function rowOf(node, parent) {
    const id = node.id = nextId()
    const rest = h("span", {class: "rest"}), value = h("div", {class: "value"})
    const choose = h("select", {id, "aria-label": "Field", onchange: (event) => {
      const kind = (known.named[event.target.value] || {kind: "word"}).kind
      Object.assign(node, {field: event.target.value, op: FIRST_OP[kind], values: kind === "moment" ? ["-7d"] : []})
      fill()
      changed()
    }}, h("option", {value: ""}, "Choose a field…"), known.groups.map((group) => h("optgroup", {label: group.title},
      group.fields.map((one) => h("option", {value: one.name, selected: one.name === node.field}, one.unit ? `${one.label} (${one.unit})` : one.label)))),
      node.field && !known.named[node.field] ? h("option", {value: node.field, selected: true}, node.field) : null)
    const row = h("div", {class: "row", role: "group"}, node.not ? notButton(node, changed) : null, choose, rest,
      dropButton("condition", () => remove(parent, node)))
    function fillValue(about) {
      value.replaceChildren(...(UNARY.includes(node.op) ? [] : [valueOf(field, node, about, changed)]))
    }
    function fill() {
      const about = known.named[node.field] || {name: node.field, kind: "custom", label: node.field, unit: ""}
      row.setAttribute("aria-label", node.field ? about.label : "Condition")
      choose.title = about.note || ""
      choose.classList.toggle("missing", !node.field)
      if (!node.field) { rest.replaceChildren(); return }
      const op = h("select", {"aria-label": "Operator", class: "op", onchange: (event) => {
        node.op = event.target.value
        if (UNARY.includes(node.op)) node.values = []
        else if (!LISTS.includes(node.op)) node.values = node.values.slice(0, 1)
        if (about.kind === "moment" && !UNARY.includes(node.op) && !node.values.length) node.values = ["-7d"]
        fillValue(about)
        changed()
      }}, known.operators[about.kind].map(([name, said]) => h("option", {value: name, selected: name === node.op}, said)))
      fillValue(about)
      rest.replaceChildren(op, value)
    }
    fill()
    return row
  }
  return {els: [shade, panel], open}
}

function index(offered) {
  const named = Object.fromEntries(offered.groups.flatMap((group) => group.fields.map((one) => [one.name, one])))
  return {...offered, named}
}

function notButton(node, changed) {
  return h("button", {type: "button", class: "not", "aria-pressed": String(node.not), title: "Turn it round: what does not match", onclick: (event) => {
    node.not = !node.not
    event.currentTarget.setAttribute("aria-pressed", String(node.not))
    changed()
  }}, "not")
}

function dropButton(what, drop) {
  return h("button", {type: "button", class: "icon drop", "aria-label": `Remove this ${what}`, onclick: drop}, "✕")
}
