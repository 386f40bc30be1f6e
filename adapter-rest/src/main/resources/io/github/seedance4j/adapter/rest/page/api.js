// The gateway's API, called with a key that lives in this module's memory and nowhere else.

import {cents, has, language, t} from './words.js';

const GENERATIONS = 'api/v1/videos/generations';

/** What the gateway refused, as RFC 9457 tells it. */
export class Refused extends Error {
  constructor(status, problem, retryAfter) {
    super(problem.detail ?? problem.title ?? `HTTP ${status}`);
    this.status = status;
    this.problem = problem;
    this.code = problem.error?.code ?? '';
    this.type = String(problem.type ?? '').split(':').pop();
    this.violations = Array.isArray(problem.violations) ? problem.violations : [];
    this.retryAfter = retryAfter;
  }
}

/** No answer came: the gateway may or may not have heard us. */
export class NoAnswer extends Error {}

/** What to tell a person of a failure. */
export function told(failure) {
  if (failure instanceof NoAnswer) return t('trouble.no-answer');
  if (!(failure instanceof Refused)) return String(failure?.message ?? failure);
  if (failure.type === 'over-budget' && failure.problem.quote) {
    const {currency, hold} = failure.problem.quote;
    return t('trouble.over-budget', {hold: cents(hold, currency), left: cents(failure.problem.left, currency, 'floor')});
  }
  const known = `trouble.${failure.type}`;
  return has(known) ? t(known, {detail: failure.message, n: failure.retryAfter ?? 1}) : failure.message;
}

const pause = (milliseconds, signal) =>
  new Promise((resolve) => {
    const timer = setTimeout(resolve, milliseconds);
    signal?.addEventListener('abort', () => (clearTimeout(timer), resolve()), {once: true});
  });

export class Api {
  #key;

  constructor(key) {
    this.#key = key;
  }

  /** Sends one request, and gives the response whatever its status. */
  async send(method, path, {body, type, headers, signal} = {}) {
    try {
      return await fetch(path, {
        method,
        body,
        signal,
        headers: {
          Authorization: `Bearer ${this.#key}`,
          'Accept-Language': language,
          ...(type ? {'Content-Type': type} : {}),
          ...headers,
        },
        cache: 'no-store',
        credentials: 'omit',
        redirect: 'error',
      });
    } catch (failure) {
      if (failure.name === 'AbortError') throw failure;
      throw new NoAnswer(failure.message);
    }
  }

  /** What a JSON answer holds. @throws Refused, NoAnswer */
  async ask(method, path, options) {
    const response = await this.send(method, path, options);
    let tree;
    try {
      tree = await response.json();
    } catch (failure) {
      if (failure.name === 'AbortError') throw failure;
      if (response.ok) throw new NoAnswer('the answer was cut');
      tree = {};
    }
    if (!response.ok) {
      throw new Refused(response.status, tree, Number(response.headers.get('Retry-After')) || undefined);
    }
    return tree;
  }

  post(path, tree, options) {
    return this.ask('POST', path, {body: JSON.stringify(tree), type: 'application/json', ...options});
  }

  models = () => this.ask('GET', 'api/v1/models');

  usage = () => this.ask('GET', 'api/v1/usage');

  csv = async () => (await this.send('GET', 'api/v1/usage?format=csv')).blob();

  quote = (body, signal) =>
    this.ask('POST', 'api/v1/videos/quotes', {body, type: 'application/json', signal});

  list = (after, limit = 50) =>
    this.ask('GET', `${GENERATIONS}?limit=${limit}${after ? `&after=${encodeURIComponent(after)}` : ''}`);

  job = (id) => this.ask('GET', `${GENERATIONS}/${encodeURIComponent(id)}`);

  resolve = (id, resolution) => this.post(`${GENERATIONS}/${encodeURIComponent(id)}/resolution`, resolution);

  upload = (file, type, signal) => this.ask('POST', 'api/v1/uploads', {body: file, type, signal});

  /**
   * Submits exactly these bytes under that key, and asks again under the same one while no answer
   * comes: whatever was lost on the way, the gateway sends it to the provider once.
   *
   * @param waiting told when an answer did not come
   */
  async submit({body, key}, waiting, signal) {
    for (let attempt = 0; ; attempt++) {
      try {
        return await this.ask('POST', GENERATIONS, {
          body, type: 'application/json', headers: {'Idempotency-Key': key}, signal,
        });
      } catch (failure) {
        const inFlight = failure instanceof Refused && failure.type === 'in-flight';
        if (!(failure instanceof NoAnswer || inFlight) || attempt >= 40) throw failure;
        waiting(attempt);
        await pause(Math.min(8000, 500 * 2 ** attempt), signal);
        if (signal?.aborted) throw failure;
      }
    }
  }

  /**
   * Follows every job of this key until the signal: each event is given on, and after a lost
   * connection it resumes behind the last one.
   */
  async follow({path = `${GENERATIONS}/events`, onEvent, onState, signal}) {
    let last = '';
    let failures = 0;
    while (!signal.aborted) {
      const watch = new AbortController();
      const end = () => watch.abort();
      signal.addEventListener('abort', end);
      let alarm = 0;
      const alive = () => {
        clearTimeout(alarm);
        alarm = setTimeout(end, 45000); // a line that says nothing, not even a heartbeat, is dead
      };
      try {
        alive();
        const response = await this.send('GET', path, {
          headers: {Accept: 'text/event-stream', ...(last ? {'Last-Event-ID': last} : {})},
          signal: watch.signal,
        });
        if (response.status === 401) return onState('out');
        if (!response.ok) throw new NoAnswer(`HTTP ${response.status}`);
        onState('live', {resumed: last !== ''});
        failures = 0;
        await events(response.body, alive, (event) => {
          if (event.id !== undefined) last = event.id;
          if (event.data !== '') onEvent(event);
        });
      } catch (failure) {
        if (signal.aborted) return;
      } finally {
        clearTimeout(alarm);
        signal.removeEventListener('abort', end);
      }
      if (signal.aborted) return;
      onState('lost');
      const wait = Math.min(15000, 500 * 2 ** failures++) * (0.7 + Math.random() * 0.6);
      const sooner = new AbortController();
      const hurry = () => sooner.abort();
      addEventListener('online', hurry, {once: true});
      signal.addEventListener('abort', hurry);
      await pause(wait, sooner.signal);
      removeEventListener('online', hurry);
    }
  }
}

/** Reads Server-Sent Events as the HTML standard has them. */
export async function events(stream, alive, give) {
  const reader = stream.pipeThrough(new TextDecoderStream()).getReader();
  let rest = '';
  let event = {data: []};
  for (;;) {
    const {value, done} = await reader.read();
    if (done) return;
    alive();
    rest += value;
    const lines = rest.split(/\r\n|\n|\r(?!$)/);
    rest = lines.pop();
    for (const line of lines) {
      if (line === '') {
        give({...event, data: event.data.join('\n')});
        event = {data: []};
        continue;
      }
      const [, name, text] = /^([^:]*):? ?(.*)$/s.exec(line);
      if (name === 'data') event.data.push(text);
      else if (name === 'id' && !text.includes('\0')) event.id = text;
      else if (name === 'event') event.type = text;
    }
  }
}
