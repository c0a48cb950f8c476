// Quick and saved filters: a menu that asks for its counts when it opens, and the form that keeps the filter of now.
const TEAM = "deskbook-team"
const AUDIENCE = {everyone: "everyone", viewer: "viewers", agent: "agents", lead: "leads", analyst: "analysts", admin: "admins"}

function ownTeam(chosen) {
  try {
    if (chosen !== undefined) localStorage.setItem(TEAM, chosen)
    return localStorage.getItem(TEAM) || ""
  } catch { return chosen || "" }
}

function buildMenu(ctx) {
  const title = h("h2", {id: "menu-title"}, "Quick and saved filters")
  const close = h("button", {class: "icon", type: "button", "aria-label": "Close", onclick: () => hide()}, "✕")
  const body = h("div", {class: "sidesheet-body"})
  const problem = h("p", {class: "problem", role: "alert"})
  const panel = h("aside", {class: "sidesheet keeper", role: "dialog", "aria-modal": "true", "aria-labelledby": "menu-title", tabIndex: -1, hidden: true},
    h("header", null, title, close), problem, body)
  const shade = h("div", {class: "shade", hidden: true, onclick: () => hide()})
  let opener = null, told = null
  trapped(panel, () => hide())

  function hide() {
    panel.hidden = shade.hidden = true
    const again = opener && opener.isConnected ? opener : ctx.bar.el.querySelector(".quick-filters")
    if (again) again.focus()
  }

  async function open(from) {
    await appear(from)
    const first = body.querySelector("button, select")
    if (first) first.focus()
  }

  // What it showed last time is gone before it shows again: a press must not land on what is about to change.
  async function appear(from) {
    opener = from
    problem.textContent = ""
    body.replaceChildren(h("p", {class: "quiet"}, "Counting…"))
    panel.hidden = shade.hidden = false
    panel.focus()
    await load()
  }

  async function load() {
    const held = await ctx.ask("menu", {team: ownTeam()})
    if (held.problem) { problem.textContent = held.problem; return }
    told = held
    draw()
  }

  function draw() {
    title.textContent = "Quick and saved filters"
    body.replaceChildren(
      h("p", {class: "small"}, "Tickets of the period and under the filters chosen."),
      h("ul", {class: "quick"}, told.quick.map(quickOf)),
      h("h3", null, "Saved"),
      told.saved.length ? h("ul", {class: "saved"}, told.saved.map(savedOf)) : h("p", {class: "quiet"}, "Nothing saved yet."),
      h("div", {class: "actions"}, h("button", {type: "button", class: "keep", onclick: () => form(null, told.current)}, "Save the filter of this page…")))
  }

  function quickOf(quick) {
    if (!quick.set) {
      const pick = h("select", {"aria-label": `${quick.label}: choose`, onchange: (event) => { ownTeam(event.target.value); load() }},
        h("option", {value: ""}, `${quick.label}: choose…`), told.teams.map((team) => h("option", {value: team}, team)))
      return h("li", null, pick)
    }
    const mine = quick.label === "My team" && h("button", {type: "button", class: "link other", onclick: () => { ownTeam(""); load() }}, "another team")
    return h("li", null, h("button", {type: "button", "aria-pressed": String(quick.on), title: quick.note, onclick: () => use(quick.set)},
      h("span", null, quick.label, mine ? h("span", {class: "small"}, ` ${told.team}`) : null), h("span", {class: "n"}, quick.count)), mine || null)
  }

  function use(set) {
    hide()
    ctx.send({set})
  }

  function savedOf(one) {
    const who = one.shared.length ? `${one.own ? "yours" : one.owner} · shared with ${one.shared.map((role) => AUDIENCE[role] || role).join(", ")}` : one.own ? "yours alone" : one.owner
    const apply = () => one.gaps.length ? fill(one) : ask("use", one)
    return h("li", null, h("div", null, h("button", {type: "button", class: "link name", onclick: apply}, one.name, one.gaps.length ? "…" : ""), h("span", {class: "small"}, who),
      h("code", null, [one.where, one.period && `period ${one.period}`].filter(Boolean).join(" · "))),
      one.mine ? h("div", {class: "do"}, h("button", {type: "button", class: "quietly", "aria-label": `Change ${one.name}`, onclick: () => form(one, one.where)}, "Change"), removal(one)) : null)
  }

  // Asked twice: the first press only names what the second does.
  function removal(one) {
    const button = h("button", {type: "button", class: "quietly", "aria-label": `Delete ${one.name}`, onblur: () => { button.textContent = "Delete" }, onclick: async () => {
      if (button.textContent === "Delete") { button.textContent = "Really delete?"; return }
      const held = await ask("remove", one)
      if (held) { told.saved = held.saved; draw(); body.querySelector(".keep").focus() }
    }}, "Delete")
    return button
  }

  async function ask(what, one, more) {
    const held = await ctx.ask(what, {name: one.name, owner: one.owner, seen: one.version, ...more})
    problem.textContent = held.problem || ""
    if (held.problem) return null
    if (held.set) use(held.set)
    return held
  }

  // A filter with gaps asks for a value each; the tickets that have it are suggested.
  function fill(one) {
    title.textContent = one.name
    const values = {}
    const fields = one.gaps.map(([gap, field, label]) => {
      const [input, list] = valueInput({ask: (name) => ctx.ask("values", {field: name})}, "", {name: field, kind: "word", unit: ""}, (value) => { values[gap] = value })
      input.setAttribute("aria-label", gap)
      return h("label", null, h("span", null, `${gap} `, h("span", {class: "small"}, label)), input, list)
    })
    body.replaceChildren(h("form", {class: "gaps", onsubmit: (event) => { event.preventDefault(); ask("use", one, {values}) }},
      h("code", null, one.where), fields, h("div", {class: "actions"}, h("button", {type: "submit", class: "strong"}, "Use"), h("button", {type: "button", onclick: draw}, "Back"))))
    body.querySelector("input").focus()
  }

  function form(one, where) {
    title.textContent = one ? `Change ${one.name}` : "Save a filter"
    problem.textContent = ""
    const name = h("input", {type: "text", value: one ? one.name : "", required: true, maxlength: "120", "aria-label": "Name", autocomplete: "off", oninput: () => said()})
    const line = h("textarea", {rows: "4", "aria-label": "Filter", spellcheck: "false", autocapitalize: "off"}, where)
    const period = h("input", {type: "checkbox", checked: Boolean(one && one.period)})
    const shared = told.roles.map((role) => h("input", {type: "checkbox", value: role, checked: Boolean(one && one.shared.includes(role))}))
    const go = h("button", {type: "submit", class: "strong"}, "Save")
    const before = () => told.saved.find((held) => held.name === name.value.trim() && (one ? held.owner === one.owner : held.own))
    const said = () => { go.textContent = before() ? `Replace ${name.value.trim()}` : one ? "Save as another" : "Save" }
    const send = async (event) => {
      event.preventDefault()
      const held = before()
      const given = {name: name.value, where: line.value, period: period.checked ? (one && one.period) || told.period : "", shared: shared.filter((box) => box.checked).map((box) => box.value)}
      const answer = await ctx.ask("save", {...given, owner: held ? held.owner : "", seen: held ? held.version : 0})
      problem.textContent = answer.problem || ""
      if (answer.problem) return
      told.saved = answer.saved
      draw()
      const kept = [...body.querySelectorAll(".saved .name")].find((button) => button.textContent.startsWith(given.name.trim()))
      if (kept) kept.focus()
    }
    const kept = (one && one.period) || told.period
    body.replaceChildren(h("form", {class: "gaps", onsubmit: send}, h("label", null, h("span", null, "Name"), name),
      h("label", null, h("span", null, "Filter"), line), h("p", {class: "small"}, "Write a gap such as {team} where it should ask for a value."),
      kept ? h("label", {class: "box"}, period, `Also set the period (${kept})`) : null,
      h("fieldset", null, h("legend", null, "Who else sees it"), told.roles.map((role, at) => h("label", {class: "box"}, shared[at], AUDIENCE[role] || role))),
      h("div", {class: "actions"}, go, h("button", {type: "button", onclick: draw}, "Back"))))
    said()
    name.focus()
  }

  // The builder's filter, to be kept: the form opens with it.
  async function keep(where, from) {
    await appear(from)
    if (told) form(null, where)
  }
  return {els: [shade, panel], open, keep}
}

// The words of a native field with the tickets under the other filters, asked for when it is opened.
function countOptions(ctx, select, name) {
  let asked = null
  const ask = async () => {
    const sheet = ctx.sheet
    if (asked === sheet) return
    asked = sheet
    const held = await ctx.ask("values", {field: name, own: true})
    if (held.problem || asked !== sheet || !select.isConnected) return
    const counts = new Map(held.values.map(([word, n, said]) => [word, said]))
    const words = [...select.options].filter((option) => option.value)
    for (const option of words) {
      option.textContent = `${option.value} · ${counts.get(option.value) || "0"}`
      option.classList.toggle("none", !counts.has(option.value))
    }
    select.append(...words.filter((option) => !counts.has(option.value)))
  }
  select.addEventListener("pointerdown", ask)
  select.addEventListener("focus", ask)
}
