(() => {
  const root = document.documentElement
  const system = matchMedia("(prefers-color-scheme: dark)")
  const wishes = ["auto", "light", "dark"]
  // What was chosen in this browser, else what the same person chose in another one.
  let wish = root.dataset.kept || "auto"
  try { wish = localStorage.getItem("deskbook-theme") || wish } catch { /* storage may be off */ }
  const wear = () => {
    if (!wishes.includes(wish)) wish = "auto"
    root.dataset.theme = wish === "auto" ? (system.matches ? "dark" : "light") : wish
    root.dataset.wish = wish
    dispatchEvent(new Event("deskbook-theme"))
  }
  system.addEventListener("change", wear)
  wear()
  // On a phone the first pages stand at the bottom; More opens a sheet with all of them.
  addEventListener("DOMContentLoaded", () => {
    const more = document.querySelector("nav .more"), shade = document.querySelector(".behind-pages")
    const show = (on) => {
      more.setAttribute("aria-expanded", String(on))
      more.lastElementChild.textContent = on ? "Close" : "More"
      shade.hidden = !on
    }
    const open = () => more.getAttribute("aria-expanded") === "true"
    if (!more) return
    more.addEventListener("click", () => show(!open()))
    shade.addEventListener("click", () => show(false))
    addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || !open()) return
      event.preventDefault()
      show(false)
      more.focus()
    })
    addEventListener("pageshow", () => show(false))
  })
  window.deskbook = {
    wish: () => wish,
    next: () => {
      wish = wishes[(wishes.indexOf(wish) + 1) % wishes.length]
      try { localStorage.setItem("deskbook-theme", wish) } catch { /* as above */ }
      wear()
    },
    carry: (search) => document.querySelectorAll("a[data-page]").forEach((link) => {
      link.search = search
    }),
  }
})()
