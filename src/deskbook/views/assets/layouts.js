// Layouts by name: saving, sharing, opening, their versions, and as text.
const SHARED_WITH = {everyone: "Everyone", viewer: "Viewers", agent: "Agents", lead: "Leads", analyst: "Analysts", admin: "Admins"}

function layoutLink(ctx, address) {
  const asked = new URLSearchParams(ctx.sheet.filters.url || "")
  asked.set("layout", address)
  return `${location.origin}${location.pathname}?${asked}`
}

function told(place) {
  return (error) => { place.textContent = error.message; place.hidden = false }
}

// Who else may open a layout: a box a role; `chosen` gives those that are ticked.
function shareBoxes(roles, shared) {
  const boxes = roles.map((role) => h("label", {class: "check"}, h("input", {type: "checkbox", value: role, checked: shared.includes(role)}), SHARED_WITH[role] || role))
  const el = h("fieldset", null, h("legend", null, "Who else may open it"), boxes, h("p", {class: "small"}, "Nobody else if none is chosen."))
  return {el, chosen: () => boxes.map((box) => box.firstChild).filter((box) => box.checked).map((box) => box.value)}
}

async function openSharing(ctx, arranging, one, from) {
  const {roles} = await ctx.wish("layouts")
  const problem = h("p", {class: "wrong", role: "alert", hidden: true}), share = shareBoxes(roles, one.shared)
  const form = h("form", {class: "save-form", onsubmit: (event) => {
    event.preventDefault()
    ctx.wish("share", {address: one.address, shared: share.chosen(), seen: one.version}).then(({kept}) => {
      arranging.shared(kept)
      return openLayouts(ctx, arranging, from)
    }).catch(told(problem))
  }}, share.el, problem, h("div", {class: "actions"}, h("button", {class: "strong", type: "submit"}, "Save")))
  ctx.drawer.show(`Share ${one.name}`, [form], from)
}

async function openSaveAs(ctx, arranging, from) {
  const {layouts, roles} = await ctx.wish("layouts")
  const problem = h("p", {class: "wrong", role: "alert", hidden: true})
  const input = h("input", {type: "text", "aria-label": "Name", maxlength: "100", placeholder: "Monday morning", autocomplete: "off"})
  const share = shareBoxes(roles, [])
  const form = h("form", {class: "save-form", onsubmit: (event) => {
    event.preventDefault()
    const name = input.value.trim(), same = layouts.find((one) => one.own && one.name === name)
    if (same) return told(problem)(new Error(`You have a layout '${name}' already, version ${same.version}. Choose another name, or open that one and save.`))
    return arranging.saveUnder({name, shared: share.chosen(), seen: 0}, from).then((done) => { if (done) ctx.drawer.hide() }, told(problem))
  }}, h("label", {class: "named"}, "Name", input), share.el, problem,
  h("div", {class: "actions"}, h("button", {class: "strong", type: "submit"}, "Save")))
  ctx.drawer.show("Save as", [form], from)
  input.focus()
}

function openOvertaken(ctx, arranging, said, values, from) {
  const address = `${values.owner}/${values.name}`
  const problem = h("p", {class: "wrong", role: "alert", hidden: true})
  const onTop = async () => {
    const {layouts} = await ctx.wish("layouts")
    const newest = layouts.find((one) => one.address === address)
    if (await arranging.saveUnder({...values, seen: newest ? newest.version : 0}, from)) ctx.drawer.hide()
  }
  ctx.drawer.show("Somebody saved first", [h("p", null, said), h("p", {class: "small"}, "Your arrangement is still in this tab."), problem,
    h("div", {class: "actions"},
      h("button", {class: "strong", type: "button", onclick: () => openSaveAs(ctx, arranging, from)}, "Save as…"),
      h("a", {class: "button plain", href: layoutLink(ctx, address), target: "_blank", rel: "noopener"}, "Look at theirs"),
      h("button", {type: "button", onclick: () => onTop().catch(told(problem))}, "Save mine on top"))], from)
}

function openLeaving(ctx, arranging, then) {
  const done = () => { ctx.drawer.hide(); arranging.drop(); if (then) then() }
  ctx.drawer.show("Leave without saving?", [h("p", null, "What you arranged is not saved."), h("div", {class: "actions"},
    h("button", {class: "strong", type: "button", onclick: (event) => openSaveAs(ctx, arranging, event.currentTarget)}, "Save as…"),
    h("button", {type: "button", onclick: done}, "Discard"),
    h("button", {type: "button", onclick: () => ctx.drawer.hide()}, "Go on arranging"))])
}

function about(one) {
  const whose = one.own ? "yours" : one.owner
  const seen = one.shared.length ? `shared with ${one.shared.map((role) => (SHARED_WITH[role] || role).toLowerCase()).join(", ")}` : "nobody else sees it"
  return [whose, one.version ? `version ${one.version}, ${one.at}` : "stands in a file", seen].join(" · ")
}

async function openLayouts(ctx, arranging, from) {
  const {layouts} = await ctx.wish("layouts")
  const problem = h("p", {class: "wrong", role: "alert", hidden: true}), now = ctx.sheet.layout.kept
  const open = (address) => arranging.leave(() => { ctx.drawer.hide(); ctx.send({set: {layout: address}}) })
  const copy = (one) => h("button", {class: "quietly", type: "button", onclick: (event) => copyText(layoutLink(ctx, one.address), event.currentTarget)}, "Copy link")
  const remove = (one, button) => {
    if (button.dataset.sure) return ctx.wish("remove", {address: one.address, seen: one.version}).then(() => openLayouts(ctx, arranging, from), told(problem))
    button.dataset.sure = "1"
    button.textContent = "Delete for good?"
    return null
  }
  const row = (one) => h("li", null, h("span", null, h("strong", null, one.name), now && now.address === one.address ? " · shown now" : ""), h("span", {class: "small"}, about(one)),
    h("span", {class: "row-tools"}, h("button", {class: "quietly", type: "button", onclick: () => open(one.own ? one.name : one.address)}, "Open"), copy(one),
      one.version ? h("button", {class: "quietly", type: "button", onclick: () => openVersions(ctx, arranging, one, from)}, "History") : null,
      one.may_change ? h("button", {class: "quietly", type: "button", onclick: () => openSharing(ctx, arranging, one, from)}, "Share") : null,
      one.may_change ? h("button", {class: "quietly", type: "button", onclick: (event) => remove(one, event.currentTarget)}, "Delete") : null))
  const yaml = (event) => {
    const button = event.currentTarget, {edit} = arranging
    ctx.wish("text", {name: edit.kept ? edit.kept.name : "", widgets: edit.widgets}).then(({text}) => copyText(text, button), told(problem))
  }
  ctx.drawer.show("Layouts of this page", [problem,
    h("ul", {class: "layouts"}, h("li", null, h("span", null, h("strong", null, "As the notebook has it"), now ? "" : " · shown now"),
      h("span", {class: "row-tools"}, h("button", {class: "quietly", type: "button", onclick: () => open("")}, "Open"))), layouts.map(row)),
    h("div", {class: "actions"}, h("button", {type: "button", onclick: yaml}, "Copy as YAML"))], from)
}

async function openVersions(ctx, arranging, one, from) {
  const problem = h("p", {class: "wrong", role: "alert", hidden: true})
  const {versions} = await ctx.wish("versions", {address: one.address})
  const restore = (version) => ctx.wish("restore", {address: one.address, version, seen: versions[0].version})
    .then(({kept}) => { arranging.say(`Version ${version} is back, as version ${kept.version}`); return openVersions(ctx, arranging, one, from) }, told(problem))
  const row = (old, at) => h("li", null, h("strong", null, `Version ${old.version}`), h("span", {class: "small"}, `${old.at}, by ${old.by} · ${old.widgets} widgets`),
    h("span", {class: "row-tools"}, at && one.may_change ? h("button", {class: "quietly", type: "button", onclick: () => {
      if (arranging.isDirty()) told(problem)(new Error("Save or undo what you arranged first: it would be replaced."))
      else restore(old.version)
    }}, "Restore") : at ? null : "in use"))
  ctx.drawer.show(`History of ${one.name}`, [problem, h("ul", {class: "layouts"}, versions.map(row)),
    h("div", {class: "actions"}, h("button", {type: "button", onclick: () => openLayouts(ctx, arranging, from)}, "All layouts"))], from)
}
