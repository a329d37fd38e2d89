export interface Motive {
  readonly code: string;
  readonly label: string;
}

/** National list of motives (HubSante.motif). */
const list: readonly (readonly [code: string, label: string])[] = [
  ['M01.00', 'Détresse vitale'],
  ['M01.01', 'Suspicion d’arrêt cardiaque, mort subite'],
  ['M01.02', 'Altération de la conscience'],
  ['M01.03', 'Détresse respiratoire'],
  ['M02.00', 'Blessure'],
  ['M02.01', 'Saignements'],
  ['M02.02', 'Hémorragie sévère liée à un traumatisme'],
  ['M02.03', 'Hypothermie, gelure, coup de chaleur, insolation'],
  ['M02.04', 'Brûlure grave'],
  ['M02.05', 'Brûlure sans critère de gravité'],
  ['M02.06', 'Traumatisme bénin, petite plaie, lésion bénigne'],
  ['M02.07', 'Traumatisme sérieux, plaie intermédiaire'],
  ['M02.08', 'Traumatisme grave, plaie délabrante'],
  ['M02.09', 'Section complète de membre, de doigts'],
  ['M02.10', 'Ecrasement de membre ou du tronc'],
  ['M03.00', 'Problème médical'],
  ['M03.01', 'Accouchement imminent ou en cours'],
  ['M03.02', 'Autre problème obstétrique non hémorragique'],
  ['M03.03', 'Saignements gynécologiques'],
  ['M03.04', 'Saignements obstétricaux'],
  ['M03.05', 'Problème gynécologique et uro-génital'],
  ['M03.06', 'Douleur thoracique'],
  ['M03.07', 'Problème neurologique hors AVC, épilepsie'],
  ['M03.08', 'Signes d’AVC'],
  ['M03.09', 'Malaise sans perte de connaissance initiale'],
  ['M03.10', 'Malaise avec perte de connaissance initiale'],
  ['M03.11', 'Céphalée, migraines'],
  ['M03.12', 'Gêne respiratoire'],
  ['M03.13', 'Autre problème cardio-vasculaire'],
  ['M03.14', 'Fièvre, problème infectieux'],
  ['M03.15', 'Problème allergique'],
  ['M03.16', 'Problème psychiatrique'],
  ['M03.17', 'Agitation, anxiété, spasmophilie'],
  ['M03.18', 'Saignements'],
  ['M03.19', 'Hémorragie sévère'],
  ['M03.20', 'Douleur abdominale isolée'],
  ['M03.21', 'Trouble digestif'],
  ['M03.22', 'Autre douleur'],
  ['M04.00', 'Intoxications'],
  ['M04.01', 'Intoxication volontaire et sevrage'],
  ['M04.02', 'Intoxication involontaire ou accidentelle à des produits toxiques'],
  ['M04.03', 'Ébriété, ivresse'],
  ['M04.04', 'Intoxication éthylique aiguë'],
  ['M05.00', 'Problème ou détresse sociale'],
  ['M05.01', 'Problème social ou sanitaire'],
  ['M05.02', 'Altération de l’état général – misère physiologique et incurie'],
  ['M06.00', 'Autre type de demande'],
  ['M06.01', 'Décès certain, demande de certificat de décès'],
  ['M06.02', 'Demande de conseil médical, certificats - ordonnance'],
  ['M06.03', 'Personne restant à terre suite à une chute'],
  ['M06.04', 'Autres motifs ou pas de motif identifié'],];

export const motives: readonly Motive[] = list.map(([code, label]) => ({ code, label }));

const plain = (words: string) => words.normalize('NFD').replace(/\p{M}/gu, '').replace('œ', 'oe').toLowerCase();

/** Motives whose words all begin like those typed, in the national order; accents and order do not matter. */
export function motivesLike(typed: string): Motive[] {
  const wanted = plain(typed).split(/[\s,'’]+/).filter(Boolean);
  return motives.filter(({ code, label }) => {
    const words = [...plain(label).split(/[\s,'’()–-]+/), code.toLowerCase()];
    return wanted.every((one) => words.some((word) => word.startsWith(one)));
  });
}
