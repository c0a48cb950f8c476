// Sources: how each entry is doing, what its last sync did, who feeds the numbers, what had to be set aside.
const SOURCE_HEADS = ["Entry", "State", "Newest good sync", "Newest row", "Next sync", "Rows written", "Quarantine", "Last error"]
const MARKS = {green: "●", yellow: "▲", red: "✕", "no data": "○"}

function healthMark(colour, word, why) {
  return h("span", {class: `status ${colour.replace(" ", "-")}`, title: why || null}, h("span", {"aria-hidden": "true"}, `${MARKS[colour] || "○"} `), word)
}

function sourcesBlock(ctx) {
  const lead = h("p", {class: "lead"}), idle = h("p", {class: "small"}), asleep = h("p", {class: "small quiet"}), body = h("div")
  const told = h("p", {class: "small", role: "status", "aria-live": "polite"})
  const el = h("section", {class: "panel wide"}, lead, idle, told, body, asleep)
  function aside(row) {
    const held = row.set_aside
    const shown = held.rows.length < held.count ? ` (the first ${held.rows.length} of ${held.count} are shown)` : ""
    const whole = ctx.served ? h("a", {class: "button", href: `./quarantine.csv?entry=${encodeURIComponent(row.entry)}`, download: ""}, "Download CSV")
      : h("button", {type: "button", onclick: () => download(`quarantine ${row.entry}`, held.heads, held.rows)}, "Download CSV")
    return [h("p", null, `These rows did not fit the schema and are not counted${shown}. Fix the mapping or the source, then sync again.`),
      h("div", {class: "actions"}, whole),
      plainTable(held.heads, held.rows, `Quarantine of ${row.entry}`)]
  }
  async function act(row, ask, given, said) {
    const answer = await ctx.ask(ask, {entry: row.entry, ...given})
    told.className = answer.problem ? "small bad" : "small"
    told.textContent = answer.problem || said(answer)
    if (!answer.problem) ctx.send({set: {}})
  }
  function tools(row) {
    const press = (label, what, run) => h("button", {type: "button", class: "quietly", "data-do": what, "data-entry": row.entry, "aria-label": `${label}: ${row.entry}`, onclick: run}, label)
    const pause = press(row.paused ? "Resume" : "Pause", "pause", () => act(row, "source_pause", {paused: !row.paused}, () => row.paused ? `${row.entry} is synced again as it is due.` : `${row.entry} is paused.`))
    const sync = press("Sync now", "sync", () => act(row, "source_soon", {}, (answer) => answer.watched ? `${row.entry} is synced now.` : `${row.entry} is synced as soon as somebody syncs what is due: deskbook worker, or now by hand: deskbook sync ${row.entry}`))
    return h("div", {class: "row-tools"}, pause, sync)
  }
  const small = (text) => text ? h("small", {class: "quiet"}, ` ${text}`) : null
  function line(row, block) {
    const cells = [
      h("th", {scope: "row"}, row.entry, small([row.kind, row.source, row.tables].filter(Boolean).join(" · ")), row.feeding ? h("span", {class: "badge"}, row.feeding) : null,
        ctx.served && block.may_keep ? tools(row) : null),
      h("td", null, healthMark(row.colour, row.word, row.why), row.paused ? h("small", {class: "quiet"}, ` paused ${row.paused}`) : null),
      h("td", null, row.age, small(row.synced), small(`promised within ${row.promise}`)),
      h("td", null, row.newest_row || "–"),
      h("td", null, row.next, row.next.startsWith("in ") || row.next === "due" ? small(row.every) : null),
      h("td", {class: "figure-cell"}, row.written, small(`of ${row.read} read`)),
      h("td", {class: "figure-cell"}, row.set_aside
        ? h("button", {class: "number", type: "button", onclick: (event) => ctx.drawer.show(`Set aside from ${row.entry}`, aside(row), event.currentTarget)}, row.aside_text)
        : row.aside_text),
      h("td", {class: "error-cell"}, row.error || "", small(row.hearing), small(row.noticed))]
    cells.forEach((cell, at) => { cell.dataset.label = SOURCE_HEADS[at] })
    return h("tr", null, cells)
  }
  return {el, update: (block) => {
    lead.textContent = block.state === "ok" ? block.said : ""
    lead.className = `lead ${block.all_good ? "good" : "warn"}`
    idle.textContent = block.idle || ""
    idle.hidden = !block.idle
    asleep.textContent = block.asleep || ""
    asleep.hidden = !block.asleep
    if (block.state !== "ok") return body.replaceChildren(drawnState(block))
    const held = el.getRootNode().activeElement, again = held?.dataset?.entry ? [held.dataset.entry, held.dataset.do] : null
    const heads = SOURCE_HEADS.map((head, at) => h("th", {scope: "col", class: at > 4 && at < 7 ? "figure-cell" : null}, head))
    body.replaceChildren(h("div", {class: "scroll", tabIndex: 0}, tabular(h("table", {class: "plain sources"},
      h("thead", null, h("tr", null, heads)),
      h("tbody", null, block.rows.map((row) => line(row, block)))))))
    // Who pressed a button finds it again, though the table was drawn anew.
    if (again) [...body.querySelectorAll(`[data-do=${again[1]}]`)].find((button) => button.dataset.entry === again[0])?.focus({preventScroll: true})
  }}
}
