// The jobs of this key as they are now, and what can be read off them.

import {Refused} from './api.js';

/** Where a job stands, in the few words that a person needs. */
export function standing(job) {
  switch (job.state) {
    case 'STORED': return job.data ? 'done' : 'gone';
    case 'UNKNOWN': return 'unknown';
    case 'RUNNING': case 'SUCCEEDED': return 'running';
    case 'SUBMITTED': return 'queued';
    case 'INTENDED': case 'NOT_SENT': case 'THROTTLED': return 'sending';
    case 'LOST': return 'lost';
    default: return 'failed';
  }
}

export const isMoving = (job) => ['running', 'queued', 'sending'].includes(standing(job));

/** How many seconds it has taken, or took. */
export const elapsed = (job) => (isMoving(job) ? Date.now() / 1000 : job.changed) - job.created;

/** The gateway's link to a clip, on this page's own origin whatever name the gateway goes by. */
export function clipOf(job, save = false) {
  const signed = new URL(job.data[0].video_url, document.baseURI);
  if (save) signed.searchParams.set('download', 'true');
  return `api/v1/videos/generations/${encodeURIComponent(job.id)}/content${signed.search}`;
}

/** The media of a request, whichever way it is spelled, as [{kind, role, url}]. */
export function mediaOf(request) {
  const all = [];
  for (const [kind, role] of [['image', 'reference_image'], ['video', 'reference_video'], ['audio', 'reference_audio']]) {
    const flat = [request[`${kind}_url`], ...[request[`${kind}_urls`] ?? []].flat()];
    for (const url of flat) if (typeof url === 'string') all.push({kind, role, url});
  }
  for (const item of Array.isArray(request.content) ? request.content : []) {
    const kind = String(item?.type ?? '').replace('_url', '');
    const url = item?.[item.type]?.url;
    if (typeof url === 'string') all.push({kind, role: item.role ?? `reference_${kind}`, url});
  }
  return all;
}

/** The job list: filled by pages, kept current by events. Tells `change` with the job. */
export class Jobs extends EventTarget {
  #all = new Map();
  #heard = new Map();
  #turn = 0;
  #next = '';
  loaded = false;
  hasMore = false;

  constructor(api) {
    super();
    this.api = api;
  }

  /** Newest first. */
  get list() {
    return [...this.#all.values()].sort((a, b) => b.created - a.created || (a.id < b.id ? 1 : -1));
  }

  get = (id) => this.#all.get(id);

  /** Takes a job as the stream tells it, which is in order. */
  hear(job) {
    this.#heard.set(job.id, ++this.#turn);
    this.#put(job);
  }

  /**
   * Takes jobs that were asked for. An answer may come later than what the stream told after the
   * question: that counts then.
   */
  async ask(question) {
    const began = this.#turn;
    const answer = await question;
    for (const job of answer.object === 'list' ? answer.data : [answer]) {
      if ((this.#heard.get(job.id) ?? 0) > began) continue;
      this.#put(job);
    }
    return answer;
  }

  #put(job) {
    const before = this.#all.get(job.id);
    if (before && (before.changed > job.changed || isEcho(before, job))) return;
    this.#all.set(job.id, job);
    this.dispatchEvent(new CustomEvent('change', {detail: {job, before}}));
  }

  async load() {
    const page = await this.ask(this.api.list());
    if (!this.loaded) {
      this.#next = page.next ?? '';
      this.hasMore = page.has_more;
    }
    this.loaded = true;
    this.dispatchEvent(new Event('loaded'));
  }

  async more() {
    const page = await this.ask(this.api.list(this.#next, 100));
    this.#next = page.next ?? '';
    this.hasMore = page.has_more;
    this.dispatchEvent(new Event('loaded'));
  }

  /** The job of that id, fetched if need be; undefined if there is none. */
  async find(id) {
    if (!this.#all.has(id)) {
      try {
        await this.ask(this.api.job(id));
      } catch (failure) {
        if (failure instanceof Refused && failure.status === 404) return undefined;
        throw failure;
      }
    }
    return this.#all.get(id);
  }

  /** The usual time of a clip like that one, by those that this key has had; undefined if none. */
  usual(job) {
    const done = this.list.filter((other) => other.state === 'STORED' && other.model === job.model);
    const alike = done.filter((other) => other.request?.resolution === job.request?.resolution);
    const same = alike.filter((other) => Number(other.request?.duration) === Number(job.request?.duration));
    const times = (same.length > 1 ? same : alike.length ? alike : done).map((other) => other.changed - other.created).sort((a, b) => a - b);
    return times.length ? Math.max(1, times[Math.floor(times.length / 2)]) : undefined;
  }
}

/** Signed links differ each time they are told of: that alone is no news. */
const isEcho = (a, b) => a.changed === b.changed && a.state === b.state
  && a.cost?.counted === b.cost?.counted && !a.data === !b.data;
