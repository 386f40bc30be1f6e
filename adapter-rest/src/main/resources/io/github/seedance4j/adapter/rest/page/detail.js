// One job, whole; and where its outcome is unknown, the three ways out and what each costs.

import {h, icon, replace, say, unique} from './dom.js';
import {told} from './api.js';
import {isMoving, standing} from './jobs.js';
import {again, costOf, download, mediaList, pill, player, progress, settingsOf, trouble} from './card.js';
import {between, cents, moment, t} from './words.js';

export async function show(place, studio) {
  const {jobs, id, signal} = studio;
  const back = h('p', {class: 'back'}, h('a', {href: '#/jobs'}, '← ', t('jobs.title')));
  const title = h('h1', {}, t('job.title'));
  const body = h('div', {class: 'detail'}, h('p', {class: 'busy'}, t('loading')));
  replace(place, back, title, body);
  let time;
  function draw(job) {
    time = progress(job, jobs.usual(job));
    const name = standing(job);
    replace(title, t(name === 'unknown' ? 'unknown.title' : 'job.title'));
    replace(body,
      h('div', {class: 'detail-main'},
        name === 'unknown' && resolution(job, studio),
        name === 'done' && player(job),
        h('section', {class: 'card', 'aria-labelledby': 'prompt-is'}, h('h2', {id: 'prompt-is'}, t('prompt.title')), h('p', {class: 'prompt-text'}, String(job.request?.prompt ?? '')), mediaList(job))),
      h('aside', {class: 'card detail-side', 'aria-label': t('job.facts')},
        h('div', {class: 'job-head'}, pill(job)), time, name !== 'unknown' && trouble(job),
        h('dl', {class: 'facts'},
          fact(t('job.settings'), settingsOf(job)),
          fact(t('job.cost'), costOf(job)),
          fact(t('job.made'), moment(job.created)),
          job.tenant && fact(t('job.tenant'), job.tenant),
          fact(t('job.id'), h('code', {}, job.id))),
        h('div', {class: 'actions'}, name === 'done' && download(job), !isMoving(job) && again(job, studio))));
  }
  try {
    const job = await jobs.find(id);
    if (!job) return replace(body, h('p', {class: 'error'}, t('job.none')));
    draw(job);
  } catch (failure) {
    return replace(body, h('p', {class: 'error'}, told(failure)));
  }
  jobs.addEventListener('change', ({detail}) => {
    if (detail.job.id !== id) return;
    const inside = body.contains(document.activeElement);
    draw(detail.job);
    if (inside) title.focus();
  }, {signal});
  const timer = setInterval(() => time.tick?.(), 1000);
  signal.addEventListener('abort', () => clearInterval(timer));
}

const fact = (name, value) => value && [h('dt', {}, name), h('dd', {}, value)];

/** Why it is not known, and what can be done. */
function resolution(job, studio) {
  const {currency = 'USD', low = '0.00', high = '0.00', counted = '0.00'} = job.cost ?? {};
  const price = between(low, high, currency);
  const wrong = h('p', {class: 'error', role: 'alert'});
  const resolve = async (way) => {
    replace(wrong);
    try {
      await studio.jobs.ask(studio.api.resolve(job.id, way));
      say(t('resolved'), 'good');
    } catch (failure) {
      replace(wrong, told(failure));
    }
  };
  const task = unique('task');
  const field = h('input', {id: task, type: 'text', autocomplete: 'off', spellcheck: 'false', 'aria-describedby': `${task}-help`});
  const attach = h('form', {class: 'inline', novalidate: true, onsubmit: (event) => {
    event.preventDefault();
    if (!field.value.trim()) return field.focus();
    resolve({resolution: 'attach', task_id: field.value.trim()});
  }},
  h('div', {class: 'field grow'}, h('label', {for: task}, t('attach.task')), field), h('button', {type: 'submit'}, t('attach.do')));
  return h('section', {class: 'resolve', 'aria-labelledby': 'resolve-why'},
    h('div', {class: 'resolve-why'}, icon('alert'),
      h('div', {}, h('h2', {id: 'resolve-why'}, t('unknown.why')), h('p', {}, t('unknown.explained', {held: cents(counted, currency)})),
        h('details', {}, h('summary', {}, t('unknown.words')), h('p', {lang: 'en'}, job.error?.message ?? '')))),
    wrong,
    h('ol', {class: 'ways'},
      way('attach', t('attach.cost', {price}), h('p', {id: `${task}-help`}, t(studio.isAdmin ? 'attach.how' : 'attach.admin')), studio.isAdmin && attach),
      way('lost', t('lost.cost', {held: cents(counted, currency)}), h('p', {}, t('lost.how')),
        h('button', {type: 'button', onclick: () => resolve({resolution: 'lost'})}, t('lost.do'))),
      way('resubmit', t('resubmit.cost', {price}), h('p', {}, t('resubmit.how')),
        h('button', {type: 'button', class: 'danger', onclick: () => confirmSecond(price, () => resolve({resolution: 'resubmit', accept_second_charge: true}))}, t('resubmit.do')))));
}

const way = (name, cost, ...rest) =>
  h('li', {class: `way ${name}`}, h('div', {class: 'way-head'}, h('h3', {}, t(`${name}.title`)), h('p', {class: 'way-cost figure'}, cost)), rest);

/** Nobody pays twice by a slip: it is said in so many words, and the button waits for the tick. */
function confirmSecond(price, confirmed) {
  const [title, tick] = ['second', 'accept'].map(unique);
  const box = h('input', {id: tick, type: 'checkbox'});
  const go = h('button', {type: 'submit', class: 'danger', 'aria-disabled': 'true'}, t('second.do', {price}));
  box.addEventListener('change', () => go.setAttribute('aria-disabled', String(!box.checked)));
  const dialog = h('dialog', {'aria-labelledby': title},
    h('form', {novalidate: true, onsubmit: (event) => {
      event.preventDefault();
      if (!box.checked) return box.focus();
      dialog.close();
      confirmed();
    }},
    h('h2', {id: title}, t('second.title')), h('p', {}, t('second.text', {price})),
    h('div', {class: 'switch'}, box, h('label', {for: tick}, t('second.accept', {price}))),
    h('div', {class: 'actions'}, h('button', {type: 'button', onclick: () => dialog.close()}, t('second.cancel')), go)));
  const opener = document.activeElement;
  dialog.addEventListener('close', () => {
    dialog.remove();
    opener?.focus();
  });
  document.body.append(dialog);
  dialog.showModal();
}
