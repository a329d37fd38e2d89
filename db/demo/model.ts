import type { CharterLevel } from '../../src/platform/orientation/contract.ts';
import type { StructureKind } from '../../src/platform/directory/contract.ts';
import type { StatementVersion, Via } from '../../src/platform/participation/contract.ts';
import type { Territory } from '../../src/territory/contract.ts';
import type { DemoCommune } from './communes.ts';

/** Where somebody stands: a real commune, an invented address, a point inside the town. */
export interface DemoAddress {
  readonly address: string;
  readonly postcode: string;
  readonly city: string;
  readonly insee: string;
  readonly lat: number;
  readonly lon: number;
}

export interface DemoPlace extends DemoAddress {
  readonly id: string;
  readonly name: string;
  readonly phone: string;
  readonly finess: string | null;
  readonly siret: string | null;
}

/** `day` from Monday (1) to Sunday (7). */
export interface OpenHours {
  readonly day: number;
  readonly from: string;
  readonly to: string;
}

export interface DemoStructure extends DemoAddress {
  readonly id: string;
  readonly kind: StructureKind;
  readonly name: string;
  readonly phone: string;
  readonly contactChannel: 'phone' | 'web' | null;
  readonly contact: string | null;
  readonly hours: readonly OpenHours[];
  readonly identifiedAt: string | null;
  readonly coordinated: boolean | null;
}

export interface DemoProfessional {
  readonly nationalId: string;
  readonly civility: string;
  readonly lastName: string;
  readonly firstName: string;
  readonly professionCode: string;
  readonly profession: string;
}

export interface DemoActivity {
  readonly nationalId: string;
  readonly placeId: string;
  readonly specialty: string;
  readonly specialtyLabel: string;
  /** L: libéral, S: salarié. */
  readonly mode: 'L' | 'S';
}

export interface DemoMember {
  readonly structureId: string;
  readonly nationalId: string;
}

export interface DemoParticipation {
  /** One of the two: a professional, or a structure that commits for its own (centre de santé). */
  readonly nationalId: string | null;
  readonly structureId: string | null;
  readonly via: Via;
  readonly viaStructureId: string | null;
  readonly enSus: boolean;
  readonly contact: string;
}

/** A participation as it is recorded: what was declared besides the way to take part. */
export interface DemoDeclaration extends DemoParticipation {
  readonly placeIds: readonly string[];
  readonly usesEditor: boolean;
  readonly note: string | null;
  readonly halfDayCap: number | null;
  readonly weekCap: number | null;
  readonly statement: StatementVersion | null;
  readonly statementBy: string | null;
  readonly authorName: string;
}

export const editorNames = ['AgendaRapide', 'DoucLent', 'RdvInstable', 'PlanNegligent'] as const;
export type EditorName = (typeof editorNames)[number];

/** Where somebody's free slots are found: the platform's own agenda or a vendor's. */
export type AgendaSource = 'platform' | EditorName;

/** The whole fictional SAS 86, before any date: the same seed always gives the same world. */
export interface World {
  readonly seed: number;
  readonly communes: readonly DemoCommune[];
  readonly territories: readonly Territory[];
  /** Communes of the territories that are a part of a département. */
  readonly territoryCommunes: readonly { readonly territory: string; readonly insee: string }[];
  readonly charter: readonly CharterLevel[];
  readonly structures: readonly DemoStructure[];
  readonly places: readonly DemoPlace[];
  readonly structurePlaces: readonly { readonly structureId: string; readonly placeId: string; readonly name: string }[];
  readonly zones: readonly { readonly structureId: string; readonly insee: string }[];
  readonly professionals: readonly DemoProfessional[];
  readonly activities: readonly DemoActivity[];
  readonly members: readonly DemoMember[];
  readonly participations: readonly DemoParticipation[];
  /** By national id of the professional or the structure; those absent have no agenda that the SAS can see. */
  readonly agendas: ReadonlyMap<string, AgendaSource>;
  /** Doctors of SOS Médecins in full-time equivalents. */
  readonly sosFullTimeEquivalents: number;
}
