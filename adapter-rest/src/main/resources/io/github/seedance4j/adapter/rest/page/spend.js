// Where the money is: against the caps, against what was quoted; and how long clips took.

import {h, icon, replace, s, say, settled} from './dom.js';
import {told} from './api.js';
import {elapsed} from './jobs.js';
import {promptOf} from './card.js';
import {spendPlot, waitPlot} from './plots.js';
import {cents, clock, money, moment, t} from './words.js';

const PERIODS = ['day', 'month', 'ever'];

/** When the current period of a cap began; the gateway's days and months are those of UTC. */
function begin(period) {
  const now = new Date();
  if (period === 'ever') return 0;
  return Date.UTC(now.getUTCFullYear(), now.getUTCMonth(), period === 'day' ? now.getUTCDate() : 1) / 1000;
}

export function show(place, studio) {
  const {jobs, api, signal} = studio;
  const sums = h('div', {class: 'sums'}, h('p', {class: 'busy'}, t('loading')));
  const plots = h('div', {class: 'plots'});
  const csv = h('button', {type: 'button', onclick: save}, icon('save'), t('spend.csv'));

  async function save() {
    try {
      const link = h('a', {href: URL.createObjectURL(await api.csv()), download: 'usage.csv'});
      link.click();
      setTimeout(() => URL.revokeObjectURL(link.href), 10000);
    } catch (failure) {
      say(told(failure), 'bad');
    }
  }

  async function load() {
    try {
      studio.usage = await api.usage();
      drawSums(studio.usage);
    } catch (failure) {
      replace(sums, h('p', {class: 'error'}, told(failure)));
    }
  }

  function drawSums(usage) {
    const {currency} = usage;
    replace(sums,
      usage.caps.map((cap) => {
        const used = Math.min(100, (100 * Number(cap.used)) / Number(cap.cap || 1));
        return h('section', {class: `card sum cap ${used > 90 ? 'tight' : ''}`},
          h('h2', {}, t('spend.cap', {period: t(`period.${cap.period}`)}), cap.tenant && studio.isAdmin && ` · ${cap.tenant}`),
          h('p', {class: 'amount figure'}, cents(cap.left, currency, 'floor')), h('p', {class: 'hint'}, t('spend.left', {cap: money(cap.cap, currency), used: cents(cap.used, currency)})),
          s('svg', {class: 'meter', role: 'meter', viewBox: '0 0 100 4', preserveAspectRatio: 'none', 'aria-label': t('spend.used'), 'aria-valuemin': 0, 'aria-valuemax': 100, 'aria-valuenow': Math.round(used)},
            s('rect', {class: 'meter-all', width: 100, height: 4}), s('rect', {class: 'meter-used', width: used, height: 4})));
      }),
      PERIODS.filter((period) => usage[period]).map((period) => {
        const {spent, held, unconfirmed} = usage[period];
        return h('section', {class: 'card sum'}, h('h2', {}, t(`spend.${period}`)),
          h('p', {class: 'amount figure'}, cents(spent, currency)),
          h('p', {class: 'hint'}, t('spend.held', {held: cents(held, currency)}), Number(unconfirmed) > 0 && ` · ${t('spend.unconfirmed', {amount: cents(unconfirmed, currency)})}`));
      }));
  }

  function drawPlots() {
    const list = jobs.list;
    const priced = list.filter((job) => job.cost).reverse();
    const timed = list.filter((job) => job.state === 'STORED').reverse();
    const currency = priced[0]?.cost.currency ?? 'USD';
    if (!priced.length) {
      return replace(plots, jobs.loaded && h('div', {class: 'empty'}, h('p', {class: 'empty-title'}, t('spend.empty')), h('p', {}, t('spend.empty.more'))));
    }
    // a cap is for a period, so it is compared with what was sent in that
    const [cap] = studio.usage.caps.filter((one) => studio.isAdmin !== Boolean(one.tenant));
    const counted = cap ? priced.filter((job) => job.created >= begin(cap.period)) : priced;
    const [shown, limit] = counted.length ? [counted, cap] : [priced, undefined];
    replace(plots,
      figure('spend', spendPlot(shown, limit, currency), [t('job.made'), t('prompt.title'), t('plot.quoted'), t('plot.counted')],
        shown.map((job) => [moment(job.created), promptOf(job, 60), money(job.cost.high, currency), cents(job.cost.counted, currency)])),
      timed.length > 0 && figure('wait', waitPlot(timed), [t('job.made'), t('prompt.title'), t('settings.model'), t('plot.waited')],
        timed.map((job) => [moment(job.created), promptOf(job, 60), `${job.model} ${job.request?.resolution ?? ''}`, clock(elapsed(job))])));
  }

  function figure(name, plot, heads, rows) {
    return h('figure', {class: 'card plot'}, h('figcaption', {}, h('h2', {}, t(`plot.${name}`)), h('p', {class: 'hint'}, t(`plot.${name}.more`))), plot,
      h('details', {}, h('summary', {}, t('plot.table')),
        h('div', {class: 'scroll', tabindex: 0, role: 'region', 'aria-label': t(`plot.${name}`)}, h('table', {},
          h('thead', {}, h('tr', {}, heads.map((head) => h('th', {scope: 'col'}, head)))),
          h('tbody', {}, rows.map((cells) => h('tr', {}, cells.map((cell) => h('td', {}, cell)))))))));
  }

  replace(place, h('div', {class: 'title-row'}, h('h1', {}, t('spend.title')), csv), sums, plots);
  const later = settled(300, () => signal.aborted || (load(), drawPlots()));
  jobs.addEventListener('change', later, {signal});
  jobs.addEventListener('loaded', drawPlots, {signal});
  load().then(drawPlots);
}
