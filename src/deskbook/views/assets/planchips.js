// What a question was taken to ask: a chip a part, each of which can be changed in place.
const MANY = ["metrics", "by"]  // parts that hold a list

function buildPlan(ctx, put) {
  let offers = null
  function of(block) {
    const plan = block.plan, held = JSON.parse(plan.document), edit = h("div", {class: "plan-edit", hidden: true})
    const problem = h("p", {class: "problem", role: "alert", hidden: true})
    const chips = h("ul", {class: "plan-chips", "aria-label": "How this was looked up"}, plan.chips.map((chip) => h("li", null,
      chip.part === "then" ? h("span", {class: "chip"}, h("span", {class: "plan-label"}, chip.label), " ", chip.said) : h("button", {type: "button", class: "chip", "aria-haspopup": "true", onclick: (event) => open(chip.part, event.currentTarget)},
        h("span", {class: "plan-label"}, chip.label), " ", chip.said))),
      plan.chips.length ? h("li", null, more()) : null)
    async function open(part, from) {
      offers = offers || await ctx.ask("plan_parts")
      problem.hidden = true
      edit.hidden = false
      const [field, value] = editor(part, held, offers)
      const close = () => { edit.hidden = true; from.focus() }
      edit.replaceChildren(h("form", {onsubmit: (event) => { event.preventDefault(); change(part, value()) },
        onkeydown: (event) => { if (event.key === "Escape") { event.stopPropagation(); close() } }},
        field, h("button", {type: "submit", class: "strong"}, "Ask again"), h("button", {type: "button", onclick: close}, "Cancel")), problem)
      edit.querySelector("input,select").focus()
    }
    async function change(part, value) {
      const wanted = {...held, [part]: value}
      if (part === "kind") delete wanted.baseline
      if (part === "period" && wanted.kind === "why") delete wanted.baseline
      const told = await ctx.ask("plan", {question: block.question, plan: wanted})
      if (told.problem) { problem.hidden = false; problem.textContent = told.problem } else put(block.question, told.plan)
    }
    function more() {
      const there = new Set(plan.chips.map((chip) => chip.part))
      const missing = [["by", "Cut by"], ["grain", "Over time"], ["baseline", "Compare with"]].filter(([part]) => !there.has(part))
      return missing.map(([part, label]) => h("button", {type: "button", class: "link", onclick: (event) => open(part, event.currentTarget)}, `+ ${label}`))
    }
    const read = h("details", {class: "plan"}, h("summary", null, "How the question was read"), h("p", null, plan.read),
      plan.understood.length ? h("dl", null, plan.understood.map(([word, meaning]) => [h("dt", null, word), h("dd", null, meaning)])) : null)
    return h("div", {class: "planned"}, chips, edit, plan.assumed.length ? h("p", {class: "small assumed"}, plan.assumed.join(" ")) : null, read)
  }
  return {of}
}

// The field for one part, and what reads it.
function editor(part, held, offers) {
  const label = {kind: "Kind", metrics: "Metric", by: "By", grain: "Step", period: "When", baseline: "Against", filters: "Where", search: "About"}[part] || part
  if (part === "kind" || part === "grain") {
    const select = h("select", {"aria-label": label}, part === "grain" ? h("option", {value: ""}, "none") : null,
      offers[part].map(([name, said]) => h("option", {value: name, selected: held[part] === name}, said)))
    return [select, () => select.value]
  }
  if (MANY.includes(part)) {
    const chosen = held[part] || [""], count = part === "by" ? 2 : 1
    const selects = Array.from({length: count}, (_, at) => h("select", {"aria-label": count > 1 ? `${label}, ${at + 1}` : label},
      part === "by" ? h("option", {value: ""}, "none") : null,
      offers[part].map(([name, said]) => h("option", {value: name, selected: chosen[at] === name}, said))))
    return [selects, () => selects.map((one) => one.value).filter(Boolean)]
  }
  const list = `plan-${part}`
  const input = h("input", {type: "text", "aria-label": label, value: held[part] || "", placeholder: {filters: "team = Billing and priority in (high, urgent)", search: "words to look for"}[part] || "last week, 2026-10, 2026-10-01..2026-10-15"})
  if (part === "period" || part === "baseline") {
    input.setAttribute("list", list)
    return [[input, h("datalist", {id: list}, offers.periods.map((one) => h("option", {value: one})))], () => input.value.trim()]
  }
  return [input, () => input.value.trim()]
}
