// The mapping of a source: a line a standard column, words that need a meaning, and the rows as they would be kept.
const NOTHING = "", EXPRESSION = "\u0001expression", CONSTANT = "\u0001constant"
const PREVIEW_AFTER_MS = 300

const EXPRESSIONS = [["status.name", "a field inside another"], ["split(Subject, ' ')[0]", "the first word"], ["lower(queue)", "in small letters"],
  ["owner || group", "the second where the first is empty"], ["tags[*].label", "a list of what each has"]]

// Builds an editor; `look` asks the server what a mapping makes and gives its answer, `say` tells a problem.
function buildMapping(offers, look) {
  const el = h("div", {class: "mapping"})
  let told = null, lines = new Map(), custom = {}, turn = 0, words = new Map()
  const summary = h("p", {class: "verdict", role: "status"}), preview = h("div", {class: "mapping-preview"})
  const rows = h("ul", {class: "map-rows"}), rest = h("ul", {class: "map-rows"}), left = h("div", {class: "left-out"}), how = howTo()
  const more = h("details", {class: "map-more"}, h("summary"), rest)
  const table = h("select", {"data-field": "table", onchange: () => anew()}, offers.tables.map((one) => h("option", {value: one.name}, `${one.name}: ${one.grain}`)))
  el.append(h("label", {class: "map-table"}, h("span", null, "Each row becomes"), table), rows, more, left, how, h("h4", null, "Preview"), summary, preview)

  const columns = () => offers.tables.find((one) => one.name === told.table)?.columns || []
  const values = () => ({table: told.table, lines: [...lines.values()], custom})

  async function anew() {
    const answer = await look({table: table.value, lines: null, custom: {}})
    if (answer && !answer.problem) show(answer)
  }

  function show(answer) {
    told = answer
    custom = {...answer.custom}
    lines = new Map(answer.lines.map((one) => [one.column, {...one, words: {...one.words}}]))
    words = new Map()
    table.value = answer.table
    const fixed = Boolean(answer.shape || answer.fixed)
    for (const part of [table.parentNode, rows, left, how]) part.hidden = fixed
    more.hidden = fixed
    if (!fixed) {
      const made = columns().filter((one) => lines.has(one.name)).map((one) => [one, rowOf(one)])
      const first = ([one]) => one.needed || lines.get(one.name).how
      rows.replaceChildren(...made.filter(first).map(([, row]) => row))
      rest.replaceChildren(...made.filter((pair) => !first(pair)).map(([, row]) => row))
      more.hidden = !rest.childElementCount
      more.open = false
      more.querySelector("summary").textContent = `${rest.childElementCount} more columns that nothing was found for`
    }
    draw(answer)
  }

  function rowOf(column) {
    const line = lines.get(column.name), id = `map-${column.name}`
    const choice = line.how === "expression" ? EXPRESSION : line.how === "constant" ? CONSTANT : line.how ? line.text : NOTHING
    const select = h("select", {id, "data-field": id, "aria-describedby": `${id}-note`, onchange: () => chosen()},
      h("option", {value: NOTHING}, "nothing"),
      told.fields.map((one) => h("option", {value: one.text, selected: one.text === choice}, one.name)),
      h("option", {value: EXPRESSION, selected: choice === EXPRESSION}, "an expression…"),
      h("option", {value: CONSTANT, selected: choice === CONSTANT}, "one value for all…"))
    const text = h("input", {type: "text", spellcheck: "false", autocapitalize: "off", autocomplete: "off", value: line.how === "field" ? "" : line.text,
      oninput: () => { line.text = text.value; changed() }})
    const sure = h("span", {class: "sure small"}), example = h("span", {class: "example small"})
    const meaning = h("details", {class: "words", hidden: true}), time = column.is_time ? timeOf(line, column) : null
    const problem = h("p", {class: "wrong", id: `${id}-problem`, hidden: true})
    function fit() {
      text.hidden = line.how !== "expression" && line.how !== "constant"
      text.setAttribute("aria-label", line.how === "constant" ? `The value of ${column.name} in every row` : `Expression of ${column.name}`)
      text.placeholder = line.how === "constant" ? column.one_of[0] || "a value" : "fields.status.name, split(Subject, ' ')[0]"
      const share = told.confidence[column.name]
      sure.textContent = line.how === "field" && line.proposed && share ? `${share} % sure` : ""
      sure.classList.toggle("warn", Boolean(share && share < 70))
      const seen = told.fields.find((one) => line.how === "field" && one.text === line.text)
      example.textContent = seen && seen.examples.length ? `such as ${seen.examples[0]}` : ""
      if (time) time.hidden = !line.how || line.how === "constant"
      if (!line.how || line.how === "constant") meaning.hidden = true
    }
    function chosen() {
      line.how = select.value === NOTHING ? "" : select.value === EXPRESSION ? "expression" : select.value === CONSTANT ? "constant" : "field"
      // What was written stays a start: a field's name is an expression too.
      line.text = line.how === "field" ? select.value : line.how ? text.value : ""
      line.words = {}
      line.proposed = false
      words.delete(column.name)
      fit()
      if (!text.hidden) text.focus()
      changed()
    }
    line.proposed = line.how === "field" && told.confidence[column.name] !== undefined
    fit()
    return h("li", {"data-column": column.name},
      h("div", {class: "map-name"}, h("label", {for: id}, column.name), column.needed ? h("span", {class: "tag needed"}, "needed") : null,
        h("span", {class: "small", id: `${id}-note`}, column.note)),
      h("div", {class: "map-from"}, select, text, h("div", {class: "map-hint"}, sure, example), problem), meaning, time)
  }

  function howTo() {
    return h("details", {class: "how"}, h("summary", null, "How to write an expression"),
      h("dl", null, EXPRESSIONS.map(([text, note]) => [h("dt", null, h("code", null, text)), h("dd", null, note)])),
      h("p", {class: "small"}, "Expressions are JMESPath over one row; a name with blanks stands in double quotes. Times are kept in UTC: where they name no zone, say which is theirs."))
  }

  // Which of the source's words means which standard one; those that mean nothing stand first, and open.
  function wordsOf(column, found) {
    const box = el.querySelector(`[data-column="${column.name}"] .words`), line = lines.get(column.name)
    if (!box || words.has(column.name)) return
    words.set(column.name, true)
    const summary_ = h("summary"), meant = new Map(found.map((one) => [one.word, one.fits ? one.to : null]))
    const count = () => {
      const lost = found.filter((one) => meant.get(one.word) === null)
      const rows_ = lost.reduce((sum, one) => sum + one.count, 0)
      summary_.textContent = lost.length ? `${lost.length} of ${found.length} words mean nothing yet (${rows_} rows)` : `${found.length} word${found.length === 1 ? "" : "s"}, each with a meaning`
      summary_.classList.toggle("warn", Boolean(lost.length))
    }
    const row = (one) => {
      const select = h("select", {"aria-label": `What ${one.word} means in ${column.name}`, onchange: () => {
        meant.set(one.word, select.value === "?" ? null : select.value)
        if (select.value === "?") delete line.words[one.word]
        else line.words[one.word] = select.value
        select.parentNode.classList.toggle("lost", meant.get(one.word) === null)
        count()
        changed()
      }}, one.fits ? null : h("option", {value: "?"}, "choose…"), column.one_of.map((word) => h("option", {value: word, selected: one.fits && word === one.to}, word)),
        h("option", {value: "", selected: one.fits && one.to === ""}, "left empty"))
      return h("li", {class: one.fits ? null : "lost"}, h("span", null, one.word, h("span", {class: "small"}, ` ${one.count} row${one.count === 1 ? "" : "s"}`)), h("span", {"aria-hidden": "true"}, "→"), select)
    }
    box.replaceChildren(summary_, h("ul", null, found.map(row)))
    count()
    box.hidden = !found.length
    box.open = found.some((one) => !one.fits)
  }

  function timeOf(line, column) {
    const zone = h("input", {type: "text", list: "adding-zones", value: line.zone, placeholder: "UTC", spellcheck: "false", autocomplete: "off", oninput: () => { line.zone = zone.value.trim(); changed() }})
    const format = h("input", {type: "text", value: line.format, placeholder: "found by itself", spellcheck: "false", autocapitalize: "off", autocomplete: "off", oninput: () => { line.format = format.value.trim(); changed() }})
    return h("details", {class: "time", open: Boolean(line.zone || line.format)}, h("summary", {"aria-label": `Time zone and format of ${column.name}`}, "Time zone and format"),
      h("div", {class: "two"}, h("label", null, h("span", null, "Zone, where a time names none"), zone),
        h("label", null, h("span", null, "Format, such as %d/%m/%Y %H:%M"), format)))
  }

  function changed() {
    const mine = turn += 1
    setTimeout(async () => {
      if (mine !== turn || !el.isConnected) return
      el.classList.add("waiting")
      const answer = await look(values())
      if (mine !== turn) return
      el.classList.remove("waiting")
      if (answer) draw(answer)
    }, PREVIEW_AFTER_MS)
  }

  function draw(answer) {
    el.querySelectorAll(".map-from .wrong").forEach((one) => { one.hidden = true })
    el.querySelectorAll("[aria-invalid]").forEach((one) => one.removeAttribute("aria-invalid"))
    for (const column of columns()) if (answer.words?.[column.name] && column.one_of.length) wordsOf(column, answer.words[column.name])
    drawLeft(answer.unmapped || [])
    const wrong = answer.problem || answer.wrong
    const fixed = answer.fixed || (answer.shape ? `A layout that is known by name: ${answer.shape}. There is nothing to map.` : "")
    summary.className = `verdict ${wrong ? "bad" : ""}`
    summary.textContent = [fixed, wrong || answer.shown.map((one) => verdict(one, answer.looked_at)).join(" ")].filter(Boolean).join(" ")
    preview.replaceChildren(...(wrong ? [] : answer.shown.map(shownTable)))
    if (wrong) mark(answer.problem ? answer.field : answer.wrong_at, wrong)
  }

  // A problem stands at the column it is about, and what holds it is opened.
  function mark(field, said) {
    const select = field && el.querySelector(`[data-field="${field}"]`)
    if (!select) return null
    const problem = el.querySelector(`#${CSS.escape(field)}-problem`)
    if (more.contains(select)) more.open = true
    select.setAttribute("aria-invalid", "true")
    if (problem) { problem.textContent = said; problem.hidden = false }
    return select
  }

  function verdict(one, looked) {
    const rows_ = (n) => `${n} row${n === 1 ? "" : "s"}`
    const kept = one.aside ? `${rows_(one.good)} would be kept, ${one.aside} set aside.` : `All ${rows_(one.good)} would be kept.`
    return `${one.table}: of the first ${rows_(looked)}, ${kept.charAt(0).toLowerCase()}${kept.slice(1)}`
  }

  function shownTable(one) {
    const heads = ["line", ...one.heads]
    const line = (row) => row.reason
      ? h("tr", {class: "refused"}, h("th", {scope: "row"}, row.line || ""), h("td", {colspan: String(Math.max(1, one.heads.length))}, h("strong", null, "Set aside: "), row.reason, h("small", {class: "quiet"}, row.payload)))
      : h("tr", null, h("th", {scope: "row"}, row.line || ""), row.values.map((value) => h("td", null, value)))
    return h("div", {class: "scroll", tabIndex: 0, role: "region", "aria-label": `Preview of ${one.table}`}, h("table", {class: "plain"},
      h("caption", {class: "unseen"}, `The first rows as ${one.table}`),
      h("thead", null, h("tr", null, heads.map((head) => h("th", {scope: "col"}, head)))), h("tbody", null, one.rows.map(line))))
  }

  // What nothing is made of; a ticket can keep it as a custom field.
  function drawLeft(unmapped) {
    const may = columns().some((one) => one.name === "custom") && !lines.get("custom")?.how
    const known = told.fields.map((one) => one.text), kept = Object.entries(custom)
    const shown = known.filter((text) => unmapped.includes(text) || kept.some(([, from]) => from === text))
    const nameOf = (text) => told.fields.find((one) => one.text === text)?.name || text
    if (!shown.length) return left.replaceChildren()
    if (!may) return left.replaceChildren(h("p", {class: "small"}, `Left out: ${shown.map(nameOf).join(", ")}`))
    const box = (text) => {
      const slug = nameOf(text).replace(/([a-z0-9])([A-Z])/g, "$1_$2").toLowerCase().replace(/[^\p{L}\p{N}]+/gu, "_").replace(/^_|_$/g, "")
      const tick = h("input", {type: "checkbox", checked: kept.some(([, from]) => from === text), onchange: () => {
        custom = Object.fromEntries(Object.entries(custom).filter(([, from]) => from !== text))
        if (tick.checked) custom[slug || text] = text
        changed()
      }})
      return h("label", {class: "box"}, tick, nameOf(text))
    }
    const at = left.getRootNode().activeElement, again = left.contains(at) && at.parentNode.textContent
    left.replaceChildren(h("fieldset", null, h("legend", null, "Left out. Tick what is to be kept as a custom field"), h("div", {class: "row-of"}, shown.map(box))))
    if (again) [...left.querySelectorAll("label")].find((one) => one.textContent === again)?.querySelector("input").focus()
  }

  return {el, show, values, mark, fixed: () => Boolean(told && (told.shape || told.fixed))}
}
