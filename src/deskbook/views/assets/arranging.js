// Arranging a page: the bar that does it, what was changed and is not saved yet, and the way back.
const UNSAVED = "deskbook-arranging"

function buildArranging(ctx, grid) {
  const frames = new Map(), live = h("p", {class: "unseen", role: "status", "aria-live": "polite"})
  const name = h("strong"), open = h("button", {class: "arrange-open", type: "button", onclick: () => start()})
  const press = (label, act, more) => h("button", {type: "button", onclick: (event) => act(event.currentTarget), ...more}, label)
  const undo = press("Undo", () => back()), save = press("Save", (from) => keep(from))
  const bar = h("div", {class: "arrange-bar", role: "toolbar", "aria-label": "Arrange this page", hidden: true}, name,
    press("Add", (from) => openLibrary(ctx, arranging, from), {class: "strong"}), undo, save,
    press("Save as…", (from) => openSaveAs(ctx, arranging, from)), press("Reset", () => reset()),
    press("Layouts", (from) => openLayouts(ctx, arranging, from)), press("Done", () => leave()))
  const waiting = h("div", {class: "arrange-waiting", hidden: true})
  let edit = null, placed = []
  const layout = () => ctx.sheet.layout
  const bare = ({title, ...widget}) => widget
  const now = () => (layout().widgets || layout().own).map(bare)
  const isDirty = () => Boolean(edit) && JSON.stringify(edit.widgets) !== edit.clean
  const key = () => `${UNSAVED} ${location.pathname}`

  function start(unsaved) {
    edit = {widgets: now(), clean: JSON.stringify(now()), kept: layout().kept, undo: [], asked: false}
    waiting.hidden = true
    if (unsaved) { edit.kept = unsaved.kept; change(unsaved.widgets, "") }
    bar.hidden = false
    place(placed)
    if (frames.size) frames.values().next().value.grip.focus({preventScroll: true})
    say("Arranging. Every widget has a grip: arrow keys move it, Shift with arrows resizes it.")
  }
  function say(text) { live.textContent = text }
  function change(widgets, said) {
    edit.undo.push(edit.widgets)
    edit.widgets = widgets
    settle(said)
  }
  function back() {
    if (!edit.undo.length) return
    edit.widgets = edit.undo.pop()
    settle("Undone")
  }
  function settle(said) {
    remember()
    const held = new Set(placed.map((one) => one.name))
    if (edit.widgets.some((widget) => !held.has(widgetName(widget)))) ask(edit.widgets)
    place(placed)
    if (said) say(said)
  }
  // What is not on the page yet has to come from the server; moving and resizing does not.
  function ask(widgets) {
    ctx.busy()
    edit.asked = true
    ctx.wish("arrange", {widgets}).catch(fail)
  }
  function fail(error) {
    ctx.bar.problems.querySelectorAll("[data-arrange]").forEach((old) => old.remove())
    ctx.bar.problems.append(h("p", {role: "alert", "data-arrange": true}, error.message))
  }
  function remember() {
    try {
      if (isDirty()) sessionStorage.setItem(key(), JSON.stringify({widgets: edit.widgets, kept: edit.kept}))
      else sessionStorage.removeItem(key())
    } catch { /* storage may be off */ }
  }
  function at(view) { return edit.widgets.findIndex((widget) => widgetName(widget) === view) }
  function titled(widget) {
    const own = layout().own.find((one) => one.view === widget.view), block = ctx.blocks.get(widgetName(widget))?.block
    return block?.title || own?.title || widget.show?.title || block?.items?.map((card) => card.label).join(", ") || widgetName(widget)
  }
  const act = {
    move(view, by) {
      const from = at(view), to = from + by, next = [...edit.widgets]
      if (to < 0 || to >= next.length) return say(by < 0 ? "First already" : "Last already")
      next.splice(to, 0, ...next.splice(from, 1))
      change(next, `${titled(next[to])}: ${to + 1} of ${next.length}`)
      frames.get(view).grip.focus({preventScroll: true})
      frames.get(view).el.scrollIntoView({block: "nearest"})
    },
    size(view, what, by) {
      const from = edit.widgets[at(view)], next = stepped(from, what, by)
      if (what === "tall" && ctx.blocks.get(view)?.block.figure === undefined) return say("Only charts grow in height")
      if (JSON.stringify(next) === JSON.stringify(from)) return
      change(edit.widgets.map((widget) => widget === from ? next : widget),
        `${titled(next)}: ${what === "tall" ? `${next.tall} ${next.tall > 1 ? "steps" : "step"} high` : SHARES[next.wide]}`)
    },
    resize(view, event) {
      const widget = edit.widgets[at(view)], {el} = frames.get(view)
      const show = (sized) => { size(el, sized.wide || 6, sized.tall || 1); grow(sized) }
      resizeWidget(event, widget, el, ctx.blocks.get(view)?.block.figure !== undefined, show, (sized) => {
        const isSame = (sized.wide || 6) === (widget.wide || 6) && (sized.tall || 1) === (widget.tall || 1)
        if (isSame) show(widget)
        else change(edit.widgets.map((one) => one === widget ? sized : one), `${titled(sized)}: ${sizeSaid(sized)}`)
      })
    },
    remove(view) {
      const from = at(view), gone = edit.widgets[from]
      change(edit.widgets.filter((widget) => widget !== gone), `${titled(gone)} removed. Undo brings it back.`)
      const next = edit.widgets[Math.min(from, edit.widgets.length - 1)]
      if (next) frames.get(widgetName(next)).grip.focus({preventScroll: true})
      else undo.focus()
    },
    drag(view, event) {
      dragWidget(event, view, new Map(edit.widgets.map((widget) => [widgetName(widget), frames.get(widgetName(widget))])), (order) => {
        const to = order.indexOf(view), next = order.map((one) => edit.widgets[at(one)])
        if (to !== at(view)) change(next, `${titled(next[to])}: ${to + 1} of ${next.length}`)
      })
    },
  }
  function reset() {
    change(layout().own.map(bare), "As the notebook has it. Undo brings your arrangement back.")
  }
  function add(widget) {
    change([...edit.widgets, widget], `${titled(widget)} added at the end`)
    frames.get(widgetName(widget)).el.scrollIntoView({block: "center"})
    frames.get(widgetName(widget)).grip.focus({preventScroll: true})
  }
  function keep(from) {
    const kept = edit.kept
    if (!kept || !kept.may_change || !kept.version) return openSaveAs(ctx, arranging, from)
    return saveUnder({name: kept.name, owner: kept.owner, seen: kept.version}, from)
  }
  // Resolves to whether it was saved; the arrangement stays in this tab whatever happens.
  async function saveUnder(values, from) {
    const widgets = edit.widgets
    try {
      const {kept} = await ctx.wish("keep", {...values, widgets})
      Object.assign(edit, {kept, clean: JSON.stringify(widgets), asked: false})
      remember()
      place(placed)
      say(`Saved as ${kept.name}, version ${kept.version}`)
      return true
    } catch (error) {
      if (!error.overtaken) throw error
      openOvertaken(ctx, arranging, error.message, values, from)
      return false
    }
  }
  // A change of who may see the layout is a version of it too.
  function shared(kept) {
    if (edit?.kept?.address === kept.address) edit.kept = kept
    remember()
  }
  function leave(then) {
    if (isDirty()) return openLeaving(ctx, arranging, then)
    drop()
    if (then) then()
    else open.focus({preventScroll: true})
  }
  function drop() {
    const asked = edit.asked
    edit = null
    try { sessionStorage.removeItem(key()) } catch { /* as above */ }
    bar.hidden = true
    if (asked) { ctx.busy(); ctx.wish("arrange", {widgets: null}).catch(fail) }
    place(placed)
  }
  function hosts() {
    if (!edit) return placed.map((one) => { one.el.inert = false; return one.el })
    return edit.widgets.map((widget, place_) => {
      const view = widgetName(widget), held = ctx.blocks.get(view)
      if (!frames.has(view)) frames.set(view, widgetFrame(view, act))
      const frame = frames.get(view)
      if (held && held.el.parentNode !== frame.body) frame.body.replaceChildren(held.el)
      if (held) held.el.inert = true
      frame.update(widget, titled(widget), place_, edit.widgets.length, held?.block.figure !== undefined)
      return frame.el
    })
  }
  function size(el, wide, tall) {
    for (const [property, value] of [["--cols", wide], ["--tall", tall]]) {
      if (value) el.style.setProperty(property, value)
      else el.style.removeProperty(property)
    }
    if (wide) el.dataset.cols = wide
    else delete el.dataset.cols
  }
  // Puts what the sheet holds into the grid; while arranging, in the order and sizes of the tab.
  function place(next) {
    placed = next
    if (edit && !isDirty() && layout()) Object.assign(edit, {widgets: now(), clean: JSON.stringify(now()), kept: layout().kept})
    const els = hosts()
    els.forEach((el, place_) => { if (grid.children[place_] !== el) grid.insertBefore(el, grid.children[place_] || null) })
    while (grid.children.length > els.length) grid.lastChild.remove()
    const sizes = edit ? edit.widgets.map((widget) => [widget.wide || 6, widget.tall || 1]) : placed.map(({block}) => [block.cols, block.tall])
    grid.classList.toggle("arranged", Boolean(edit) || placed.some(({block}) => block.cols))
    grid.classList.toggle("arranging", Boolean(edit))
    els.forEach((el, place_) => size(el, ...sizes[place_]))
    if (edit) edit.widgets.forEach(grow)
    draw()
  }
  function grow(widget) {
    const figure = ctx.figures[ctx.blocks.get(widgetName(widget))?.block.figure]
    const tall = 220 * (widget.tall || 1) + 90 * ((widget.tall || 1) - 1)
    if (figure && figure.height !== tall) figure.height = tall
  }
  function draw() {
    const kept = edit ? edit.kept : layout()?.kept
    open.replaceChildren(h("span", {"aria-hidden": "true"}, "▦"), h("span", {class: "export-word"}, kept ? kept.name : "Arrange"))
    open.title = kept ? `Layout: ${kept.name}. Arrange this page` : "Arrange this page"
    open.setAttribute("aria-label", open.title)
    open.hidden = Boolean(edit)
    name.textContent = `${kept ? kept.name : "This page"}${isDirty() ? " · not saved" : ""}`
    undo.disabled = !edit?.undo.length
    save.disabled = Boolean(edit) && !isDirty()
  }
  function offer() {
    let unsaved = null
    try { unsaved = JSON.parse(sessionStorage.getItem(key()) || "null") } catch { /* as above */ }
    if (!unsaved) return
    const done = () => { waiting.hidden = true; try { sessionStorage.removeItem(key()) } catch { /* as above */ } }
    waiting.replaceChildren(h("p", {role: "status"}, "This tab has an arrangement that was not saved. ",
      h("button", {class: "link", type: "button", onclick: () => start(unsaved)}, "Go on arranging"), " · ",
      h("button", {class: "link", type: "button", onclick: done}, "Drop it")))
    waiting.hidden = false
  }
  const escape = (event) => {
    const typing = event.composedPath()[0].closest?.("input, select, textarea, [role=dialog]")
    if (event.key !== "Escape" || !edit || event.defaultPrevented || typing || ctx.drawer.isOpen()) return
    event.preventDefault()
    leave()
  }
  const arranging = {waiting, place, add, leave, saveUnder, shared, drop, titled, isDirty, fail, say, remove: () => removeEventListener("keydown", escape),
    get edit() { return edit }, hidden: () => layout().own.filter((one) => at(one.view) < 0)}
  if (ctx.served && ctx.sheet.layout) {
    addEventListener("keydown", escape)
    ctx.bar.el.querySelector(".export-place").prepend(open)
    ctx.bar.el.append(bar, live)
    offer()
  }
  return arranging
}
