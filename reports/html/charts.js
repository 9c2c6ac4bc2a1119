// Draws the charts of a load report with Chart.js, in the place of their SVG. Each figure holds its
// data, with all their texts, in data-chart (chart_figure.h); where the library is missing, the SVG
// stays. On paper the SVG is shown, whose letters are sharp and whose colours are those of paper.
//
// Chart.js 3 (and @kurkle/color in it) is embedded before this under the MIT License:
//
// Copyright (c) 2014-2022 Chart.js Contributors; Copyright (c) 2018-2021 Jukka Kurkela
//
// Permission is hereby granted, free of charge, to any person obtaining a copy of this software and
// associated documentation files (the "Software"), to deal in the Software without restriction,
// including without limitation the rights to use, copy, modify, merge, publish, distribute,
// sublicense, and/or sell copies of the Software, and to permit persons to whom the Software is
// furnished to do so, subject to the following conditions: The above copyright notice and this
// permission notice shall be included in all copies or substantial portions of the Software.
// THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR IMPLIED, INCLUDING BUT
// NOT LIMITED TO THE WARRANTIES OF MERCHANTABILITY, FITNESS FOR A PARTICULAR PURPOSE AND
// NONINFRINGEMENT. IN NO EVENT SHALL THE AUTHORS OR COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES
// OR OTHER LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR OTHERWISE, ARISING FROM, OUT OF OR IN
// CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE SOFTWARE.
"use strict";
(() => {
  if (!window.Chart) return;
  const MARKS = ["circle", "rect", "triangle", "rectRot"];
  const MOST_MARKED = 40;  // as svg_chart.cc

  const dashes = (text) => text.split(" ").filter(Boolean).map(Number);

  // The ticks are those of the SVG, and only those.
  const scale = (axis, more) => ({
    type: axis.logarithmic ? "logarithmic" : "linear",
    min: axis.low,
    max: axis.high,
    title: { display: true, text: axis.title },
    afterBuildTicks: (built) => { built.ticks = axis.ticks.map(([value]) => ({ value })); },
    ticks: { autoSkip: true, maxRotation: 0, callback: (value, index) => axis.ticks[index][1] },
    ...more,
  });

  const datasets = (data) => [
    ...data.curves.map((curve, index) => ({
      label: curve.name,
      order: -index,  // the last one on top, as in the SVG
      data: curve.points.map(([x, y, says]) => ({ x, y, says })),
      borderColor: curve.colour,
      backgroundColor: curve.colour,
      borderDash: dashes(curve.dash),
      borderWidth: 2,
      clip: 6,
      pointStyle: MARKS[curve.look],
      pointRadius: curve.points.length > MOST_MARKED ? 0 : 3,
      pointHitRadius: 8,
      pointHoverRadius: 5,
    })),
    ...data.limits.filter(([y]) => y >= data.y.low && y <= data.y.high).map(([y, name, least]) => ({
      label: name,
      limit: true,
      least,
      data: [{ x: data.x.low, y, says: name }, { x: data.x.high, y, says: name }],
      borderDash: [4, 3],
      borderWidth: 1,
      pointRadius: 0,
      pointHitRadius: 0,
      pointHoverRadius: 0,
    })),
  ];

  // Writes the name of a limit above its line, which the library does not do.
  const limitNames = {
    id: "limitNames",
    afterDatasetsDraw: (chart) => {
      const { ctx, chartArea, scales } = chart;
      ctx.save();
      ctx.fillStyle = chart.options.color;
      ctx.font = `12px ${Chart.defaults.font.family}`;
      ctx.textAlign = "right";
      for (const set of chart.data.datasets.filter((each) => each.limit)) {
        ctx.fillText(set.label, chartArea.right - 2, scales.y.getPixelForValue(set.data[0].y) + (set.least ? 13 : -4));
      }
      ctx.restore();
    },
  };

  // Takes up the colours of the page, which follow light and dark.
  const paint = (chart, figure) => {
    const style = getComputedStyle(figure);
    const grid = style.getPropertyValue("--line").trim() || "#8888";
    chart.options.color = style.color;
    for (const axis of Object.values(chart.options.scales)) {
      axis.ticks.color = style.color;
      axis.title.color = style.color;
      axis.grid.color = grid;
      axis.grid.borderColor = grid;
    }
    for (const set of chart.data.datasets) if (set.limit) set.borderColor = style.color;
  };

  const draw = (figure) => {
    const data = JSON.parse(figure.dataset.chart);
    const picture = figure.querySelector(".picture");
    const svg = picture.querySelector("svg");
    const box = document.createElement("div");
    box.className = "canvas";
    const canvas = document.createElement("canvas");
    canvas.tabIndex = 0;
    canvas.setAttribute("role", "img");
    canvas.setAttribute("aria-label",
      `${data.title}. ${svg.querySelector("desc").textContent} ${figure.dataset.keys}`);
    box.append(canvas);
    picture.append(box);
    const reading = document.createElement("p");
    reading.className = "reading";
    reading.setAttribute("role", "status");
    picture.after(reading);

    const chart = new Chart(canvas, {
      type: "line",
      data: { datasets: datasets(data) },
      options: {
        animation: false,
        responsive: true,
        maintainAspectRatio: false,
        spanGaps: false,
        interaction: { mode: "nearest", axis: "x", intersect: false },
        scales: { x: scale(data.x, { grid: { display: false, drawBorder: true, drawTicks: true } }),
                  y: scale(data.y, { grid: {} }) },
        plugins: {
          legend: { display: false },
          tooltip: {
            filter: (item) => !item.dataset.limit,
            callbacks: { title: () => "", label: (item) => ` ${item.dataset.label} — ${item.raw.says}` },
          },
        },
      },
      plugins: [limitNames],
    });
    paint(chart, figure);
    chart.update("none");
    figure.classList.add("drawn");  // only now: what fails before leaves the SVG

    // A legend that works: each name is a button that hides and shows its curve.
    figure.querySelectorAll(".legend li").forEach((item, index) => {
      const button = document.createElement("button");
      button.type = "button";
      button.setAttribute("aria-pressed", "true");
      button.append(...item.childNodes);
      item.append(button);
      button.addEventListener("click", () => {
        const show = !chart.isDatasetVisible(index);
        chart.setDatasetVisibility(index, show);
        chart.update("none");
        button.setAttribute("aria-pressed", String(show));
      });
    });

    // The arrow keys do what pointing does.
    let at = -1;
    const move = (to) => {
      const curves = data.curves.map((curve, index) => ({ curve, index }))
        .filter(({ index }) => chart.isDatasetVisible(index));
      const most = Math.max(0, ...curves.map(({ curve }) => curve.points.length)) - 1;
      at = Math.max(0, Math.min(to, most));
      const active = curves.filter(({ curve }) => at < curve.points.length)
        .map(({ index }) => ({ datasetIndex: index, index: at }));
      if (active.length === 0) return;
      chart.setActiveElements(active);
      const point = chart.getDatasetMeta(active[0].datasetIndex).data[at];
      chart.tooltip.setActiveElements(active, { x: point.x, y: point.y });
      chart.update("none");
      reading.textContent = active.map(({ datasetIndex }) =>
        `${data.curves[datasetIndex].name} — ${data.curves[datasetIndex].points[at][2]}`).join("; ");
    };
    canvas.addEventListener("keydown", (event) => {
      const steps = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: Infinity };
      if (!(event.key in steps) || event.ctrlKey || event.metaKey || event.altKey) return;
      event.preventDefault();
      move(steps[event.key]);
    });
    canvas.addEventListener("blur", () => {
      at = -1;
      reading.textContent = "";
      chart.setActiveElements([]);
      chart.tooltip.setActiveElements([], { x: 0, y: 0 });
      chart.update("none");
    });
    return { chart, figure };
  };

  const font = getComputedStyle(document.body);
  Chart.defaults.font.family = font.fontFamily;
  Chart.defaults.font.size = 12;
  const drawn = [...document.querySelectorAll("figure[data-chart]")].map(draw);
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => {
    for (const { chart, figure } of drawn) {
      paint(chart, figure);
      chart.update("none");
    }
  });
})();
