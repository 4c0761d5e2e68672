// The page is complete without this file: each figure is already drawn and tabulated by the server.
// On a tap it loads plotly from this server and puts a figure one can point at in place of the drawing.

const PLOTLY = document.querySelector("[data-plotly]")?.dataset.plotly;
// plotly writes a style element of its own unless it finds these two already there, marked as not wanted;
// our content policy forbids such elements, and figures.css holds the rules it needs.
const STYLE_ELEMENTS = [
  "plotly.js-style-global",
  "9f215cf04c5486422605d13261cb87401f4e7763b6296af81e98efbc0130da53",
];
let loading = null;

function plotly() {
  loading ??= new Promise((resolve, reject) => {
    for (const id of STYLE_ELEMENTS) {
      const mark = document.createElement("meta");
      mark.id = id;
      mark.className = "no-inline-styles";
      document.head.append(mark);
    }
    const script = document.createElement("script");
    script.src = PLOTLY;
    script.onload = () => resolve(window.Plotly);
    script.onerror = () => { loading = null; script.remove(); reject(new Error("plotly")); };
    document.head.append(script);
  });
  return loading;
}

// Colours are named by token ("var(--accent)"), so a figure follows the light or dark page it stands on.
function withTokens(value, style) {
  if (typeof value === "string") {
    return value.replace(/var\((--[a-z0-9-]+)\)/g, (_, name) => style.getPropertyValue(name).trim());
  }
  if (Array.isArray(value)) return value.map((entry) => withTokens(entry, style));
  if (value && typeof value === "object") {
    return Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, withTokens(entry, style)]));
  }
  return value;
}

async function draw(figure, plot) {
  const library = await plotly();
  const { data, layout } = withTokens(
    JSON.parse(figure.querySelector("script[type='application/json']").textContent),
    getComputedStyle(document.documentElement),
  );
  plot.hidden = false;
  await library.newPlot(plot, data, { ...layout, autosize: true }, {
    displayModeBar: false, responsive: true, scrollZoom: false, doubleClick: "reset",
  });
}

for (const figure of document.querySelectorAll("[data-figure]")) {
  const button = figure.querySelector("[data-open]");
  const plot = figure.querySelector("[data-plot]");
  const drawing = figure.querySelector("[data-drawing]");
  const words = button.dataset;
  const closed = button.textContent;
  let drawn = false;
  button.hidden = false;
  button.addEventListener("click", async () => {
    const opens = plot.hidden;
    if (opens && !drawn) {
      button.textContent = words.loading;
      try {
        await draw(figure, plot);
        drawn = true;
      } catch {
        plot.hidden = true;
        button.textContent = words.failed;
        return;
      }
    }
    plot.hidden = !opens;
    drawing.hidden = opens;
    button.textContent = opens ? words.close : closed;
    button.setAttribute("aria-expanded", String(opens));
  });
}
