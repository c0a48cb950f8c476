// What became of an answer, and what was asked before: thumbs, corrections, asked again, pages and tests made of it.
const MAKES = [["page", "Make a page"], ["test", "Make a test"]]

function askedBar(ctx, block) {
  if (!block.asked) return null
  const said = h("span", {class: "small", role: "status"})
  const tell = async (what, more) => {
    const held = await ctx.ask(what, {number: block.asked, ...more})
    said.textContent = held.problem || ""
    return held.problem ? null : held
  }
  let thumb = 0
  const correction = h("form", {class: "search", hidden: true, onsubmit: async (event) => {
    event.preventDefault()
    if (await tell("asked_judge", {correction: line.value.trim()})) { correction.hidden = true; said.textContent = "Thank you. It is kept with the question." }
  }})
  const line = h("input", {type: "text", "aria-label": "What it should have been", placeholder: "What should it have been?", maxlength: "2000"})
  correction.append(line, h("button", {type: "submit"}, "Keep"))
  const thumbs = [[1, "Good answer", "Yes"], [-1, "Bad answer", "No"]].map(([value, label, sign]) =>
    h("button", {type: "button", class: "chip thumb", "aria-label": label, "aria-pressed": "false", title: label, onclick: async () => {
      const held = await tell("asked_judge", {thumb: thumb === value ? 0 : value})
      if (!held) return
      thumb = held.thumb
      thumbs.forEach((one, at) => one.setAttribute("aria-pressed", String(thumb === (at ? -1 : 1))))
      correction.hidden = thumb !== -1
      if (thumb === -1) line.focus()
    }}, sign))
  const again = h("input", {type: "checkbox", onchange: async () => {
    const held = await tell("asked_keep", {kept: again.checked})
    again.checked = held ? held.kept : !again.checked
  }})
  const makes = MAKES.map(([what, label]) => h("button", {type: "button", class: "link", onclick: async () => {
    const held = await tell("asked_make", {what})
    if (!held) return
    said.replaceChildren(`${held.made} is written. `, held.page && ctx.served ? h("a", {href: held.page}, "Open the page") : "")
  }}, label))
  const report = h("button", {type: "button", class: "link", title: "Send this answer again and again, by e-mail, into a folder or to a webhook",
    onclick: (event) => ctx.subscribe(event.currentTarget)}, "Make a report")
  return h("div", {class: "asked"}, h("div", {class: "asked-row"}, h("span", {class: "small"}, "Was this right?"), thumbs,
    h("label", {class: "again"}, again, "Ask again when data or definitions change"),
    block.abstain ? null : [makes, ctx.subscribe ? report : null], said), correction)
}

function buildAsked(ctx, put) {
  const list = h("ol", {class: "asked-list"}), none = h("p", {class: "quiet", hidden: true}, "Nothing was asked yet."), gaps = h("div")
  const words = h("input", {type: "search", "aria-label": "Search what was asked", placeholder: "Words of a question or its answer", oninput: () => { clearTimeout(waiting); waiting = setTimeout(load, 250) }})
  let waiting = 0
  const el = h("details", {class: "folded before", ontoggle: () => { if (el.open) load() }}, h("summary", null, "Asked before"), words, none, list, gaps)
  async function load() {
    const held = await ctx.ask("asked_find", {words: words.value})
    if (held.problem) { none.hidden = false; none.textContent = held.problem; return }
    none.hidden = held.asked.length > 0
    none.textContent = words.value ? "No question holds these words." : "Nothing was asked yet."
    list.replaceChildren(...held.asked.map((one) => h("li", null,
      h("button", {type: "button", class: "link", onclick: () => put(one.question, one.abstained ? "" : one.plan)}, one.question || "(a plan)"),
      h("span", {class: "small"}, [one.said, one.owner, one.abstained ? "no answer" : "", one.kept ? "asked again on change" : "",
        one.thumb === 1 ? "right" : one.thumb === -1 ? "wrong" : ""].filter(Boolean).join(" · ")))),
      held.more ? h("li", {class: "small"}, "Older ones: search for their words, or deskbook asked list") : null)
    gaps.replaceChildren(...(held.unanswered.length ? [h("h3", null, "Could not be answered"),
      h("ul", {class: "asked-list"}, held.unanswered.map(([question, count]) => h("li", null,
        h("button", {type: "button", class: "link", onclick: () => put(question, "")}, question), h("span", {class: "small"}, count > 1 ? `${count} times, in such words` : ""))))] : []))
  }
  return el
}
