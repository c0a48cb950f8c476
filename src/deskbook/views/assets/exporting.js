// The page, or one view of it, as a file: asked for under the filters shown, saved when it is made.
const FORMS = [["pdf", "PDF"], ["png", "PNG"], ["xlsx", "Excel"], ["csv", "CSV"], ["ipynb", "Notebook"]]

async function exportFile(ctx, form, view) {
  const asked = new URLSearchParams(ctx.sheet.filters.url || "")
  if (view) asked.set("view", view)
  const name = location.pathname.split("/").filter(Boolean).pop()
  const answer = await fetch(`./export/${name}.${form}?${asked}`).catch(() => null)
  if (!answer) throw new Error("The file could not be made: Deskbook does not answer.")
  if (!answer.ok) throw new Error(await answer.text())
  const told = /filename="([^"]+)"/.exec(answer.headers.get("content-disposition") || "")
  const url = URL.createObjectURL(await answer.blob())
  h("a", {href: url, download: told ? told[1] : `${name}.${form}`}).click()
  setTimeout(() => URL.revokeObjectURL(url), 10_000)
}

// One file after the other: the server makes them one at a time.
function makeFile(ctx, form, label, view, said, buttons) {
  const busy = (on) => buttons.forEach((button) => { button.disabled = on })
  ctx.bar.problems.querySelectorAll("[data-export]").forEach((old) => old.remove())
  said.textContent = `Making ${label}…`
  busy(true)
  return exportFile(ctx, form, view)
    .then(() => { said.textContent = `${label} saved`; setTimeout(() => { said.textContent = "" }, 4000) })
    .catch((error) => { said.textContent = ""; ctx.bar.problems.append(h("p", {role: "alert", "data-export": true}, error.message)) })
    .finally(() => busy(false))
}

// What of a page can be a file of its own, by the names that its views have in an export; a sentence has no table.
const UNTITLED = {cards: "The cards", tickets: "The list of tickets"}, NO_FILE = ["hidden", "notice", "sentence", "conversation", "adding", "ask"]

function exportable(blocks) {
  const named = blocks.filter((block) => block.view && !NO_FILE.includes(block.kind)).map((block) => [block.view, block.title || UNTITLED[block.kind]])
  return named.filter(([, title]) => title)
}

function exportMenu(ctx, subscribing) {
  const what = h("select", {"aria-label": "What to save"})
  const offer = () => {
    const views = exportable(ctx.sheet.blocks)
    what.replaceChildren(h("option", {value: ""}, "The whole page"), ...views.map(([view, title]) => h("option", {value: view}, title)))
    what.hidden = views.length < 2
  }
  const said = h("span", {class: "fresh", role: "status"})
  const summary = h("summary", {title: "Save this page as a file"}, h("span", {"aria-hidden": "true"}, "⤓"), h("span", {class: "export-word"}, "Export"))
  const buttons = FORMS.map(([form, label]) => h("button", {type: "button", "data-form": form, onclick: () => {
    menu.open = false
    summary.focus()
    makeFile(ctx, form, label, what.value, said, buttons)
    what.value = ""
  }}, label))
  const more = [["add", "Subscribe…"], ["list", "Subscriptions"]].map(([what, label]) => h("button", {type: "button", "data-form": what, "aria-haspopup": "dialog", onclick: () => {
    menu.open = false
    subscribing[what](summary)
  }}, label))
  const menu = h("details", {class: "export"}, summary, h("div", {class: "export-forms"}, what, buttons, h("hr"), more))
  menu.addEventListener("keydown", (event) => { if (event.key === "Escape" && menu.open) { menu.open = false; summary.focus() } })
  menu.addEventListener("focusout", (event) => { if (event.relatedTarget && !menu.contains(event.relatedTarget)) menu.open = false })
  const away = (event) => { if (!event.composedPath().includes(menu)) menu.open = false }
  menu.addEventListener("toggle", () => {
    ctx.still(menu.open)
    if (!menu.open) return removeEventListener("pointerdown", away)
    addEventListener("pointerdown", away)
    offer()
  })
  return h("div", {class: "export-place"}, said, menu)
}

function exportView(ctx, block) {
  if (!ctx.served) return null
  const said = h("span", {class: "unseen", role: "status"})
  const button = h("button", {class: "quietly", type: "button", onclick: async () => {
    button.textContent = "Making…"
    await makeFile(ctx, "xlsx", "Excel", block().view, said, [button])
    button.textContent = "Excel"
  }}, "Excel")
  return [said, button]
}
