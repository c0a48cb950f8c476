// Annotations of a chart in the drawer: all of them, and the form that writes one down.
const ANNOTATION_KINDS = ["release", "outage", "campaign", "other"]

function openAnnotations(ctx, block, from, chosen) {
  const flags = block.flags || []
  const told = chosen ? [toldOf(ctx, chosen)] : flags.map((flag) => toldOf(ctx, flag))
  const problem = h("p", {class: "wrong", role: "alert", hidden: true})
  const row = (one) => h("li", {class: "annotation"}, h("strong", null, one.title), h("span", {class: "small"}, [one.said, flagWords(one), `by ${one.by}`].join(" · ")),
    one.note ? h("p", null, one.note) : null,
    one.mine ? h("span", {class: "row-tools"}, h("button", {class: "quietly", type: "button", "aria-label": `Edit ${one.title}`, onclick: () => annotationForm(ctx, block, from, one)}, "Edit"), removal(ctx, one, problem)) : null)
  const add = h("button", {class: "strong", type: "button", onclick: () => annotationForm(ctx, block, from)}, "Write one down…")
  const all = chosen && flags.length > 1 ? h("button", {type: "button", onclick: () => openAnnotations(ctx, block, from)}, `All ${flags.length} on this chart`) : null
  if (!told.length) return annotationForm(ctx, block, from)
  return ctx.drawer.show(chosen ? "Annotation" : `Annotations: ${block.title}`, [problem, h("ul", {class: "layouts"}, told.map(row)), h("div", {class: "actions"}, add, all)], from)
}

// Asked twice: the first press only names what the second does.
function removal(ctx, one, problem) {
  const button = h("button", {class: "quietly", type: "button", "aria-label": `Delete ${one.title}`, onblur: () => { button.textContent = "Delete" }, onclick: async () => {
    if (button.textContent === "Delete") { button.textContent = "Really delete?"; return }
    const answer = await ctx.ask("take_away", {name: one.name, owner: one.owner, seen: one.version})
    if (answer.problem) { problem.textContent = answer.problem; problem.hidden = false; return }
    ctx.drawer.hide()
    ctx.send({set: {}})
  }}, "Delete")
  return button
}

function annotationForm(ctx, block, from, one) {
  const held = one || {title: "", kind: "release", begins: "", ends: "", note: "", team: "", channel: "", shared: ["everyone"]}
  const values = ctx.sheet.filters.values, choices = ctx.sheet.filters.choices || {}
  const problem = h("p", {class: "wrong", role: "alert", hidden: true})
  const named = (label, field, hint) => h("label", {class: "named"}, label, hint ? h("span", {class: "small"}, ` ${hint}`) : null, field)
  const title = h("input", {type: "text", value: held.title, required: true, maxlength: "120", autocomplete: "off"})
  const begins = h("input", {type: "datetime-local", value: held.begins || lastDay(block), required: true})
  const ends = h("input", {type: "datetime-local", value: held.ends})
  const note = h("textarea", {rows: "3", maxlength: "2000"}, held.note)
  const choose = (words, value, all) => h("select", null, all ? h("option", {value: ""}, all) : null,
    [...new Set([...words, ...(value ? [value] : [])])].map((word) => h("option", {value: word, selected: word === value}, word)))
  const kind = choose(ANNOTATION_KINDS, held.kind)
  const team = choose(choices.team || [], one ? held.team : values.team, "All teams"), channel = choose(choices.channel || [], one ? held.channel : values.channel, "All channels")
  const roles = Object.entries(AUDIENCE).map(([role, word]) => h("label", {class: "check"}, h("input", {type: "checkbox", value: role, checked: held.shared.includes(role)}), word))
  const send = async (event) => {
    event.preventDefault()
    const given = {title: title.value, kind: kind.value, begins: begins.value, ends: ends.value, note: note.value, team: team.value, channel: channel.value,
      shared: roles.map((box) => box.firstChild).filter((box) => box.checked).map((box) => box.value)}
    const answer = await ctx.ask("annotate", {...given, ...(one ? {name: one.name, owner: one.owner, seen: one.version} : {})})
    if (answer.problem) { problem.textContent = answer.problem; problem.hidden = false; return }
    ctx.drawer.hide()
    ctx.send({set: {}})
  }
  ctx.drawer.show(one ? "Change the annotation" : "Write down what happened", [h("form", {class: "annotation-form", onsubmit: send},
    named("What happened", title), named("Kind", kind), named("From", begins, `(${ctx.sheet.foot.zone})`), named("To", ends, "(empty for one moment)"),
    named("Note", note, "(optional)"), named("Team", team), named("Channel", channel),
    h("fieldset", null, h("legend", null, "Who else sees it"), roles), problem,
    h("div", {class: "actions"}, h("button", {class: "strong", type: "submit"}, "Save"), h("button", {type: "button", onclick: () => ctx.drawer.hide()}, "Cancel")))], from)
  title.focus()
}

// The morning of a chart's last bucket: what is written down mostly has just happened.
function lastDay(block) {
  const key = block.keys ? block.keys.at(-1) : ""
  return key && (key.includes("T") ? key.slice(0, 16) : `${key}T09:00`)
}
