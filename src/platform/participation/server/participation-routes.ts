import type { Handlers } from '../../../foundation/http/register.ts';
import type { Actor } from '../../../identity/contract.ts';
import type { routes } from '../contract.ts';
import type { Conventions } from './conventions.ts';
import { type Declarations, subjectOf } from './declarations.ts';
import type { Structures } from './structures.ts';
import type { TerritoryView } from './territory.ts';

export interface ParticipationUseCases {
  readonly declarations: Declarations;
  readonly territory: TerritoryView;
  readonly structures: Structures;
  readonly conventions: Conventions;
}

/** Handlers of participation, structures and conventions. */
export function participationHandlers({ declarations, territory, structures, conventions }: ParticipationUseCases): Handlers<typeof routes, Actor> {
  return {
    participation: ({ actor, query }) => declarations.overview(actor, subjectOf(query)),
    declare: ({ actor, body }) => declarations.declare(actor, body),
    suspendOrResume: ({ actor, params, body }) => declarations.suspendOrResume(actor, subjectOf(body), params.event, body.reason),
    participationHistory: async ({ actor, query }) => ({ records: await declarations.history(actor, subjectOf(query)) }),
    participationWeeks: ({ actor, query }) => territory.weeks(actor, subjectOf(query), query.year ?? null),
    eligibility: ({ actor, query }) => territory.eligibility(actor, query.territory, query.year),
    saveTolerance: async ({ actor, body }) => {
      await territory.saveTolerance(actor, body);
      return { saved: true as const };
    },
    linkedStructures: async ({ actor }) => ({ structures: await structures.linkedTo(actor) }),
    structureDoctors: ({ actor, params }) => structures.doctors(actor, params.id),
    saveEtp: async ({ actor, params, body }) => {
      await structures.saveEtp(actor, params.id, params.nationalId, body);
      return { saved: true as const };
    },
    conventions: async ({ actor }) => ({ conventions: await conventions.list(actor) }),
    createConvention: ({ actor, body }) => conventions.create(actor, body),
    changeConvention: ({ actor, params, body }) => conventions.change(actor, params.id, body),
    actOnConvention: ({ actor, params, body }) => conventions.act(actor, params.id, params.act, body.version),
  };
}
