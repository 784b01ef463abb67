'use strict';
(() => {
  const data = JSON.parse(document.getElementById('data').textContent);
  const REASONS = ['stop loss', 'take profit', 'opposite signal', 'close signal', 'ruin', 'end of the candles'];
  const TRADES_SHOWN = 100;
  const BARS_FIRST = 200;
  const BARS_MIN = 20;
  const LOGARITHMIC_FROM = 10;
  const LOGARITHM_MIN = -2;
  const MARGIN = {left: 8, right: 74, top: 10, bottom: 24};
  const id = (name) => document.getElementById(name);
  const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue('--' + name).trim();

  // ---- words and figures

  const percent = (share, sign) => {
    if (share === null) return '–';
    const decimals = Math.abs(share) < 10 ? 1 : 0;
    const text = (100 * share).toLocaleString('en', {minimumFractionDigits: decimals, maximumFractionDigits: decimals})
        .replace(/^-(0\.0)$/, '$1');
    return (sign && share > 0 ? '+' : '') + text + ' %';
  };
  const figure = (value) => value === null ? '–' : value.toFixed(2);
  const brief = (value) => String(Number(value.toPrecision(6)));
  const whole = (value) => value.toLocaleString('en');
  const time = (millis) => new Date(millis).toISOString().slice(0, 16).replace('T', ' ');
  const price = (value) => value.toLocaleString('en', {maximumSignificantDigits: 7});
  const tone = (value) => value > 0 ? 'gain' : value < 0 ? 'loss' : '';

  function element(tag, text, attributes = {}) {
    const made = document.createElement(tag);
    if (text !== undefined) made.textContent = text;
    for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
    return made;
  }

  const COLUMNS = [
    {key: 'strategy', label: 'Strategy', show: (row) => row.id, value: (row) => row.id},
    {key: 'signals', label: 'Signals', show: (row) => whole(row.signals)},
    {key: 'trades', label: 'Trades', show: (row) => whole(row.trades)},
    {key: 'winRate', label: 'Win rate', show: (row) => percent(row.winRate)},
    {key: 'totalReturn', label: 'Return', show: (row) => percent(row.totalReturn, true), tone: true},
    {key: 'maxDrawdown', label: 'Max. drawdown', show: (row) => percent(row.maxDrawdown)},
    {key: 'sharpe', label: 'Sharpe ratio', show: (row) => figure(row.sharpe)},
    {key: 'profitFactor', label: 'Profit factor', show: (row) => figure(row.profitFactor)},
    {key: 'exposure', label: 'Exposure', show: (row) => percent(row.exposure)},
  ];

  let chosen = Math.max(0, data.strategies.findIndex((strategy) => strategy.trades > 0));
  let sorting = {column: null, descending: false};
  let shownTrades = TRADES_SHOWN;
  const bars = data.bars.time.length;
  let view = {from: Math.max(0, bars - BARS_FIRST), to: bars};

  // ---- the text of the page

  function showScenario() {
    const name = 'Backtest of ' + data.symbol + ', ' + data.timeframe;
    document.title = name;
    id('title').textContent = name;
    id('scenario').textContent = whole(data.candleCount) + ' candles from ' + time(data.from) + ' to ' + time(data.to)
        + ' UTC; rule set ' + data.ruleSet + '; fee ' + brief(100 * data.fee) + ' % and slippage '
        + brief(100 * data.slippage) + ' % on each side' + bounds();
    for (const column of COLUMNS.slice(1)) {
      const box = element('div');
      box.append(element('dt', column.label));
      const shown = element('dd', column.show(data.total), {'data-total': column.key});
      if (column.tone) shown.className = tone(data.total[column.key]);
      box.append(shown);
      id('tiles').append(box);
    }
  }

  /** A configuration may drop signals by their confidence; without bounds there is nothing to say. */
  function bounds() {
    return data.minConfidence > 0 || data.maxConfidence < 1
        ? '; signals with a confidence from ' + brief(data.minConfidence) + ' to ' + brief(data.maxConfidence) + ' only'
        : '';
  }

  function sorted() {
    const rows = data.strategies.map((strategy, index) => ({strategy, index}));
    if (sorting.column === null) return rows;
    const column = COLUMNS[sorting.column];
    const value = (row) => column.value ? column.value(row.strategy) : row.strategy[column.key];
    // What has no value goes to the end, whichever way.
    const compare = (a, b) => a === b ? 0 : a === null ? 1 : b === null ? -1
        : (a < b ? -1 : 1) * (sorting.descending ? -1 : 1);
    return rows.sort((a, b) => compare(value(a), value(b)) || a.index - b.index);
  }

  function cells(row, figures) {
    for (const column of COLUMNS.slice(1)) {
      const cell = element('td', column.show(figures));
      if (column.tone) cell.className = tone(figures[column.key]);
      row.append(cell);
    }
  }

  function heading() {
    const row = element('tr');
    COLUMNS.forEach((column, index) => {
      const isSorted = sorting.column === index;
      const cell = element('th', undefined, {scope: 'col'});
      if (isSorted) cell.setAttribute('aria-sort', sorting.descending ? 'descending' : 'ascending');
      const mark = isSorted ? (sorting.descending ? ' ↓' : ' ↑') : '';
      const button = element('button', column.label + mark, {type: 'button'});
      button.addEventListener('click', () => {
        sorting = {column: index, descending: isSorted ? !sorting.descending : index > 0};
        showStrategies();
        id('strategies').querySelectorAll('thead button')[index].focus();
      });
      cell.append(button);
      row.append(cell);
    });
    const head = element('thead');
    head.append(row);
    return head;
  }

  function showStrategies() {
    const body = element('tbody');
    for (const {strategy, index} of sorted()) {
      const row = element('tr', undefined, {'data-strategy': strategy.id});
      row.classList.toggle('chosen', index === chosen);
      const name = element('th', undefined, {scope: 'row'});
      const button = element('button', strategy.id, {type: 'button', 'aria-pressed': String(index === chosen)});
      button.addEventListener('click', () => choose(index));
      name.append(button);
      row.append(name);
      cells(row, strategy);
      body.append(row);
    }
    const foot = element('tfoot');
    const total = element('tr');
    total.append(element('th', 'total', {scope: 'row'}));
    cells(total, data.total);
    foot.append(total);
    id('strategies').replaceChildren(heading(), body, foot);
  }

  function choose(index) {
    chosen = index;
    shownTrades = TRADES_SHOWN;
    for (const row of id('strategies').querySelectorAll('tbody tr')) {
      const isChosen = row.dataset.strategy === data.strategies[index].id;
      row.classList.toggle('chosen', isChosen);
      row.querySelector('button').setAttribute('aria-pressed', String(isChosen));
    }
    showLegend();
    showTrades();
    draw();
  }

  function showLegend() {
    const entry = (name, line) => {
      const item = element('li');
      const swatch = element('span', undefined, {class: 'swatch', 'aria-hidden': 'true'});
      swatch.style.background = 'var(--' + line + ')';
      item.append(swatch, name);
      return item;
    };
    const entries = [entry('total', 'total')];
    if (data.strategies.length > 0) entries.push(entry(data.strategies[chosen].id, 'accent'));
    if (data.strategies.length > 1) entries.push(entry('the others', 'other'));
    id('equity-legend').replaceChildren(...entries);
  }

  function showTrades() {
    if (data.strategies.length === 0) return;
    const strategy = data.strategies[chosen];
    id('trades-heading').textContent = 'Trades of ' + strategy.id;
    const drawn = strategy.list.length;
    id('trades-note').textContent = strategy.trades === 0 ? 'No trades.'
        : drawn < strategy.trades ? 'The newest ' + whole(drawn) + ' of ' + whole(strategy.trades)
            + ' trades; backtest.json has all.' : whole(drawn) + ' trades.';
    const head = element('tr');
    for (const label of ['Entry (UTC)', 'Side', 'Price', 'Stop loss', 'Take profit', 'Exit (UTC)', 'Price', 'By', 'Return']) {
      head.append(element('th', label, {scope: 'col'}));
    }
    const body = element('tbody');
    for (const trade of strategy.list.slice(-shownTrades).reverse()) body.append(tradeRow(trade));
    const top = element('thead');
    top.append(head);
    id('trades').replaceChildren(top, body);
    id('trades').parentElement.hidden = drawn === 0;
    id('more').hidden = shownTrades >= drawn;
  }

  function tradeRow(trade) {
    const row = element('tr');
    const values = [time(trade.entry), trade.isLong ? 'long' : 'short', price(trade.entryPrice), price(trade.stopLoss),
      price(trade.takeProfit), time(trade.exit), price(trade.exitPrice), REASONS[trade.reason], percent(trade.profit, true)];
    values.forEach((value) => row.append(element('td', value)));
    row.lastChild.className = tone(trade.profit);
    return row;
  }

  // ---- drawing

  function begin(canvas) {
    const box = canvas.getBoundingClientRect();
    const ratio = window.devicePixelRatio || 1;
    canvas.width = Math.round(box.width * ratio);
    canvas.height = Math.round(box.height * ratio);
    const pen = canvas.getContext('2d');
    pen.scale(ratio, ratio);
    pen.clearRect(0, 0, box.width, box.height);
    pen.font = '12px system-ui, sans-serif';
    return {
      pen, left: MARGIN.left, right: Math.max(MARGIN.left + 10, box.width - MARGIN.right),
      top: MARGIN.top, bottom: Math.max(MARGIN.top + 10, box.height - MARGIN.bottom),
    };
  }

  /** Round steps, so that labels are short. */
  function steps(low, high, count) {
    const raw = (high - low) / count || 1;
    const power = Math.pow(10, Math.floor(Math.log10(raw)));
    const step = [1, 2, 2.5, 5, 10].map((factor) => factor * power).find((size) => size >= raw);
    const marks = [];
    for (let mark = Math.ceil(low / step) * step; mark <= high + step * 1e-9; mark += step) {
      marks.push(Math.abs(mark) < step / 2 ? 0 : mark);
    }
    return {marks, decimals: Math.max(0, Math.min(10, -Math.floor(Math.log10(step) + 1e-9) + (step / power === 2.5 ? 1 : 0)))};
  }

  function scaleOf(low, high, from, to) {
    const room = (high - low) * 0.05 || Math.abs(high) * 0.01 || 1;
    const [bottom, top] = [low - room, high + room];
    return {bottom, top, at: (value) => from + (to - from) * (value - bottom) / (top - bottom)};
  }

  const digits = (count) => (mark) => mark.toLocaleString('en', {minimumFractionDigits: count, maximumFractionDigits: count});

  function grid(area, scale, dates, name) {
    const {pen} = area;
    const {marks, decimals} = steps(scale.bottom, scale.top, Math.max(2, Math.round((area.bottom - area.top) / 45)));
    pen.strokeStyle = colour('grid');
    pen.fillStyle = colour('quiet');
    pen.lineWidth = 1;
    pen.textAlign = 'left';
    pen.textBaseline = 'middle';
    for (const mark of marks) {
      const y = Math.round(scale.at(mark)) + 0.5;
      pen.beginPath();
      pen.moveTo(area.left, y);
      pen.lineTo(area.right, y);
      pen.stroke();
      pen.fillText((name || digits(decimals))(mark), area.right + 8, y);
    }
    pen.textBaseline = 'top';
    const count = Math.max(1, Math.floor((area.right - area.left) / 130));
    for (let i = 0; i < count; i++) {
      const x = area.left + (area.right - area.left) * i / count;
      pen.fillText(dates(x), x, area.bottom + 7);
    }
  }

  function line(pen, values, x, y, stroke, width) {
    pen.strokeStyle = stroke;
    pen.lineWidth = width;
    pen.lineJoin = 'round';
    pen.beginPath();
    values.forEach((value, index) => pen.lineTo(x(index), y(value)));
    pen.stroke();
  }

  const equity = {canvas: id('equity'), hover: null};

  function drawEquity() {
    const area = begin(equity.canvas);
    const curves = [...data.strategies.map((strategy) => strategy.equity), data.total.equity];
    let [low, high] = [1, 1];
    for (const curve of curves) for (const value of curve) {
      low = Math.min(low, value);
      high = Math.max(high, value);
    }
    const points = data.equityTime.length;
    const isLogarithmic = high > LOGARITHMIC_FROM;
    const height = (value) => isLogarithmic ? Math.max(LOGARITHM_MIN, Math.log10(value)) : value;
    const scale = scaleOf(height(low), height(high), area.bottom, area.top);
    const y = (value) => scale.at(height(value));
    id('equity-heading').textContent = 'Equity, from 1' + (isLogarithmic ? '; logarithmic' : '');
    const x = (index) => area.left + (area.right - area.left) * (points < 2 ? 0.5 : index / (points - 1));
    equity.indexAt = (at) => Math.max(0, Math.min(points - 1, Math.round((at - area.left) / (area.right - area.left) * (points - 1))));
    grid(area, scale, (at) => time(data.equityTime[equity.indexAt(at)]).slice(0, 10),
        isLogarithmic ? (mark) => price(Math.pow(10, mark)) : undefined);
    data.strategies.forEach((strategy, index) => {
      if (index !== chosen) line(area.pen, strategy.equity, x, y, colour('other'), 1);
    });
    line(area.pen, data.total.equity, x, y, colour('total'), 2.5);
    if (data.strategies.length > 0) line(area.pen, data.strategies[chosen].equity, x, y, colour('accent'), 2);
    if (equity.hover !== null) crosshair(area, x(equity.hover));
  }

  function crosshair(area, x) {
    area.pen.strokeStyle = colour('quiet');
    area.pen.lineWidth = 1;
    area.pen.setLineDash([3, 3]);
    area.pen.beginPath();
    area.pen.moveTo(Math.round(x) + 0.5, area.top);
    area.pen.lineTo(Math.round(x) + 0.5, area.bottom);
    area.pen.stroke();
    area.pen.setLineDash([]);
  }

  const candles = {canvas: id('candles'), hover: null};

  /** The drawn bar that a time falls into. */
  function barAt(millis) {
    let [low, high] = [0, bars - 1];
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (data.bars.time[middle] <= millis) low = middle; else high = middle - 1;
    }
    return low;
  }

  function drawCandles() {
    const area = begin(candles.canvas);
    const shown = view.to - view.from;
    let [low, high] = [Infinity, -Infinity];
    for (let i = view.from; i < view.to; i++) {
      low = Math.min(low, data.bars.low[i]);
      high = Math.max(high, data.bars.high[i]);
    }
    const scale = scaleOf(low, high, area.bottom, area.top);
    const width = (area.right - area.left) / shown;
    const x = (bar) => area.left + (bar - view.from + 0.5) * width;
    candles.indexAt = (at) => Math.max(view.from, Math.min(view.to - 1, view.from + Math.floor((at - area.left) / width)));
    grid(area, scale, (at) => {
      const text = time(data.bars.time[candles.indexAt(at)]);
      return data.bars.time[view.to - 1] - data.bars.time[view.from] > 4 * 864e5 ? text.slice(0, 10) : text.slice(5);
    });
    const pen = area.pen;
    const body = Math.max(1, Math.min(12, width * 0.7));
    for (let i = view.from; i < view.to; i++) {
      pen.strokeStyle = pen.fillStyle = colourOf(data.bars.close[i] >= data.bars.open[i]);
      const [top, bottom] = [scale.at(Math.max(data.bars.open[i], data.bars.close[i])), scale.at(Math.min(data.bars.open[i], data.bars.close[i]))];
      pen.lineWidth = 1;
      pen.globalAlpha = 0.75;
      pen.beginPath();
      pen.moveTo(x(i), scale.at(data.bars.high[i]));
      pen.lineTo(x(i), scale.at(data.bars.low[i]));
      pen.stroke();
      pen.fillRect(x(i) - body / 2, top, body, Math.max(1, bottom - top));
      pen.globalAlpha = 1;
    }
    pen.save();
    pen.beginPath();
    pen.rect(area.left, area.top - 6, area.right - area.left, area.bottom - area.top + 12);
    pen.clip();
    if (data.strategies.length > 0) data.strategies[chosen].list.forEach((trade) => drawTrade(pen, trade, x, scale.at));
    pen.restore();
    if (candles.hover !== null && candles.hover >= view.from && candles.hover < view.to) crosshair(area, x(candles.hover));
  }

  let shades = null;
  const colourOf = (isUp) => isUp ? shades.up : shades.down;

  function drawTrade(pen, trade, x, y) {
    if (trade.exitBar < view.from || trade.entryBar >= view.to) return;
    const [x1, y1, x2, y2] = [x(trade.entryBar), y(trade.entryPrice), x(trade.exitBar), y(trade.exitPrice)];
    pen.strokeStyle = shades.text;
    pen.lineWidth = 1.25;
    pen.setLineDash([4, 3]);
    pen.beginPath();
    pen.moveTo(x1, y1);
    pen.lineTo(x2, y2);
    pen.stroke();
    pen.setLineDash([]);
    const away = trade.isLong ? 1 : -1;
    pen.fillStyle = colourOf(trade.isLong);
    pen.strokeStyle = shades.ground;
    pen.beginPath();
    pen.moveTo(x1, y1 + away * 2);
    pen.lineTo(x1 - 6, y1 + away * 13);
    pen.lineTo(x1 + 6, y1 + away * 13);
    pen.closePath();
    pen.fill();
    pen.stroke();
    mark(pen, x2, y2, trade.profit > 0);
  }

  function mark(pen, x, y, isWon) {
    pen.beginPath();
    if (isWon) {
      pen.fillStyle = shades.up;
      pen.arc(x, y, 4, 0, 2 * Math.PI);
      pen.fill();
      pen.stroke();
      return;
    }
    pen.strokeStyle = shades.down;
    pen.lineWidth = 2.5;
    for (const side of [1, -1]) {
      pen.moveTo(x - 4, y - 4 * side);
      pen.lineTo(x + 4, y + 4 * side);
    }
    pen.stroke();
  }

  /** Says so where a table does not fit into the window. */
  function showCuts() {
    for (const box of document.querySelectorAll('.scroll')) {
      const isCut = box.scrollWidth > box.clientWidth;
      box.classList.toggle('cut', isCut);
      box.previousElementSibling.hidden = !isCut;
    }
  }

  function draw() {
    showCuts();
    shades = {up: colour('up'), down: colour('down'), text: colour('quiet'), ground: colour('ground')};
    drawEquity();
    drawCandles();
    describe();
  }

  function describe() {
    const name = data.strategies.length > 0 ? data.strategies[chosen].id : 'no strategy';
    equity.canvas.setAttribute('aria-label', 'Equity of all strategies, ending ' + percent(data.total.totalReturn, true)
        + (data.strategies.length > 0 ? ', and of ' + name + ', ending ' + percent(data.strategies[chosen].totalReturn, true) : '')
        + '. Arrow keys read values.');
    candles.canvas.setAttribute('aria-label', 'Candles from ' + time(data.bars.time[view.from]) + ' to '
        + time(data.bars.time[view.to - 1]) + ' with the trades of ' + name + '. Arrow keys move, plus and minus zoom.');
  }

  // ---- moving and reading

  function readEquity() {
    const at = equity.hover;
    id('equity-readout').textContent = at === null ? '' : time(data.equityTime[at]) + ': total '
        + data.total.equity[at].toFixed(4) + (data.strategies.length === 0 ? ''
          : ', ' + data.strategies[chosen].id + ' ' + data.strategies[chosen].equity[at].toFixed(4));
  }

  function readCandle() {
    const at = candles.hover;
    if (at === null) {
      id('candles-readout').textContent = '';
      return;
    }
    const value = (name) => price(data.bars[name][at]);
    const here = data.strategies.length === 0 ? [] : data.strategies[chosen].list
        .filter((trade) => trade.entryBar === at || trade.exitBar === at)
        .map((trade) => (trade.entryBar === at ? (trade.isLong ? 'long' : 'short') + ' entry ' + price(trade.entryPrice) : '')
            + (trade.exitBar === at ? ' exit ' + price(trade.exitPrice) + ' by ' + REASONS[trade.reason] + ' ' + percent(trade.profit, true) : ''));
    id('candles-readout').textContent = [time(data.bars.time[at]) + ': open ' + value('open') + ', high ' + value('high')
        + ', low ' + value('low') + ', close ' + value('close'), ...here.slice(0, 3)].join('; ');
  }

  function show(from, count) {
    const size = Math.max(Math.min(BARS_MIN, bars), Math.min(bars, Math.round(count)));
    const begin = Math.max(0, Math.min(bars - size, Math.round(from)));
    view = {from: begin, to: begin + size};
    drawCandles();
    describe();
  }

  function move(how) {
    const count = view.to - view.from;
    const zoom = (factor) => show(view.to - count * factor, count * factor);
    switch (how) {
      case 'earlier': return show(view.from - count / 4, count);
      case 'later': return show(view.from + count / 4, count);
      case 'in': return zoom(0.5);
      case 'out': return zoom(2);
      case 'all': return show(0, bars);
      case 'first': return show(0, count);
      default: return show(bars, count);
    }
  }

  const KEYS = {ArrowLeft: 'earlier', ArrowRight: 'later', '+': 'in', '=': 'in', '-': 'out', Home: 'first', End: 'last'};

  function listen() {
    document.querySelectorAll('[data-move]').forEach((button) => button.addEventListener('click', () => move(button.dataset.move)));
    id('more').addEventListener('click', () => {
      shownTrades += 10 * TRADES_SHOWN;
      showTrades();
    });
    hover(equity, readEquity, drawEquity);
    hover(candles, readCandle, drawCandles);
    equity.canvas.addEventListener('keydown', (event) => {
      const step = {ArrowLeft: -1, ArrowRight: 1}[event.key];
      if (!step) return;
      event.preventDefault();
      const last = data.equityTime.length - 1;
      equity.hover = Math.max(0, Math.min(last, (equity.hover === null ? last : equity.hover) + step));
      readEquity();
      drawEquity();
    });
    candles.canvas.addEventListener('keydown', (event) => {
      const how = KEYS[event.key];
      if (!how || event.ctrlKey || event.metaKey || event.altKey) return;
      event.preventDefault();
      move(how);
    });
    drag();
    new ResizeObserver(draw).observe(equity.canvas.parentElement);
    window.matchMedia('(prefers-color-scheme: dark)').addEventListener('change', draw);
  }

  function hover(chart, read, redraw) {
    const at = (index) => {
      if (chart.hover === index) return;
      chart.hover = index;
      read();
      redraw();
    };
    chart.canvas.addEventListener('pointermove', (event) => at(chart.indexAt(event.offsetX)));
    chart.canvas.addEventListener('pointerleave', () => at(null));
  }

  function drag() {
    let grip = null;
    const canvas = candles.canvas;
    canvas.addEventListener('pointerdown', (event) => {
      grip = {x: event.clientX, from: view.from};
      canvas.setPointerCapture(event.pointerId);
    });
    canvas.addEventListener('pointermove', (event) => {
      if (grip === null) return;
      const count = view.to - view.from;
      const width = canvas.getBoundingClientRect().width - MARGIN.left - MARGIN.right;
      show(grip.from - (event.clientX - grip.x) / width * count, count);
    });
    for (const end of ['pointerup', 'pointercancel']) canvas.addEventListener(end, () => { grip = null; });
  }

  for (const strategy of data.strategies) {
    strategy.list = strategy.list.map(([isLong, entry, entryPrice, stopLoss, takeProfit, exit, exitPrice, reason, profit]) =>
      ({isLong: isLong === 1, entry, entryPrice, stopLoss, takeProfit, exit, exitPrice, reason, profit,
        entryBar: barAt(entry), exitBar: barAt(exit)}));
  }
  showScenario();
  showStrategies();
  showLegend();
  showTrades();
  draw();
  listen();
})();
