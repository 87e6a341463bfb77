// What a host page carries: <kith-door>, one round button with a human's face. The panel behind it is an iframe that is made
// only when somebody comes near. Nothing else on the page is read, changed or listened to.
import { door } from './door.ts';

class KithDoor extends HTMLElement {
  #door = door(this, this.attachShadow({ mode: 'closed' }));
  #hangs = false;

  open(): void {
    this.#door.turn(true);
  }
  close(): void {
    this.#door.turn(false);
  }
  connectedCallback(): void {
    if (!this.#hangs) this.#door.hang();
    this.#hangs = true;
  }
}

const name = 'kith-door';
if (!customElements.get(name)) {
  customElements.define(name, KithDoor);
  const put = () => document.querySelector(name) ?? document.body.append(document.createElement(name));
  if (document.body) put();
  else addEventListener('DOMContentLoaded', put);
}
