import type { DelegationScope, Role } from '../../src/identity/contract.ts';
import { doctor, ids, place, structure } from './objects.ts';
import type { Question } from './world.ts';

/** What a route owes to strangers of territory 86. */
export interface Case extends Question {
  /**
   * `refused`: it names an object of territory 86, and answers 401, 403 or 404. `own`: it names none, and what it answers holds nothing
   * of territory 86. `own-acts`: the same, and it tells the addresses that the caller asked for. `shared`: what it reads or changes belongs to the whole installation.
   */
  readonly expected: 'refused' | 'own' | 'own-acts' | 'shared';
  /** A délégataire of the doctor with this scope may. */
  readonly scope?: DelegationScope;
  /** Those of territory 86 who may, though the object is not their own. */
  readonly within?: readonly Role[];
}

const refused = (question: Question, more: Pick<Case, 'scope' | 'within'> = {}): Case => ({ expected: 'refused', ...question, ...more });
const own = (question: Question = {}, more: Pick<Case, 'scope' | 'within'> = {}): Case => ({ expected: 'own', ...question, ...more });
/** It repeats the addresses that he himself asked for. */
const ownActs: Case = { expected: 'own-acts' };
const shared = (question: Question = {}): Case => ({ expected: 'shared', ...question });

const of = (id: string) => ({ params: { id } });
const in86 = { query: { territory: '86' } };
const days = { from: '2026-01-12', to: '2026-01-18' };
const details = { lastName: 'X', firstName: 'Y', email: 'nouveau@exemple.fr', phone: null, department: null, team: null, available: null };
const grant = { role: 'effecteur', territory: '86' };
const hours = { starts: '09:00', ends: '11:00' };
const offer = { placeId: place, kind: 'range', modalities: ['AMB'], capacity: 4 };
const owner = { nationalId: doctor, structureId: null };
const agenda = { scope: 'agenda' } as const;
const participation = { scope: 'participation' } as const;
const requests = { scope: 'requests' } as const;
const settings = {
  participates: true, via: 'individual', viaStructureId: null, placeIds: [], enSus: true, usesEditor: false, upload: true, contact: null, note: null, preferredHours: [],
  caps: { halfDay: null, week: null }, shown: [], reorientation: false, takesAll: false, statement: 'individuel-1',
};
const convention = { kind: 'effecteurs', structureId: structure.own, subject: 'Convention', startsOn: '2026-02-01', endsOn: null, signatories: [] };
const { structureId: _structure, kind: _kind, ...conventionChange } = convention;

/** Each route that asks for a session, by table and name. */
export const cases: Readonly<Record<string, Readonly<Record<string, Case>>>> = {
  account: {
    accounts: refused(in86), toTreat: own(), mayGrant: own(),
    createAccount: refused({ body: { ...details, grants: [grant] } }),
    account: refused(of(ids.account)), changeAccount: refused({ ...of(ids.account), body: details }),
    actOnAccount: refused({ params: { id: ids.account, event: 'reopen' }, body: {} }), grantRole: refused({ ...of(ids.account), body: grant }),
    revokeRole: refused({ params: { id: ids.account, grantId: ids.grant } }),
    acceptRequest: refused(of(ids.accountRequest)), refuseRequest: refused({ ...of(ids.accountRequest), body: { reason: 'unknown' } }),
  },
  delegation: {
    delegations: own({}, { within: ['delegataire'] }),
    delegate: refused({ body: { email: 'a@exemple.fr', lastName: 'A', firstName: 'B', nationalId: doctor, scopes: ['agenda'], from: '2026-01-14', until: '2026-03-01' } }),
    revokeDelegation: refused(of(ids.delegation)),
  },
  person: { myAccount: own(), changeMyDetails: own({ body: { phone: '0549000000', available: null } }), acceptTerms: own({ body: { version: '2026-01' } }), actors: own({}, { within: ['cpam'] }) },
  territory: {
    listTerritories: shared(), locate: shared({ query: { q: 'Poitiers' } }), communes: shared({ params: { code: '86' } }), calendar: shared({ params: { code: '86' }, query: days }),
    saveTerritory: refused({ params: { code: '86' }, body: { name: 'X', departments: ['86'], timeZone: 'Europe/Paris', holidaySet: 'metropole', radiusKm: 30, launchedOn: null, status: 'LANCE' } }),
  },
  directory: {
    findProfessionals: shared({ query: { q: 'Exemple' } }), findStructures: shared({ query: { territory: '86' } }), suggest: shared({ query: { q: 'med' } }), imports: shared(),
    identifyStructure: refused({ params: { id: structure.own }, body: { contactChannel: 'phone', contact: '0549000000', hours: [] } }),
    saveStructurePlace: refused({ params: { id: structure.own, placeId: place }, body: { address: '1 rue', postcode: '86000', city: 'Poitiers', phone: null, hours: [] } }),
    enrich: refused({ params: { id: place }, body: { phone: '0549000000' } }),
  },
  inventory: {
    inventory: refused(in86),
    saveEffector: refused({ params: { nationalId: doctor }, body: { territory: '86', agenda: null, software: null, convention: null, conventionSince: null } }),
    importList: refused({ body: { territory: '86', source: 'URPS', content: 'rpps;nom\n' } }),
    saveCentre: refused({ params: { id: structure.centre }, body: { sharedAgenda: true, dedicatedSlots: true, opinion: null } }),
    ownSoftware: own(), declareSoftware: own({ body: { agenda: 'papier', software: null } }),
  },
  careMap: { careMap: refused(in86, { within: ['gestionnaire-structure'] }) },
  availability: {
    // A search crosses the borders of territories: so does what it found.
    hold: shared({ body: { slotId: ids.slot } }), slot: shared(of(ids.slot)),
    releaseHold: own({ params: { holdId: ids.seat } }),
    openings: own({ query: { nationalId: doctor, ...days } }, agenda), open: refused({ body: { ...owner, ...offer, ...hours, day: '2026-01-15' } }, agenda),
    removeOpening: refused(of(ids.opening), agenda), changeOpening: refused({ ...of(ids.opening), body: { ...offer, ...hours, day: '2026-01-14' } }, agenda),
    agendas: own(), agenda: refused({ query: { nationalId: doctor, ...days } }, agenda),
    publish: refused({ body: { ...owner, ...offer, ...hours, day: '2026-01-16', weekly: null } }, agenda),
    changeSeries: refused({ ...of(ids.series), body: { from: null, ...offer, ...hours, weekly: { weekdays: [3] } } }, agenda), removeSeries: refused(of(ids.series), agenda),
    declareLeave: refused({ body: { ...owner, from: '2026-03-01T08:00', to: '2026-03-02T08:00' } }, agenda),
    leaveAppointments: refused(of(ids.leave), agenda), removeLeave: refused(of(ids.leave), agenda),
    copyAgenda: refused({ body: { from: owner, fromDay: '2026-01-14', days: 1, toDay: '2026-01-21', targets: [{ ...owner, placeId: null }] } }, agenda),
    importCalendar: refused({ body: { ...owner, ...offer, as: 'availability', calendar: 'BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\nEND:VCALENDAR\r\n' } }, agenda),
    feeds: refused({ query: { nationalId: doctor } }, agenda), createFeed: refused({ body: owner }, agenda), revokeFeed: refused(of(ids.feed), agenda),
    editors: shared(), saveEditor: shared({ params: { name: 'Editeur' }, body: { baseUrl: 'http://127.0.0.1:1/', flows: ['ps'] } }), removeEditor: shared({ params: { name: 'Inconnu' } }),
    editorProblems: shared({ params: { name: 'Editeur' } }), testEditor: shared({ params: { name: 'Inconnu' } }),
    vendorAccounts: own(), ownVendorAccounts: own(), retryVendorAccount: refused({ params: { accountId: ids.operator }, body: { editor: 'Editeur' } }),
  },
  interfacing: {
    editorProject: shared({ params: { name: 'Editeur' } }), moveEditorStage: shared({ params: { name: 'Editeur' }, body: { stage: 'DEVELOPPEMENT', on: '2026-01-13' } }),
    editorKits: shared({ params: { name: 'Editeur' } }), saveEditorKit: shared({ params: { name: 'Editeur', flow: 'ps' }, body: { tutorialUrl: null, faqUrl: null, sheetUrl: null, mails: {} } }),
    ownKits: own(), localTools: refused(in86), registerLocalTool: refused({ body: { territory: '86', name: 'Outil', usedBy: 'Tous', registeredOn: '2026-01-01' } }),
    complyLocalTool: refused({ ...of(ids.tool), body: { compliantOn: null } }), removeLocalTool: refused(of(ids.tool)),
  },
  orientation: {
    search: shared({ query: { insee: '86194' } }), createOrientation: shared({ body: { slotId: ids.slot, modality: 'AMB' } }),
    searchEvent: refused({ ...of(ids.search), body: { kind: 'refused', rank: 1, reason: 'too-far' } }), proof: refused(of(ids.search)),
    unmetNeeds: refused({ query: { territory: '86', ...days } }), orientations: own({}, requests), orientation: refused(of(ids.orientation), requests),
    actOnOrientation: refused({ params: { id: ids.orientation, action: 'honoured' }, body: {} }, requests), requests: own(), request: refused(of(ids.request)), inbox: own({}, requests),
    requestFairness: refused({ query: { territory: '86' } }), requestStatement: refused({ query: { structureId: structure.own, ...days } }),
    members: refused({ params: { structureId: structure.own } }), duties: refused({ params: { structureId: structure.own }, query: days }),
    saveDuties: refused({ params: { structureId: structure.own }, body: { mode: 'none', automatic: false, ...days, duties: [] } }),
    answerDelays: shared({ params: { territory: '86' } }), saveAnswerDelays: refused({ params: { territory: '86' }, body: { minutes: { CPTS: 10 } } }),
    charter: shared({ params: { territory: '86' } }), saveCharter: refused({ params: { territory: '86' }, body: { levels: [{ name: 'Tous', match: {} }] } }),
  },
  outcome: {
    myAppointments: own({}, requests), myActs: own({}, requests), freeSlots: refused(of(ids.orientation), requests), followUp: refused({ query: { territory: '86', ...days } }),
    followUpSummary: refused({ query: { territory: '86', ...days } }), appointmentStudy: own({ query: days }),
  },
  participation: {
    participation: refused({ query: { nationalId: doctor } }, participation), declare: refused({ body: { ...settings, nationalId: doctor } }, participation),
    suspendOrResume: refused({ params: { event: 'suspend' }, body: { nationalId: doctor, reason: null } }, participation),
    participationHistory: refused({ query: { nationalId: doctor } }, participation), participationWeeks: refused({ query: { nationalId: doctor } }, participation),
    eligibility: refused({ query: { territory: '86', year: '2026' } }), saveTolerance: refused({ body: { territory: '86', from: '2026-06-01', weeks: 2 } }),
    linkedStructures: own(), structureDoctors: refused({ params: { id: structure.own } }),
    saveEtp: refused({ params: { id: structure.own, nationalId: doctor }, body: { etp: 0.5, from: '2026-02-01' } }),
    conventions: own(), createConvention: refused({ body: convention }), changeConvention: refused({ ...of(ids.convention), body: { ...conventionChange, version: 1 } }),
    actOnConvention: refused({ params: { id: ids.convention, act: 'read-amu' }, body: { version: 1 } }),
  },
  messages: { messagePreferences: own(), saveMessagePreference: own({ params: { template: 'outcomes-to-tell' }, body: { wanted: true } }) },
  privacy: {
    retention: refused({ params: { territory: '86' } }), saveRetentionRule: refused({ params: { territory: '86', category: 'contacts' }, body: { days: 365 } }),
    retentionForecast: refused({ params: { territory: '86', category: 'orientations' } }),
    placeHold: refused({ params: { territory: '86' }, body: { category: 'orientations', objectId: null, reason: 'litige', until: null } }),
    liftHold: refused({ params: { territory: '86', id: ids.hold } }), privacyNotice: shared(), myData: ownActs, myRequests: own(),
    askRequest: own({ body: { kind: 'rectification', subject: 'compte', body: 'Mon nom' } }), requests: own(),
    answerRequest: refused({ ...of(ids.rightsRequest), body: { answer: 'accepted', reason: null } }), register: refused({ params: { territory: '86' } }),
  },
  help: {
    myContacts: own(), contact: own({ body: { subject: 'autre', body: 'Bonjour', page: null } }), contacts: own(), takeContact: refused(of(ids.contact)),
    answerContact: refused({ ...of(ids.contact), body: { answer: 'Oui' } }), closeContact: refused(of(ids.contact)),
  },
};
