// What a prompt can refer to: pictures, clips and sound, by address or from this computer.

import {h, icon, replace, unique, say} from './dom.js';
import {told} from './api.js';
import {number, seconds, t} from './words.js';

export const ROLES = {
  image: ['reference_image', 'first_frame', 'last_frame'],
  video: ['reference_video'],
  audio: ['reference_audio'],
};

const ENDINGS = {
  image: /\.(png|jpe?g|webp|gif|bmp|tiff?|avif|heic)$/i,
  video: /\.(mp4|mov|m4v|webm|mkv)$/i,
  audio: /\.(mp3|wav|m4a|aac|ogg|flac)$/i,
};

/** What kind of medium that is, by its type or its name; undefined where neither tells. */
export function kindOf(name, type = '') {
  return Object.keys(ENDINGS).find((kind) => type.startsWith(`${kind}/`))
    ?? Object.keys(ENDINGS).find((kind) => ENDINGS[kind].test(name));
}

/** How long a clip or a sound lasts, read by the browser; undefined where it can't be told. */
export function lengthOf(address, kind) {
  return new Promise((resolve) => {
    const player = document.createElement(kind);
    const done = (length) => {
      clearTimeout(timer);
      player.removeAttribute('src');
      player.load();
      // up to the next millisecond: what is declared is never less than what it is
      resolve(Number.isFinite(length) && length > 0 ? Math.ceil(length * 1000 - 1e-6) / 1000 : undefined);
    };
    const timer = setTimeout(done, 15000);
    player.preload = 'metadata';
    player.muted = true;
    player.addEventListener('loadedmetadata', () => done(player.duration), {once: true});
    player.addEventListener('error', () => done(), {once: true});
    player.src = address;
  });
}

const hostOf = (url) => {
  try {
    return new URL(url).host || new URL(url).protocol;
  } catch {
    return '';
  }
};

/** The list of media of one form. Calls `changed` when what would be sent is another. */
export class Media {
  items = [];
  #problems = [];
  #list = h('ol', {class: 'media-list'});
  #dragged;

  constructor(api, {changed, tag}) {
    this.api = api;
    this.changed = changed;
    this.tag = tag;
    this.element = this.#frame();
    this.#draw();
  }

  /** Whether some file is still on its way to the gateway, or did not get there. */
  get isReady() {
    return this.items.every((item) => item.url !== undefined);
  }

  get isUploading() {
    return this.items.some((item) => item.upload);
  }

  /** Their part of a request. */
  get fields() {
    if (!this.items.length) return {};
    const content = this.items.map(({kind, role, url}) => ({type: `${kind}_url`, [`${kind}_url`]: {url: url ?? ''}, role}));
    const lengths = this.items.filter((item) => item.role === 'reference_video').map((item) => item.length);
    const known = lengths.length > 0 && lengths.every((length) => length !== undefined);
    return known ? {content, video_durations: lengths} : {content};
  }

  /** Shows violations at the medium that they are about. */
  set problems(list) {
    this.#problems = list;
    this.#draw();
  }

  clear() {
    this.items.forEach((item) => this.#forget(item));
    this.items = [];
    this.#draw();
  }

  addUrl(url, kind, {role, length} = {}) {
    this.items.push({id: unique('medium'), kind, role: role ?? this.#usualRole(kind), url, name: url, host: hostOf(url), length});
    this.#touched();
  }

  addFiles(files) {
    for (const file of files) {
      const kind = kindOf(file.name, file.type);
      if (!kind) {
        say(t('media.odd-file', {name: file.name}), 'bad');
        continue;
      }
      const item = {id: unique('medium'), kind, role: this.#usualRole(kind), name: file.name, file, preview: URL.createObjectURL(file)};
      this.items.push(item);
      this.#upload(item);
    }
    this.#touched();
  }

  async #upload(item) {
    const control = new AbortController();
    item.upload = control;
    item.trouble = undefined;
    const reading = item.kind === 'image' ? undefined : lengthOf(item.preview, item.kind);
    try {
      const type = item.file.type || {image: 'image/jpeg', video: 'video/mp4', audio: 'audio/mpeg'}[item.kind];
      const [answer, length] = await Promise.all([this.api.upload(item.file, type, control.signal), reading]);
      item.length = length ?? answer.duration;
      item.advice = (answer.advice ?? []).map((advice) => advice.message);
      item.url = answer.url;
    } catch (failure) {
      if (failure.name === 'AbortError') return;
      item.trouble = told(failure);
    } finally {
      item.upload = undefined;
    }
    this.#touched();
  }

  #usualRole(kind) {
    return ROLES[kind][0];
  }

  #forget(item) {
    item.upload?.abort();
    if (item.preview) URL.revokeObjectURL(item.preview);
  }

  #touched() {
    this.#draw();
    this.changed();
  }

  #move(item, to, focus) {
    const from = this.items.indexOf(item);
    const place = Math.max(0, Math.min(this.items.length - 1, to));
    if (from < 0 || from === place) return;
    this.items.splice(from, 1);
    this.items.splice(place, 0, item);
    this.#touched();
    say(t('media.moved', {name: this.tagOf(item), n: place + 1}));
    const card = document.getElementById(item.id);
    const button = card?.querySelector(`[data-do="${focus}"]:not([disabled])`) ?? card?.querySelector('.tools button:not([disabled])');
    button?.focus();
  }

  #remove(item) {
    const at = this.items.indexOf(item);
    this.#forget(item);
    this.items.splice(at, 1);
    this.#touched();
    const next = this.items[Math.min(at, this.items.length - 1)];
    (next ? document.getElementById(next.id).querySelector('[data-do=remove]') : this.element.querySelector('input[type=file]')).focus();
  }

  /** What a prompt calls it: image 1, video 2. Frames have no number. */
  tagOf(item) {
    if (item.role === 'first_frame' || item.role === 'last_frame') return t(`role.${item.role}`);
    const alike = this.items.filter((other) => other.role === item.role);
    return `${item.kind} ${alike.indexOf(item) + 1}`;
  }

  #frame() {
    const [file, url, kind] = ['file', 'url', 'kind'].map(unique);
    const input = h('input', {id: file, class: 'sr', type: 'file', multiple: true, accept: 'image/*,video/*,audio/*'});
    input.addEventListener('change', () => {
      this.addFiles(input.files);
      input.value = '';
    });
    const drop = h('div', {class: 'drop'}, input,
      h('label', {for: file, class: 'drop-label'}, icon('drop'), h('span', {}, h('strong', {}, t('media.choose')), ' ', t('media.drop'))));
    const address = h('input', {id: url, type: 'url', inputmode: 'url', placeholder: 'https://', autocomplete: 'off', spellcheck: 'false'});
    const kinds = h('select', {id: kind}, Object.keys(ROLES).map((name) => h('option', {value: name}, t(`kind.${name}`))));
    address.addEventListener('input', () => {
      const guess = kindOf(address.value.split(/[?#]/)[0]);
      if (guess) kinds.value = guess;
    });
    const add = () => {
      if (!address.value.trim()) return address.focus();
      this.addUrl(address.value.trim(), kinds.value);
      address.value = '';
      address.focus();
    };
    address.addEventListener('keydown', (event) => {
      if (event.key === 'Enter') {
        event.preventDefault();
        add();
      }
    });
    const byUrl = h('div', {class: 'by-url'},
      h('div', {class: 'field grow'}, h('label', {for: url}, t('media.url')), address),
      h('div', {class: 'field'}, h('label', {for: kind}, t('media.kind')), kinds),
      h('button', {type: 'button', onclick: add}, icon('add'), t('media.add')));
    const whole = h('div', {class: 'media'}, this.#list, drop, byUrl);
    for (const name of ['dragenter', 'dragover']) {
      whole.addEventListener(name, (event) => {
        event.preventDefault();
        if (event.dataTransfer?.types.includes('Files')) drop.classList.add('over');
      });
    }
    whole.addEventListener('dragleave', (event) => {
      if (!whole.contains(event.relatedTarget)) drop.classList.remove('over');
    });
    whole.addEventListener('drop', (event) => {
      event.preventDefault();
      drop.classList.remove('over');
      if (event.dataTransfer.files.length) this.addFiles(event.dataTransfer.files);
    });
    return whole;
  }

  #draw() {
    const focused = this.#list.contains(document.activeElement) && document.activeElement.dataset.do;
    const within = focused && document.activeElement.closest('li').id;
    replace(this.#list, this.items.map((item, at) => this.#card(item, at)));
    this.#list.hidden = !this.items.length;
    if (within) document.getElementById(within)?.querySelector(`[data-do="${focused}"]`)?.focus();
  }

  #card(item, at) {
    const name = this.tagOf(item);
    const problems = this.#problems.filter((problem) => problem.item === item);
    const wrong = unique('wrong');
    const described = problems.length ? wrong : undefined;
    const label = (what) => `${what}: ${name}`;
    const tool = (action, picture, text, run, disabled) => h('button', {
      type: 'button', class: 'tool', 'data-do': action, 'aria-label': label(text), title: text, onclick: run, disabled,
    }, icon(picture));
    const card = h('li', {id: item.id, class: `medium ${problems.length || item.trouble ? 'wrong' : ''}`, draggable: this.items.length > 1 ? 'true' : undefined},
      this.#thumbnail(item),
      h('div', {class: 'medium-text'},
        h('p', {class: 'medium-name'},
          h('button', {type: 'button', class: 'tag', 'data-do': 'tag', title: t('media.mention'), 'aria-label': t('media.mention-it', {name}), onclick: () => this.tag(name)}, name),
          h('span', {class: 'medium-file', title: item.name}, item.file ? item.name : item.host || item.name)),
        h('div', {class: 'medium-settings'}, this.#role(item, label, described), this.#length(item, label, described)),
        item.upload && h('p', {class: 'hint busy'}, t('media.uploading')),
        item.trouble && h('p', {class: 'error'}, item.trouble, ' ',
          h('button', {type: 'button', class: 'link', 'data-do': 'retry', onclick: () => (this.#upload(item), this.#draw())}, t('again'))),
        (item.advice ?? []).map((text) => h('p', {class: 'advice'}, text)),
        described && h('p', {id: wrong, class: 'error'}, problems.map((problem) => h('span', {}, problem.message)))),
      h('div', {class: 'tools'},
        tool('earlier', 'up', t('media.earlier'), () => this.#move(item, at - 1, 'earlier'), at === 0),
        tool('later', 'down', t('media.later'), () => this.#move(item, at + 1, 'later'), at === this.items.length - 1),
        tool('remove', 'remove', t('media.remove'), () => this.#remove(item))));
    card.addEventListener('dragstart', (event) => {
      this.#dragged = item;
      event.dataTransfer.effectAllowed = 'move';
      event.dataTransfer.setData('text/plain', name);
    });
    card.addEventListener('dragover', (event) => event.preventDefault());
    card.addEventListener('drop', (event) => {
      if (!this.#dragged) return;
      event.preventDefault();
      this.#move(this.#dragged, this.items.indexOf(item), 'earlier');
      this.#dragged = undefined;
    });
    return card;
  }

  #thumbnail(item) {
    // what lies elsewhere is not fetched: its owner would learn who looks, and when
    if (!item.preview || item.kind === 'audio') return h('span', {class: 'thumb'}, icon(item.kind));
    item.picture ??= item.kind === 'image'
      ? h('img', {class: 'thumb', src: item.preview, alt: ''})
      : h('video', {class: 'thumb', src: `${item.preview}#t=0.1`, muted: true, playsinline: true, preload: 'metadata', tabindex: '-1', 'aria-hidden': 'true'});
    return item.picture;
  }

  #role(item, label, described) {
    if (ROLES[item.kind].length === 1) return h('span', {class: 'hint'}, t(`role.${item.role}`));
    const select = h('select', {'data-do': 'role', 'aria-label': label(t('media.role')), 'aria-describedby': described, 'aria-invalid': described && 'true'},
      ROLES[item.kind].map((role) => h('option', {value: role, selected: role === item.role}, t(`role.${role}`))));
    select.addEventListener('change', () => {
      item.role = select.value;
      this.#touched();
    });
    return select;
  }

  #length(item, label, described) {
    if (item.kind === 'image') return undefined;
    if (item.file) return item.length !== undefined && h('span', {class: 'hint length'}, seconds(item.length, 3));
    if (item.kind === 'audio') return undefined;
    const field = h('input', {
      type: 'text', inputmode: 'decimal', class: 'short', 'data-do': 'length', 'aria-label': label(t('media.length')), 'aria-describedby': described,
      'aria-invalid': described && 'true', placeholder: '?', value: item.length === undefined ? '' : number(item.length, 3),
    });
    field.addEventListener('input', () => {
      const typed = Number(field.value.trim().replace(',', '.'));
      item.length = field.value.trim() === '' || Number.isNaN(typed) ? undefined : Math.round(typed * 1000) / 1000;
      this.changed();
    });
    return h('span', {class: 'with-unit'}, field, h('span', {class: 'hint', 'aria-hidden': 'true'}, 's'));
  }
}
