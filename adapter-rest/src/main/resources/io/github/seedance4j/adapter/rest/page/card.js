// How a job is shown, wherever one is: its state, its time, its money, and what went wrong with it.

import {h, icon, replace} from './dom.js';
import {clipOf, elapsed, isMoving, mediaOf, standing} from './jobs.js';
import {between, cents, clock, has, moment, seconds, t} from './words.js';

const PICTURES = {done: 'check', failed: 'remove', lost: 'remove', gone: 'remove', unknown: 'alert'};

/** The state in a word, with a colour and a sign that says the same. */
export function pill(job) {
  const name = standing(job);
  return h('span', {class: `pill ${name}`}, PICTURES[name] ? icon(PICTURES[name]) : h('span', {class: 'dot'}), t(`state.${name}`));
}

/** Model, resolution, shape and length in a line. */
export function settingsOf(job) {
  const {resolution, aspect_ratio: ratio, duration} = job.request ?? {};
  const alias = job.model.endsWith('-fast') ? t('model.fast') : has('model.standard') && job.model.endsWith('2.0') ? t('model.standard') : job.model;
  return [alias, resolution, ratio && (has(`ratio.${ratio}`) ? t(`ratio.${ratio}`) : ratio), duration !== undefined && seconds(duration)].filter(Boolean).join(' · ');
}

/** What it costs, as sure as that is. */
export function costOf(job) {
  if (!job.cost) return '';
  const {currency, low, high, counted, basis} = job.cost;
  if (basis === 'HELD') return t('cost.held', {price: between(low, high, currency), held: cents(counted, currency)});
  return t(Number(counted) === 0 ? 'cost.nothing' : has(`cost.${basis}`) ? `cost.${basis}` : 'cost.counted', {price: cents(counted, currency)});
}

/** How long it has taken, beside what clips like it usually take; kept current by `tick`. */
export function progress(job, usual) {
  const name = standing(job);
  if (['unknown', 'lost'].includes(name)) return h('p', {class: 'hint'}, t('time.sent', {when: moment(job.created)}));
  if (!isMoving(job)) return h('p', {class: 'hint'}, t('time.took', {time: clock(elapsed(job)), when: moment(job.created)}));
  const bar = usual && h('progress', {max: 100, value: 0, 'aria-label': t('time.progress')});
  const text = h('p', {class: 'hint running-time'});
  const element = h('div', {class: 'progress'}, bar, text);
  element.tick = () => {
    const passed = elapsed(job);
    if (bar) bar.value = Math.min(97, (100 * passed) / usual);
    replace(text, h('span', {class: 'figure'}, clock(passed)), ' ',
      usual ? t(passed > usual * 1.5 ? 'time.longer' : 'time.usual', {time: clock(usual)}) : t('time.first'));
  };
  element.tick();
  return element;
}

/** What the provider said when it failed, and what usually helps. */
export function trouble(job) {
  if (!job.error || isMoving(job)) return undefined;
  const name = standing(job);
  const own = {unknown: 'unknown.short', lost: 'lost.short', gone: 'gone.short'}[name];
  return h('div', {class: `trouble ${name}`},
    own ? h('p', {}, t(own)) : h('p', {}, h('span', {class: 'sr'}, `${t('error.words')}: `), h('q', {lang: 'en'}, job.error.message)),
    !own && h('p', {class: 'hint'}, h('code', {}, job.error.code)),
    !own && job.error.hint && h('p', {class: 'hint'}, h('strong', {}, t('error.hint')), ' ', h('span', {lang: 'en'}, job.error.hint)));
}

/** A clip with its controls. What it shows is fetched only when it comes into view. */
export function player(job) {
  const label = t('clip.label', {prompt: promptOf(job, 120)});
  const video = h('video', {class: 'clip', playsinline: true, loop: true, preload: 'none', 'aria-label': label});
  const start = h('button', {type: 'button', class: 'start', 'data-do': 'play', 'aria-label': `${t('clip.play')}: ${promptOf(job, 120)}`, onclick: () => {
    video.controls = true;
    start.remove();
    video.focus();
    video.play().catch(() => {});
  }}, h('span', {}, icon('play')));
  const eye = new IntersectionObserver((seen) => {
    if (!seen.some((one) => one.isIntersecting)) return;
    eye.disconnect();
    video.preload = 'metadata';
    video.src = clipOf(job);
  }, {rootMargin: '200px'});
  eye.observe(video);
  return h('div', {class: 'screen'}, video, start);
}

/** A link that saves the clip. */
export const download = (job) =>
  h('a', {class: 'button', href: clipOf(job, true), download: `${job.id}.mp4`, 'data-do': 'download'}, icon('save'), t('clip.download'));

/** The form again, with what this one was made from. */
export const again = (job, studio) =>
  h('button', {type: 'button', 'data-do': 'again', 'aria-label': t('clip.again.more'), title: t('clip.again.more'), onclick: () => {
    studio.compose.take(job.request ?? {});
    location.hash = '#/compose';
  }}, icon('again'), t('clip.again'));

/** Tells media by kind and host: what lies elsewhere is not fetched. */
export function mediaList(job) {
  const media = mediaOf(job.request ?? {});
  return media.length > 0 && h('ul', {class: 'media-brief'}, media.map(({kind, role, url}) =>
    h('li', {}, icon(kind in {image: 1, video: 1, audio: 1} ? kind : 'link'), h('span', {}, has(`role.${role}`) ? t(`role.${role}`) : role), h('span', {class: 'hint'}, host(url)))));
}

function host(url) {
  try {
    return new URL(url).host || url.slice(0, 40);
  } catch {
    return url.slice(0, 40);
  }
}

export function promptOf(job, most = 400) {
  const text = String(job.request?.prompt ?? '');
  return text.length > most ? `${text.slice(0, most)}…` : text;
}
