// The page outside Deskbook's own frame: in JupyterLab or Voilà it is one output among others.
const VOILAS = ["template", "theme", "token"]  // what Voilà itself reads in an address

// Voilà shows a page under an address, and its neighbours beside it, where it serves their folder.
const isVoila = () => "voila" in document.body.dataset
const isLinked = (ctx) => ctx.served || (isVoila() && location.pathname.endsWith(".ipynb"))

// Another page with what it is asked for; null where there is no way to it.
function pageLink(ctx, page, asked) {
  if (ctx.served) return `${page}?${asked}`
  return isLinked(ctx) ? `${page}.ipynb?${voilaAddress(`?${asked}`).slice(1)}` : null
}

// The filters of an address, and what Voilà wants to read in the next one too.
function voilaAddress(filters) {
  const next = new URLSearchParams(filters)
  for (const [name, value] of new URLSearchParams(location.search)) if (VOILAS.includes(name) && name !== "token") next.append(name, value)
  return next.size ? `?${next}` : ""
}

function buildNotebook(ctx, root) {
  if (ctx.served) return {gone: () => {}}
  const host = ctx.view.el, system = matchMedia("(prefers-color-scheme: dark)")
  // A notebook has keys of its own, and ours mean nothing in its cells: each hears what is pressed inside it.
  host.setAttribute("data-lm-suppress-shortcuts", "true")
  root.tabIndex = -1
  root.classList.add("in-notebook")
  const wear = () => {
    const light = document.body.dataset.jpThemeLight
    const dark = light ? light === "false" : system.matches
    if (host.dataset.theme === (dark ? "dark" : "light")) return
    host.dataset.theme = dark ? "dark" : "light"
    dispatchEvent(new Event("deskbook-theme"))
  }
  const worn = new MutationObserver(wear)
  worn.observe(document.body, {attributes: true, attributeFilter: ["data-jp-theme-light"]})
  system.addEventListener("change", wear)
  wear()
  if (isVoila()) history.replaceState({}, "", location.pathname + voilaAddress(ctx.sheet.filters.url || ""))
  return {gone: () => { worn.disconnect(); system.removeEventListener("change", wear) }}
}

// What lies over the page goes to the browser's top layer: a notebook's cells cut off and move what is fixed in them.
function lift(ctx, els) {
  if (ctx.served) return
  const show = (el) => {
    if (!el.isConnected || el.matches(":popover-open") === !el.hidden) return
    if (el.hidden) el.hidePopover()
    else el.showPopover()
  }
  const seen = new MutationObserver((changes) => changes.forEach((change) => show(change.target)))
  for (const el of els) {
    el.popover = "manual"
    seen.observe(el, {attributes: true, attributeFilter: ["hidden"]})
  }
}
