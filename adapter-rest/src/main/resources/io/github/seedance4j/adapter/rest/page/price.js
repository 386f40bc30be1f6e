// The price of exactly what the form holds now, asked for while one types. What was asked for an
// earlier form is never shown as current, and nothing can be sent under it.

import {settled} from './dom.js';
import {Refused} from './api.js';

const PAUSE = 250;

/**
 * States: `asking` (an older price may be shown, as such), `priced`, `refused` (violations),
 * `trouble` (no answer), `waiting` (for uploads).
 */
export class Price extends EventTarget {
  state = 'asking';
  body = '';
  ready = false;
  quote;
  violations = [];
  failure;
  #call;
  #ask = settled(PAUSE, () => this.#now());

  constructor(api) {
    super();
    this.api = api;
  }

  /** The form now holds that. */
  of(body, ready) {
    if (body === this.body && ready === this.ready && this.state !== 'trouble') return;
    this.body = body;
    this.ready = ready;
    this.#call?.abort();
    this.#tell(ready ? 'asking' : 'waiting');
    if (ready) this.#ask();
  }

  /** Whether that price is on screen for exactly these bytes. */
  isFor(body) {
    return this.state === 'priced' && this.body === body;
  }

  /** Asks anew, such as after one was used or the gateway was away. */
  refresh() {
    this.#call?.abort();
    this.#tell(this.ready ? 'asking' : 'waiting');
    if (this.ready) this.#ask();
  }

  async #now() {
    if (!this.ready) return;
    const call = new AbortController();
    const {body} = this;
    this.#call = call;
    const isOld = () => call.signal.aborted || body !== this.body;
    try {
      const quote = await this.api.quote(body, call.signal);
      if (isOld()) return;
      this.quote = quote;
      this.violations = [];
      this.#tell('priced');
    } catch (failure) {
      if (isOld()) return;
      this.quote = undefined;
      this.failure = failure;
      this.violations = failure instanceof Refused ? failure.violations : [];
      this.#tell(this.violations.length ? 'refused' : 'trouble');
      if (this.state === 'trouble') setTimeout(() => !isOld() && this.refresh(), 4000);
    }
  }

  #tell(state) {
    this.state = state;
    this.dispatchEvent(new Event('change'));
  }
}
