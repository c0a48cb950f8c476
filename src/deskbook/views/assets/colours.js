// Figures wear the page's theme: each Bokeh model says in its tags which token each property takes.
function themeColours(host) {
  const style = getComputedStyle(host)
  const held = new Map()
  return (token) => {
    if (!held.has(token)) held.set(token, style.getPropertyValue(`--${token}`).trim())
    return held.get(token)
  }
}

function recolour(host, figures) {
  const colour = themeColours(host)
  for (const figure of figures) {
    for (const model of figure.references()) {
      for (const tag of model.tags || []) {
        const paint = tag instanceof Map ? tag.get("paint") : tag && tag.paint
        if (!paint) continue
        const entries = paint instanceof Map ? paint.entries() : Object.entries(paint)
        for (const [name, token] of entries) {
          const value = Array.isArray(token) ? token.map(colour) : colour(token)
          const vector = model.properties[name] && model.properties[name].constructor.name !== "Property" &&
            model[name] && typeof model[name] === "object" && "value" in model[name]
          model.setv({[name]: vector ? {value} : value}, {sync: false})
        }
      }
    }
  }
}
