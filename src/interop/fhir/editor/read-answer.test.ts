import { describe, expect, test } from 'vitest';
import { readAnswer } from './read-answer.ts';
import { conformityRules, type RuleCode } from './rules.ts';
import {
  ASSOCIATION, asked, bundle, cpts, cptsService, DOCTOR, location, OTHER_DOCTOR, practitioner, role, schedule, slot, soundBundle,
} from './testing.ts';

const rulesOf = (page: unknown, change: Parameters<typeof asked>[0] = {}) => readAnswer([page], asked(change)).problems.map((problem) => problem.rule);

describe('a sound answer', () => {
  test('[AGR-05] every attribute of a slot is read and nothing is reproached', () => {
    const answer = readAnswer([soundBundle(slot('s1'))], asked());
    expect(answer.problems).toEqual([]);
    expect(answer.knownIds).toEqual([DOCTOR]);
    expect(answer.slots).toEqual([
      {
        nationalId: DOCTOR, structureId: '1860000001',
        place: { id: null, name: null, address: '1 rue du Test', postcode: '86000', city: 'Testville', phone: '+33549000000', lat: null, lon: null },
        start: Temporal.Instant.from('2026-01-15T13:00:00Z'), end: Temporal.Instant.from('2026-01-15T13:20:00Z'),
        modalities: ['AMB'], types: ['PUBLIC'], withAppointment: true, specialties: ['SM54'], reasons: [], cptsIds: [],
        bookingUrl: 'https://edt.example/agenda?ps=1',
      },
    ]);
  });

  test.each([['without entry', undefined], ['with an empty entry', []]])('[AGR-01] P08: an empty bundle %s is no slot, not an error', (_, entry) => {
    const answer = readAnswer([bundle([], { entry })], asked());
    expect(answer.slots).toEqual([]);
    expect(answer.problems.filter((problem) => problem.severity === 'error')).toEqual([]);
  });

  test('[AGR-05] P14: every type, modality and way to take an appointment is kept', () => {
    const security = ['PUBLIC', 'PRO', 'SNP', 'CPTS'].map((code) => ({ code }));
    const serviceType = ['AMB', 'VR', 'HH'].map((code) => ({ coding: [{ code }] }));
    const [read] = readAnswer([soundBundle(slot('s1', { meta: { security }, serviceType: [...serviceType, { text: 'Certificat' }] }))], asked()).slots;
    expect(read).toMatchObject({ types: ['PUBLIC', 'PRO', 'SNP', 'CPTS'], modalities: ['AMB', 'VR', 'HH'], reasons: ['Certificat'] });
  });

  test('[AGR-05] P14: a slot without appointment and without address has no booking link, and is not reproached for it', () => {
    const page = soundBundle(slot('s1', { appointmentType: { coding: [{ code: 'WALKIN' }] }, comment: undefined }));
    const answer = readAnswer([page], asked());
    expect(answer.slots[0]).toMatchObject({ withAppointment: false, bookingUrl: null });
    expect(answer.problems).toEqual([]);
  });
});

describe('[AGR-14] P11: what is tolerated', () => {
  test('unknown codes, extensions, several profiles, the other generation of code systems', () => {
    const hl7 = { type: { coding: [{ system: 'https://hl7.fr/ig/fhir/core/CodeSystem/fr-core-cs-v2-0203', code: 'IDNPS' }] }, system: 'urn:oid:1.2.250.1.71.4.2.1', value: DOCTOR };
    const odd = slot('s1', {
      extension: [{ url: 'https://edt.example/ext', valueString: 'x' }],
      meta: { profile: ['http://sas.fr/fhir/StructureDefinition/FrSlotAgregateur', 'https://edt.example/profil'], security: [{ code: 'PUBLIC' }, { code: 'VIP' }] },
      serviceType: [{ coding: [{ code: 'AMB' }, { code: 'ZZ' }] }],
      specialty: [{ text: 'Médecine du sport' }],
    });
    const answer = readAnswer([bundle([odd, schedule(), practitioner(DOCTOR, { identifier: [hl7] }), role()])], asked());
    expect(answer.slots).toHaveLength(1);
    expect(answer.slots[0]).toMatchObject({ types: ['PUBLIC'], modalities: ['AMB'], specialties: ['Médecine du sport'] });
    expect(answer.problems.every((problem) => problem.severity === 'warning')).toBe(true);
    expect(answer.problems.map((problem) => problem.rule)).toEqual(expect.arrayContaining(['profile-several', 'slot-type', 'slot-modality']));
  });

  test('absolute and urn references are resolved, and said', () => {
    const absolute = slot('s1', { schedule: { reference: 'https://edt.example/fhir/Schedule/a1' } });
    const page = soundBundle(absolute);
    page.entry[2].fullUrl = 'urn:uuid:11111111-2222-4333-8444-555555555555';
    page.entry[1].resource.actor[0].reference = 'urn:uuid:11111111-2222-4333-8444-555555555555';
    const answer = readAnswer([page], asked());
    expect(answer.slots).toHaveLength(1);
    expect(answer.problems.map((problem) => [problem.rule, problem.element])).toEqual([
      ['reference-absolute', 'Bundle.entry[0].resource.schedule.reference'],
      ['reference-absolute', 'Bundle.entry[1].resource.actor[0].reference'],
    ]);
  });

  test.each([
    ['2026-01-15T14:00:00.000', '2026-01-15T13:00:00Z', 'date-without-zone'],
    ['2026-01-15T14:00:00', '2026-01-15T13:00:00Z', 'date-without-zone'],
    ['2026-01-15T13:00:00Z', '2026-01-15T13:00:00Z', 'date-format'],
    ['2026-01-15T14:00:00.000 01:00', '2026-01-15T13:00:00Z', 'date-format'],
  ])('the start %s is read as %s, and said', (start, instant, rule) => {
    const answer = readAnswer([soundBundle(slot('s1', { start }))], asked());
    expect(answer.slots[0]?.start.toString()).toBe(instant);
    expect(answer.problems).toMatchObject([{ rule, element: 'Bundle.entry[0].resource.start', severity: 'warning', sample: start }]);
  });

  test('a location apart from the role, and a role that alone names the doctor', () => {
    const apart = bundle([slot('s1'), schedule({ actor: [{ reference: 'PractitionerRole/r1' }] }), practitioner(), role({ contained: undefined, location: [{ reference: 'Location/l1' }] }), location()]);
    const answer = readAnswer([apart], asked());
    expect(answer.slots[0]?.nationalId).toBe(DOCTOR);
    expect(answer.problems.map((problem) => problem.rule)).toEqual(['schedule-practitioner-missing', 'location-not-contained']);
  });
});

describe('[AGR-14] P12: what is dropped, and why', () => {
  const cases: [string, RuleCode, object][] = [
    ['busy', 'slot-not-free', { status: 'busy' }],
    ['without status', 'slot-not-free', { status: undefined }],
    ['past', 'slot-past', { start: '2026-01-15T08:59:00.000+01:00' }],
    ['outside the window', 'slot-outside-window', { start: '2026-01-18T09:00:00.000+01:00', end: '2026-01-18T09:20:00.000+01:00' }],
    ['ending before it starts', 'slot-end-before-start', { end: '2026-01-15T13:00:00.000+01:00' }],
    ['without end', 'slot-dates', { end: undefined }],
    ['on a day that does not exist', 'slot-dates', { start: '2026-02-30T14:00:00.000+01:00' }],
    ['without schedule', 'slot-schedule', { schedule: undefined }],
    ['of a schedule that is not there', 'slot-schedule', { schedule: { reference: 'Schedule/zz' } }],
    ['whose schedule is a doctor', 'slot-schedule', { schedule: { reference: 'Practitioner/p1' } }],
  ];
  test.each(cases)('a slot %s (%s)', (_, rule, change) => {
    const answer = readAnswer([soundBundle(slot('s1', change), slot('s2'))], asked());
    expect(answer.slots).toHaveLength(1);
    expect(answer.problems.map((problem) => problem.rule)).toEqual([rule]);
    expect(answer.problems[0]?.element).toMatch(/^Bundle\.entry\[0\]\.resource\./);
    expect(answer.problems[0]?.severity).toBe(conformityRules[rule].severity);
  });

  test('both bounds of the window are included', () => {
    const from = Temporal.Instant.from('2026-01-15T13:00:00Z');
    const later = slot('s2', { start: '2026-01-15T15:00:00.000+01:00', end: '2026-01-15T15:20:00.000+01:00' });
    expect(readAnswer([soundBundle(slot('s1'), later)], asked({ from, to: from.add({ hours: 1 }) })).slots).toHaveLength(2);
  });

  const owners: [string, RuleCode, object[]][] = [
    ['a schedule without actor', 'schedule-role', [schedule({ actor: undefined }), practitioner(), role()]],
    ['a practitioner that is not there', 'schedule-practitioner', [schedule(), role()]],
    ['a role that is not there', 'schedule-role', [schedule(), practitioner()]],
    ['a place that is not there', 'role-location', [schedule(), practitioner(), role({ location: undefined })]],
    ['a role of somebody else', 'role-practitioner', [schedule(), practitioner(), practitioner(OTHER_DOCTOR, { id: 'p2' }), role({ practitioner: { reference: 'Practitioner/p2' } })]],
    ['a doctor nobody asked for', 'professional-not-asked', [schedule(), practitioner('810000000099'), role()]],
    ['a doctor without readable id', 'practitioner-id', [schedule(), practitioner('DUPONT'), role()]],
  ];
  test.each(owners)('%s', (_, rule, resources) => {
    const answer = readAnswer([bundle([slot('s1'), slot('s2', { start: '2026-01-15T13:00:00.000+01:00' }), ...resources])], asked());
    expect(answer.slots).toEqual([]);
    expect(answer.problems.filter((problem) => problem.severity === 'error').map((problem) => problem.rule)).toEqual([rule]);
  });

  test('a booking address that is no web address is refused, the slot is kept', () => {
    const answer = readAnswer([soundBundle(slot('s1', { comment: 'javascript:alert(1)' }))], asked());
    expect(answer.slots[0]?.bookingUrl).toBeNull();
    expect(answer.problems).toMatchObject([{ rule: 'booking-url-refused', severity: 'error', sample: 'javascript:alert(1)' }]);
  });

  test('[NFR-06] a patient in an answer is never read and never quoted', () => {
    const patient = { resourceType: 'Patient', id: 'x', name: [{ family: 'SECRETE', given: [''] }] };
    const answer = readAnswer([{ ...soundBundle(slot('s1')), entry: [...soundBundle(slot('s1')).entry, { resource: patient }] }], asked());
    expect(answer.slots).toHaveLength(1);
    expect(answer.problems.map((problem) => problem.rule)).toContain('patient-in-answer');
    expect(JSON.stringify(answer)).not.toContain('SECRETE');
  });
});

describe('[INT-02] P13: ids and phones are normalised, and said', () => {
  test('un-prefixed ids of the doctor, the structure and the place', () => {
    const national = [{ type: { coding: [{ code: 'IDNST' }] }, system: 'urn:oid:1.2.250.1.71.4.2.2', value: '860000001' }];
    const bare = { type: { coding: [{ code: 'IDNST' }] }, system: 'urn:oid:1.2.250.1.71.4.2.2', value: '34173748400020' };
    const page = bundle([slot('s1'), schedule(), practitioner('10000000017'), role({ contained: [location({ identifier: national })], organization: { identifier: bare } })]);
    const answer = readAnswer([page], asked());
    expect(answer.slots[0]).toMatchObject({ nationalId: DOCTOR, structureId: '334173748400020', place: { id: '1860000001' } });
    expect(answer.knownIds).toEqual([DOCTOR]);
    expect(answer.problems.map((problem) => [problem.rule, problem.sample])).toEqual([
      ['id-not-prefixed', '10000000017'], ['id-not-prefixed', '34173748400020'], ['id-not-prefixed', '860000001'],
    ]);
  });

  test.each([
    ['05 49 00 00 00', '+33549000000', 'phone-format'],
    ['0033549000000', '+33549000000', 'phone-format'],
    ['0262 12 34 56', '+262262123456', 'phone-format'],
    ['3624', '3624', 'phone-format'],
    ['poste 12 bis', null, 'phone-unreadable'],
  ])('the phone %s is read as %s', (value, phone, rule) => {
    const answer = readAnswer([bundle([slot('s1'), schedule(), practitioner(), role({ telecom: [{ system: 'phone', value }] })])], asked());
    expect(answer.slots[0]?.place.phone).toBe(phone);
    expect(answer.problems).toMatchObject([{ rule, element: 'Bundle.entry[3].resource.telecom[0].value', sample: value }]);
  });
});

describe('[AGR-13] CPTS', () => {
  const page = (...services: object[]) => bundle([slot('s1', { meta: { security: [{ code: 'CPTS' }] }, serviceType: [{ coding: [{ code: 'AMB' }] }, ...services] }), schedule(), practitioner(), role(), ...cpts(1), ...cpts(2)]);

  test('P10: a slot of two CPTS comes once with both', () => {
    const answer = readAnswer([page(cptsService(1), cptsService(2))], asked({ flow: 'cpts' }));
    expect(answer.slots.map((read) => read.cptsIds)).toEqual([['1860000101', '1860000102']]);
    expect(answer.problems).toEqual([]);
  });

  test('P10: two slots, one for each CPTS, are one slot with both', () => {
    const twins = [1, 2].map((n) => slot(`s${n}`, { serviceType: [{ coding: [{ code: 'AMB' }] }, cptsService(n)] }));
    const answer = readAnswer([bundle([...twins, schedule(), practitioner(), role(), ...cpts(1), ...cpts(2)])], asked({ flow: 'cpts' }));
    expect(answer.slots.map((read) => read.cptsIds)).toEqual([['1860000101', '1860000102']]);
    expect(answer.problems.map((problem) => problem.rule)).toEqual(['slot-duplicate']);
  });

  test('a CPTS that cannot be told, or is not named, is said and the slot kept', () => {
    expect(rulesOf(page(cptsService(3)), { flow: 'cpts' })).toEqual(['cpts-link']);
    expect(rulesOf(page(), { flow: 'cpts' })).toEqual(['cpts-missing']);
    expect(readAnswer([page(cptsService(3))], asked({ flow: 'cpts' })).slots).toHaveLength(1);
  });
});

describe('[AGR-14] the answer as a whole', () => {
  test('P16: the same slot on two pages comes once', () => {
    const page = soundBundle(slot('s1'));
    expect(readAnswer([page, structuredClone(page)], asked()).slots).toHaveLength(1);
  });

  test('a wrong total, a missing self link, empty elements, elements of a wrong type, with their paths', () => {
    const page = { ...soundBundle(slot('s1', { specialty: [], comment: 12 })), total: 9, link: [] };
    const problems = readAnswer([page], asked()).problems;
    expect(problems.map((problem) => [problem.rule, problem.element])).toEqual(expect.arrayContaining([
      ['total-mismatch', 'Bundle.total'],
      ['self-link-missing', 'Bundle.link'],
      ['empty-element', 'Bundle.entry[0].resource.specialty'],
      ['element-type', 'Bundle.entry[0].resource.comment'],
    ]));
  });

  test('a problem met a thousand times is quoted twenty times, then counted', () => {
    const many = Array.from({ length: 1_000 }, (_, index) => slot(`s${index}`, { status: 'busy' }));
    const problems = readAnswer([soundBundle(...many)], asked()).problems.filter((problem) => problem.rule === 'slot-not-free');
    expect(problems).toHaveLength(21);
    expect(problems.at(-1)?.message).toContain('même cas : 980');
  });

  test('SOS Médecins: another association is dropped, two doctors at the same time stay two slots', () => {
    const place = location({ id: 'l1', managingOrganization: { reference: 'Organization/o1' } });
    const of = (siret: string) => bundle([slot('s1'), slot('s2'), schedule({ actor: [{ reference: 'Location/l1' }] }), place, cpts(1, siret)[1]!]);
    expect(readAnswer([of(ASSOCIATION)], asked({ flow: 'sos', ids: [ASSOCIATION] })).slots).toHaveLength(2);
    expect(rulesOf(of('392080466300010'), { flow: 'sos', ids: [ASSOCIATION] })).toEqual(['association-not-asked']);
  });

  test.each([null, 'texte', 3, [], {}, { resourceType: 'OperationOutcome' }])('what is no Bundle (%j) gives no slot and says so', (page) => {
    const answer = readAnswer([page], asked());
    expect(answer.slots).toEqual([]);
    expect(answer.problems.map((problem) => problem.rule)).toEqual(['bundle-expected']);
  });
});
