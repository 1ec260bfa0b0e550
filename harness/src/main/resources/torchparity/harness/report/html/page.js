"use strict";
(() => {
  // Okabe and Ito's colours, which colour-blind people can tell apart; lighter ones on dark ground.
  const THEMES = {
    light: {
      class0: "#0072b2", class1: "#d55e00", class2: "#009e73",
      side0: "#000000", side1: "#d55e00", side2: "#0072b2", side3: "#009e73",
      minus: "#7b3294", "minus-half": "#c2a5cf", nought: "#f7f7f7", "plus-half": "#a6dba0", plus: "#008837",
      few: "#dbe9f6", many: "#08519c", ink: "#1c2127", faint: "#9aa3ad", paper: "#ffffff", grid: "#e3e7ec",
    },
    dark: {
      class0: "#56b4e9", class1: "#e69f00", class2: "#33c99a",
      side0: "#ffffff", side1: "#e69f00", side2: "#56b4e9", side3: "#33c99a",
      minus: "#c58be0", "minus-half": "#7a5691", nought: "#262c33", "plus-half": "#4f8a5b", plus: "#6fdc8c",
      few: "#1f3347", many: "#7db8ff", ink: "#e6e9ed", faint: "#7b8794", paper: "#14181d", grid: "#2c343d",
    },
  };
  const page = JSON.parse(document.getElementById("figures").textContent);
  const dark = window.matchMedia("(prefers-color-scheme: dark)");
  const calm = window.matchMedia("(prefers-reduced-motion: reduce)");

  // Where a colour may stand; names of ports and probes are never looked up.
  const COLOUR_KEYS = new Set(["color", "colorscale"]);

  function resolve(node, theme, key) {
    if (Array.isArray(node)) return node.map((item) => resolve(item, theme, key));
    if (node && typeof node === "object") {
      if (typeof node.shared === "string") return page.shared[node.shared];
      const copy = {};
      for (const [name, value] of Object.entries(node)) {
        copy[name] = resolve(value, theme, COLOUR_KEYS.has(name) ? "colour" : "");
      }
      return copy;
    }
    return key === "colour" && typeof node === "string" && node in theme ? theme[node] : node;
  }

  function layoutOf(own, theme, narrow) {
    const layout = {
      paper_bgcolor: "rgba(0,0,0,0)", plot_bgcolor: "rgba(0,0,0,0)",
      font: { color: theme.ink, size: narrow ? 11 : 13, family: "system-ui, DejaVu Sans, sans-serif" },
      margin: { l: narrow ? 48 : 64, r: narrow ? 8 : 16, t: 8, b: 44 },
      legend: { orientation: "h", y: 1.02, yanchor: "bottom", x: 0 },
      hovermode: "closest", dragmode: narrow ? false : "zoom",
      ...own,
    };
    for (const name of ["xaxis", "yaxis", "yaxis2"]) {
      if (name === "yaxis2" && !own.yaxis2) continue;
      layout[name] = {
        gridcolor: theme.grid, zerolinecolor: theme.grid, linecolor: theme.faint,
        automargin: true, ...own[name],
      };
    }
    return layout;
  }

  function draw(box) {
    const figure = page.figures[box.id];
    const theme = dark.matches ? THEMES.dark : THEMES.light;
    const narrow = window.innerWidth < 640;
    const layout = layoutOf(resolve(figure.layout, theme, ""), theme, narrow);
    const config = {
      displaylogo: false, showSendToCloud: false, responsive: true, scrollZoom: false,
      displayModeBar: false,
    };
    layout.transition = calm.matches ? { duration: 0 } : undefined;
    return Plotly.react(box, resolve(figure.data, theme, ""), layout, config).then(() => {
      box.dataset.drawn = "true";
    });
  }

  const boxes = [...document.querySelectorAll(".plot")];
  const seen = new Set();
  const watcher = new IntersectionObserver(
    (entries) => {
      for (const entry of entries) {
        if (entry.isIntersecting && !seen.has(entry.target)) {
          seen.add(entry.target);
          draw(entry.target);
        }
      }
    },
    { rootMargin: "300px" },
  );
  boxes.forEach((box) => watcher.observe(box));
  dark.addEventListener("change", () => seen.forEach(draw));

  // A link into a closed case opens it.
  function reveal() {
    const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    const details = target && target.closest("details");
    if (details) {
      details.open = true;
      details.scrollIntoView();
    }
  }
  window.addEventListener("hashchange", reveal);
  reveal();
  document.documentElement.dataset.ready = "true";
})();
