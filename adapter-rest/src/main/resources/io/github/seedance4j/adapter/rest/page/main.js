// Starts the page: language, sign-in, the stream of jobs, and the view that the address names.

import {h, replace, say} from './dom.js';
import {choose, t} from './words.js';
import {signIn} from './signin.js';
import {Jobs, isMoving, standing} from './jobs.js';
import {Compose} from './compose.js';

const VIEWS = ['compose', 'jobs', 'clips', 'spend'];
const main = document.getElementById('main');
const top = document.getElementById('top');
const skip = document.getElementById('skip');
let leave = () => {};
let shown = 0;

await choose();
replace(skip, t('skip'));
skip.addEventListener('click', (event) => {
  event.preventDefault();
  main.focus();
});
await session();

async function session(reason) {
  document.title = `${t('signin.title')} · seedance4j`;
  main.removeAttribute('aria-busy');
  const studio = await signIn(main, reason);
  const ended = new AbortController();
  studio.isAdmin = !studio.usage.tenant;
  studio.jobs = new Jobs(studio.api);
  studio.state = 'lost';
  studio.compose = new Compose(studio);
  studio.signal = ended.signal;
  const bar = head(studio, () => out());
  const route = () => show(studio, bar);

  function out(why) {
    ended.abort();
    removeEventListener('hashchange', route);
    leave();
    leave = () => {};
    bar.remove();
    history.replaceState(null, '', location.pathname);
    session(why);
  }

  addEventListener('hashchange', route);
  studio.jobs.addEventListener('change', ({detail}) => news(detail));
  studio.api.follow({
    signal: ended.signal,
    onEvent: (event) => {
      if (event.type === 'generation') studio.jobs.hear(JSON.parse(event.data));
      else if (event.type === 'reset') studio.jobs.load().catch(() => {});
    },
    onState: (state) => {
      if (state === 'out') return out(t('signin.ended'));
      bar.connection(state);
    },
  });
  studio.jobs.load().catch(() => {});
  await route();
}

/** The bar above all views. */
function head(studio, out) {
  const links = VIEWS.map((view) => h('a', {href: `#/${view}`}, t(`nav.${view}`)));
  const badges = h('span', {class: 'badges'});
  links[1].append(badges);
  const dot = h('p', {class: 'connection', role: 'status'});
  const nav = h('nav', {'aria-label': t('nav.label')}, links);
  const side = h('div', {class: 'top-side'}, dot,
    h('span', {class: 'who'}, studio.usage.tenant ?? t('nav.admin')),
    h('button', {class: 'quiet', type: 'button', onclick: out}, t('nav.out')));
  top.append(nav, side);
  const count = () => {
    const moving = studio.jobs.list.filter(isMoving).length;
    const unknown = studio.jobs.list.filter((job) => standing(job) === 'unknown').length;
    const badge = (kind, n, label) => n > 0 && h('span', {class: `badge ${kind}`}, h('span', {'aria-hidden': 'true'}, n), h('span', {class: 'sr'}, ` (${label})`));
    replace(badges, badge('', moving, t('nav.moving', {n: moving})), badge('warn', unknown, t('nav.unknown', {n: unknown})));
  };
  studio.jobs.addEventListener('change', count);
  return {
    current: (view) => links.forEach((link, n) => {
      if (VIEWS[n] === view) link.setAttribute('aria-current', 'page');
      else link.removeAttribute('aria-current');
    }),
    connection: (state) => {
      if (dot.dataset.state === state) return;
      dot.dataset.state = state;
      replace(dot, h('span', {class: 'dot'}), t(`connection.${state}`));
    },
    remove: () => (nav.remove(), side.remove()),
  };
}

/** Shows the view of the address; what was there is left, and its listeners with it. */
async function show(studio, bar) {
  const [view = 'compose', id] = location.hash.replace(/^#\//, '').split('/');
  const name = VIEWS.includes(view) ? view : 'compose';
  const turn = ++shown;
  leave();
  const left = new AbortController();
  leave = () => left.abort();
  bar.current(name);
  document.title = `${t(`nav.${name}`)} · seedance4j`;
  const place = h('div', {class: `view view-${name}`});
  const visit = {...studio, signal: left.signal, id: id && decodeURIComponent(id)};
  if (name === 'compose') studio.compose.show(place, left.signal);
  else if (name === 'jobs' && id) (await import('./detail.js')).show(place, visit);
  else if (name === 'jobs') (await import('./watch.js')).show(place, visit);
  else if (name === 'clips') (await import('./clips.js')).show(place, visit);
  else (await import('./spend.js')).show(place, visit);
  if (turn !== shown) return;
  replace(main, place);
  scrollTo(0, 0);
  const title = place.querySelector('h1');
  if (title) {
    title.tabIndex = -1;
    title.focus({preventScroll: true});
  }
}

/** Tells of what became of a job while somebody looked elsewhere. */
function news({job, before}) {
  if (!before || standing(before) === standing(job)) return;
  const kind = {done: 'good', failed: 'bad', unknown: 'bad'}[standing(job)];
  if (kind) say(t(`news.${standing(job)}`, {prompt: String(job.request?.prompt ?? '').slice(0, 60)}), kind);
}
