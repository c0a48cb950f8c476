// The active conditions as chips, each with a way to be rid of it, and a way back from the last change.
const REMEMBERED = [...SHARED, "search", "pick", "swap"]
const MOST_STEPS = 50

// Whether a key pressed belongs to somebody who writes: their own undo is meant.
function writes(event) {
  const at = event.composedPath()[0]
  return at.isContentEditable || at.tagName === "TEXTAREA" || (at.tagName === "INPUT" && !["checkbox", "radio", "button"].includes(at.type))
}

function buildChips(ctx) {
  const list = h("ul", {"aria-label": "Active filters"})
  const clear = h("button", {type: "button", class: "link clear", onclick: () => {
    ctx.send({set: Object.assign({}, ...shown.map((chip) => chip.set), shown.some((chip) => "where" in chip.set) ? {where: ""} : {})})
  }}, "Clear all")
  const undo = h("button", {type: "button", class: "link undo", title: "Take back the last change of the filters (Ctrl+Z)", onclick: () => back()}, "↶ Undo")
  const el = h("div", {class: "chips", hidden: true}, list, clear, undo)
  const steps = []
  let shown = [], last = null, expected = ""
  function back() {
    if (!steps.length) return
    const values = steps.pop()
    expected = JSON.stringify(values)
    ctx.send({set: values})
  }
  const key = (event) => {
    if (event.key.toLowerCase() !== "z" || !(event.ctrlKey || event.metaKey) || event.shiftKey || event.altKey) return
    if (writes(event) || !steps.length) return
    event.preventDefault()
    back()
  }
  ctx.keys.addEventListener("keydown", key)
  function chipOf(chip) {
    const drop = h("button", {type: "button", "aria-label": `Remove ${chip.said}`, onclick: () => ctx.send({set: chip.set})}, "✕")
    return h("li", {class: chip.ignored ? "ignored" : null, title: chip.ignored ? "This page is shown without it" : null},
      h("span", null, chip.said), chip.ignored ? h("span", {class: "unseen"}, " (ignored)") : null, drop)
  }
  return {el, gone: () => ctx.keys.removeEventListener("keydown", key), update: (filters) => {
    const now = Object.fromEntries(REMEMBERED.filter((name) => name in filters.values).map((name) => [name, filters.values[name]]))
    const text = JSON.stringify(now)
    if (last && JSON.stringify(last) !== text && text !== expected) {
      steps.push(last)
      if (steps.length > MOST_STEPS) steps.shift()
    }
    if (text === expected) expected = ""
    last = now
    undo.hidden = !steps.length
    el.hidden = !(filters.chips || []).length && !steps.length
    if (JSON.stringify(shown) === JSON.stringify(filters.chips || [])) return
    const focused = el.contains(el.getRootNode().activeElement)
    shown = filters.chips || []
    clear.hidden = shown.length < 2
    list.replaceChildren(...shown.map(chipOf))
    if (focused && !undo.hidden && !el.contains(el.getRootNode().activeElement)) undo.focus({preventScroll: true})
  }}
}
