// Adding a source: one form that unfolds, from its kind to its first rows, its mapping and its name.
const PASSWORD_INSIDE = /^([\w+.-]+:\/\/[^:/?#@\s]+):([^@\s]+)@/

function slugOf(text) {
  return text.toLowerCase().normalize("NFKD").replace(/[^a-z0-9]+/g, "_").replace(/^[_0-9]+|_+$/g, "").slice(0, 50)
}

function addingBlock(ctx) {
  const title = h("h2"), place = h("div", {class: "adding-place"})
  const live = h("p", {class: "unseen", role: "status"})
  const add = h("button", {type: "button", class: "strong", "aria-expanded": "false", onclick: () => open(add, describing)}, "Add a source")
  const remap = h("button", {type: "button", "aria-expanded": "false", onclick: () => open(remap, remapping)}, "Change a mapping…")
  const el = h("section", {class: "panel wide adding"}, h("header", null, h("div", null, title, h("p", {class: "caption"}, "A file, a database or a bucket, described by a form and tried before it is kept")), h("div", {class: "actions"}, add, remap)), live, place)
  let offers = null

  // The same button closes what it opened.
  async function open(button, show) {
    const was = button.getAttribute("aria-expanded") === "true"
    close()
    if (was) return
    button.setAttribute("aria-expanded", "true")
    place.replaceChildren(h("p", {class: "quiet"}, "One moment…"))
    offers = await ctx.ask("adding_menu")
    if (offers.problem) return place.replaceChildren(h("p", {class: "wrong", role: "alert"}, offers.problem))
    show()
  }

  function close(focus) {
    for (const button of [add, remap]) button.setAttribute("aria-expanded", "false")
    place.replaceChildren()
    if (focus) focus.focus()
  }

  function step(number, heading, ...parts) {
    return h("fieldset", {class: "adding-step"}, h("legend", {tabIndex: -1}, h("span", {class: "number", "aria-hidden": "true"}, number), heading), parts)
  }

  // Working, said to the eye and the ear; a second press while it lasts does nothing.
  async function working(button, said, act) {
    if (button.getAttribute("aria-disabled")) return null
    const held = button.textContent
    button.textContent = live.textContent = said
    button.setAttribute("aria-disabled", "true")
    try { return await act() } finally { button.textContent = held; button.removeAttribute("aria-disabled"); live.textContent = "" }
  }

  function describing() {
    const tests = h("div"), steps = h("div", {class: "steps"})
    const fields = new Map()
    let kind = null, mapping = null, saving = null, tried = ""
    const kinds = h("div", {class: "kinds"}, offers.kinds.map((one) => h("label", {class: "kind"},
      h("input", {type: "radio", name: "adding-kind", value: one.kind, onchange: () => choose(one)}), h("span", null, h("strong", null, one.title), h("span", {class: "small"}, one.reads)))))
    const form = h("form", {class: "adding-form", novalidate: true, onsubmit: (event) => event.preventDefault(), onkeydown: (event) => entered(event)}, step("1", "What is it?", kinds), tests, steps)
    const zones = h("datalist", {id: "adding-zones"}, offers.zones.map((zone) => h("option", {value: zone})))
    place.replaceChildren(form, zones)
    kinds.querySelector("input").focus()

    // Enter does what the step is for: it tests what is described, and saves what is named.
    function entered(event) {
      if (event.key !== "Enter" || event.target.tagName !== "INPUT") return
      event.preventDefault()
      if (saving?.el.contains(event.target)) save()
      else if (!steps.contains(event.target)) test()
    }

    const values = () => Object.fromEntries([...fields].map(([name, one]) => [name, one.value()]).filter(([, text]) => text !== ""))
    const draft = () => ({kind: kind.kind, values: values(), ...(saving ? {name: saving.name.value.trim(), source: saving.source.value.trim(), file: saving.file.value} : {}), ...(mapping ? mapping.values() : {lines: null})})

    function choose(one) {
      kind = one
      mapping = saving = null
      steps.replaceChildren()
      fields.clear()
      for (const field of one.fields) fields.set(field.name, fieldOf(field))
      const rest = one.fields.filter((field) => field.is_more).map((field) => fields.get(field.name).el)
      const button = h("button", {type: "button", class: "strong", onclick: () => test()}, "Test the connection")
      tests.replaceChildren(step("2", "Where is it?", one.fields.filter((field) => !field.is_more).map((field) => fields.get(field.name).el),
        rest.length ? h("details", {class: "more-options"}, h("summary", null, "More options"), rest) : null,
        h("p", {class: "wrong", role: "alert", hidden: true}), h("div", {class: "actions"}, button, h("span", {class: "small"}, "Reads the first rows; nothing is written."))))
      tests.test = button
    }

    function fieldOf(field) {
      const id = `adding-${field.name}`, note = `${id}-note`, problem = h("p", {class: "wrong", id: `${id}-problem`, hidden: true})
      const told = {id, "data-field": field.name, "aria-describedby": note, autocomplete: "off", spellcheck: "false", autocapitalize: "off", onchange: () => stale()}
      const hint = field.example || (field.default ? `${field.default} unless you say otherwise` : "")
      const input = field.kind === "choice" || field.kind === "bool"
        ? h("select", told, h("option", {value: ""}, field.default || "found by itself"), (field.kind === "bool" ? ["yes", "no"] : field.choices).map((one) => h("option", {value: one}, one)))
        : field.kind === "long" || field.kind === "list" ? h("textarea", {...told, rows: 3, placeholder: hint})
        : h("input", {...told, type: field.kind === "secret" ? "password" : "text", inputmode: field.kind === "number" ? "numeric" : null, placeholder: hint, required: field.required,
          autocomplete: field.kind === "secret" ? "new-password" : "off"})
      if (secretOf(field.name)) input.addEventListener("change", () => moveSecret(field.name))
      const kept = field.kind === "secret" ? (offers.keyring ? " It goes into the system's keyring." : " You are told which environment variable is to hold it.") : ""
      const el = h("div", {class: "adding-field"}, h("label", {for: id}, field.label, field.required ? h("span", {class: "tag needed"}, "needed") : null), input,
        h("p", {class: "small", id: note}, field.help, kept), problem)
      return {el, input, problem, value: () => input.value, forget: () => { input.value = "" }}
    }

    function secretOf(name) {
      return kind.fields.find((one) => one.kind === "secret" && (one.part_of === name || (name === "url" && one.name === "password")))
    }

    // A password inside an address is moved to where it is covered.
    function moveSecret(name) {
      const address = fields.get(name), secret = fields.get(secretOf(name).name)
      const found = PASSWORD_INSIDE.exec(address.input.value.trim())
      if (!found || /^\{\w+\([^)]*\)\}$/.test(found[2])) return
      address.input.value = address.input.value.trim().replace(PASSWORD_INSIDE, "$1@")
      try { secret.input.value = decodeURIComponent(found[2]) } catch { secret.input.value = found[2] }
      live.textContent = "The password was moved out of the address."
      secret.problem.hidden = false
      secret.problem.className = "moved small"
      secret.problem.textContent = "Moved out of the address, where everybody could read it."
    }

    // What was tried is not what stands there any more.
    function stale() {
      if (!mapping || JSON.stringify(values()) === tried) return
      mapping = saving = null
      steps.replaceChildren(h("p", {class: "quiet"}, "Changed. Test the connection again to go on."))
    }

    function clear() {
      form.querySelectorAll("[aria-invalid]").forEach((one) => one.removeAttribute("aria-invalid"))
      form.querySelectorAll(".wrong").forEach((one) => { one.hidden = true })
    }

    // The problem stands by its field, which gets the focus; one of no field stands above the button.
    function point(answer) {
      const named = fields.get(answer.field), own = saving && saving.fields[answer.field]
      const at = named ? named.input : own ? own.input : mapping?.mark(answer.field || "", answer.problem)
      const problem = named ? named.problem : own ? own.problem : at ? null : (saving ? saving.problem : tests.querySelector(":scope > fieldset > .wrong"))
      if (problem) { problem.className = "wrong"; problem.textContent = answer.problem; problem.hidden = false }
      if (!at) return
      const folded = at.closest("details")
      if (folded) folded.open = true
      at.setAttribute("aria-invalid", "true")
      at.focus()
      live.textContent = answer.problem
    }

    async function test() {
      if (!kind) return kinds.querySelector("input").focus()
      clear()
      mapping = saving = null
      steps.replaceChildren()
      const asked = kind
      tried = JSON.stringify(values())
      const answer = await working(tests.test, "Reading the first rows…", () => ctx.ask("adding_look", {draft: {kind: kind.kind, values: values()}, again: true}))
      if (!answer || asked !== kind) return
      if (answer.problem) return point(answer)
      unfold(answer)
    }

    function unfold(answer) {
      mapping = buildMapping(offers, (given) => ctx.ask("adding_look", {draft: {kind: kind.kind, values: values(), ...given}}))
      const third = step("3", `It answers: ${answer.heads.length} fields. What are they?`,
        h("details", {class: "raw"}, h("summary", null, `The first ${answer.rows.length} rows as they are`), plainTable(answer.heads, answer.rows, "The first rows as they are")), mapping.el)
      mapping.show(answer)
      saving = savingOf()
      steps.replaceChildren(third, saving.el)
      third.querySelector("legend").focus()
    }

    function savingOf() {
      const from = fields.get("table")?.value() || (fields.get("url") || fields.get("path"))?.value().split(/[/\\]/).pop().replace(/\..*$|[*?].*$/g, "") || kind.kind
      let free = slugOf(from) || kind.kind
      for (let count = 2; offers.names.includes(free); count += 1) free = `${slugOf(from) || kind.kind}_${count}`
      const made = (name, label, note, input) => {
        const problem = h("p", {class: "wrong", id: `adding-${name}-problem`, hidden: true})
        Object.assign(input, {id: `adding-${name}`})
        input.setAttribute("data-field", name)
        input.setAttribute("aria-describedby", `adding-${name}-note`)
        return {input, problem, el: h("div", {class: "adding-field"}, h("label", {for: `adding-${name}`}, label), input, h("p", {class: "small", id: `adding-${name}-note`}, note), problem)}
      }
      const text = (value, hint) => h("input", {type: "text", value, placeholder: hint || null, autocomplete: "off", spellcheck: "false", autocapitalize: "off"})
      const name = made("name", "Name", "Of the entry: small letters, digits and _.", text(free))
      const source = made("source", "Help desk", "Entries of one help desk share this name, so that messages find their tickets. The entry's own when left open.", text("", "its name"))
      const file = made("file", "Catalog", "The file it is written into.", h("select", null, [...new Set(["sources", ...offers.files])].map((one) => h("option", {value: one}, `catalogs/${one}.yaml`))))
      const problem = h("p", {class: "wrong", role: "alert", hidden: true})
      const button = h("button", {type: "button", class: "strong", onclick: () => save()}, "Save the source")
      return {name: name.input, source: source.input, file: file.input, fields: {name, source, file}, problem, button,
        el: step("4", "What is it called?", h("div", {class: "three"}, name.el, source.el, file.el), problem,
          h("div", {class: "actions"}, button, h("button", {type: "button", onclick: () => close(add)}, "Cancel")))}
    }

    async function save() {
      clear()
      const answer = await working(saving.button, "Saving…", () => ctx.ask("adding_save", {draft: draft()}))
      if (!answer) return
      if (answer.problem) return point(answer)
      for (const one of fields.values()) one.forget()
      saved(answer, add)
    }
  }

  // What became of it: where it stands, what is still to be set, and its rows at once.
  function saved(kept, button, remapped) {
    button.setAttribute("aria-expanded", "false")
    const heading = h("h3", {tabIndex: -1, class: "saved-as"}, `${kept.name} is in ${kept.file}`)
    const done = h("p", {class: "small", role: "status"})
    const sync = h("button", {type: "button", class: "strong", onclick: async () => {
      done.textContent = ""
      const answer = await working(sync, "Syncing…", () => ctx.ask("adding_sync", {entry: kept.name}))
      if (!answer) return
      done.className = answer.problem || answer.status !== "ok" ? "wrong" : "good"
      done.textContent = answer.problem || `${answer.status === "ok" ? "Synced: " : "Not synced: "}${answer.said}`
      ctx.send({set: {}})
    }}, "Sync now")
    place.replaceChildren(h("div", {class: "saved-note"}, heading,
      remapped ? h("p", null, "Rows that come from now on are mapped so. Those synced before stay as they are until the source gives them again.") : null,
      kept.keyring.length ? h("p", null, `Its password is in the system's keyring, as deskbook / ${kept.keyring.join(", ")}. This page has forgotten it.`) : null,
      kept.to_set.length ? h("p", null, "Its password was not kept. Before Deskbook is started again, set ", kept.to_set.map((one, at) => [at ? ", " : "", h("code", null, one)]), kept.encoded ? " to it, written as in an address (@ is %40)" : " to it", "; until then it cannot be read.") : null,
      h("div", {class: "actions"}, sync, h("button", {type: "button", onclick: () => close(button)}, "Done")), done))
    heading.focus()
    ctx.send({set: {}})
  }

  function remapping() {
    const names = h("select", {id: "remap-entry", "data-field": "entry", onchange: () => load()}, h("option", {value: ""}, "choose an entry"), offers.names.map((one) => h("option", {value: one}, one)))
    const steps = h("div", {class: "steps"}), problem = h("p", {class: "wrong", role: "alert", hidden: true})
    const zones = h("datalist", {id: "adding-zones"}, offers.zones.map((zone) => h("option", {value: zone})))
    place.replaceChildren(h("form", {class: "adding-form", onsubmit: (event) => event.preventDefault()},
      h("div", {class: "adding-field"}, h("label", {for: "remap-entry"}, "Entry"), names), problem, steps), zones)
    names.focus()

    async function load() {
      problem.hidden = true
      steps.replaceChildren(names.value ? h("p", {class: "quiet"}, "Reading its first rows…") : "")
      const entry = names.value
      if (!entry) return
      const answer = await ctx.ask("adding_look", {entry, draft: {lines: null}})
      if (entry !== names.value || !names.isConnected) return
      if (answer.problem) { steps.replaceChildren(); problem.textContent = answer.problem; problem.hidden = false; return }
      const mapping = buildMapping(offers, (given) => ctx.ask("adding_look", {entry, draft: given}))
      mapping.show(answer)
      const button = h("button", {type: "button", class: "strong", onclick: () => save(entry, mapping, answer.sign, button)}, "Save the mapping")
      steps.replaceChildren(mapping.el, h("div", {class: "actions"}, mapping.fixed() ? null : button, h("button", {type: "button", onclick: () => close(remap)}, "Cancel")))
    }

    async function save(entry, mapping, sign, button) {
      problem.hidden = true
      const answer = await working(button, "Saving…", () => ctx.ask("adding_remap", {entry, sign, draft: mapping.values()}))
      if (!answer) return
      if (!answer.problem) return saved(answer, remap, true)
      const at = mapping.mark(answer.field || "", answer.problem)
      if (at) return at.focus()
      problem.textContent = answer.problem
      problem.hidden = false
      problem.scrollIntoView({block: "center"})
    }
  }

  return {el, update: (block) => { title.textContent = block.title }}
}
