// Model, resolution, shape, length, sound and watermark. Model and resolution are one choice among
// priced fields, so that what another one would cost is seen before it is chosen.

import {h, s, replace, unique} from './dom.js';
import {between, has, t} from './words.js';

export class Settings {
  #prices = new Map();
  #radios = new Map();

  constructor(models, changed) {
    this.models = models.data;
    this.changed = changed;
    const [first] = this.models;
    this.values = {
      model: first.id,
      resolution: first.resolutions[0],
      aspect_ratio: first.aspect_ratios[0],
      duration: first.duration.default,
      generate_audio: true,
      watermark: false,
    };
    this.wrong = new Map();
    this.element = h('section', {class: 'card settings', 'aria-labelledby': 'settings-title'},
      h('h2', {id: 'settings-title'}, t('settings.title')),
      this.#combinations(), this.#length(), this.#shape(), this.#switches());
  }

  get #model() {
    return this.models.find((model) => model.id === this.values.model) ?? this.models[0];
  }

  #set(name, value) {
    this.values[name] = value;
    this.changed();
  }

  /** Takes the settings of an earlier request. */
  take(request) {
    for (const name of Object.keys(this.values)) {
      if (request[name] !== undefined && request[name] !== null) this.values[name] = request[name];
    }
    this.values.duration = Number(this.values.duration);
    const now = h('div');
    replace(now, this.#combinations(), this.#length(), this.#shape(), this.#switches());
    const title = this.element.firstElementChild;
    replace(this.element, title, ...now.childNodes);
  }

  #problem(field) {
    const place = h('p', {class: 'error', id: unique(`wrong-${field}`)});
    this.wrong.set(field, place);
    return place;
  }

  #combinations() {
    const resolutions = [...new Set(this.models.flatMap((model) => model.resolutions))];
    this.#prices.clear();
    this.#radios.clear();
    const name = unique('combination');
    const wrong = [this.#problem('model'), this.#problem('resolution')];
    return h('fieldset', {class: 'combinations', 'aria-describedby': `${wrong[0].id} ${wrong[1].id}`},
      h('legend', {}, t('settings.model')),
      h('div', {class: 'combination-grid'}, this.models.map((model) => h('div', {class: 'combination-row'},
        h('div', {class: 'combination-model'},
          h('strong', {}, has(`model.${model.alias}`) ? t(`model.${model.alias}`) : model.alias ?? model.id),
          h('span', {class: 'hint'}, has(`model.${model.alias}.hint`) ? t(`model.${model.alias}.hint`) : model.id)),
        resolutions.map((resolution) => model.resolutions.includes(resolution) && this.#combination(name, model, resolution))))),
      wrong);
  }

  #combination(name, model, resolution) {
    const id = unique('choice');
    const radio = h('input', {
      id, type: 'radio', name, class: 'sr', checked: this.values.model === model.id && this.values.resolution === resolution,
      onchange: () => {
        this.values.model = model.id;
        this.#set('resolution', resolution);
      },
    });
    const price = h('span', {class: 'figure'}, '—');
    this.#prices.set(`${model.id} ${resolution}`, price);
    this.#radios.set(`${model.id} ${resolution}`, radio);
    const alias = has(`model.${model.alias}`) ? t(`model.${model.alias}`) : model.alias;
    return h('div', {class: 'choice'}, radio,
      h('label', {for: id}, h('span', {class: 'choice-name'}, h('span', {class: 'sr'}, `${alias}, `), resolution), ' ', price));
  }

  #length() {
    const {min, max} = this.#model.duration;
    const id = unique('length');
    const wrong = this.#problem('duration');
    const shown = h('output', {for: id, class: 'figure'}, t('settings.seconds', {n: this.values.duration}));
    const range = h('input', {id, type: 'range', min, max, step: 1, value: this.values.duration, 'aria-describedby': wrong.id, 'aria-valuetext': t('settings.seconds', {n: this.values.duration})});
    range.addEventListener('input', () => {
      replace(shown, t('settings.seconds', {n: range.value}));
      range.setAttribute('aria-valuetext', t('settings.seconds', {n: range.value}));
      this.#set('duration', Number(range.value));
    });
    return h('div', {class: 'field length-field'},
      h('div', {class: 'spread'}, h('label', {for: id}, t('settings.length')), shown), range,
      wrong);
  }

  #shape() {
    const name = unique('shape');
    const wrong = this.#problem('aspect_ratio');
    return h('fieldset', {class: 'shapes', 'aria-describedby': wrong.id}, h('legend', {}, t('settings.shape')),
      h('div', {class: 'shape-row'}, this.#model.aspect_ratios.map((ratio) => {
        const id = unique('ratio');
        return h('div', {class: 'choice'},
          h('input', {id, type: 'radio', name, class: 'sr', checked: this.values.aspect_ratio === ratio, onchange: () => this.#set('aspect_ratio', ratio)}),
          h('label', {for: id}, frame(ratio), h('span', {}, has(`ratio.${ratio}`) ? t(`ratio.${ratio}`) : ratio)));
      })), wrong);
  }

  #switches() {
    return h('div', {class: 'switches'}, ['generate_audio', 'watermark'].map((field) => {
      const id = unique('switch');
      const wrong = this.#problem(field);
      return h('div', {class: 'switch'},
        h('input', {id, type: 'checkbox', checked: this.values[field], 'aria-describedby': wrong.id, onchange: (event) => this.#set(field, event.target.checked)}),
        h('label', {for: id}, t(`settings.${field}`)), wrong);
    }));
  }

  /** Shows what each combination would cost; without, that nothing is known at present. */
  prices(alternatives, isCurrent) {
    for (const [key, place] of this.#prices) {
      const found = alternatives?.find((one) => `${one.model} ${one.resolution}` === key);
      replace(place, found ? between(found.low, found.high, found.currency) : '—');
      place.classList.toggle('stale', !isCurrent);
    }
  }

  /** Shows what the rules say of each. */
  show(violations) {
    for (const [field, place] of this.wrong) {
      replace(place, violations.filter((one) => one.path === field).map((one) => h('span', {}, one.message)));
    }
  }

  owns = (path) => this.wrong.has(path);
}

/** A small frame in that shape. */
function frame(ratio) {
  const [width, height] = ratio.includes(':') ? ratio.split(':').map(Number) : [4, 3];
  const scale = Math.min(22 / width, 16 / height);
  const [w, l] = [width * scale, height * scale];
  return s('svg', {class: `shape ${ratio.includes(':') ? '' : 'open'}`, viewBox: '0 0 26 20', width: 26, height: 20, 'aria-hidden': 'true'},
    s('rect', {x: 13 - w / 2, y: 10 - l / 2, width: w, height: l, rx: 1.5}));
}
