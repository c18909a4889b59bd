// SPDX-License-Identifier: MIT
import type { Shell } from '../boot/shell';
import type { TriggerCondition, TriggerFireResult, TriggerOffer, TriggerOffersResult } from '../protocol';
import { newId } from '../state/ids';
import type { Storage } from '../state/storage';
import { globMatches, globMatchesUrl } from './glob';
import type { Look } from './look';
import { rest } from './rest';
import type { Speech } from './speech';
import { tracked } from './tracked';
import type { Visit } from './visit';

const LOOK_EVERY = 500;
/** Of a call that the server could not carry out: what is seen is kept there a second later. */
const TRIES = 20;

/** What the tracker lets be seen. */
export interface Watched {
  shell: Shell;
  storage: Storage;
  speech: Speech;
  visit(): Visit;
  /** The page that is before the visitor's eyes; nothing while they are not to be followed. */
  look(): Look | undefined | false;
}

/** A visit's id says when it began. */
const began = (visit: string): number => parseInt(visit.slice(0, 8) + visit.slice(9, 13), 16);

const utm = (landing: string, name = ''): string | undefined => {
  try {
    return new URL(landing).searchParams.get(`utm_${name}`) ?? undefined;
  } catch {
    return undefined;
  }
};

/** Nothing at all is like no value, and matches none. */
function compare({ how, value }: TriggerCondition, text: string | undefined, matches = globMatches): boolean {
  const same = text !== undefined && (how === 'is' || how === 'is_not' ? text.toLowerCase() === value.toLowerCase() : matches(value, text));
  return same !== (how === 'is_not' || how === 'matches_not');
}

function measure({ how, value }: TriggerCondition, number: number | undefined, scale = 1): boolean {
  if (number === undefined) return false;
  const wanted = Math.round(Number(value) * scale);
  return how === 'at_most' ? number <= wanted : number >= wanted;
}

/** Looks for what the server can't see, and says so when all is as a trigger wants it. What it does then is the server's to know. */
export class Triggers {
  readonly #watched: Watched;
  #look: Look | undefined;
  #offers: TriggerOffer[] = [];
  #asked = false;
  #tries = 0;
  #busy = false;
  #pages = 0;
  #scrolled = 0;
  #leaving = false;

  constructor(watched: Watched) {
    this.#watched = watched;
    document.addEventListener('mouseout', ({ relatedTarget, clientY }) => {
      if (!relatedTarget && clientY <= 0) this.#leaving = true;
    });
    setInterval(() => void this.#tick(), LOOK_EVERY);
  }

  async #tick(): Promise<void> {
    const look = this.#watched.look();
    if (!look || this.#busy || document.visibilityState === 'hidden') return;
    if (look !== this.#look) this.#turn(look);
    this.#scroll();
    this.#busy = true;
    try {
      if (!this.#asked) await this.#ask(look);
      const met = this.#offers.find((offer) => this.#isMet(offer, look));
      if (met) await this.#fire(met, look);
    } finally {
      this.#busy = false;
    }
  }

  /** Another page is before the visitor's eyes. */
  #turn(look: Look): void {
    const { storage } = this.#watched;
    const visit = this.#watched.visit().visit_id;
    const [known, pages, id] = (storage.get('pages') ?? '').split(' ');
    this.#pages = known === visit ? Number(pages) + (id === look.id ? 0 : 1) : 1;
    storage.set('pages', `${visit} ${this.#pages} ${look.id}`);
    this.#look = look;
    this.#offers = [];
    this.#asked = this.#leaving = false;
    this.#tries = this.#scrolled = 0;
  }

  #scroll(): void {
    const page = document.documentElement;
    this.#scrolled = Math.max(this.#scrolled, ((scrollY + innerHeight) / Math.max(page.scrollHeight, 1)) * 100);
  }

  async #ask(look: Look): Promise<void> {
    const { shell, storage, visit } = this.#watched;
    const outcome = await rest<TriggerOffersResult>(shell, storage, `${visit().visit_id}/triggers`);
    this.#asked = outcome !== 'again' || ++this.#tries >= TRIES;
    if (typeof outcome === 'object' && look === this.#look) this.#offers = outcome.result.offers ?? [];
  }

  #isMet({ any, conditions = [] }: TriggerOffer, look: Look): boolean {
    const met = (condition: TriggerCondition): boolean => this.#judge(condition, look);
    return any ? conditions.some(met) : conditions.every(met);
  }

  #judge(condition: TriggerCondition, look: Look): boolean {
    const { kind, how, name = '', value } = condition;
    const visit = this.#watched.visit();
    const events = tracked(this.#watched.storage, visit.visit_id);
    switch (kind) {
      case 'page_time':
        return measure(condition, look.visible / 1000);
      case 'site_time':
        return measure(condition, (Date.now() - began(visit.visit_id)) / 1000);
      case 'pages':
        return measure(condition, this.#pages);
      case 'url':
        return compare(condition, look.url, globMatchesUrl);
      case 'referrer':
        return compare(condition, visit.referrer || undefined, globMatchesUrl);
      case 'utm':
        return compare(condition, utm(visit.landing, name));
      case 'scroll':
        return measure(condition, this.#scrolled);
      case 'exit':
        return this.#leaving;
      case 'event':
        return name in events === (value === 'yes');
      case 'event_value':
        return measure(condition, events[name], 100);
      case 'language':
        return compare({ ...condition, how: how === 'is' ? 'matches' : 'matches_not', value: `${value}-*` }, `${navigator.language}-`);
      default:
        return false;
    }
  }

  async #fire(offer: TriggerOffer, look: Look): Promise<void> {
    const { shell, storage, speech, visit } = this.#watched;
    const params = { id: newId(), trigger_id: offer.id, url: look.url };
    let outcome;
    for (let tries = 0; tries < TRIES; tries++) {
      outcome = await rest<TriggerFireResult>(shell, storage, `${visit().visit_id}/triggers`, params);
      if (outcome !== 'again') break;
      await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY));
    }
    this.#offers = this.#offers.filter((one) => one !== offer);
    if (typeof outcome !== 'object') return;
    const { author = '', bubble, open } = outcome.result;
    if (bubble) speech.show(author, bubble);
    if (open) window.ChatFlow?.('open');
  }
}
