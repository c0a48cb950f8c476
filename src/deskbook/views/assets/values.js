// The value of a condition: a field that fits its kind. Words are suggested with the tickets that have them.
let suggestions = 0

function valueOf(field, node, about, changed) {
  if (about.kind === "moment" && node.values.length < 2) return dateValue(field, node, changed)
  if (["in", "not in"].includes(node.op)) return listValue(field, node, about, changed)
  return h("span", {class: "one"}, valueInput(field, node.values[0] || "", about, (value) => {
    node.values = value === "" ? [] : [value]
    changed()
  }), about.unit ? h("span", {class: "unit"}, about.unit) : null)
}

// A text or number field; a word's suggestions are asked for once it is entered. Told the value and whether it was picked.
function valueInput(field, value, about, set, placeholder = "") {
  const number = about.kind === "number" && !/^\{\w+\}$/.test(value)
  const words = ["word", "tag", "custom"].includes(about.kind)
  const list = words && h("datalist", {id: `suggested-${++suggestions}`})
  const input = h("input", {type: number ? "number" : "text", step: number ? "any" : null, inputmode: number ? "decimal" : null, value, placeholder,
    class: value === "" ? "missing" : null, list: words ? list.id : null, "aria-label": about.unit ? `Value in ${about.unit}` : "Value",
    autocomplete: "off", autocapitalize: "off", spellcheck: "false", oninput: (event) => {
      event.target.classList.toggle("missing", event.target.value === "")
      set(event.target.value, event.inputType === "insertReplacementText")
    }})
  if (words) input.addEventListener("focus", async () => {
    const held = await field.ask(about.name)
    list.replaceChildren(...(held.values || []).map(([word, , said]) => h("option", {value: word, label: `${word} · ${said}`})))
  }, {once: true})
  return [input, list || null]
}

// Several values: each a chip, and a field that adds one with Enter, a comma or on leaving it.
function listValue(field, node, about, changed) {
  const chips = h("ul", {class: "values"})
  // A suggestion that was picked is meant; one that was typed may be the beginning of another.
  const [input, list] = valueInput(field, "", about, (value, picked) => { if (picked) add() }, node.values.length ? "and…" : "add a value")
  input.setAttribute("aria-label", "Add a value")
  const add = (drawn = draw) => {
    const value = input.value.trim()
    input.value = ""
    if (!value || node.values.includes(value)) return
    node.values.push(value)
    drawn()
    changed()
  }
  // Left by a press of the pointer, the value becomes a chip once the press is over: what is pressed must not move away.
  let pressed = false
  const press = (event) => { pressed = event.type === "pointerdown" }
  input.addEventListener("focus", () => ["pointerdown", "pointerup", "pointercancel"].forEach((type) => addEventListener(type, press, true)))
  const leave = () => {
    ["pointerdown", "pointerup", "pointercancel"].forEach((type) => removeEventListener(type, press, true))
    add(pressed ? () => addEventListener("pointerup", () => setTimeout(draw), {once: true}) : draw)
    pressed = false
  }
  input.addEventListener("keydown", (event) => {
    if ((event.key === "Enter" || event.key === ",") && input.value.trim()) { event.preventDefault(); add() }
    if (event.key === "Backspace" && !input.value && node.values.length) { node.values.pop(); draw(); changed() }
  })
  input.addEventListener("blur", leave)
  function draw() {
    input.classList.toggle("missing", !node.values.length)
    input.placeholder = node.values.length ? "and…" : "add a value"
    chips.replaceChildren(...node.values.map((value, at) => h("li", null, h("span", null, value), h("button", {type: "button", "aria-label": `Remove ${value}`, onclick: () => {
      node.values.splice(at, 1)
      draw(); changed(); input.focus()
    }}, "✕"))))
  }
  draw()
  return h("span", {class: "many"}, chips, input, list || null, about.unit ? h("span", {class: "unit"}, about.unit) : null)
}

// A date: one of those with a name, a day, or the words of any period.
function dateValue(field, node, changed) {
  const value = node.values[0] || ""
  const named = field.known().dates.some(([name]) => name === value)
  const day = /^\d{4}-\d{2}-\d{2}$/.test(value)
  const set = (words) => { node.values = words === "" ? [] : [words]; changed() }
  const date = h("input", {type: "date", "aria-label": "Day", value: day ? value : "", hidden: named || !day, oninput: (event) => set(event.target.value)})
  const words = h("input", {type: "text", "aria-label": "Period in words", value: named || day ? "" : value, hidden: named || day, placeholder: "-36h, 2026-10, 2026-10-01..2026-10-15",
    autocapitalize: "off", spellcheck: "false", oninput: (event) => set(event.target.value.trim())})
  const pick = h("select", {"aria-label": "When", onchange: (event) => {
    const chosen = event.target.value
    date.hidden = chosen !== "day"
    words.hidden = chosen !== "words"
    if (chosen === "day") { set(date.value); date.focus() } else if (chosen === "words") { set(words.value); words.focus() } else set(chosen)
  }}, field.known().dates.map(([name, said]) => h("option", {value: name, selected: name === value}, said)),
  h("option", {value: "day", selected: day}, "a day…"), h("option", {value: "words", selected: !named && !day}, "in words…"))
  return h("span", {class: "one"}, pick, date, words)
}
