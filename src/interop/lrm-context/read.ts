import { cityInsee } from '../../territory/domain/names.ts';
import { PROFESSIONAL_OID } from './link.ts';

/** The parameters of a request, as a query parser gives them. */
export type Parameters = Readonly<Record<string, string | readonly string[] | undefined>>;

/** What must be looked up before a link is judged. */
export interface LinkKeys {
  readonly origin: string | null;
  /** Arrondissements are brought to their city. */
  readonly insee: string | null;
}

/** What the platform knows of the keys. */
export interface LinkKnowledge {
  /** True when the origin is the authority of an active regulation software. */
  readonly originActive: boolean;
  /** The commune of the INSEE code, with the name of its département; null when there is none. */
  readonly commune: { readonly name: string; readonly department: string } | null;
}

export type WantedSpecialty = { readonly code: string } | { readonly words: string } | null;
export type WantedDoctor =
  | { readonly rpps: string }
  | { readonly name: string }
  /** Given, but as a code that is none (message `sas_pf_001`). */
  | 'unreadable'
  /** Not given (message `sas_pf_002`). */
  | null;

export type LinkVerdict =
  /** No origin: this is not the call of a regulation software. */
  | { readonly outcome: 'ordinary' }
  /** Logged as `search_error`. */
  | { readonly outcome: 'disabled'; readonly origin: string; readonly message: string }
  /** No usable address: the home page, logged as `search_homepage`. */
  | { readonly outcome: 'home'; readonly origin: string; readonly why: 'no-address' | 'number-without-street' | 'unknown-commune' }
  /** Logged as `search_page`. */
  | {
      readonly outcome: 'search';
      readonly origin: string;
      /** Words to geocode, most precise first. */
      readonly address: string;
      readonly insee: string | null;
      readonly specialty: WantedSpecialty;
      readonly usualDoctor: WantedDoctor;
    };

/** Messages of the platform about the usual doctor; none of them stops the search. */
export const usualDoctorMessages = {
  sas_pf_001: "Le médecin traitant transmis n'a pas pu être identifié.",
  sas_pf_002: "Le médecin traitant n'a pas été transmis par le logiciel de régulation.",
} as const;

const DISABLED =
  "L'échange entre ce logiciel de régulation et la plateforme est désactivé. Rien n'a été transmis ; contactez le support, ou ouvrez une recherche à la main.";
const CODED_SPECIALTY = /^urn:oid:\d+(?:\.\d+)+\|([A-Za-z0-9]+)$/;
const LOOKS_CODED = /urn|oid|:/i;

function textOf(parameters: Parameters, name: string): string | null {
  const value = parameters[name];
  return (typeof value === 'string' ? value : value?.[0])?.trim() || null;
}

/** The origin and the INSEE code of a call. */
export const linkKeys = (parameters: Parameters): LinkKeys => ({
  origin: textOf(parameters, 'origin'),
  insee: inseeOf(textOf(parameters, 'inseecode')),
});

/** Reads a call of `/sas/recherche` and says what to show (INT_L01, P29). */
export function readLink(parameters: Parameters, { originActive, commune }: LinkKnowledge): LinkVerdict {
  const text = (name: string) => textOf(parameters, name);
  const { origin, insee } = linkKeys(parameters);
  if (!origin) return { outcome: 'ordinary' };
  if (!originActive) return { outcome: 'disabled', origin, message: DISABLED };

  const city = commune?.name ?? (text('inseecode') ? null : text('city'));
  const number = text('streetnumber')?.replace(/\D/g, '') || null;
  const street = text('streetname');
  if (!text('inseecode') && !text('city')) return { outcome: 'home', origin, why: 'no-address' };
  if (!city) return { outcome: 'home', origin, why: 'unknown-commune' };
  if (number && !street) return { outcome: 'home', origin, why: 'number-without-street' };
  const line = [number, street].filter(Boolean).join(' ');
  const department = commune && commune.department !== 'Paris' ? commune.department : null;
  return {
    outcome: 'search', origin, address: [line, city, department].filter(Boolean).join(', '), insee: commune ? insee : null,
    specialty: specialtyOf(text('specialty')), usualDoctor: doctorOf(text('practitioner')),
  };
}

function inseeOf(given: string | null): string | null {
  const code = given === null ? '' : cityInsee(given);
  return /^\d[\dAB]\d{3}$/.test(code) ? code : null;
}

function specialtyOf(given: string | null): WantedSpecialty {
  const code = CODED_SPECIALTY.exec(given ?? '')?.[1];
  return code ? { code } : given ? { words: given } : null;
}

function doctorOf(given: string | null): WantedDoctor {
  if (!given) return null;
  const [oid, id, more] = given.split('|');
  if (oid === PROFESSIONAL_OID && more === undefined && /^8\d{11}$/.test(id ?? '')) return { rpps: id!.slice(1) };
  return LOOKS_CODED.test(given) ? 'unreadable' : { name: given };
}
