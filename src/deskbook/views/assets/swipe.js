// A swipe to the side leads to the neighbouring page. Nothing moves along with the finger, so there is no motion to spare.
(() => {
  const LEAST_PX = 72, EDGE_PX = 24, LONGEST_MS = 700
  const SLOPE = 2.2  // at least so much further across than down
  const OWN = ".slot, table, input, select, textarea, pre, summary, nav, dialog, [role=dialog], .shade, .behind-pages, .fields"
  let from = null
  const slides = (el) => el.scrollWidth > el.clientWidth + 1 && /auto|scroll/.test(getComputedStyle(el).overflowX)
  const isFree = (event) => !event.composedPath().some((el) => el instanceof Element && (el.matches(OWN) || slides(el)))
  const isZoomed = () => visualViewport && visualViewport.scale > 1.01
  addEventListener("touchstart", (event) => {
    const [touch] = event.touches
    const inside = touch.clientX > EDGE_PX && touch.clientX < innerWidth - EDGE_PX  // the rim is the system's
    from = event.touches.length === 1 && inside && !isZoomed() && isFree(event) ? {x: touch.clientX, y: touch.clientY, at: event.timeStamp} : null
  }, {passive: true})
  addEventListener("touchmove", (event) => { if (event.touches.length > 1) from = null }, {passive: true})
  addEventListener("touchcancel", () => { from = null }, {passive: true})
  addEventListener("touchend", (event) => {
    if (!from) return
    const [touch] = event.changedTouches, x = touch.clientX - from.x, y = touch.clientY - from.y
    const meant = Math.abs(x) >= LEAST_PX && Math.abs(x) >= SLOPE * Math.abs(y) && event.timeStamp - from.at <= LONGEST_MS
    from = null
    if (!meant || !getSelection().isCollapsed) return
    const links = [...document.querySelectorAll("a[data-page]")]
    const next = links[links.findIndex((link) => link.hasAttribute("aria-current")) + (x < 0 ? 1 : -1)]
    if (next) location.href = next.href
  }, {passive: true})
})()
