// Subscriptions: this page under its filters, sent again and again; those there are, and the form that keeps one.
const RHYTHMS = [["* * 1-5", "Every weekday"], ["* * mon", "Every Monday"], ["1 * *", "First of the month"], ["* * *", "Every day"]]
const CUSTOM = "custom"
const SENT_AS = [["pdf", "PDF"], ["xlsx", "Excel"], ["csv", "CSV"], ["html", "HTML"]]
const SIGNS = [["<", "is below"], ["<=", "is at most"], [">", "is above"], [">=", "is at least"], ["=", "is"], ["!=", "is not"]]

// A cron line as rhythm and time of day; what is more than that stays a line.
function readCron(at) {
  const [, minute, hour, rest] = /^(\d{1,2}) (\d{1,2}) (\S+ \S+ \S+)$/.exec(at) || []
  const known = RHYTHMS.some(([rhythm]) => rhythm === rest)
  return known ? {rhythm: rest, time: `${hour.padStart(2, "0")}:${minute.padStart(2, "0")}`} : {rhythm: CUSTOM, time: "08:00"}
}

function writeCron(rhythm, time) {
  const [hour, minute] = time.split(":").map(Number)
  return time ? `${minute} ${hour} ${rhythm}` : ""
}

function saidCron(at) {
  const {rhythm, time} = readCron(at), known = RHYTHMS.find(([one]) => one === rhythm)
  return known ? `${known[1]} at ${time}` : `At ${at}`
}

function pageTitle(name) {
  const link = [...document.querySelectorAll("a[data-page]")].find((one) => one.pathname.split("/").pop() === name)
  return link ? link.textContent.trim() : name
}

function buildSubscribing(ctx) {
  const title = h("h2", {id: "subscribing-title"})
  const close = h("button", {class: "icon", type: "button", "aria-label": "Close", onclick: () => hide()}, "✕")
  const body = h("div", {class: "sidesheet-body"}), problem = h("p", {class: "problem", role: "alert", id: "subscribing-problem"})
  const live = h("p", {class: "unseen", role: "status"})
  const panel = h("aside", {class: "sidesheet keeper subscriber", role: "dialog", "aria-modal": "true", "aria-labelledby": "subscribing-title", tabIndex: -1, hidden: true},
    h("header", null, title, close), problem, live, body)
  const shade = h("div", {class: "shade", hidden: true, onclick: () => hide()})
  const here = location.pathname.split("/").filter(Boolean).pop()
  let opener = null, told = null
  trapped(panel, () => hide())

  function hide() {
    panel.hidden = shade.hidden = true
    if (opener && opener.isConnected) opener.focus()
  }

  async function open(from, show) {
    opener = from
    title.textContent = "Subscriptions"
    problem.textContent = live.textContent = ""
    body.replaceChildren(h("p", {class: "quiet"}, "One moment…"))
    panel.hidden = shade.hidden = false
    panel.focus()
    const held = await ctx.ask("subscriptions")
    if (held.problem) { say(held); return }
    told = held
    show()
  }

  function say(answer) {
    problem.replaceChildren(answer.problem || "")
    return Boolean(answer.problem)
  }

  // The list; focus goes to the button of one of them, or to the first.
  function list(key, action) {
    title.textContent = "Subscriptions"
    problem.textContent = ""
    const mine = told.subscriptions
    body.replaceChildren(
      h("div", {class: "actions"}, h("button", {type: "button", class: "strong new", onclick: () => form(null)}, "Subscribe to this page…")),
      mine.length ? h("ul", {class: "subs"}, mine.map(row)) : h("p", {class: "quiet"}, "Nothing is sent yet. A subscription sends a page under its filters, again and again."))
    const again = key && [...body.querySelectorAll(`[data-do=${action}]`)].find((button) => button.dataset.key === key)
    ;(again || body.querySelector("button")).focus()
  }

  function row(one) {
    const {form: held} = one, forms = SENT_AS.filter(([form]) => held.to.includes(form)).map(([, label]) => label)
    const others = held.to.filter((form) => !SENT_AS.some(([known]) => known === form)).map((form) => form.toUpperCase())
    const press = (what, label, act, more) => h("button", {type: "button", class: "quietly", "data-do": what, "data-key": one.key, "aria-label": `${label}: ${one.name}`, onclick: act, ...more}, label)
    const tools = [
      press("pause", one.paused ? "Resume" : "Pause", () => change("pause", one, {paused: !one.paused}, one.paused ? "Goes on" : "Paused")),
      press("send", "Send now", (event) => sendNow(one, event.currentTarget)),
      press("edit", "Edit", () => form(one)), removal(one, press)]
    return h("li", {class: one.paused ? "paused" : null},
      h("div", {class: "sub-head"}, h("strong", null, one.name), one.own ? null : h("span", {class: "small"}, one.owner), one.paused ? h("span", {class: "tag"}, "paused") : null),
      h("p", null, `${pageTitle(one.page)}: ${one.filters}`),
      h("p", {class: "small"}, [saidCron(held.at), [...forms, ...others].join(", "), goesTo(held), held.only_if && `only if ${held.only_if}`, held.skip_unchanged && "only when numbers changed"].filter(Boolean).join(" · ")),
      one.problem ? h("p", {class: "bad"}, `Not sent: ${one.problem}`) : h("p", {class: "small"}, one.paused ? "Not sent until it is resumed" : `Next: ${one.next}`),
      h("p", {class: "small"}, "Last: ", one.last ? h("span", {class: one.last.tone}, one.last.said) : "never", one.last?.why ? `: ${one.last.why}` : ""),
      one.mine ? h("div", {class: "row-tools"}, tools) : null)
  }

  function goesTo(held) {
    const folder = held.folder === null ? [] : [`folder ${[told.offers.folder, held.folder].filter(Boolean).join("/")}`]
    return `to ${[...held.email, ...folder, ...held.webhooks].join(", ")}`
  }

  // Asked twice: the first press only names what the second does.
  function removal(one, press) {
    const button = press("remove", "Remove", async () => {
      if (button.textContent === "Remove") { button.textContent = "Really remove?"; return }
      await change("unsubscribe", one, {}, "Removed")
    }, {onblur: () => { button.textContent = "Remove" }})
    return button
  }

  function offerNewest(show) {
    const button = h("button", {type: "button", class: "link", onclick: () => open(opener, show)}, "Show the newest")
    problem.append(" ", button)
    button.focus()
  }

  async function change(what, one, more, said) {
    const answer = await ctx.ask(what, {name: one.name, owner: one.owner, seen: one.version, ...more})
    if (say(answer)) return answer.overtaken ? offerNewest(() => list(one.key, what)) : null
    told.subscriptions = answer.subscriptions
    list(one.key, what)
    live.textContent = `${one.name}: ${said}`
  }

  async function sendNow(one, button) {
    button.textContent = "Sending…"
    button.setAttribute("aria-disabled", "true")
    live.textContent = `${one.name}: sending`
    const answer = await ctx.ask("send", {name: one.name, owner: one.owner})
    if (!button.isConnected) { if (answer.subscriptions) told.subscriptions = answer.subscriptions; return }
    button.textContent = "Send now"
    button.removeAttribute("aria-disabled")
    if (say(answer)) return
    told.subscriptions = answer.subscriptions
    list(one.key, "send")
    const now = told.subscriptions.find((held) => held.key === one.key)
    live.textContent = `${one.name}: ${now?.last ? now.last.said : "sent"}`
  }

  function form(one) {
    title.textContent = one ? `Edit ${one.name}` : "Subscribe to this page"
    problem.textContent = ""
    const held = one ? one.form : {to: ["pdf"], at: "0 8 * * 1-5", email: [], folder: null, webhooks: [], skip_unchanged: false, only_if: ""}
    const parts = {when: whenPart(one, held), to: formsPart(held), whom: whomPart(held), only: onlyPart(held)}
    const name = h("input", {type: "text", value: one ? one.name : "", readOnly: Boolean(one), required: true, maxlength: "120", placeholder: "Monday billing", autocomplete: "off", "data-field": "name"})
    const skip = h("input", {type: "checkbox", checked: held.skip_unchanged})
    const anew = h("input", {type: "checkbox", "data-field": "parameters"})
    const now = `${pageTitle(here)}: ${told.filters}`
    const send = async (event) => {
      event.preventDefault()
      const kept = one && !anew.checked
      const answer = await ctx.ask("subscribe", {name: name.value, owner: one ? one.owner : "", seen: one ? one.version : 0, page: here, filters: kept ? "kept" : "page",
        skip_unchanged: skip.checked, ...parts.when.values(), ...parts.to.values(), ...parts.whom.values(), ...parts.only.values()})
      if (say(answer)) return point(answer, one)
      told.subscriptions = answer.subscriptions
      list(answer.kept, "edit")
      live.textContent = "Saved"
    }
    body.replaceChildren(h("form", {class: "gaps", onsubmit: send},
      h("p", {class: "what"}, one ? `${pageTitle(one.page)}: ${one.filters}` : now),
      one ? h("label", {class: "box"}, anew, h("span", null, "Send this page instead ", h("span", {class: "small"}, now))) : null,
      h("label", null, h("span", null, "Name"), name), parts.when.els, parts.to.el, parts.whom.el,
      h("label", {class: "box"}, skip, "Skip it while the numbers stay the same"), parts.only.el,
      h("div", {class: "actions"}, h("button", {type: "submit", class: "strong"}, "Save"),
        h("button", {type: "button", onclick: () => one || told.subscriptions.length ? list(one?.key, "edit") : hide()}, "Cancel"))))
    parts.when.show()
    ;(one ? body.querySelector("[data-field=at]") : name).focus()
  }

  // The error names the field in words; the field is marked and gets the focus.
  function point(answer, one) {
    body.querySelectorAll("[aria-invalid]").forEach((el) => { el.removeAttribute("aria-invalid"); el.removeAttribute("aria-describedby") })
    if (answer.overtaken) return offerNewest(() => {
      const newest = told.subscriptions.find((held) => one && held.key === one.key)
      if (newest) form(newest)
      else list()
    })
    const field = [...body.querySelectorAll(`[data-field="${answer.field}"]`)].find((el) => el.offsetParent && !el.disabled)
    if (!field) { panel.scrollTop = 0; return }
    field.setAttribute("aria-invalid", "true")
    field.setAttribute("aria-describedby", "subscribing-problem")
    field.focus()
  }

  function whenPart(one, held) {
    const read = readCron(held.at)
    const rhythm = h("select", {"data-field": "at", onchange: () => show()}, [...RHYTHMS, [CUSTOM, "Custom (cron)…"]].map(([value, label]) => h("option", {value, selected: value === read.rhythm}, label)))
    const time = h("input", {type: "time", value: read.time, required: true, oninput: () => show()})
    const cron = h("input", {type: "text", value: held.at, placeholder: "minute hour day month weekday", spellcheck: "false", autocapitalize: "off", autocomplete: "off", "data-field": "at", oninput: () => show()})
    const zones = h("datalist", {id: "subscribing-zones"}, told.offers.zones.map((zone) => h("option", {value: zone})))
    const zone = h("input", {type: "text", value: one ? one.zone : told.offers.zone, list: "subscribing-zones", required: true, spellcheck: "false", autocomplete: "off", "data-field": "zone", oninput: () => show()})
    const said = h("p", {class: "small times", role: "status"})
    const clock = h("label", null, h("span", null, "At"), time), line = h("label", null, h("span", null, "Cron line"), cron)
    const at = () => rhythm.value === CUSTOM ? cron.value.trim() : writeCron(rhythm.value, time.value)
    let turn = 0
    function show() {
      line.hidden = rhythm.value !== CUSTOM
      clock.hidden = rhythm.value === CUSTOM
      time.required = !clock.hidden
      if (!line.hidden && !cron.value) cron.value = held.at
      const mine = turn += 1
      // Typing goes on: only what stands still for a moment is asked about.
      setTimeout(async () => {
        if (mine !== turn || !said.isConnected) return
        const answer = await ctx.ask("times", {at: at(), zone: zone.value.trim()})
        if (mine !== turn) return
        said.classList.toggle("bad", Boolean(answer.problem))
        said.textContent = answer.problem ? answer.problem.replace(/^Subscription 'new': /, "") : `Next: ${answer.times.join("; ")}`
      }, 200)
    }
    return {show, values: () => ({at: at(), zone: zone.value.trim()}), els: [
      h("div", {class: "two"}, h("label", null, h("span", null, "When"), rhythm), clock), line,
      h("label", null, h("span", null, "Time zone"), zone, zones), said]}
  }

  function formsPart(held) {
    const boxes = SENT_AS.map(([form, label]) => h("label", {class: "box"}, h("input", {type: "checkbox", value: form, checked: held.to.includes(form), "data-field": "to"}), label))
    const more = held.to.filter((form) => !SENT_AS.some(([known]) => known === form))
    return {el: h("fieldset", {class: "row-of"}, h("legend", null, "As"), boxes),
      values: () => ({to: [...boxes.map((box) => box.firstChild).filter((box) => box.checked).map((box) => box.value), ...more]})}
  }

  function whomPart(held) {
    const {people, people_said, mail, folder, webhooks} = told.offers
    const open_ = people.length && mail
    const email = h("input", {type: "text", value: held.email.join(", "), disabled: !open_ && !held.email.length, placeholder: open_ ? "lead@example.com, team@example.com" : "", inputmode: "email", autocapitalize: "off", autocomplete: "off", spellcheck: "false", "data-field": "email"})
    const note = !mail ? "No e-mail: deskbook.toml has no [mail]." : people_said
    const into = h("input", {type: "checkbox", checked: held.folder !== null, "data-field": "folder", onchange: () => { below.hidden = !into.checked }})
    const below = h("input", {type: "text", value: held.folder || "", placeholder: "below it, such as billing", hidden: held.folder === null, "aria-label": `Folder below ${folder}`, spellcheck: "false", autocapitalize: "off", autocomplete: "off", "data-field": "folder"})
    const hooks = [...new Set([...webhooks, ...held.webhooks])].map((name) => h("label", {class: "box"}, h("input", {type: "checkbox", value: name, checked: held.webhooks.includes(name), "data-field": "webhook"}), h("span", null, "Webhook ", h("code", null, name))))
    return {el: h("fieldset", {class: "whom"}, h("legend", null, "To"),
      h("label", null, h("span", null, "E-mail"), email), h("p", {class: "small note"}, note),
      h("label", {class: "box"}, into, `Into the folder ${folder}`), below, hooks),
    values: () => ({email: email.value, folder: into.checked ? below.value.trim() : null, webhooks: hooks.map((hook) => hook.firstChild).filter((box) => box.checked).map((box) => box.value)})}
  }

  function onlyPart(held) {
    const [, name, sign, limit] = /^\s*(\w+)\s*(<=|>=|!=|=|<|>)\s*(-?[\d.]+)\s*$/.exec(held.only_if) || []
    const metric = h("select", {"aria-label": "Only if: metric", "data-field": "only_if", onchange: () => fit()}, h("option", {value: ""}, "in any case"),
      told.offers.metrics.map(([value, label, unit]) => h("option", {value, selected: value === name}, unit ? `${label} (${unit})` : label)))
    const signs = h("select", {"aria-label": "Only if: comparison"}, SIGNS.map(([value, label]) => h("option", {value, selected: value === sign}, label)))
    const number = h("input", {type: "text", inputmode: "decimal", value: limit || "", "aria-label": "Only if: number", autocomplete: "off", "data-field": "only_if"})
    const rest = h("div", {class: "two"}, signs, number)
    const fit = () => { rest.hidden = !metric.value }
    fit()
    return {el: h("fieldset", null, h("legend", null, "Only if"), metric, rest),
      values: () => ({only_if: metric.value ? `${metric.value} ${signs.value} ${number.value.trim()}` : ""})}
  }

  return {els: [shade, panel], add: (from) => open(from, () => form(null)), list: (from) => open(from, () => list())}
}
