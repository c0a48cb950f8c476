// Sources: is each entry fresh, what did its last sync do, what had to be set aside.
const SOURCE_HEADS = ["Entry", "State", "Last good sync", "Promised within", "Tables", "Rows read", "Rows written", "Quarantine", "Last error"]
const MARKS = {ok: "●", late: "▲", failed: "✕", never: "○"}

function sourcesBlock(ctx) {
  const lead = h("p", {class: "lead"}), body = h("div")
  const el = h("section", {class: "panel wide"}, lead, body)
  function aside(row) {
    const held = row.set_aside
    const shown = held.rows.length < held.count ? ` (the first ${held.rows.length} of ${held.count})` : ""
    return [h("p", null, `These rows did not fit the schema and are not counted${shown}. Fix the mapping or the source, then sync again.`),
      h("div", {class: "actions"}, h("button", {type: "button", onclick: () => download(`quarantine ${row.entry}`, held.heads, held.rows)}, "Download CSV")),
      plainTable(held.heads, held.rows, `Quarantine of ${row.entry}`)]
  }
  function line(row) {
    const made = h("tr", null,
      h("th", {scope: "row"}, row.entry, h("small", {class: "quiet"}, ` ${row.kind} · ${row.source}`)),
      h("td", null, h("span", {class: `status ${row.status}`}, h("span", {"aria-hidden": "true"}, `${MARKS[row.status] || "○"} `), row.word)),
      h("td", null, row.age, row.synced ? h("small", {class: "quiet"}, ` ${row.synced}`) : null),
      h("td", null, row.promise), h("td", null, row.tables),
      h("td", {class: "figure-cell"}, row.read), h("td", {class: "figure-cell"}, row.written),
      h("td", {class: "figure-cell"}, row.set_aside
        ? h("button", {class: "number", type: "button", onclick: (event) => ctx.drawer.show(`Set aside from ${row.entry}`, aside(row), event.currentTarget)}, row.aside_text)
        : row.aside_text),
      h("td", {class: "error-cell"}, row.error || ""));
    [...made.children].forEach((cell, at) => { cell.dataset.label = SOURCE_HEADS[at] })
    return made
  }
  return {el, update: (block) => {
    lead.textContent = block.state === "ok" ? block.said : ""
    lead.className = `lead ${block.all_good ? "good" : "warn"}`
    if (block.state !== "ok") return body.replaceChildren(drawnState(block))
    body.replaceChildren(h("div", {class: "scroll", tabIndex: 0}, h("table", {class: "plain sources"},
      h("thead", null, h("tr", null, SOURCE_HEADS.map((head, at) => h("th", {scope: "col", class: at > 4 && at < 8 ? "figure-cell" : null}, head)))),
      h("tbody", null, block.rows.map(line)))))
  }}
}
