// Texts, money and times in the reader's language: English, French or Chinese.

import en from './words-en.js';

const LOADED = {
  fr: () => import('./words-fr.js'),
  zh: () => import('./words-zh.js'),
};

let words = en;
export let language = 'en';

/** Takes the first of the browser's languages that we speak; English where there is none. */
export async function choose(wanted = navigator.languages ?? []) {
  const found = wanted.map((tag) => tag.slice(0, 2).toLowerCase()).find((tag) => tag === 'en' || LOADED[tag]);
  language = found ?? 'en';
  if (LOADED[language]) words = {...en, ...(await LOADED[language]()).default};
  document.documentElement.lang = language === 'zh' ? 'zh-Hans' : language;
}

/** A text, with what stands in braces put in. */
export function t(key, values = {}) {
  let text = words[key];
  if (typeof text === 'object') text = text[new Intl.PluralRules(language).select(values.n)] ?? text.other;
  if (text === undefined) return key;
  return text.replace(/\{(\w+)\}/g, (all, name) => (name in values ? String(values[name]) : all));
}

/** Whether there is such a text. */
export const has = (key) => key in words;

/** A price as it came, to its last decimal: the string is never made a binary number. */
export function money(amount, currency = 'USD') {
  const decimals = (String(amount).split('.')[1] ?? '').length;
  return new Intl.NumberFormat(language, {
    style: 'currency',
    currency,
    currencyDisplay: 'narrowSymbol',
    minimumFractionDigits: Math.max(2, Math.min(decimals, 6)),
    maximumFractionDigits: Math.max(2, Math.min(decimals, 6)),
  }).format(amount);
}

/** A sum in whole cents, rounded so that it is never better than it is: `floor` for what is left. */
export const cents = (amount, currency = 'USD', roundingMode = 'ceil') =>
  new Intl.NumberFormat(language, {style: 'currency', currency, currencyDisplay: 'narrowSymbol', roundingMode}).format(amount);

/** One price, or the two ends of it. */
export const between = (low, high, currency) =>
  low === high ? money(low, currency) : t('between', {low: money(low, currency), high: money(high, currency)});

export const number = (value, digits = 2) =>
  new Intl.NumberFormat(language, {maximumFractionDigits: digits}).format(value);

export const seconds = (value, digits = 2) =>
  new Intl.NumberFormat(language, {style: 'unit', unit: 'second', unitDisplay: 'short', maximumFractionDigits: digits}).format(value);

/** A length of time as a clock shows it: 2:05. */
export function clock(total) {
  const whole = Math.max(0, Math.round(total));
  const [hours, minutes, rest] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60];
  const two = (part) => String(part).padStart(2, '0');
  return hours ? `${hours}:${two(minutes)}:${two(rest)}` : `${minutes}:${two(rest)}`;
}

export const moment = (epoch) =>
  new Intl.DateTimeFormat(language, {dateStyle: 'medium', timeStyle: 'short'}).format(new Date(epoch * 1000));

export const day = (epoch) =>
  new Intl.DateTimeFormat(language, {day: 'numeric', month: 'short'}).format(new Date(epoch * 1000));

/** How long ago that was, roughly. */
export function ago(epoch) {
  const passed = Math.max(0, Date.now() / 1000 - epoch);
  const [unit, size] = passed < 3600 ? ['minute', 60] : passed < 86400 ? ['hour', 3600] : ['day', 86400];
  return new Intl.RelativeTimeFormat(language, {numeric: 'auto', style: 'short'}).format(-Math.floor(passed / size), unit);
}
