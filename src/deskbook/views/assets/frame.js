(() => {
  const root = document.documentElement
  const system = matchMedia("(prefers-color-scheme: dark)")
  const wishes = ["auto", "light", "dark"]
  let wish = "auto"
  try { wish = localStorage.getItem("deskbook-theme") || "auto" } catch { /* storage may be off */ }
  const wear = () => {
    if (!wishes.includes(wish)) wish = "auto"
    root.dataset.theme = wish === "auto" ? (system.matches ? "dark" : "light") : wish
    root.dataset.wish = wish
    dispatchEvent(new Event("deskbook-theme"))
  }
  system.addEventListener("change", wear)
  wear()
  // On a phone the pages stand in a row that may be wider than the screen.
  addEventListener("DOMContentLoaded", () => document.querySelector("nav a[aria-current]")?.scrollIntoView({inline: "center", block: "nearest"}))
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
