// The question box and its answer: plan, sentences whose numbers open, evidence, and what to ask next.
const FEW_NUMBERS = 6  // more of them would bury the answer

function askBlock(ctx) {
  const input = h("input", {type: "text", "aria-label": "Your question", placeholder: "Ask about your tickets", maxlength: "500", "data-field": "question"})
  const go = h("button", {type: "submit", class: "strong"}, "Ask")
  const form = h("form", {class: "search", onsubmit: (event) => { event.preventDefault(); put(input.value.trim(), "") }}, input, go)
  const examples = h("p", {class: "examples"}), body = h("div", {class: "answer", "aria-live": "polite"})
  const el = h("section", {class: "panel wide ask"}, form, examples, body, buildAsked(ctx, put))
  const plan = buildPlan(ctx, put)
  function put(question, plan) {
    if (!question && !plan) return
    wait(question)
    ctx.send({set: {question, plan}})
  }
  function wait(question) {
    go.disabled = true
    body.replaceChildren(drawnState({state: "asking", said: "Working it out", hint: question}))
  }
  function messageLink(one, ...children) {
    const href = pageLink(ctx, "tickets", new URLSearchParams({ticket: one.ticket, period: ""}))
    return h(href ? "a" : "span", {href: href && `${href}#m-${encodeURIComponent(one.message)}`, title: [one.said, one.at].filter(Boolean).join(", ")}, ...children)
  }
  function numberDetail(number) {
    const held = {receipt: number.held, filter: number.said, period: number.held.period || "", data_until: number.held.data_until}
    return [number.label, [h("p", {class: "big"}, number.text), ...receiptParts(ctx, held, number.held.cell, number.raw)]]
  }
  function workedDetail(worked, text, block) {
    const places = [...new Set([...worked.formula.matchAll(/\bn(\d+)\b/g)].map((found) => Number(found[1])))]
    return [worked.label, [h("p", {class: "big"}, text), h("p", null, "Worked out from numbers with receipts:"), h("pre", {tabIndex: 0}, worked.formula),
      h("dl", null, places.filter((place) => block.numbers[place]).map((place) => [h("dt", null, `n${place}`), h("dd", null,
        h("button", {type: "button", class: "link", onclick: (event) => ctx.drawer.show(...numberDetail(block.numbers[place]), event.currentTarget)},
          block.numbers[place].text), ` ${block.numbers[place].label}`)]))]]
  }
  function countDetail(count, text) {
    return [count.label, [h("p", {class: "big"}, text), h("p", null, count.messages.length ? "Every message that counts, the first of them here:" : "Counted in this answer."),
      count.messages.length ? h("ul", {class: "behind-count"}, count.messages.map((one) => h("li", null, messageLink(one, one.said)))) : null,
      count.more ? h("p", {class: "small"}, `and ${count.more} more; deskbook ask --json lists all`) : null]]
  }
  function partOf(part, block) {
    if (part.number !== undefined) return opened(part.text, () => numberDetail(block.numbers[part.number]))
    if (part.worked) return opened(part.text, () => workedDetail(part.worked, part.text, block))
    if (part.count) return opened(part.text, () => countDetail(part.count, part.text))
    return part.text
  }
  function opened(text, detail) {
    return h("button", {type: "button", class: "figure-link", onclick: (event) => ctx.drawer.show(...detail(), event.currentTarget)}, text)
  }
  function cites(claim) {
    return claim.cites.map((cite, at) => h("span", {class: "cite"}, messageLink(cite, String(at + 1))))
  }
  function card(one) {
    return h("li", {class: "evidence"}, one.shows ? h("span", {class: "shows"}, one.shows) : null, h("blockquote", null, one.quote),
      h("p", {class: "small"}, `${one.said}, ${one.at} `, messageLink(one, "Open the message")))
  }
  function numbersOf(block) {
    const said = block.numbers.length === 1 ? "1 number" : `${block.numbers.length} numbers`
    return h("details", {class: "folded", open: block.numbers.length <= FEW_NUMBERS}, h("summary", null, `${said}, each with its receipt`),
      h("ul", {class: "figures"}, block.numbers.map((number) => h("li", null, h("button", {class: "number", type: "button", disabled: !number.held.digest,
        onclick: (event) => ctx.drawer.show(...numberDetail(number), event.currentTarget)}, number.text), h("span", null, number.label)))))
  }
  function followOf(block) {
    const line = h("input", {type: "text", "aria-label": "Ask further", placeholder: "Ask further: and for Billing? and last month? by channel", maxlength: "500"})
    const said = h("p", {class: "problem", role: "alert", hidden: true})
    const asked = async (event) => {
      event.preventDefault()
      const question = line.value.trim()
      if (!question) return
      const held = await ctx.ask("follow", {question, plan: block.plan.document})
      if (held.problem) { said.hidden = false; said.textContent = held.problem } else put(held.question, held.plan)
    }
    return h("div", {class: "follow"}, h("h3", null, "Next"),
      block.follow.length ? h("div", {class: "examples"}, block.follow.map((one) => h("button", {type: "button", class: "chip", onclick: () => put(one.question, one.plan)}, one.question))) : null,
      h("form", {class: "search", onsubmit: asked}, line, h("button", {type: "submit"}, "Ask further")), said)
  }
  function answer(block) {
    const text = block.claims.length
      ? h("div", {class: "claims"}, block.claims.map((claim) => h("p", null, claim.parts.map((part) => partOf(part, block)), " ", cites(claim))))
      : h("p", {class: "lead"}, block.text)
    text.lang = block.language || ""
    return [plan.of(block), block.abstain ? h("p", null, h("span", {class: "tag"}, "Not enough evidence to answer")) : null,
      block.wording ? h("p", {class: "note", role: "status"}, `${block.wording} is wording the sentences; the numbers stand.`) : null,
      ...block.notes.map((note) => h("p", {class: "note", role: "status"}, note)), text,
      block.cards.length ? h("ol", {class: "evidences", "aria-label": "Messages it rests on"}, block.cards.map(card)) : null,
      block.numbers.length ? numbersOf(block) : null, askedBar(ctx, block), block.abstain ? null : followOf(block)].filter(Boolean)
  }
  let drawn = ""
  return {el, update: (block) => {
    if (input.getRootNode().activeElement !== input || !input.value) input.value = block.question
    examples.replaceChildren(...(block.state === "idle" ? ["Try: ", ...block.examples.map((text) => h("button", {type: "button", class: "chip",
      onclick: () => { input.value = text; form.requestSubmit() }}, text))] : []))
    go.disabled = block.state === "asking"
    const now = JSON.stringify(block)
    if (now === drawn) return  // drawn again, an answer would lose what is opened in it
    drawn = now
    if (block.state === "asking") { drawn = ""; wait(block.question) }
    else if (block.state === "ok") body.replaceChildren(...answer(block))
    else body.replaceChildren(...[drawnState(block)].filter(Boolean))
  }}
}
