// Tickets: search, a table of fifty at a time, and one conversation.
function moodMark(mood, score) {
  if (!mood) return null
  const sign = {negative: "−", neutral: "·", positive: "+"}[mood] || "·"
  return h("span", {class: `mood ${mood}`, title: score ? `Sentiment ${score}` : null}, h("span", {"aria-hidden": "true"}, sign), ` ${mood}`)
}

function ticketsBlock(ctx) {
  const count = h("p", {class: "count", role: "status"}), body = h("div"), pages = h("div", {class: "pages"}), problem = h("div", {class: "problems"})
  const input = h("input", {type: "search", "aria-label": "Search tickets", placeholder: "Words in subject or messages, or a ticket id", "data-field": "search"})
  const form = h("form", {class: "search", role: "search", onsubmit: (event) => { event.preventDefault(); ctx.send({set: {search: input.value}}) }},
    input, h("button", {type: "submit", class: "strong"}, "Search"))
  input.addEventListener("search", () => ctx.send({set: {search: input.value}}))
  const save = ctx.served
    ? h("a", {class: "quietly", download: "tickets.csv", href: "tickets.csv"}, "CSV of all")
    : h("button", {class: "quietly", type: "button", onclick: () => download("tickets", ["Ticket", ...block.columns.map((one) => one.label)],
      block.rows.map((row) => [row.ticket, ...row.cells]))}, "CSV of this page")
  const mark = h("p", {class: "marked", hidden: true})
  const el = h("section", {class: "panel wide"}, h("div", {class: "search-row"}, form, count, h("span", {class: "tools"}, save, exportView(ctx, () => block))), mark, problem, body, pages)
  let block = null
  function headOf(column) {
    const on = block.sort.replace("-", "") === column.name, down = block.sort.startsWith("-")
    return h("th", {scope: "col", class: column.number ? "figure-cell" : null, "aria-sort": on ? (down ? "descending" : "ascending") : null},
      h("button", {type: "button", onclick: () => ctx.send({set: {sort: on && down ? column.name : `-${column.name}`}})},
        column.label, h("span", {"aria-hidden": "true"}, on ? (down ? " ▾" : " ▴") : "")))
  }
  function rowOf(row, chosen) {
    const open = () => ctx.send({set: {ticket: row.ticket}})
    return h("tr", {class: row.ticket === chosen ? "chosen" : null, onclick: open},
      row.cells.map((cell, at) => {
        const column = block.columns[at]
        if (column.name === "subject") return h("td", {class: "subject"}, h("button", {type: "button", class: "link", onclick: (e) => { e.stopPropagation(); open() }}, cell || `Ticket ${row.id}`))
        if (column.name === "sentiment") return h("td", {class: "figure-cell"}, cell ? moodMark(row.mood, cell) : "")
        return h("td", {class: column.number ? "figure-cell" : null, "data-label": column.number ? column.label : null}, cell)
      }))
  }
  function pager() {
    const to = (page) => () => ctx.send({set: {page: String(page)}})
    return block.pages < 2 ? [] : [
      h("button", {type: "button", disabled: block.page <= 1, onclick: to(block.page - 1)}, "‹ Newer".replace("Newer", "Back")),
      h("span", null, block.place),
      h("button", {type: "button", disabled: block.page >= block.pages, onclick: to(block.page + 1)}, "Next ›")]
  }
  return {el, update: (next, sheet) => {
    block = next
    if (input.getRootNode().activeElement !== input) input.value = sheet.filters.values.search || ""
    count.textContent = block.said
    save.disabled = !block.rows.length
    if (ctx.served) save.setAttribute("href", `tickets.csv${sheet.filters.url || ""}`)
    form.hidden = Boolean(block.mark)
    mark.hidden = !block.mark
    mark.replaceChildren(...(block.mark ? ["Behind the number: ", h("strong", null, block.mark), " ",
      h("button", {type: "button", class: "link", onclick: () => ctx.send({set: {cell: ""}})}, "Show all tickets")] : []))
    problem.replaceChildren(...(block.problem ? [h("p", {role: "alert"}, block.problem)] : []))
    pages.replaceChildren(...pager())
    const state = drawnState({...block, said: sheet.filters.values.search ? `No ticket holds “${sheet.filters.values.search}” here.` : "No ticket matches."})
    body.replaceChildren(state || h("div", {class: "scroll", tabIndex: 0}, tabular(h("table", {class: "tickets"},
      h("thead", null, h("tr", null, block.columns.map(headOf))),
      h("tbody", null, block.rows.map((row) => rowOf(row, sheet.filters.values.ticket)))))))
  }}
}

function bubble(message) {
  const who = {customer: "Customer", agent: "Agent", bot: "Bot", system: "System"}[message.role] || message.role
  const name = message.role === "agent" && message.author ? `${who} ${message.author}` : who
  return h("li", {class: `message ${message.role}${message.note ? " note" : ""}`, id: `m-${message.id}`},
    h("div", {class: "message-head"}, h("strong", null, name), message.note ? h("span", {class: "tag"}, "internal note") : null,
      h("time", null, message.at), moodMark(message.mood, message.score)),
    h("p", null, message.text || "(no text)"))
}

// The message that the address names, as a link of an answer does.
function point(body) {
  const name = decodeURIComponent(location.hash.slice(1))
  const message = name.startsWith("m-") && [...body.querySelectorAll(".message")].find((one) => one.id === name)
  if (!message) return
  message.classList.add("pointed")
  message.scrollIntoView({block: "center"})
}

function conversationBlock(ctx) {
  const title = h("h2"), id = h("p", {class: "caption"}), body = h("div", {class: "talk"})
  const close = h("button", {class: "icon", type: "button", "aria-label": "Close conversation", onclick: () => ctx.send({set: {ticket: ""}})}, "✕")
  const el = h("section", {class: "panel wide conversation", hidden: true, "aria-label": "Conversation"}, h("header", null, h("div", null, title, id), close), body)
  let shown = ""
  return {el, update: (block) => {
    el.hidden = !block.ticket
    if (!block.ticket) { shown = ""; return }
    title.textContent = block.title || `Ticket ${block.ticket}`
    id.textContent = block.id || ""
    if (block.state !== "ok") body.replaceChildren(drawnState(block))
    else body.replaceChildren(
      h("ol", {class: "messages"}, block.messages.map(bubble), block.messages.length ? null : h("li", {class: "quiet"}, "This ticket has no messages."),
        block.cut ? h("li", {class: "quiet"}, `These are its first ${block.messages.length} messages; the rest stands in the source.`) : null),
      h("div", {class: "side"},
        h("dl", null, block.facts.map(([label, value]) => [h("dt", null, label), h("dd", null, value)])),
        block.url ? h("p", null, h("a", {href: block.url, rel: "noreferrer noopener", target: "_blank"}, "Open in the source")) : null,
        h("h3", null, "Same customer"),
        block.others.length ? h("ul", {class: "others"}, block.others.map((one) => h("li", null,
          h("button", {type: "button", class: "link", onclick: () => ctx.send({set: {ticket: one.ticket}})}, one.title), h("span", null, one.said))))
          : h("p", {class: "quiet"}, "No other tickets.")))
    if (block.ticket !== shown) {
      shown = block.ticket
      requestAnimationFrame(() => { el.scrollIntoView({block: "start"}); close.focus({preventScroll: true}); point(body) })
    }
  }}
}
