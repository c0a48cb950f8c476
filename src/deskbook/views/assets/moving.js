// A widget while the page is arranged: its grip, its size, and how it is moved by mouse, finger and key.
const WIDTHS = [3, 4, 6, 8, 9, 12], TALLEST = 3, EDGE = 72, STRIDE = 14
const SHARES = {3: "a quarter", 4: "a third", 6: "half", 8: "two thirds", 9: "three quarters", 12: "full width"}

function widgetName(widget) {
  return widget.view || widget.id
}

function stepped(widget, what, by) {
  if (what === "tall") return {...widget, tall: Math.min(TALLEST, Math.max(1, (widget.tall || 1) + by))}
  const at = WIDTHS.indexOf(widget.wide || 6) + by
  return {...widget, wide: WIDTHS[Math.min(WIDTHS.length - 1, Math.max(0, at))]}
}

function sizeSaid(widget) {
  return `${SHARES[widget.wide]}${widget.tall > 1 ? `, ${widget.tall} steps high` : ""}`
}

// The frame around one widget. `act` has move(name, by), size(name, what, by), remove(name), and drag(name, event) and
// resize(name, event), which follow a pointer.
function widgetFrame(name, act) {
  const tool = (label, text, press) => h("button", {class: "icon", type: "button", "data-tool": label, onclick: press}, text)
  const grip = h("button", {class: "grip", type: "button"}, h("span", {"aria-hidden": "true"}, "⠿"), h("span", {class: "grip-name"}))
  const narrower = tool("narrower", "−", () => act.size(name, "wide", -1)), wider = tool("wider", "+", () => act.size(name, "wide", 1))
  const lower = tool("lower", "−", () => act.size(name, "tall", -1)), taller = tool("taller", "+", () => act.size(name, "tall", 1))
  const height = h("span", {class: "step"}, lower, h("span", {"aria-hidden": "true"}, "↕"), taller)
  const away = tool("remove", "✕", () => act.remove(name))
  const body = h("div", {class: "placed-body"})
  // Keys and buttons resize too: nobody has to take it.
  const corner = h("i", {class: "corner", "aria-hidden": "true", title: "Drag to resize", onpointerdown: (event) => act.resize(name, event)})
  const el = h("div", {class: "placed", "data-view": name},
    h("div", {class: "frame"}, grip, h("span", {class: "step"}, narrower, h("span", {"aria-hidden": "true"}, "↔"), wider), height, away), body, corner)
  grip.addEventListener("pointerdown", (event) => act.drag(name, event))
  grip.addEventListener("keydown", (event) => {
    const step = {ArrowLeft: -1, ArrowUp: -1, ArrowRight: 1, ArrowDown: 1}[event.key]
    if (event.key === "Delete" || event.key === "Backspace") act.remove(name)
    else if (!step) return
    else if (!event.shiftKey) act.move(name, step)
    else if (event.key === "ArrowLeft" || event.key === "ArrowRight") act.size(name, "wide", step)
    else act.size(name, "tall", step)
    event.preventDefault()
  })
  return {el, grip, body, update: (widget, title, at, of, isFigure) => {
    grip.lastChild.textContent = title
    grip.setAttribute("aria-label", `${title}, ${at + 1} of ${of}, ${sizeSaid(widget)}. Arrow keys move, Shift with arrows resizes, Delete removes.`)
    for (const [button, word, off] of [[narrower, "Narrower", widget.wide === WIDTHS[0]], [wider, "Wider", widget.wide === 12],
      [lower, "Lower", !(widget.tall > 1)], [taller, "Taller", widget.tall === TALLEST], [away, "Remove", false]]) {
      button.setAttribute("aria-label", `${word}: ${title}`)
      button.title = word
      button.disabled = off
    }
    height.hidden = !isFigure
  }}
}

// Follows a pointer: `moved` hears where it is, `ended` whether it was let go there. Escape gives up.
function followPointer({pointerId}, moved, ended) {
  function move(next) {
    if (next.pointerId === pointerId) moved({x: next.clientX, y: next.clientY})
  }
  function end(last) {
    if (last.pointerId !== undefined && last.pointerId !== pointerId) return
    if (last.type === "keydown" && last.key !== "Escape") return
    if (last.type === "keydown") { last.preventDefault(); last.stopPropagation() }
    removeEventListener("pointermove", move)
    for (const kind of ["pointerup", "pointercancel"]) removeEventListener(kind, end)
    removeEventListener("keydown", end, true)
    ended(last.type === "pointerup")
  }
  addEventListener("pointermove", move)
  for (const kind of ["pointerup", "pointercancel"]) addEventListener(kind, end)
  addEventListener("keydown", end, true)
}

// From a grip: the others make room while it moves; `drop` gets the names in their new order.
function dragWidget(event, name, frames, drop) {
  if (event.button > 0) return
  const order = [...frames.keys()], el = frames.get(name).el
  let at = {x: event.clientX, y: event.clientY}, going = false, frame = 0
  const begun = at
  // Only the drawn order changes under way: an element taken out of the page would lose the finger on it.
  const show = () => order.forEach((one, place) => { frames.get(one).el.style.order = String(place) })
  function settle() {
    const own = el.getBoundingClientRect()
    const over = order.find((one) => one !== name && within(frames.get(one).el.getBoundingClientRect(), at))
    if (!over) return
    const box = frames.get(over).el.getBoundingClientRect(), from = order.indexOf(name), to = order.indexOf(over)
    const beside = Math.min(own.bottom, box.bottom) - Math.max(own.top, box.top) > Math.min(own.height, box.height) / 2
    const past = beside ? at.x - (box.left + box.width / 2) : at.y - (box.top + box.height / 2)
    // Past its middle, or two of different sizes would change places for ever.
    if (to > from ? past < 0 : past > 0) return
    order.splice(to, 0, ...order.splice(from, 1))
    show()
  }
  function scroll() {
    const step = at.y < EDGE * 2 ? -STRIDE : at.y > innerHeight - EDGE ? STRIDE : 0
    if (step) { scrollBy(0, step); settle() }
    frame = requestAnimationFrame(scroll)
  }
  followPointer(event, (next) => {
    at = next
    if (!going && Math.hypot(at.x - begun.x, at.y - begun.y) < 6) return
    if (!going) { going = true; el.classList.add("dragged"); frame = requestAnimationFrame(scroll) }
    settle()
  }, (isDropped) => {
    cancelAnimationFrame(frame)
    el.classList.remove("dragged")
    frames.forEach((one) => { one.el.style.order = "" })
    if (going && isDropped) drop(order)
  })
}

// From a corner: of the sizes there are, `show` gets the one that comes closest, and `drop` the one it is let go at.
function resizeWidget(event, widget, el, grows, show, drop) {
  if (event.button > 0) return
  event.preventDefault()
  const box = el.getBoundingClientRect(), column = el.parentNode.clientWidth / 12, tall = widget.tall || 1
  let sized = widget
  el.classList.add("dragged")
  followPointer(event, (at) => {
    const columns = (at.x - box.left) / column, steps = Math.round((at.y - box.top) / (box.height / tall))
    const wide = WIDTHS.reduce((best, one) => Math.abs(one - columns) < Math.abs(best - columns) ? one : best)
    sized = stepped({...widget, wide}, "tall", grows ? steps - tall : 0)
    show(sized)
  }, (isDropped) => {
    el.classList.remove("dragged")
    drop(isDropped ? sized : widget)
  })
}

function within(box, at) {
  return at.x >= box.left && at.x <= box.right && at.y >= box.top && at.y <= box.bottom
}
