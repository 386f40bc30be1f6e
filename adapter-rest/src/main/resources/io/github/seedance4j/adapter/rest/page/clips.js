// The gallery: every clip, playing from the gateway, with what it was made from.

import {h, icon, replace, say} from './dom.js';
import {told} from './api.js';
import {clipOf, standing} from './jobs.js';
import {again, costOf, download, player, promptOf, settingsOf} from './card.js';
import {lengthOf} from './media.js';
import {ago, t} from './words.js';

export function show(place, studio) {
  const {jobs, signal} = studio;
  const cards = new Map();
  const grid = h('ul', {class: 'clips'});
  const empty = h('div', {class: 'empty', hidden: true});
  const more = h('button', {type: 'button', class: 'more', hidden: true}, t('more'));
  more.addEventListener('click', () => jobs.more().catch((failure) => say(told(failure), 'bad')));

  const card = (job) => h('li', {class: 'clip-card'}, player(job),
    h('div', {class: 'clip-text'},
      h('h2', {class: 'clip-prompt'}, h('a', {href: `#/jobs/${encodeURIComponent(job.id)}`}, promptOf(job, 160) || t('job.no-prompt'))),
      h('p', {class: 'hint'}, settingsOf(job)),
      h('p', {class: 'hint'}, `${costOf(job)} · ${ago(job.changed)}`)),
    h('div', {class: 'actions'}, download(job), again(job, studio),
      h('button', {type: 'button', 'data-do': 'use', onclick: () => use(job)}, icon('input'), t('clip.use'))));

  /** The provider fetches it by the signed link; its length is the clip's own. */
  async function use(job) {
    const length = await lengthOf(clipOf(job), 'video');
    studio.compose.use(job.data[0].video_url, length);
    location.hash = '#/compose';
  }

  function arrange() {
    const done = jobs.list.filter((job) => standing(job) === 'done');
    done.forEach((job, at) => {
      if (!cards.has(job.id)) cards.set(job.id, card(job));
      const node = cards.get(job.id);
      if (grid.children[at] !== node) grid.insertBefore(node, grid.children[at] ?? null);
    });
    while (grid.childElementCount > done.length) grid.lastElementChild.remove();
    more.hidden = !jobs.hasMore;
    empty.hidden = done.length > 0;
    replace(empty, jobs.loaded
      ? [h('p', {class: 'empty-title'}, t('clips.empty')), h('p', {}, t('clips.empty.more')), h('a', {class: 'button primary', href: '#/compose'}, t('jobs.compose'))]
      : h('p', {class: 'busy'}, t('loading')));
  }

  replace(place, h('h1', {}, t('clips.title')), grid, empty, more);
  jobs.addEventListener('change', ({detail}) => {
    if (standing(detail.job) !== 'done') cards.delete(detail.job.id);
    arrange();
  }, {signal});
  jobs.addEventListener('loaded', arrange, {signal});
  arrange();
}
