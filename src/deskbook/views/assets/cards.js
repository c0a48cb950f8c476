// The sentence and the cards.
function sentenceBlock(ctx) {
  const el = h("p", {class: "sentence"})
  return {el, update: (block) => {
    el.replaceChildren(...block.parts.map((part) => part.receipt
      ? h("button", {class: `number ${part.tone || ""}`, type: "button", onclick: (event) => openReceipt(ctx,
        {text: part.text, metric: part.cell.metric.replace(/_change(_pct)?$/, ""), receipt: part.receipt, cell: part.cell}, event.currentTarget)}, part.text)
      : document.createTextNode(part.text)))
  }}
}

function cardTile(ctx, card) {
  const few = card.few ? " few" : ""
  return h("button", {class: `card${few}`, type: "button", "data-metric": card.metric, title: card.note, onclick: (event) => openReceipt(ctx, {
    label: card.label, text: [card.value, card.unit].filter(Boolean).join("\u00a0"), value: card.raw, metric: card.metric,
    receipt: card.receipt, cell: card.cell, small: [card.sample, card.likely, card.target].filter(Boolean).join(" · ")}, event.currentTarget)},
    h("span", {class: "card-label"}, card.label),
    h("span", {class: "card-value"}, card.value, card.unit ? h("small", null, `\u00a0${card.unit}`) : null),
    h("span", {class: "card-change"}, card.change ? changeMark(card.change, card.baseline) : h("span", {class: "quiet"}, card.few ? card.sample : "\u00a0")),
    sparkline(card.line),
    h("span", {class: "card-foot"}, [card.few ? "" : card.sample, card.target || card.likely].filter(Boolean).join(" · ") || "\u00a0"))
}

function cardsBlock(ctx) {
  const el = h("div", {class: "cards"})
  return {el, update: (block) => el.replaceChildren(...(block.items || []).map((card) => cardTile(ctx, card)))}
}
