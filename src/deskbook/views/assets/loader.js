(scripts) => {
  if (window.Bokeh?.Panel) return
  const add = (type, text) => {
    const script = document.createElement("script")
    script.type = type
    script.textContent = text
    document.head.append(script)
  }
  // Panel imports the page's module through a shim, which otherwise would look at the notebook's own scripts too.
  add("esms-options", '{"shimMode": true}')
  // A notebook may have a module loader of its own, which the scripts must not register with.
  const {define} = window
  window.define = undefined
  for (const text of scripts) add("text/javascript", text)
  window.define = define
}
