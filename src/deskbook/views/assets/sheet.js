// The page: bar, blocks in their order, footer, drawer. Built once; a new sheet changes it in place.
const BLOCKS = {sentence: sentenceBlock, cards: cardsBlock, ranking: rankingBlock, listing: listingBlock, tickets: ticketsBlock,
  conversation: conversationBlock, ask: askBlock, sources: sourcesBlock, adding: addingBlock, spread: spreadBlock, funnel: funnelBlock, multiples: multiplesBlock, notice: noticeBlock, hidden: hiddenBlock}

function noticeBlock() {
  const el = h("section", {class: "panel wide"})
  return {el, update: (block) => el.replaceChildren(...[block.title ? h("h2", null, block.title) : null, drawnState(block)].filter(Boolean))}
}

function hiddenBlock() {
  return {el: h("div", {hidden: true}), update: () => {}}
}

function makeBlock(ctx, block) {
  const made = block.figure !== undefined ? chartBlock(ctx, block) : (BLOCKS[block.kind] || hiddenBlock)(ctx)
  return {...made, kind: kindOf(block)}
}

// What a block is drawn with: a figure of its own, or what its kind is drawn with.
function kindOf(block) {
  return block.figure !== undefined ? `figure ${block.figure}` : block.kind
}

// A question is answered by a message of the same number; the page itself stays as it is.
function buildQuestions(model) {
  const waiting = new Map()
  let count = 0
  model.on("msg:custom", (event) => {
    const told = event.data || event
    waiting.get(told.id)?.(told)
    waiting.delete(told.id)
  })
  return (message) => new Promise((done) => {
    count += 1
    waiting.set(count, done)
    model.send_msg({...message, id: count})
  })
}

const PATIENCE_MS = 200

export function render({model, view}) {
  const ctx = {model, view, served: Boolean(window.deskbook), sheet: JSON.parse(model.sheet), figures: view.model.data.charts || []}
  writeAxes(ctx.figures, ctx.sheet.signs)
  const root = h("div", {class: "sheet"}), grid = h("div", {class: "grid"})
  ctx.keys = ctx.served ? window : root
  let patience = 0
  // What is answered at once leaves the page as it is: dimmed between, it would flicker, and be painted twice.
  ctx.busy = () => {
    root.classList.add("busy")
    clearTimeout(patience)
    patience = setTimeout(() => root.classList.add("late"), PATIENCE_MS)
  }
  const answered = () => { clearTimeout(patience); root.classList.remove("busy", "late") }
  ctx.send = (message) => { ctx.busy(); model.send_msg(message) }
  // What lies behind an open menu takes no press: one beside the menu closes it, and opens nothing else.
  ctx.still = (on) => { grid.inert = on }
  // Where nothing came of a wish no sheet follows it.
  model.on("msg:custom", (event) => { if ((event.data || event).same) answered() })
  const question = buildQuestions(model)
  ctx.ask = (ask, given) => question({...given, ask})
  ctx.wish = async (wish, given) => {
    const answer = await question({...given, wish})
    if (answer.error) throw Object.assign(new Error(answer.error), {overtaken: answer.overtaken})
    return answer
  }
  ctx.drawer = buildDrawer(ctx)
  ctx.bar = buildBar(ctx)
  ctx.arranging = buildArranging(ctx, grid)
  const foot = buildFoot(ctx), notebook = buildNotebook(ctx, root)
  const blocks = ctx.blocks = new Map()
  let asked = ctx.sheet.filters.url || ""
  function update() {
    const sheet = ctx.sheet = JSON.parse(model.sheet)
    ctx.bar.update(sheet)
    ctx.arranging.place(sheet.blocks.map((block, at) => {
      const name = block.view || String(at)
      if (blocks.get(name)?.kind !== kindOf(block)) {
        const made = makeBlock(ctx, block)
        blocks.get(name)?.el.replaceWith(made.el)
        blocks.set(name, {...made, name})
      }
      const held = blocks.get(name)
      held.update(block, sheet)
      held.block = block
      return held
    }))
    foot.update(sheet)
    // The first sheet came from this address; what people then choose is written into it.
    if ((ctx.served || isVoila()) && root.dataset.version && (sheet.filters.url || "") !== asked) {
      asked = sheet.filters.url || ""
      // Writing it takes the browser about as long as two figures: it waits until they are painted.
      const address = location.pathname + (ctx.served ? asked : voilaAddress(asked))
      requestAnimationFrame(() => setTimeout(() => ctx.served ? history.pushState({}, "", address) : history.replaceState({}, "", address)))
    }
    answered()
    root.dataset.version = String(Number(root.dataset.version || 0) + 1)
  }
  // An output that was run again is gone, and hears of themes as long as its kernel lives.
  const wear = () => root.isConnected && recolour(root, ctx.figures)
  const parked = h("div", {class: "parked", "aria-hidden": "true", inert: true})
  root.append(parked, ctx.bar.el, ctx.arranging.waiting, ctx.bar.problems, grid, foot.el, ...ctx.drawer.els, ...ctx.bar.panels)
  lift(ctx, [...ctx.drawer.els, ...ctx.bar.panels])
  update()
  model.on("sheet", update)
  model.on("after_render", wear)
  view.on_child_render("charts", () => {
    ctx.figures = view.model.data.charts
    writeAxes(ctx.figures, ctx.sheet.signs)
    for (const held of [...blocks.values(), ...(ctx.preview ? [ctx.preview] : [])]) held.hang?.()
    // A figure that is drawn nowhere cannot be laid out: it waits in a corner for the block it belongs to.
    parked.append(...model.get_child("charts").filter((figure) => figure && !figure.parentNode))
    view.render_children()
    wear()
  })
  const back = () => { asked = location.search; ctx.send({url: location.search}) }
  const escape = (event) => {
    const typing = event.composedPath()[0].closest?.("input, select, textarea, [role=dialog]")
    if (event.key === "Escape" && !event.defaultPrevented && !typing && ctx.sheet.filters.values.pick) dropPick(ctx)
  }
  ctx.keys.addEventListener("keydown", escape)
  addEventListener("deskbook-theme", wear)
  if (ctx.served) addEventListener("popstate", back)
  model.on("remove", () => { ctx.keys.removeEventListener("keydown", escape); removeEventListener("deskbook-theme", wear); removeEventListener("popstate", back); ctx.bar.gone(); ctx.arranging.remove(); notebook.gone() })
  return root
}
