// The numbers of axes with the signs of the page's locale: BokehJS comes with the English ones alone.
function withSigns(formatter, [group, decimal]) {
  const plain = formatter.doFormat
  formatter.doFormat = function (...given) {
    return plain.apply(this, given).map((text) => text.replace(/[.,]/g, (sign) => sign === "," ? group : decimal))
  }
}

function writeAxes(figures, signs) {
  if (!signs) return
  for (const formatter of figures.flatMap((figure) => [...figure.references()])) {
    if (formatter.type === "NumeralTickFormatter" && !Object.hasOwn(formatter, "doFormat")) withSigns(formatter, signs)
  }
}
