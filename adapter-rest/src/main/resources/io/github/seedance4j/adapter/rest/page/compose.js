// The form: what is asked for, what is wrong with it, what it costs, and sending it once.

import {h, replace, say} from './dom.js';
import {NoAnswer, Refused} from './api.js';
import {mediaOf} from './jobs.js';
import {Media} from './media.js';
import {Price} from './price.js';
import {Prompt} from './prompt.js';
import {Settings} from './settings.js';
import {Ticket} from './ticket.js';
import {t} from './words.js';

/** What a price is asked for while there is no prompt: the prompt does not change it. */
const NO_PROMPT = '…';

export class Compose {
  #attempt;
  #sending = '';
  #failure;

  constructor(studio) {
    this.studio = studio;
    const changed = () => this.#changed();
    this.prompt = new Prompt(changed);
    this.media = new Media(studio.api, {changed, tag: (name) => this.prompt.insert(name)});
    this.settings = new Settings(studio.models, changed);
    this.price = new Price(studio.api);
    this.ticket = new Ticket((event) => {
      event.preventDefault();
      this.#send();
    });
    this.mediaWrong = h('p', {class: 'error', id: 'media-wrong'});
    this.price.addEventListener('change', () => this.#show());
    this.form = h('form', {class: 'compose', novalidate: true, 'aria-label': t('nav.compose')},
      h('div', {class: 'compose-main'}, this.prompt.element,
        h('section', {class: 'card', 'aria-labelledby': 'media-title', 'aria-describedby': 'media-wrong'},
          h('h2', {id: 'media-title'}, t('media.title')),
          h('p', {class: 'hint'}, t('media.help')), this.mediaWrong, this.media.element)),
      h('div', {class: 'compose-side'}, this.settings.element, this.ticket.element));
    this.form.addEventListener('submit', (event) => {
      event.preventDefault();
      this.#send();
    });
    this.#changed();
  }

  show(place) {
    replace(place, h('h1', {}, t('compose.title')), this.form);
    this.#usage();
    this.price.refresh();
  }

  /** Fills the form with an earlier request, to be changed. */
  take(request, lengths) {
    this.settings.take(request);
    this.media.clear();
    const declared = [...request.video_durations ?? []];
    for (const {kind, role, url} of mediaOf(request)) {
      if (url.startsWith('data:')) continue;
      this.media.addUrl(url, kind, {role, length: role === 'reference_video' ? toNumber(declared.shift()) : undefined});
    }
    this.prompt.fill(request.prompt ?? '');
    this.#changed();
  }

  /** Adds a clip of ours to what the next one is made from. */
  use(url, length) {
    this.media.addUrl(url, 'video', {length});
  }

  #tree(prompt) {
    const {model, ...rest} = this.settings.values;
    return {model, prompt, ...rest, ...this.media.fields};
  }

  get #body() {
    return JSON.stringify(this.#tree(this.prompt.text));
  }

  get #isBlank() {
    return !this.prompt.text.trim();
  }

  #changed() {
    if (!this.price || !this.ticket) return; // not all of the form is there yet
    this.#failure = undefined;
    const asked = this.#isBlank ? JSON.stringify(this.#tree(NO_PROMPT)) : this.#body;
    this.price.of(asked, this.media.isReady);
    this.#show();
  }

  #show() {
    const {quote, state} = this.price;
    const violations = state === 'refused' ? this.price.violations : [];
    const advice = state === 'priced' && quote ? quote.advice ?? [] : [];
    this.settings.prices(quote?.alternatives, state === 'priced');
    this.settings.show(violations);
    this.prompt.show(violations.filter((one) => one.path === 'prompt'), advice.filter((one) => one.path === 'prompt'));
    this.media.problems = violations.map((one) => ({...one, item: this.#itemOf(one.path)})).filter((one) => one.item);
    const general = violations.filter((one) => !this.#itemOf(one.path) && one.path !== 'prompt' && !this.settings.owns(one.path));
    replace(this.mediaWrong, general.map((one) => h('span', {}, one.message)));
    this.ticket.show(this.price, {
      isReady: this.price.isFor(this.#body),
      isBlank: this.#isBlank,
      sending: this.#sending,
      caps: this.studio.usage.caps.filter((cap) => this.studio.isAdmin !== Boolean(cap.tenant)),
      fields: (path) => this.#fieldOf(path),
      failure: this.#failure,
    });
  }

  /** The medium that a violation's path leads to. */
  #itemOf(path) {
    const content = /^content\[(\d+)]/.exec(path);
    if (content) return this.media.items[Number(content[1])];
    const length = /^video_durations\[(\d+)]/.exec(path);
    return length && this.media.items.filter((item) => item.role === 'reference_video')[Number(length[1])];
  }

  #fieldOf(path) {
    if (path === 'prompt') return this.prompt.field;
    const item = this.#itemOf(path);
    if (item) return document.getElementById(item.id)?.querySelector('select, input, button');
    if (this.settings.owns(path)) return this.settings.wrong.get(path).parentElement.querySelector('input:checked, input');
    return this.media.items.length ? this.media.element.querySelector('select, input, button') : undefined;
  }

  async #usage() {
    try {
      this.studio.usage = await this.studio.api.usage();
      this.#show();
    } catch {
      // the gateway itself refuses what is over a cap: this is only to say it before
    }
  }

  async #send() {
    const body = this.#body;
    if (this.#sending) return;
    if (this.#isBlank) return this.prompt.field.focus();
    if (!this.price.isFor(body)) {
      const [first] = this.price.state === 'refused' ? this.price.violations : [];
      if (first) this.#fieldOf(first.path)?.focus();
      return;
    }
    // an answer that was lost is asked for again under its own key, as long as the form is the same
    if (this.#attempt?.body !== body) this.#attempt = {body, key: newKey()};
    this.#sending = 'send.sending';
    this.#failure = undefined;
    this.#show();
    try {
      const job = await this.studio.api.submit(this.#attempt, () => {
        this.#sending = 'send.again';
        this.#show();
      });
      await this.#done(job);
    } catch (failure) {
      if (!(failure instanceof NoAnswer) && failure.type !== 'in-flight') this.#attempt = undefined;
      this.#sending = '';
      this.#failure = failure;
      if (failure instanceof Refused && failure.problem.id) this.studio.jobs.find(failure.problem.id).catch(() => {});
      this.#usage();
      this.#show();
    }
  }

  async #done({id}) {
    this.#attempt = undefined;
    await this.studio.jobs.find(id).catch(() => {}); // the stream will tell, if this does not
    this.#sending = '';
    this.price.refresh(); // the next one needs a price of its own on screen
    say(t('send.done'), 'good');
    location.hash = '#/jobs';
  }
}

const toNumber = (value) => (value === undefined ? undefined : Number(value));

function newKey() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return `page-${[...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('')}`;
}
