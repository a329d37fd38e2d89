import type { Role } from '../../src/identity/contract.ts';
import type { Via } from '../../src/platform/participation/contract.ts';
import { nationalId } from './identifiers.ts';
import type { DemoProfessional, DemoStructure, World } from './model.ts';
import { createNames, type PersonName } from './names.ts';
import { createRandom, uuidOf } from './random.ts';

/** Somebody who can sign in to the demonstration. */
export interface DemoAccount {
  readonly id: string;
  readonly displayName: string;
  readonly lastName: string;
  readonly firstName: string;
  readonly email: string;
  /** Prefixed: 8 + RPPS, or 3 + FINESS of the hospital / number for staff without RPPS; null without card. */
  readonly nationalId: string | null;
  readonly role: Role;
  readonly territory: string;
  /** The structure managed. */
  readonly structureId: string | null;
  /** What this account lets one try, in French. */
  readonly about: string;
}

interface Post {
  /** Before the @ of the e-mail. */
  readonly login: string;
  readonly role: Role;
  readonly about: string;
  readonly territory?: string;
  /** What the national id is made from; `doctor` is somebody of the directory. */
  readonly card: 'hospital' | 'rpps' | 'none' | DemoProfessional;
  readonly structureId?: string;
}

/** National ids of people who are not in the directory start here. */
const FIRST_OUTSIDE_DIRECTORY = 90_000;

const staff: readonly Post[] = [
  { login: 'osnp1', role: 'osnp', card: 'hospital', about: 'cherche, oriente et suit' },
  { login: 'osnp2', role: 'osnp', card: 'hospital', about: 'second poste, pour voir les écrans changer en direct' },
  { login: 'osnp3', role: 'osnp', card: 'none', about: 'compte sans carte professionnelle' },
  { login: 'osnp79', role: 'osnp', card: 'hospital', territory: '79', about: 'autre territoire : ne voit rien du SAS 86' },
  { login: 'mrg1', role: 'mrg', card: 'rpps', about: 'régulation de médecine générale' },
  { login: 'mrg2', role: 'mrg', card: 'rpps', about: 'régulation de médecine générale, à distance' },
  { login: 'mru1', role: 'mru', card: 'rpps', about: 'aide médicale urgente' },
  { login: 'mru2', role: 'mru', card: 'rpps', about: 'aide médicale urgente' },
  { login: 'specialiste', role: 'medecin-specialise', card: 'rpps', about: 'régulation spécialisée' },
  { login: 'ioa', role: 'ioa', card: 'hospital', about: 'réoriente depuis les urgences' },
  { login: 'arm', role: 'arm', card: 'hospital', about: 'premier décroché' },
  { login: 'coordonnateur', role: 'arm-coordonnateur', card: 'hospital', about: 'coordonne les ARM' },
  { login: 'superviseur', role: 'superviseur', card: 'hospital', about: 'voit la salle et les preuves de neutralité' },
  { login: 'responsable', role: 'responsable-sas', card: 'hospital', about: "charte d'adressage, besoins sans réponse" },
  { login: 'comptes', role: 'gestionnaire-comptes', card: 'hospital', about: 'ouvre et ferme les comptes' },
  { login: 'administrateur', role: 'administrateur', card: 'hospital', about: 'territoire, éditeurs, structures du SAS 86' },
  { login: 'national', role: 'administrateur-national', card: 'none', territory: '*', about: 'tous les territoires' },
  { login: 'ars', role: 'ars', card: 'none', about: 'agence régionale de santé' },
  { login: 'dgos', role: 'dgos', card: 'none', territory: '*', about: 'niveau national' },
  { login: 'cpam', role: 'cpam', card: 'none', about: "caisse d'assurance maladie" },
];

/** Those who came later: after the others, whose names depend on their rank. */
const moreStaff: readonly Post[] = [
  { login: 'referent', role: 'referent-territorial', card: 'none', about: 'aide les utilisateurs du territoire' },
];

const viaLogin: Record<Via, string> = {
  individual: 'effecteur.editeur', cpts: 'effecteur.cpts', msp: 'effecteur.msp', sos: 'effecteur.sos', cds: 'effecteur.cds',
};

/** The people who can sign in: every role of a person, and an effecteur for each way to take part. */
export function demoAccounts(world: World): DemoAccount[] {
  const hospital = world.structures.find(({ kind }) => kind === 'ES')!;
  const name = createNames(createRandom(world.seed, 'accounts'));
  return [...staff, ...effecteurs(world), ...managers(world), ...moreStaff].map((post, index) =>
    account(world.seed, post, typeof post.card === 'object' ? post.card : name(), `3${hospital.id.slice(1)}`, index),
  );
}

function account(seed: number, post: Post, { lastName, firstName }: PersonName, hospital: string, index: number): DemoAccount {
  const card = post.card;
  const id =
    typeof card === 'object' ? card.nationalId
    : card === 'rpps' ? nationalId(FIRST_OUTSIDE_DIRECTORY + index)
    : card === 'hospital' ? `${hospital}/${post.login.toUpperCase()}`
    : null;
  return {
    id: uuidOf(seed, `account/${post.login}`),
    displayName: `${typeof card === 'object' || card === 'rpps' ? 'Dr ' : ''}${firstName} ${lastName}`,
    lastName,
    firstName,
    email: `${post.login}@demo.example`,
    nationalId: id,
    role: post.role,
    territory: post.territory ?? '86',
    structureId: post.structureId ?? null,
    about: post.about,
  };
}

/** One on the platform's agenda, and one for each way to take part. */
function effecteurs(world: World): Post[] {
  const doctor = (id: string) => world.professionals.find(({ nationalId: theirs }) => theirs === id)!;
  const participant = (via: Via, onPlatform: boolean) =>
    world.participations.find((one) => one.nationalId && one.via === via && (world.agendas.get(one.nationalId) === 'platform') === onPlatform)!.nationalId!;
  const centre = world.structures.find(({ kind }) => kind === 'CDS')!;
  const salaried = world.members.find(({ structureId }) => structureId === centre.id)!.nationalId;
  const post = (login: string, id: string, about: string): Post => ({ login, role: 'effecteur', card: doctor(id), about });
  return [
    post('effecteur', participant('individual', true), "à titre individuel, sur l'agenda de la plateforme"),
    post(viaLogin.individual, participant('individual', false), "à titre individuel, avec l'agenda d'un éditeur"),
    post(viaLogin.cpts, participant('cpts', false), 'via sa CPTS'),
    post(viaLogin.msp, participant('msp', false), 'via sa MSP'),
    post(viaLogin.sos, participant('sos', false), 'via SOS Médecins'),
    post(viaLogin.cds, salaried, "salarié d'un centre de santé"),
  ];
}

function managers(world: World): Post[] {
  const first = (kind: DemoStructure['kind']) => world.structures.find((structure) => structure.kind === kind)!;
  const manages = (login: string, structure: DemoStructure, role: Role = 'gestionnaire-structure'): Post => ({
    login, role, card: 'none', structureId: structure.id, about: `${role === 'delegataire' ? 'délégataire de' : 'gère'} ${structure.name}`,
  });
  return [
    manages('gestionnaire.msp', first('MSP')),
    manages('gestionnaire.cds', first('CDS')),
    manages('gestionnaire.cpts', first('CPTS')),
    manages('gestionnaire.sos', first('SOS')),
    manages('delegataire', first('CDS'), 'delegataire'),
  ];
}

/** Somebody whom Pro Santé Connect recognises and who has no account: the first connection can be tried with him. */
export type DemoNewcomer = Pick<DemoAccount, 'id' | 'lastName' | 'firstName' | 'email' | 'territory' | 'about'> & { readonly nationalId: string };

/** Two doctors of the directory (one belongs to an association SOS Médecins), a nurse who is not in it, and the card of somebody whose account has none yet. */
export function demoNewcomers(world: World): DemoNewcomer[] {
  const accounts = demoAccounts(world);
  const taken = new Set(accounts.map(({ nationalId: id }) => id));
  const doctor = world.professionals.findLast(({ nationalId: id, professionCode }) => professionCode === '10' && !taken.has(id))!;
  const association = world.structures.findLast(({ kind }) => kind === 'SOS')!;
  const { nationalId: member } = world.members.find(({ structureId }) => structureId === association.id)!;
  const affiliated = world.professionals.find(({ nationalId: id }) => id === member)!;
  const [nurse] = [createNames(createRandom(world.seed, 'newcomers'))()];
  const withoutCard = accounts.find(({ nationalId: id, role }) => id === null && role === 'osnp')!;
  const newcomer = (login: string, id: string, { lastName, firstName }: PersonName, about: string): DemoNewcomer => ({
    id: uuidOf(world.seed, `newcomer/${login}`), nationalId: id, lastName, firstName, email: `${login}@demo.example`, territory: '86', about,
  });
  return [
    newcomer('medecin', doctor.nationalId, doctor, "médecin de l'annuaire, sans compte : devient effecteur"),
    newcomer('infirmiere', nationalId(FIRST_OUTSIDE_DIRECTORY + 900), nurse!, "hors de l'annuaire : attend le gestionnaire de comptes"),
    newcomer('sos', affiliated.nationalId, affiliated, `affilié à ${association.name}, sans compte : déclare sa participation`),
    newcomer('carte', nationalId(FIRST_OUTSIDE_DIRECTORY + 901), withoutCard, `a un compte sans carte (${withoutCard.email}) : le lie à la sienne`),
  ];
}
