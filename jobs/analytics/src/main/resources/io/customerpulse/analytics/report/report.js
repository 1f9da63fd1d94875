"use strict";
(function () {
  const data = JSON.parse(document.getElementById("data").textContent);
  const texts = data.texts;
  const locale = data.lang === "zh" ? "zh-CN" : "en";
  const colours = ["#1f6f8b", "#e08e45", "#5a9367", "#b8405e", "#7b6aa8", "#3aa6b9", "#8d6b48", "#6b7785"];
  const stages = ["PROSPECT", "NEW", "REPEAT", "LOYAL", "AT_RISK", "DORMANT", "LOST"];
  const charts = [];

  // --- from rows to what the charts show ---

  function grouped(rows, keyOf, start, add) {
    const groups = new Map();
    for (const row of rows) {
      const key = keyOf(row);
      if (!groups.has(key)) groups.set(key, start(row));
      add(groups.get(key), row);
    }
    return [...groups.values()];
  }

  const addCustomers = (group, row) => {
    group.customers += row.customers;
    group.net_spend_minor += row.net_spend_minor;
  };
  const sum = (rows, field) => rows.reduce((total, row) => total + row[field], 0);
  const buyers = data.customers.filter((row) => row.r !== null);
  const rfm = grouped(buyers, (row) => row.r + "-" + row.f, (row) => ({ r: row.r, f: row.f, segment: row.segment, customers: 0, net_spend_minor: 0 }), addCustomers)
    .sort((one, other) => other.r - one.r || one.f - other.f);
  const bySize = (one, other) => other.customers - one.customers;
  const segments = grouped(data.customers, (row) => row.segment, (row) => ({ segment: row.segment, customers: 0, net_spend_minor: 0 }), addCustomers).sort(bySize);
  const segmentsZh = grouped(data.customers, (row) => row.segment_zh, (row) => ({ segment_zh: row.segment_zh, customers: 0, net_spend_minor: 0 }), addCustomers).sort(bySize);
  // A customer who came in between has no stage at the beginning; one who was erased none at the end.
  const flow = data.flow.map((row) => ({ from_stage: row.from_stage || "NONE", to_stage: row.to_stage || "ERASED", customers: row.customers }));
  const unsent = new Map(data.unsent.map((row) => [row.rule_id, row]));
  const ruleIds = [...new Set([...data.rules, ...data.unsent].map((row) => row.rule_id))].sort();
  const rules = ruleIds.map((id) => {
    const none = { rule_id: id, fired: 0, cancelled: 0, converted: 0, revenue_minor: 0, treated: 0, holdout: 0, treated_rate: null, holdout_rate: null, lift: null, lift_from: null, lift_to: null };
    const rule = Object.assign(none, data.rules.find((row) => row.rule_id === id));
    const kept = unsent.get(id) || { suppressed: 0, expired: 0 };
    return Object.assign({}, rule, { suppressed: kept.suppressed, expired: kept.expired, unanswered: rule.fired - rule.cancelled - rule.converted });
  });

  // --- numbers and words ---

  const whole = new Intl.NumberFormat(locale);
  const compact = new Intl.NumberFormat(locale, { notation: "compact", maximumFractionDigits: 1 });
  const percents = new Intl.NumberFormat(locale, { style: "percent", maximumFractionDigits: 1 });
  const count = (n) => (n === null || n === undefined ? "–" : whole.format(n));
  const percent = (share) => (share === null || share === undefined ? "–" : percents.format(share));
  const units = (minor) => minor / Math.pow(10, data.decimals);
  const money = (minor) =>
    minor === null || minor === undefined
      ? "–"
      : new Intl.NumberFormat(locale, { style: "currency", currency: data.currency, currencyDisplay: "narrowSymbol", maximumFractionDigits: 0 }).format(units(minor));
  const say = (key, values) => {
    const text = texts[key] === undefined ? key : texts[key];
    return values === undefined ? text : text.replace(/\{(\w+)\}/g, (_, name) => values[name]);
  };
  const stage = (name) => say("stage." + name);

  // --- the page ---

  function element(tag, className, text) {
    const made = document.createElement(tag);
    if (className) made.className = className;
    if (text !== undefined) made.textContent = text;
    return made;
  }

  function table(columns, rows) {
    const made = element("table");
    const head = made.createTHead().insertRow();
    for (const column of columns) {
      head.appendChild(element("th", column.number ? "number" : "", column.title));
    }
    const body = made.createTBody();
    for (const row of rows) {
      const line = body.insertRow();
      for (const column of columns) {
        line.appendChild(element("td", column.number ? "number" : "", column.value(row)));
      }
    }
    return made;
  }

  /** One chart with its words, and its figures as a table for whoever reads those rather. */
  function section(key, options) {
    const made = element("section", options.wide ? "wide" : "");
    made.id = key;
    made.appendChild(element("h2", "", say(key + ".title")));
    made.appendChild(element("p", "", say(key + ".words", options.values || {})));
    document.getElementById("report").appendChild(made);
    if (options.rows.length === 0) {
      made.appendChild(element("div", "empty", say("nothing")));
      return;
    }
    const box = element("div", options.tall ? "chart tall" : "chart");
    box.setAttribute("role", "img");
    box.setAttribute("aria-label", say(key + ".title"));
    if (options.height) box.style.height = options.height + "px";
    made.appendChild(box);
    const figures = element("details");
    figures.appendChild(element("summary", "", say("figures")));
    const scroll = element("div", "scroll");
    scroll.appendChild(table(options.columns, options.rows));
    figures.appendChild(scroll);
    made.appendChild(figures);
    const chart = echarts.init(box, null, { renderer: "svg" });
    // Text, not markup: names come from the shop's data.
    const base = { color: colours, animation: false, aria: { enabled: true }, tooltip: { renderMode: "richText", confine: true } };
    const draw = () => chart.setOption(Object.assign({}, base, options.draw(box.clientWidth < 520)), true);
    draw();
    charts.push({ box, chart, draw });
  }

  function tiles() {
    const made = element("div", "tiles");
    const all = [
      ["tile.customers", count(sum(data.customers, "customers"))],
      ["tile.buyers", count(sum(buyers, "customers"))],
      ["tile.visitors", count(sum(data.days, "visitors"))],
      ["tile.orders", count(sum(data.days, "orders"))],
      ["tile.revenue", money(sum(data.days, "revenue_minor"))],
      ["tile.fired", count(sum(rules, "fired"))],
      ["tile.won_back", money(sum(data.revenue, "revenue_minor"))],
      ["tile.repaired", percent(data.days.length === 0 ? null : sum(data.days, "repaired") / sum(data.days, "events"))],
    ];
    for (const [key, value] of all) {
      const tile = element("div", "tile");
      tile.appendChild(element("b", "", value));
      tile.appendChild(element("span", "", say(key)));
      made.appendChild(tile);
    }
    document.getElementById("report").appendChild(made);
  }

  // --- charts ---

  function heatMap(narrow) {
    const most = Math.max(1, ...rfm.map((cell) => cell.customers));
    return {
      grid: { left: 44, right: 12, top: 12, bottom: 72 },
      tooltip: {
        renderMode: "richText",
        confine: true,
        formatter: (p) => {
          const cell = p.data.cell;
          return `R${cell.r} F${cell.f} · ${say("segment." + cell.segment)}\n${count(cell.customers)} ${say("customers")}\n${money(cell.net_spend_minor)}`;
        },
      },
      xAxis: { type: "category", data: [1, 2, 3, 4, 5].map((f) => "F" + f), splitArea: { show: true } },
      yAxis: { type: "category", data: [1, 2, 3, 4, 5].map((r) => "R" + r), splitArea: { show: true } },
      visualMap: { min: 0, max: most, calculable: false, orient: "horizontal", left: "center", bottom: 4, inRange: { color: ["#eef4f6", "#9cc5d1", "#1f6f8b"] }, text: [count(most), "0"] },
      series: [
        {
          type: "heatmap",
          data: rfm.map((cell) => ({
            value: [cell.f - 1, cell.r - 1, cell.customers],
            cell,
            label: { color: cell.customers > most * 0.7 ? "#fff" : "#1d2733" },
          })),
          label: {
            show: true,
            fontSize: narrow ? 10 : 12,
            textBorderWidth: 0,
            formatter: (p) => compact.format(p.data.cell.customers) + "\n" + compact.format(units(p.data.cell.net_spend_minor)),
          },
          itemStyle: { borderColor: "#fff", borderWidth: 2 },
        },
      ],
    };
  }

  function segmentBars(rows, name) {
    return (narrow) => ({
      grid: { left: 8, right: 16, top: 34, bottom: 8, containLabel: true },
      legend: { top: 0, data: [say("customers"), say("spend")] },
      tooltip: { trigger: "axis", axisPointer: { type: "shadow" }, renderMode: "richText", confine: true },
      xAxis: [
        { type: "value", axisLabel: { formatter: (v) => compact.format(v), hideOverlap: true }, splitNumber: narrow ? 3 : 5 },
        { type: "value", axisLabel: { show: false }, splitLine: { show: false } },
      ],
      yAxis: { type: "category", inverse: true, data: rows.map(name), axisTick: { show: false } },
      series: [
        { name: say("customers"), type: "bar", data: rows.map((row) => row.customers), tooltip: { valueFormatter: count } },
        { name: say("spend"), type: "bar", xAxisIndex: 1, data: rows.map((row) => units(row.net_spend_minor)), tooltip: { valueFormatter: (v) => money(v * Math.pow(10, data.decimals)) } },
      ],
    });
  }

  function sankey(narrow) {
    // A stage stands on both sides, so its two ends need two names.
    const from = (name) => "from " + name;
    const to = (name) => "to " + name;
    const colour = (name) => ({ color: stages.includes(name) ? colours[stages.indexOf(name)] : "#b5bec7" });
    const nodes = [];
    for (const name of ["NONE", ...stages, "ERASED"]) {
      if (flow.some((move) => move.from_stage === name)) nodes.push({ name: from(name), itemStyle: colour(name) });
      if (flow.some((move) => move.to_stage === name)) nodes.push({ name: to(name), itemStyle: colour(name) });
    }
    const plain = (name) => stage(name.replace(/^(from|to) /, ""));
    return {
      tooltip: {
        renderMode: "richText",
        confine: true,
        formatter: (p) =>
          p.dataType === "edge"
            ? `${plain(p.data.source)} → ${plain(p.data.target)}\n${count(p.data.value)} ${say("customers")}`
            : `${plain(p.name)}\n${count(p.value)} ${say("customers")}`,
      },
      series: [
        {
          type: "sankey",
          left: 8,
          right: narrow ? 84 : 120,
          top: 8,
          bottom: 8,
          nodeAlign: "justify",
          layoutIterations: 0,
          draggable: false,
          nodeGap: 10,
          label: { formatter: (p) => plain(p.name), fontSize: narrow ? 11 : 12 },
          lineStyle: { color: "source", opacity: 0.35, curveness: 0.5 },
          data: nodes,
          links: flow.map((move) => ({ source: from(move.from_stage), target: to(move.to_stage), value: move.customers })),
        },
      ],
    };
  }

  function days(rows, series) {
    return (narrow) => ({
      grid: { left: 8, right: 16, top: narrow ? 72 : 48, bottom: 8, containLabel: true },
      legend: { top: 0 },
      tooltip: { trigger: "axis", renderMode: "richText", confine: true },
      xAxis: { type: "category", data: [...new Set(rows.map((row) => row.day))], axisLabel: { hideOverlap: true, formatter: (day) => day.slice(5) } },
      yAxis: { type: "value", axisLabel: { formatter: (v) => compact.format(v) }, splitNumber: narrow ? 3 : 5 },
      series,
    });
  }

  function funnel(narrow) {
    const line = (key, field) => ({ name: say(key), type: "line", smooth: false, showSymbol: data.days.length < 40, data: data.days.map((row) => row[field]), tooltip: { valueFormatter: count } });
    return days(data.days, [line("visitors", "visitors"), line("viewers", "viewers"), line("carters", "carters"), line("buyers", "buyers")])(narrow);
  }

  function lift(narrow) {
    const shown = [...rules].reverse();
    const share = (v) => percents.format(v);
    return {
      grid: { left: 8, right: 24, top: 40, bottom: 8, containLabel: true },
      legend: { top: 0 },
      tooltip: {
        trigger: "axis",
        axisPointer: { type: "shadow" },
        renderMode: "richText",
        confine: true,
        formatter: (ps) => {
          const rule = shown[ps[0].dataIndex];
          return `${rule.rule_id}\n${say("treated")}: ${percent(rule.treated_rate)} (${count(rule.treated)})\n${say("holdout")}: ${percent(rule.holdout_rate)} (${count(rule.holdout)})\n${say("lift")}: ${percent(rule.lift)} [${percent(rule.lift_from)}, ${percent(rule.lift_to)}]`;
        },
      },
      xAxis: { type: "value", min: 0, axisLabel: { formatter: share, hideOverlap: true }, splitNumber: narrow ? 3 : 5 },
      yAxis: { type: "category", data: shown.map((rule) => rule.rule_id), axisTick: { show: false }, axisLabel: { width: narrow ? 90 : 160, overflow: "truncate" } },
      series: [
        {
          name: say("treated"),
          type: "bar",
          data: shown.map((rule) => rule.treated_rate),
          label: {
            show: true,
            position: "insideLeft",
            color: "#fff",
            formatter: (p) => {
              const rule = shown[p.dataIndex];
              return rule.lift === null ? "" : `${say("lift")} ${percent(rule.lift)} [${percent(rule.lift_from)}, ${percent(rule.lift_to)}]`;
            },
          },
        },
        { name: say("holdout"), type: "bar", data: shown.map((rule) => rule.holdout_rate), itemStyle: { color: "#b5bec7" } },
      ],
    };
  }

  function outcomes(narrow) {
    const shown = [...rules].reverse();
    const bar = (key, field, colour) => ({ name: say(key), type: "bar", stack: "steps", itemStyle: { color: colour }, data: shown.map((rule) => rule[field]), tooltip: { valueFormatter: count } });
    return {
      grid: { left: 8, right: 24, top: 64, bottom: 8, containLabel: true },
      legend: { top: 0 },
      tooltip: { trigger: "axis", axisPointer: { type: "shadow" }, renderMode: "richText", confine: true },
      xAxis: { type: "value", axisLabel: { formatter: (v) => compact.format(v), hideOverlap: true }, splitNumber: narrow ? 3 : 5 },
      yAxis: { type: "category", data: shown.map((rule) => rule.rule_id), axisTick: { show: false }, axisLabel: { width: narrow ? 90 : 160, overflow: "truncate" } },
      series: [bar("converted", "converted", colours[2]), bar("unanswered", "unanswered", colours[0]), bar("cancelled", "cancelled", colours[3]), bar("suppressed", "suppressed", "#b5bec7"), bar("expired", "expired", "#8d99a5")],
    };
  }

  function revenue(narrow) {
    const ids = [...new Set(data.revenue.map((row) => row.rule_id))];
    const all = [...new Set(data.revenue.map((row) => row.day))];
    return days(
      data.revenue,
      ids.map((id) => {
        const byDay = new Map(data.revenue.filter((row) => row.rule_id === id).map((row) => [row.day, units(row.revenue_minor)]));
        return { name: id, type: "bar", stack: "revenue", data: all.map((day) => byDay.get(day) || 0), tooltip: { valueFormatter: (v) => money(v * Math.pow(10, data.decimals)) } };
      }),
    )(narrow);
  }

  function quality(narrow) {
    const kinds = [...new Set(data.repairs.map((row) => row.what))];
    const all = [...new Set(data.repairs.map((row) => row.day))];
    return days(
      data.repairs,
      kinds.map((what) => {
        const byDay = new Map(data.repairs.filter((row) => row.what === what).map((row) => [row.day, row.events]));
        return { name: say("quality." + what), type: "bar", stack: "events", data: all.map((day) => byDay.get(day) || 0), tooltip: { valueFormatter: count } };
      }),
    )(narrow);
  }

  // --- all of it ---

  document.documentElement.lang = data.lang === "zh" ? "zh-CN" : "en";
  document.title = say("title") + " · " + data.day;
  document.getElementById("title").textContent = say("title");
  document.getElementById("subtitle").textContent = say(data.past ? "subtitle.past" : "subtitle", { day: data.day, from: data.from, tenant: data.tenant });
  document.getElementById("footer").textContent = say("footer", { currency: data.currency });

  const number = (title, value) => ({ title: say(title), number: true, value });
  const word = (title, value) => ({ title: say(title), value });

  tiles();
  section("rfm", {
    rows: rfm,
    tall: true,
    draw: heatMap,
    columns: [word("R", (c) => c.r), word("F", (c) => c.f), word("segment", (c) => say("segment." + c.segment)), number("customers", (c) => count(c.customers)), number("spend", (c) => money(c.net_spend_minor))],
  });
  section("flow", {
    rows: flow,
    tall: true,
    draw: sankey,
    values: { from: data.from, day: data.day },
    columns: [word("from", (f) => stage(f.from_stage)), word("to", (f) => stage(f.to_stage)), number("customers", (f) => count(f.customers))],
  });
  section("segments", {
    rows: segments,
    tall: true,
    draw: segmentBars(segments, (row) => say("segment." + row.segment)),
    columns: [word("segment", (s) => say("segment." + s.segment)), number("customers", (s) => count(s.customers)), number("spend", (s) => money(s.net_spend_minor))],
  });
  section("segments_zh", {
    rows: segmentsZh,
    tall: true,
    draw: segmentBars(segmentsZh, (row) => row.segment_zh),
    columns: [word("segment", (s) => s.segment_zh), number("customers", (s) => count(s.customers)), number("spend", (s) => money(s.net_spend_minor))],
  });
  section("funnel", {
    rows: data.days,
    wide: true,
    draw: funnel,
    columns: [word("day", (d) => d.day), number("visitors", (d) => count(d.visitors)), number("viewers", (d) => count(d.viewers)), number("carters", (d) => count(d.carters)), number("buyers", (d) => count(d.buyers)), number("revenue", (d) => money(d.revenue_minor))],
  });
  const ruleHeight = 90 + 56 * Math.max(2, rules.length);
  section("outcomes", {
    rows: rules,
    height: ruleHeight,
    draw: outcomes,
    columns: [
      word("rule", (r) => r.rule_id), number("fired", (r) => count(r.fired)), number("converted", (r) => count(r.converted)), number("cancelled", (r) => count(r.cancelled)),
      number("suppressed", (r) => count(r.suppressed)), number("expired", (r) => count(r.expired)), number("revenue", (r) => money(r.revenue_minor)),
    ],
  });
  section("lift", {
    rows: rules,
    height: ruleHeight,
    draw: lift,
    columns: [
      word("rule", (r) => r.rule_id), number("treated", (r) => count(r.treated)), number("rate", (r) => percent(r.treated_rate)), number("holdout", (r) => count(r.holdout)),
      number("rate", (r) => percent(r.holdout_rate)), number("lift", (r) => percent(r.lift)), word("interval", (r) => (r.lift === null ? "–" : percent(r.lift_from) + " … " + percent(r.lift_to))),
    ],
  });
  section("revenue", {
    rows: data.revenue,
    draw: revenue,
    columns: [word("day", (r) => r.day), word("rule", (r) => r.rule_id), number("revenue", (r) => money(r.revenue_minor))],
  });
  section("quality", {
    rows: data.repairs,
    draw: quality,
    columns: [word("day", (q) => q.day), word("what", (q) => say("quality." + q.what)), number("events", (q) => count(q.events))],
  });

  // A phone that is turned, and paper, have other widths.
  const fit = () => charts.forEach(({ chart, draw }) => { chart.resize(); draw(); });
  addEventListener("resize", fit);
  addEventListener("beforeprint", () => charts.forEach(({ chart, draw }) => { chart.resize({ width: 660 }); draw(); }));
  addEventListener("afterprint", () => charts.forEach(({ box, chart, draw }) => { chart.resize({ width: box.clientWidth }); draw(); }));
})();
