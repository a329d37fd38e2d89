export const place = { address: '3 rue des Tilleuls', city: 'Poitiers', insee: '86194' };

/** What N1 types of an ordinary call. */
export const qualify = (more: Record<string, unknown> = {}) => ({
  action: 'qualify', motive: { code: 'M03.14', label: 'Fièvre, problème infectieux' }, priority: 'P2', filiere: 'SNP', location: place, callback: '0549000001', ...more,
});

export const prescription = (more: Record<string, unknown> = {}) => ({
  type: 'PMT', careLevel: 'R4', drug: 'Fosfomycine 3 g', dose: 'un sachet en une prise', pharmacy: 'Pharmacie du Clain', consent: true, understanding: true, ...more,
});
