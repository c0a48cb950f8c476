// The question box and its answer: plan, sentences with evidence, numbers with receipts.
const FEW_NUMBERS = 6  // more of them would bury the answer

function askBlock(ctx) {
  const input = h("input", {type: "text", "aria-label": "Your question", placeholder: "Ask about your tickets", maxlength: "500", "data-field": "question"})
  const go = h("button", {type: "submit", class: "strong"}, "Ask")
  const form = h("form", {class: "search", onsubmit: (event) => {
    event.preventDefault()
    if (!input.value.trim()) return
    wait(input.value.trim())
    ctx.send({set: {question: input.value.trim()}})
  }}, input, go)
  const examples = h("p", {class: "examples"}), body = h("div", {class: "answer", "aria-live": "polite"})
  const el = h("section", {class: "panel wide ask"}, form, examples, body)
  function wait(question) {
    go.disabled = true
    body.replaceChildren(drawnState({state: "asking", said: "Working it out", hint: question}))
  }
  function cites(claim) {
    return claim.cites.map((cite) => h(isLinked(ctx) ? "a" : "span", {class: "cite", href: pageLink(ctx, "tickets", new URLSearchParams({ticket: cite.ticket, period: ""})), title: cite.said}, cite.label))
  }
  function numberOf(number) {
    const held = {receipt: number.held, filter: number.said, period: number.held.period || "", data_until: number.held.data_until}
    return h("li", null, h("button", {class: "number", type: "button", disabled: !number.held.digest, onclick: (event) => ctx.drawer.show(number.label,
      [h("p", {class: "big"}, number.text), ...receiptParts(ctx, held, number.held.cell, number.raw)], event.currentTarget)}, number.text), h("span", null, number.label))
  }
  function numbersOf(numbers) {
    const said = numbers.length === 1 ? "1 number" : `${numbers.length} numbers`
    return h("details", {class: "folded", open: numbers.length <= FEW_NUMBERS}, h("summary", null, `${said}, each with its receipt`),
      h("ul", {class: "figures"}, numbers.map(numberOf)))
  }
  function answer(block) {
    const plan = block.plan.length ? h("details", {class: "plan", open: true}, h("summary", null, "How this was looked up"),
      h("dl", null, block.plan.map(([label, value]) => [h("dt", null, label), h("dd", null, value)]))) : null
    const text = block.claims.length
      ? h("div", {class: "claims"}, block.claims.map((claim) => h("p", null, claim.text, " ", cites(claim))))
      : h("p", {class: "lead"}, block.text)
    return [plan, block.abstain ? h("p", {class: "tag"}, "Not enough evidence to answer") : null, text,
      block.numbers.length ? numbersOf(block.numbers) : null].filter(Boolean)
  }
  return {el, update: (block) => {
    if (input.getRootNode().activeElement !== input || !input.value) input.value = block.question
    examples.replaceChildren(...(block.state === "idle" ? ["Try: ", ...block.examples.map((text) => h("button", {type: "button", class: "chip",
      onclick: () => { input.value = text; form.requestSubmit() }}, text))] : []))
    go.disabled = block.state === "asking"
    if (block.state === "asking") wait(block.question)
    else if (block.state === "ok") body.replaceChildren(...answer(block))
    else body.replaceChildren(...[drawnState(block)].filter(Boolean))
  }}
}
