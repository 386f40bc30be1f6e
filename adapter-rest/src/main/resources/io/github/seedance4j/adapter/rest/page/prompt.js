// The prompt, with the guide's recommended order and its examples at hand.

import {h, replace} from './dom.js';
import {language, t} from './words.js';

const PARTS = ['subject', 'action', 'surroundings', 'camera'];

// the guide's own, in its words: English prompts give the better results, it says
const EXAMPLES = [
  'A young woman walking through a cherry blossom garden, petals falling in slow motion, soft natural lighting, cinematic 35mm film look',
  'Close-up of hands pouring latte art into a ceramic cup, steam rising, warm cafe ambiance, shallow depth of field',
  'Aerial drone shot of a winding river through autumn forest, golden and red leaves, morning mist, 4K cinematic',
  'A golden retriever running on a sunny beach, waves crashing in the background, cinematic slow motion, 4K quality',
];

export class Prompt {
  #before = '';

  constructor(changed) {
    this.changed = changed;
    this.field = h('textarea', {id: 'prompt', rows: 5, spellcheck: 'true', placeholder: t('prompt.placeholder'), 'aria-describedby': 'prompt-order prompt-wrong prompt-advice', required: true});
    this.field.addEventListener('input', changed);
    this.wrong = h('p', {id: 'prompt-wrong', class: 'error'});
    this.advice = h('p', {id: 'prompt-advice', class: 'advice'});
    this.back = h('button', {type: 'button', class: 'link', hidden: true, onclick: () => this.fill(this.#before)}, t('prompt.back'));
    this.element = h('section', {class: 'card prompt', 'aria-labelledby': 'prompt-title'},
      h('h2', {id: 'prompt-title'}, h('label', {for: 'prompt'}, t('prompt.title'))),
      this.field, this.wrong, this.advice,
      h('div', {class: 'order'},
        h('p', {id: 'prompt-order', class: 'hint'}, t('prompt.order')),
        h('ol', {class: 'parts'}, PARTS.map((part) => h('li', {},
          h('button', {type: 'button', class: 'part', onclick: () => this.#part(part)},
            h('span', {class: 'part-name'}, t(`prompt.${part}`)), h('span', {class: 'part-hint'}, t(`prompt.${part}.hint`))))))),
      h('details', {class: 'examples'}, h('summary', {}, t('prompt.examples')),
        language !== 'en' && h('p', {class: 'hint'}, t('prompt.english')),
        h('ul', {}, EXAMPLES.map((text) => h('li', {}, h('button', {type: 'button', class: 'example', lang: 'en', onclick: () => this.fill(text)}, text))))),
      this.back);
  }

  get text() {
    return this.field.value;
  }

  /** Puts another text in place of what is there, which can be had back. */
  fill(text) {
    if (this.text.trim() && this.text !== text) this.#before = this.text;
    this.field.value = text;
    this.back.hidden = !this.#before || this.#before === text;
    this.field.focus();
    this.changed();
  }

  /** Puts a word in where the caret is. */
  insert(text) {
    const {selectionStart: from, selectionEnd: to} = this.field;
    const space = from > 0 && !/\s/.test(this.text[from - 1]) ? ' ' : '';
    this.field.setRangeText(space + text, from, to, 'end');
    this.field.focus();
    this.changed();
  }

  /** One part of the recommended order, selected so that typing replaces it. */
  #part(part) {
    const name = `[${t(`prompt.${part}`).toLowerCase()}]`;
    const there = this.text.indexOf(name);
    if (there < 0) {
      const text = this.text.trimEnd();
      this.field.value = text ? `${text}${/[,.;:，。]$/.test(text) ? ' ' : ', '}${name}` : name;
    }
    const at = this.text.indexOf(name);
    this.field.focus();
    this.field.setSelectionRange(at, at + name.length);
    this.changed();
  }

  /** Shows what the rules say of it. */
  show(violations, advice) {
    replace(this.wrong, violations.map((one) => h('span', {}, one.message)));
    replace(this.advice, advice.map((one) => h('span', {}, one.message)));
    if (violations.length) this.field.setAttribute('aria-invalid', 'true');
    else this.field.removeAttribute('aria-invalid');
  }
}
