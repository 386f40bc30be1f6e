// Asks for the key. It stays in memory: a reload asks again, and nothing finds it afterwards.

import {h, replace, unique} from './dom.js';
import {Api, told} from './api.js';
import {t} from './words.js';

/** Shows the form in that place, until a key is good. */
export function signIn(place, reason) {
  return new Promise((resolve) => {
    const [id, help, wrong] = ['key', 'key-help', 'key-wrong'].map(unique);
    const field = h('input', {
      id, class: 'secret', type: 'text', autocomplete: 'off', autocapitalize: 'none', spellcheck: 'false',
      'aria-describedby': `${help} ${wrong}`, required: true, placeholder: 'sgw_…',
    });
    const error = h('p', {id: wrong, class: 'error', role: 'alert'}, reason);
    const button = h('button', {class: 'primary wide', type: 'submit'}, t('signin.enter'));
    const form = h('form', {class: 'card signin-form', novalidate: true},
      h('label', {for: id}, t('signin.key')), field,
      h('p', {id: help, class: 'hint'}, t('signin.help')), error, button);
    form.addEventListener('submit', async (event) => {
      event.preventDefault();
      const key = field.value.trim();
      if (!key) return fail(t('signin.empty'));
      if (/[^\x21-\x7e]/.test(key)) return fail(t('signin.odd'));
      button.setAttribute('aria-disabled', 'true');
      replace(button, t('signin.wait'));
      try {
        const api = new Api(key);
        const [models, usage] = await Promise.all([api.models(), api.usage()]);
        field.value = '';
        resolve({api, models, usage});
      } catch (failure) {
        button.removeAttribute('aria-disabled');
        replace(button, t('signin.enter'));
        fail(told(failure));
      }
    });
    function fail(text) {
      replace(error, text);
      field.setAttribute('aria-invalid', 'true');
      field.focus();
    }
    replace(place, h('div', {class: 'signin'},
      h('section', {class: 'signin-text'},
        h('h1', {}, t('signin.title')),
        h('p', {class: 'lead'}, t('signin.lead')),
        h('ul', {class: 'promises'}, [1, 2, 3].map((n) => h('li', {}, h('strong', {}, t(`signin.promise${n}`)), ' ', t(`signin.promise${n}.more`))))),
      form));
    field.focus();
  });
}
