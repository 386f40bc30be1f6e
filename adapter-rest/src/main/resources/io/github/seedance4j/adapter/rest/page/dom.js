// Makes elements. Text goes in as text nodes only: nothing here can turn a string into markup.

const SVG = 'http://www.w3.org/2000/svg';

function fill(element, props, children) {
  for (const [name, value] of Object.entries(props ?? {})) {
    if (value === undefined || value === null || value === false) continue;
    if (name.startsWith('on')) element.addEventListener(name.slice(2), value);
    else if (name === 'value' || name === 'checked' || name === 'muted') element[name] = value;
    else element.setAttribute(name, value === true ? '' : String(value));
  }
  put(element, children);
  return element;
}

function put(element, children) {
  for (const child of children.flat(Infinity)) {
    if (child === undefined || child === null || child === false) continue;
    element.append(child instanceof Node ? child : document.createTextNode(String(child)));
  }
}

/** An element with attributes (`onclick` and the like listen) and children. */
export const h = (tag, props, ...children) => fill(document.createElement(tag), props, children);

/** The same in SVG. */
export const s = (tag, props, ...children) =>
  fill(document.createElementNS(SVG, tag), props, children);

/** Puts these in place of all that an element held. */
export function replace(element, ...children) {
  element.replaceChildren();
  put(element, children);
  return element;
}

const PATHS = {
  image: 'M4 5h16v14H4zM4 16l5-5 4 4 3-3 4 4M15 9h.01',
  video: 'M3 6h12v12H3zM15 10l6-3v10l-6-3',
  audio: 'M9 18V6l10-2v12M9 18a2.5 2.5 0 1 1-5 0 2.5 2.5 0 0 1 5 0zM19 16a2.5 2.5 0 1 1-5 0 2.5 2.5 0 0 1 5 0z',
  up: 'M12 19V5M6 11l6-6 6 6',
  down: 'M12 5v14M6 13l6 6 6-6',
  remove: 'M6 6l12 12M18 6L6 18',
  add: 'M12 5v14M5 12h14',
  drop: 'M12 16V4M7 9l5-5 5 5M4 16v4h16v-4',
  save: 'M12 4v12M7 11l5 5 5-5M4 20h16',
  again: 'M4 12a8 8 0 1 1 2.5 5.8M4 20v-5h5',
  input: 'M4 4h16v16H4zM8 12h8M12 8l4 4-4 4',
  alert: 'M12 4l9 16H3zM12 10v4M12 17h.01',
  check: 'M5 12.5l4.5 4.5L19 7.5',
  play: 'M8 5v14l11-7z',
  link: 'M10 14a4 4 0 0 0 5.7 0l3-3A4 4 0 0 0 13 5.300l-1 1M14 10a4 4 0 0 0-5.700 0l-3 3A4 4 0 0 0 11 18.700l1-1',
};

/** A line drawing, which says nothing to a screen reader. */
export const icon = (name) =>
  s('svg', {class: 'icon', viewBox: '0 0 24 24', width: 20, height: 20, 'aria-hidden': 'true'},
    s('path', {d: PATHS[name]}));

let names = 0;

/** A name that no other element has. */
export const unique = (what) => `${what}-${++names}`;

/** Calls a function once nobody has asked for it for a while. */
export function settled(milliseconds, action) {
  let timer = 0;
  return () => {
    clearTimeout(timer);
    timer = setTimeout(action, milliseconds);
  };
}

/** Says something to whoever looks or listens, for some seconds. */
export function say(text, kind = 'note') {
  const toasts = document.getElementById('toasts');
  const toast = h('p', {class: `toast ${kind}`}, text);
  toasts.append(toast);
  while (toasts.childElementCount > 3) toasts.firstElementChild.remove();
  setTimeout(() => toast.remove(), 9000);
}
