import type { Role } from '../../../identity/contract.ts';
import type { Author } from './actors.ts';
import type { Filiere } from './codes.ts';
import type { Dossier } from './dossier.ts';
import { type DossierAction, readInput } from './fields.ts';
import { judge, type Outcome, situationOf, worstKind } from './life.ts';
import { openDossier } from './open.ts';
import { defaultRules, type RegulationRules } from './rules.ts';
import type { CallFacts, Situation } from './situation.ts';

export const start = Temporal.Instant.from('2026-01-13T07:00:00Z');

export const person = (role: Role, name: string = role, filieres: Filiere[] = []): Author => ({
  accountId: `account-${name}`, name, roles: [role], status: null, filieres,
});
export const people = {
  n1: person('arm', 'Camille'), n2: person('arm', 'Sacha'), os: person('osnp', 'Dominique'), mru: person('mru', 'Dr Urgence'), mrg: person('mrg', 'Dr Ville'),
  psy: person('medecin-specialise', 'Dr Psy', ['PSY']), sv: person('superviseur', 'Alix'), co: person('arm-coordonnateur', 'Claude'),
};

export const callOf = (id: string, more: Partial<CallFacts> = {}): CallFacts => ({
  id, presentedAt: start.toString(), answered: true, ended: false, caller: '+33549000001', heldBy: null, ...more,
});

/** A dossier and a clock on which actions are played one after the other; ids are counted. */
export class Play {
  dossier: Dossier;
  now = start;
  rules: RegulationRules = defaultRules;
  bilevelOpen = true;
  open: Filiere[] = ['PSY'];
  readonly outcomes: Outcome[] = [];
  #ids = 0;

  constructor(author: Author = people.n1, call: CallFacts | null = callOf('call-1')) {
    this.dossier = openDossier({
      id: 'dossier-1', number: 'DRFR1586A2601300001', territory: '86', now: start, author, call, suiteOf: null, programmedFor: null, degradedFrom: null,
    });
  }

  situation(author: Author, action: DossierAction, body: Record<string, unknown>, more: Partial<Situation> = {}): Situation {
    return situationOf(author, {
      dossier: this.dossier, now: this.now, rules: this.rules, bilevelOpen: this.bilevelOpen, input: readInput(action, body).input, call: null, other: null,
      isOpen: (filiere) => ['AMU', 'SNP', ...this.open].includes(filiere), newId: () => `id-${++this.#ids}`, ...more,
    });
  }

  /** Plays an action that must be accepted. */
  do(author: Author, action: DossierAction, body: Record<string, unknown> = {}, more: Partial<Situation> = {}): Outcome {
    const verdict = judge(action, this.situation(author, action, body, more));
    if ('refusals' in verdict) throw new Error(`${action}: ${verdict.refusals.map((one) => `${one.path} ${one.message}`).join(' ; ')}`);
    this.dossier = { ...verdict.outcome.dossier, version: this.dossier.version + 1 };
    this.outcomes.push(verdict.outcome);
    return verdict.outcome;
  }

  /** Plays an action that must be refused; gives the kind and the paths. */
  refused(author: Author, action: DossierAction, body: Record<string, unknown> = {}, more: Partial<Situation> = {}): { kind: string; paths: string[] } {
    const verdict = judge(action, this.situation(author, action, body, more));
    if ('outcome' in verdict) throw new Error(`${action} was accepted`);
    return { kind: worstKind(verdict.refusals), paths: verdict.refusals.map((one) => one.path) };
  }

  wait(duration: Temporal.DurationLike): this {
    this.now = this.now.add(duration);
    return this;
  }
}

export const place = { address: '3 rue des Tilleuls', city: 'Poitiers', insee: '86194' };
export const qualification = (more: Record<string, unknown> = {}) => ({
  motive: { code: 'M03.14', label: 'Fièvre, problème infectieux' }, priority: 'P2', filiere: 'AMU', location: place, callback: '0549000001', ...more,
});
export const pmt = (more: Record<string, unknown> = {}) => ({
  type: 'PMT', careLevel: 'R4', drug: 'Fosfomycine 3 g', dose: 'un sachet en une prise', pharmacy: 'Pharmacie du Clain', consent: true, understanding: true, ...more,
});
