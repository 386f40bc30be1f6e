// Plots, drawn as SVG with attributes and classes alone: no style attribute, no library.

import {s} from './dom.js';
import {elapsed} from './jobs.js';
import {clock, day, money, t} from './words.js';

// on a phone as many units as there are pixels, or its texts would be too small to read
let WIDE = 640;
const HIGH = 260;
const LEFT = 62;
const RIGHT = 16;
const TOP = 44;
const LOW = HIGH - 34;

/** Round steps up to a maximum, four or five of them. */
function steps(most) {
  const rough = (most || 1) / 4;
  const size = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 2.5, 5, 10].map((one) => one * size).find((one) => one >= rough);
  return Array.from({length: Math.ceil((most || 1) / step) + 1}, (_, n) => n * step);
}

/** Steps of whole seconds or minutes. */
function timeSteps(most) {
  const step = [5, 10, 15, 30, 60, 120, 300, 600, 1800, 3600].find((one) => most / one <= 5) ?? Math.ceil(most / 5 / 3600) * 3600;
  return Array.from({length: Math.max(1, Math.ceil(most / step)) + 1}, (_, n) => n * step);
}

const scale = (most) => (value) => LOW - ((LOW - TOP) * value) / most;

const measure = () => {
  WIDE = innerWidth < 736 ? 340 : 640;
};

function ground(name, marks, y, label, dates) {
  return s('svg', {class: `chart ${name}`, viewBox: `0 0 ${WIDE} ${HIGH}`, role: 'img', 'aria-label': t(`plot.${name}`)},
    s('g', {class: 'grid'}, marks.map((mark) => [
      s('line', {x1: LEFT, x2: WIDE - RIGHT, y1: y(mark), y2: y(mark)}),
      s('text', {x: LEFT - 8, y: y(mark) + 4, 'text-anchor': 'end'}, label(mark))])),
    s('g', {class: 'dates'}, dates.map(([x, text, anchor]) => s('text', {x, y: HIGH - 12, 'text-anchor': anchor}, text))));
}

const ends = (list) => (list.length < 2
  ? [[WIDE / 2, day(list[0].created), 'middle']]
  : [[LEFT, day(list[0].created), 'start'], [WIDE - RIGHT, day(list.at(-1).created), 'end']]);

/** Where along the width each job stands: by its turn, so that a busy hour does not hide a week. */
const across = (list) => (at) => (list.length < 2 ? (LEFT + WIDE - RIGHT) / 2 : LEFT + ((WIDE - RIGHT - LEFT) * at) / (list.length - 1));

/** What was counted and what was quoted, both summed up, below the cap. */
export function spendPlot(jobs, cap, currency) {
  measure();
  let quoted = 0;
  let counted = 0;
  const sums = jobs.map((job) => ({
    quoted: (quoted += Number(job.cost.high)),
    counted: (counted += Number(job.cost.counted)),
  }));
  const limit = cap ? Number(cap.cap) : 0;
  const near = limit > 0 && limit < Math.max(quoted, counted) * 4;
  const marks = steps(Math.max(quoted, counted, near ? limit * 1.05 : 0));
  const y = scale(marks.at(-1));
  const x = across(jobs);
  const path = (name) => sums.map((sum, at) => (at === 0 ? `M${LEFT} ${y(0)}H${x(0)}V${y(sum[name])}` : `H${x(at)}V${y(sum[name])}`)).join('');
  const chart = ground('spend', marks, y, (mark) => money(mark.toFixed(2), currency), ends(jobs));
  chart.append(
    s('path', {class: 'area', d: `${path('counted')}H${WIDE - RIGHT}V${y(0)}H${LEFT}Z`}),
    s('path', {class: 'line quoted', d: `${path('quoted')}H${WIDE - RIGHT}`}),
    s('path', {class: 'line counted', d: `${path('counted')}H${WIDE - RIGHT}`}));
  if (near) {
    chart.append(s('line', {class: 'cap-line', x1: LEFT, x2: WIDE - RIGHT, y1: y(limit), y2: y(limit)}),
      s('text', {class: 'cap-text', x: LEFT + 6, y: y(limit) - 6}, t('plot.cap', {cap: money(cap.cap, currency)})));
  }
  chart.append(key([['counted', t('plot.counted')], ['quoted', t('plot.quoted')]]));
  return chart;
}

/** How long each took, and the middle of them. */
export function waitPlot(jobs) {
  measure();
  const times = jobs.map(elapsed);
  const marks = timeSteps(Math.max(...times, 1));
  const y = scale(marks.at(-1));
  const x = across(jobs);
  const median = [...times].sort((a, b) => a - b)[Math.floor(times.length / 2)];
  const chart = ground('wait', marks, y, clock, ends(jobs));
  chart.append(s('line', {class: 'median', x1: LEFT, x2: WIDE - RIGHT, y1: y(median), y2: y(median)}),
    ...jobs.map((job, at) => {
      const fast = job.model.endsWith('fast');
      const [cx, cy] = [x(at), y(times[at])];
      return fast
        ? s('rect', {class: 'dot-fast', x: cx - 4, y: cy - 4, width: 8, height: 8, transform: `rotate(45 ${cx} ${cy})`})
        : s('circle', {class: 'dot-standard', cx, cy, r: 4.5});
    }),
    key([['dot-standard', t('model.standard')], ['dot-fast', t('model.fast')], ['median', t('plot.median', {time: clock(median)})]]));
  return chart;
}

/** What the colours and the shapes mean. */
function key(entries) {
  let x = WIDE > 400 ? LEFT : 4;
  return s('g', {class: 'key'}, entries.map(([name, text]) => {
    const at = x;
    x += 34 + text.length * 7.2;
    const sign = name === 'dot-standard' ? s('circle', {class: name, cx: at + 8, cy: 16, r: 4.5})
      : name === 'dot-fast' ? s('rect', {class: name, x: at + 4, y: 12, width: 8, height: 8, transform: `rotate(45 ${at + 8} 16)`})
      : s('line', {class: `line ${name}`, x1: at, x2: at + 18, y1: 16, y2: 16});
    return s('g', {}, sign, s('text', {x: at + 24, y: 20}, text));
  }));
}
