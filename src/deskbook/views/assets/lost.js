// When the server is gone the page says so, asks until it answers, and comes back as it was: its state is its address.
(() => {
  const WAITS_S = [1, 2, 4, 8, 15, 30], SCROLL = "deskbook-scroll", SCROLL_MS = 15000, LOOK_MS = 200
  const TEXTS = "textarea, [contenteditable=true], input:not([type]), input:is([type=text], [type=search], [type=email], [type=url], [type=password], [type=number], [type=date])"
  const HELD = "dialog[open], [role=dialog], .arranging"
  const heardOf = new WeakSet(), typed = new Set()
  let heard = new Date(), isLost = false, isLeaving = false, timer = 0, tries = 0, asking = null
  const deep = (selector, root = document) => [...root.querySelectorAll("*")].flatMap((el) => [...(el.matches(selector) ? [el] : []), ...(el.shadowRoot ? deep(selector, el.shadowRoot) : [])])
  const isUnsaved = (el) => el.isConnected && el.checkVisibility() && String(el.value ?? el.textContent).trim() !== (el.defaultValue ?? "").trim()
  // Work that a reload would throw away.
  const isInHand = () => [...typed].some(isUnsaved) || deep(HELD).some((el) => el.checkVisibility())
  const say = (text, label) => {
    const note = document.getElementById("lost")
    note.hidden = false
    // A live region is read when its text changes after it is shown.
    requestAnimationFrame(() => {
      note.querySelector("span").textContent = text
      note.querySelector("button").textContent = label
    })
  }
  const comeBack = () => {
    try { sessionStorage.setItem(SCROLL, JSON.stringify({href: location.href, y: scrollY})) } catch { /* storage may be off */ }
    location.reload()
  }
  const isReady = async () => {
    try {
      const near = document.querySelector("a[data-page]")?.href || location.href
      return (await fetch(new URL("health/ready", near), {cache: "no-store", signal: AbortSignal.timeout(10000)})).ok
    } catch { return false }
  }
  const later = () => {
    clearTimeout(timer)
    timer = setTimeout(() => look(), 1000 * WAITS_S[Math.min(tries++, WAITS_S.length - 1)])
  }
  async function look(isWished = false) {
    if (!isLost) return
    clearTimeout(timer)
    asking ||= isReady().finally(() => { asking = null })
    if (!await asking) return later()
    if (isWished || !isInHand()) return comeBack()
    say("Connection is back. Reload when you are done.", "Reload")
  }
  const lose = () => {
    if (isLost || isLeaving) return
    isLost = true
    tries = 0
    say(`The connection to Deskbook is lost. What you see is from ${heard.toLocaleTimeString([], {hour: "2-digit", minute: "2-digit"})}; the page comes back by itself.`, "Try now")
    later()
  }
  // Documents come late, and again when a page takes another's place.
  const attach = () => (window.Bokeh?.documents || []).forEach((doc) => {
    if (heardOf.has(doc)) return
    heardOf.add(doc)
    heard = new Date()
    doc.on_event("connection_lost", lose)
    doc.on_change((event) => { if (event.attr === "sheet") heard = new Date() })
  })
  const restore = () => {
    let kept = null
    try { kept = JSON.parse(sessionStorage.getItem(SCROLL)); sessionStorage.removeItem(SCROLL) } catch { /* as above */ }
    if (!kept || kept.href !== location.href) return
    const end = Date.now() + SCROLL_MS, stop = new AbortController()
    for (const kind of ["wheel", "touchstart", "keydown", "pointerdown"]) addEventListener(kind, () => stop.abort(), {once: true, passive: true})
    const step = () => {
      if (stop.signal.aborted || Date.now() > end) return
      scrollTo(0, kept.y)
      if (Math.abs(scrollY - kept.y) > 1) setTimeout(step, LOOK_MS)
    }
    step()
  }
  addEventListener("deskbook-page", attach)
  addEventListener("DOMContentLoaded", () => {
    document.querySelector("#lost button").addEventListener("click", () => look(true))
    const wait = setInterval(() => { attach(); if (window.Bokeh?.documents?.length) clearInterval(wait) }, LOOK_MS)
    restore()
  })
  addEventListener("input", (event) => {
    const [el] = event.composedPath()
    if (el instanceof Element && el.matches(TEXTS)) typed.add(el)
  }, true)
  // A server on this machine needs no network.
  addEventListener("offline", async () => { if (!await isReady()) lose() })
  addEventListener("online", () => look())
  document.addEventListener("visibilitychange", () => { if (!document.hidden) look() })
  addEventListener("beforeunload", () => { isLeaving = true })
  addEventListener("pageshow", () => { isLeaving = false })
})()
