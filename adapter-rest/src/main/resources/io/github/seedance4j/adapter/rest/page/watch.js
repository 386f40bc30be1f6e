// Every job as it moves: what is being made, what needs a person, what came of the rest.

import {h, replace, say} from './dom.js';
import {told} from './api.js';
import {isMoving, standing} from './jobs.js';
import {costOf, pill, progress, promptOf, settingsOf, trouble} from './card.js';
import {t} from './words.js';

const FILTERS = {
  all: () => true,
  moving: isMoving,
  unknown: (job) => standing(job) === 'unknown',
  done: (job) => standing(job) === 'done',
  failed: (job) => ['failed', 'lost', 'gone'].includes(standing(job)),
};

export function show(place, {jobs, signal}) {
  let filter = 'all';
  const rows = new Map();
  const list = h('ol', {class: 'jobs'});
  const empty = h('div', {class: 'empty', hidden: true});
  const more = h('button', {type: 'button', class: 'more', hidden: true}, t('more'));
  const buttons = Object.keys(FILTERS).map((name) => h('button', {
    type: 'button', class: 'filter', 'aria-pressed': String(name === filter), onclick: (event) => {
      filter = name;
      buttons.forEach((one) => one.setAttribute('aria-pressed', String(one === event.currentTarget)));
      arrange();
    },
  }, t(`filter.${name}`)));
  more.addEventListener('click', () => jobs.more().catch((failure) => say(told(failure), 'bad')));

  function row(job) {
    const item = h('li', {class: `job ${standing(job)}`, id: `row-${job.id}`});
    const time = progress(job, jobs.usual(job));
    replace(item,
      h('div', {class: 'job-head'}, pill(job), h('span', {class: 'figure job-cost'}, costOf(job))),
      h('h2', {class: 'job-prompt'}, h('a', {href: `#/jobs/${encodeURIComponent(job.id)}`, 'data-do': 'open'}, promptOf(job, 220) || t('job.no-prompt'))),
      h('div', {class: 'job-facts'}, h('p', {class: 'hint'}, settingsOf(job)), time), trouble(job),
      standing(job) === 'unknown' && h('p', {}, h('a', {class: 'button warn', href: `#/jobs/${encodeURIComponent(job.id)}`}, t('unknown.resolve'))));
    item.tick = time.tick;
    return item;
  }

  function update(job) {
    const before = rows.get(job.id);
    const now = row(job);
    const action = before?.contains(document.activeElement) && document.activeElement.dataset.do;
    rows.set(job.id, now);
    before?.replaceWith(now);
    if (action) now.querySelector(`[data-do="${action}"]`)?.focus();
    arrange();
  }

  function arrange() {
    const wanted = jobs.list.filter(FILTERS[filter]);
    const nodes = wanted.map((job) => rows.get(job.id) ?? (rows.set(job.id, row(job)), rows.get(job.id)));
    // moving a node would take the focus from what is in it: only what is out of place is moved
    nodes.forEach((node, at) => {
      if (list.children[at] !== node) list.insertBefore(node, list.children[at] ?? null);
    });
    while (list.childElementCount > nodes.length) list.lastElementChild.remove();
    more.hidden = !jobs.hasMore;
    empty.hidden = wanted.length > 0;
    if (!wanted.length) {
      replace(empty, !jobs.loaded ? h('p', {class: 'busy'}, t('loading'))
        : filter === 'all' ? [h('p', {class: 'empty-title'}, t('jobs.empty')), h('p', {}, t('jobs.empty.more')), h('a', {class: 'button primary', href: '#/compose'}, t('jobs.compose'))]
        : h('p', {}, t('jobs.none')));
    }
  }

  replace(place, h('div', {class: 'title-row'}, h('h1', {}, t('jobs.title')), h('div', {class: 'filters', role: 'group', 'aria-label': t('filter.label')}, buttons)), list, empty, more);
  jobs.addEventListener('change', ({detail}) => update(detail.job), {signal});
  jobs.addEventListener('loaded', arrange, {signal});
  arrange();
  const timer = setInterval(() => rows.forEach((item) => item.tick?.()), 1000);
  signal.addEventListener('abort', () => clearInterval(timer));
}
