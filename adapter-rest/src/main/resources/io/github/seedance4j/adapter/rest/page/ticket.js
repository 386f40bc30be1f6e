// What it costs, line by line, and the one button that spends money: it says the price itself, and
// works only while that price is the one of exactly what the form holds.

import {h, icon, replace} from './dom.js';
import {told} from './api.js';
import {between, cents, seconds, t} from './words.js';

export class Ticket {
  constructor(send) {
    this.lines = h('dl', {class: 'lines'});
    this.total = h('p', {class: 'total'});
    this.wrong = h('div', {class: 'ticket-note'});
    this.note = h('div', {class: 'ticket-note'});
    this.button = h('button', {type: 'submit', class: 'primary wide send', onclick: send});
    this.spoken = h('p', {class: 'sr', role: 'status'});
    this.element = h('section', {class: 'ticket', 'aria-labelledby': 'ticket-title'},
      h('h2', {id: 'ticket-title'}, t('price.title')),
      this.lines, this.total, this.wrong,
      h('div', {class: 'send-bar'}, this.button), this.note, this.spoken);
  }

  /**
   * @param price what is known of the price
   * @param form whether the price is the form's own, and what else is to be said
   */
  show(price, {isReady, isBlank, sending, caps, fields, failure}) {
    const {quote, state} = price;
    const current = state === 'priced' && !isBlank;
    this.element.dataset.state = sending ? 'sending' : current ? 'priced' : state;
    replace(this.lines, quote && quote.lines.map((line) => [
      h('dt', {}, t(`price.${line.item === 'output' ? 'output' : 'input'}`), ' ', h('span', {class: 'hint'}, stretch(line.seconds))),
      h('dd', {class: 'figure'}, between(line.low, line.high, quote.currency))]));
    const shown = quote ? between(quote.low, quote.high, quote.currency) : '—';
    replace(this.total, h('span', {}, t('price.total')), h('span', {class: 'figure amount'}, shown));
    this.#notes(price, {isBlank, caps, fields, failure});
    this.#label(price, {isReady, isBlank, sending, shown});
    const spoken = current ? t('price.spoken', {price: shown}) : state === 'refused' ? t('price.fix', {n: price.violations.length}) : '';
    if (this.spoken.textContent !== spoken && state !== 'asking') replace(this.spoken, spoken);
  }

  #label({state, violations, quote}, {isReady, isBlank, sending, shown}) {
    const text = sending ? t(sending)
      : state === 'waiting' ? t('price.waiting')
      : state === 'asking' ? t('price.asking')
      : state === 'refused' ? t('price.fix', {n: violations.length})
      : state === 'trouble' ? t('price.trouble')
      : isBlank ? t('price.blank')
      : t('price.send', {price: shown});
    if (this.button.textContent !== text) replace(this.button, text);
    if (isReady && quote && !sending) this.button.removeAttribute('aria-disabled');
    else this.button.setAttribute('aria-disabled', 'true');
  }

  #notes({quote, state, violations, failure: priceFailure}, {isBlank, caps, fields, failure}) {
    const wrong = [];
    const notes = [];
    if (failure) wrong.push(h('p', {class: 'error', role: 'alert'}, icon('alert'), told(failure)));
    if (state === 'trouble') wrong.push(h('p', {class: 'error'}, icon('alert'), told(priceFailure)));
    if (state === 'refused') {
      wrong.push(h('p', {class: 'hint'}, t('price.no-price')), h('ul', {class: 'fixes'}, violations.map((one) => {
        const field = fields(one.path);
        return h('li', {}, field ? h('button', {type: 'button', class: 'link', onclick: () => (field.focus(), field.scrollIntoView({block: 'center'}))}, one.message) : one.message);
      })));
    }
    if (quote && state === 'priced') {
      if (!quote.exact) notes.push(h('p', {class: 'hint'}, t('price.range')));
      notes.push(h('p', {class: 'hint'}, t('price.hold', {hold: cents(quote.hold, quote.currency)})));
      for (const cap of caps) {
        const over = Number(cap.left) < Number(quote.hold);
        const text = t(over ? 'price.over' : 'price.left', {left: cents(cap.left, quote.currency, 'floor'), period: t(`period.${cap.period}`)});
        (over ? wrong : notes).push(h('p', {class: over ? 'error' : 'hint'}, over && icon('alert'), text));
      }
      for (const advice of quote.advice ?? []) if (!fields(advice.path)) notes.push(h('p', {class: 'advice'}, advice.message));
    }
    replace(this.note, notes);
    replace(this.wrong, wrong);
  }
}

const stretch = ([low, high]) => (Number(low) === Number(high) ? seconds(low, 3) : `${Number(low)}–${seconds(high, 3)}`);
