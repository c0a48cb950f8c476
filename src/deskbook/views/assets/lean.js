// What Bokeh and Panel do in every page and a page of ours has no use for.
(() => {
  // Before each line and letter it draws, Bokeh asks the style sheet for its colour and size, and for the size of an
  // em: thousands of times at every filter, having the browser work out its styles between. Our figures hold their
  // colours (colours.js), and their sizes in pixels.
  Bokeh.require("core/visuals/visual").VisualProperties.prototype._get_css_value = () => ""
  const plot = Bokeh.require("models/plots/plot_canvas").PlotView.prototype
  Object.defineProperty(plot, "base_font_size", {get: () => null})
  // After each painting it says anew where each axis and grid lies, and has the browser work out their styles again.
  const styles = Bokeh.require("core/dom").InlineStyleSheet.prototype, update = styles._update
  styles._update = function (css) { if (this.css !== css) update.call(this, css) }
  // Panel loads modules through a polyfill of import maps, which tries out in frames of its own what the browser can.
  // Our one module imports nothing, and has no map.
  const load = (address) => import(new URL(address, document.baseURI))
  window.importShim = Object.assign(load, {addImportMap: () => {}})
})()
