import type { Outcome, P0Entry, Question, Tree } from '../../src/regulation/protocol/contract.ts';

// Fictional protocols, without any medical value: they show the software at work and must never guide a real call.

/** A question; each answer is its words and where it leads (`?` before a question). Keys are 1, 2, 3 in their order. */
const question = (id: string, text: string, help: string, ...answers: readonly (readonly [label: string, to: string])[]): Question => ({
  id, text, help,
  answers: answers.map(([label, to], index) => ({ key: String(index + 1), label, next: to.startsWith('?') ? { question: to.slice(1) } : { outcome: to } })),
});

type Motive = Outcome['motive'];
const motives = {
  arrest: { code: 'M01.01', label: 'Suspicion d’arrêt cardiaque, mort subite' }, unconscious: { code: 'M01.02', label: 'Altération de la conscience' },
  distress: { code: 'M01.03', label: 'Détresse respiratoire' }, vital: { code: 'M01.00', label: 'Détresse vitale' },
  bleeding: { code: 'M02.02', label: 'Hémorragie sévère liée à un traumatisme' }, slight: { code: 'M02.06', label: 'Traumatisme bénin, petite plaie, lésion bénigne' },
  serious: { code: 'M02.07', label: 'Traumatisme sérieux, plaie intermédiaire' }, severe: { code: 'M02.08', label: 'Traumatisme grave, plaie délabrante' },
  birth: { code: 'M03.01', label: 'Accouchement imminent ou en cours' }, chest: { code: 'M03.06', label: 'Douleur thoracique' },
  neuro: { code: 'M03.07', label: 'Problème neurologique hors AVC, épilepsie' }, faint: { code: 'M03.10', label: 'Malaise avec perte de connaissance initiale' },
  breath: { code: 'M03.12', label: 'Gêne respiratoire' }, fever: { code: 'M03.14', label: 'Fièvre, problème infectieux' },
  onFloor: { code: 'M06.03', label: 'Personne restant à terre suite à une chute' },
} as const satisfies Record<string, Motive>;

const outcome = (id: string, direction: `${Outcome['priority']} ${Outcome['filiere']}`, motive: Motive, reason: string, more: { means?: string[]; advice?: string[] } = {}): Outcome => {
  const [priority, filiere] = direction.split(' ') as [Outcome['priority'], Outcome['filiere']];
  return { id, priority, filiere, motive, reason, means: more.means ?? [], advice: more.advice ?? [] };
};

const smurAndRescue = ['SMUR.VLM', 'SIS.VSAV'];
const massage = [
  'Restez en ligne, mettez le haut-parleur.', 'Allongez la personne par terre, sur le dos.',
  'Posez les deux mains au milieu de la poitrine, bras tendus, et appuyez fort : je compte avec vous.', 'Si quelqu’un est avec vous, envoyez-le chercher un défibrillateur.',
];
const onTheSide = ['Restez en ligne.', 'Tournez la personne sur le côté, bouche vers le sol.', 'Regardez si le ventre se soulève ; dites-moi tout de suite si cela change.'];
const atRest = ['Asseyez la personne, ne la laissez pas marcher.', 'Rien à boire ni à manger.', 'Préparez ses ordonnances.'];
const callBack = 'Rappelez le 15 tout de suite si quelque chose change.';

const arrest = outcome('arret', 'P0 AMU', motives.arrest, 'Ne répond pas et ne respire pas normalement : arrêt cardiaque jusqu’à preuve du contraire.', { means: smurAndRescue, advice: massage });
const unconscious = outcome('inconscient', 'P0 AMU', motives.unconscious, 'Ne répond pas mais respire : détresse vitale.', { means: smurAndRescue, advice: onTheSide });

/** Chest pain of the adult; recognises the cardiac arrest first. */
export const chestPain: Tree = {
  first: 'repond',
  questions: [
    question('repond', 'Est-ce que la personne vous répond ?', 'Lui parler fort, lui secouer l’épaule, lui demander d’ouvrir les yeux.', ['oui', '?parle'], ['non', '?respire']),
    question('respire', 'Est-ce qu’elle respire normalement ?', 'Regarder le ventre dix secondes. Des bruits rares et bizarres ne sont pas une respiration.', ['non, ou je ne sais pas', 'arret'], ['oui, régulièrement', 'inconscient']),
    question('parle', 'Peut-elle faire une phrase sans s’essouffler ?', 'La prendre en ligne quelques secondes si c’est possible.', ['oui', '?douleur'], ['non, mot par mot', 'detresse']),
    question('douleur', 'Comment est la douleur ?', 'Laisser dire avec ses mots avant de proposer.',
      ['serre, pèse, va dans le bras ou la mâchoire', '?maintenant'], ['déchire, passe dans le dos', 'dechirure'], ['pique, change en respirant ou en bougeant', '?autour']),
    question('maintenant', 'La douleur est-elle encore là ?', '', ['oui', 'coronaire'], ['non, elle est passée', '?coeur']),
    question('coeur', 'A-t-elle déjà eu un problème de cœur ?', 'Infarctus, stent, angine de poitrine, traitement pour le cœur.', ['oui, ou je ne sais pas', 'passee'], ['non', 'a-voir']),
    question('autour', 'Qu’y a-t-il d’autre ?', 'Jambe gonflée, opération ou alitement récents ; fièvre ou toux.',
      ['jambe gonflée, alitement, essoufflement nouveau', 'embolie'], ['fièvre ou toux', 'infection'], ['rien de tout cela', 'paroi']),
  ],
  outcomes: [
    arrest, unconscious,
    outcome('detresse', 'P1 AMU', motives.distress, 'Douleur thoracique avec gêne pour parler.', { means: ['SIS.VSAV'], advice: ['Asseyez-la, jambes pendantes.', 'Restez en ligne, le médecin vous prend.'] }),
    outcome('dechirure', 'P1 AMU', motives.chest, 'Douleur qui déchire et passe dans le dos.', { advice: atRest }),
    outcome('coronaire', 'P1 AMU', motives.chest, 'Douleur qui serre, présente en ce moment.', { means: ['SMUR.VLM'], advice: atRest }),
    outcome('passee', 'P2 AMU', motives.chest, 'Douleur passée, terrain cardiaque connu ou inconnu.', { advice: [...atRest, callBack] }),
    outcome('embolie', 'P1 AMU', motives.chest, 'Douleur avec jambe gonflée, alitement ou essoufflement nouveau.', { advice: atRest }),
    outcome('a-voir', 'P2 SNP', motives.chest, 'Douleur passée, sans antécédent cardiaque.', { advice: [callBack] }),
    outcome('infection', 'P2 SNP', motives.chest, 'Douleur avec fièvre ou toux, sans gêne pour parler.', { advice: [callBack] }),
    outcome('paroi', 'P3 SNP', motives.chest, 'Douleur isolée qui change avec la position.', { advice: [callBack] }),
  ],
};

/** Fever of the child. */
export const childFever: Tree = {
  first: 'eveil',
  questions: [
    question('eveil', 'Comment est l’enfant en ce moment ?', 'Demander s’il regarde, s’il réagit à la voix, s’il joue ou se laisse consoler.', ['réveillé, il réagit', '?age'], ['très endormi ou inconsolable', 'conscience'], ['secousses, ou ne réagit pas', '?secousses']),
    question('secousses', 'Que voyez-vous ?', 'Faire décrire le corps et la respiration.', ['ne réagit pas, ne respire pas bien', 'arret-enfant'], ['secousses en ce moment', 'convulsion'], ['secousses finies, il se réveille', 'apres-convulsion']),
    question('age', 'Quel âge a-t-il ?', '', ['moins de 3 mois', 'nourrisson'], ['3 mois ou plus', '?taches']),
    question('taches', 'A-t-il des taches rouges ou violettes sur la peau ?', 'Appuyer dessus avec un verre : restent-elles visibles ?', ['non', '?respiration'], ['oui, elles restent sous le verre', 'purpura'], ['oui, elles s’effacent', '?respiration']),
    question('respiration', 'Respire-t-il comme d’habitude ?', 'Regarder sous les côtes et le cou : est-ce que cela se creuse ?', ['oui', '?boit'], ['vite, fort, cela se creuse', 'gene']),
    question('boit', 'Est-ce qu’il boit et fait pipi comme d’habitude ?', '', ['oui', '?depuis'], ['boit peu, couches sèches', 'boit-peu']),
    question('depuis', 'Depuis combien de temps a-t-il de la fièvre ?', '', ['moins de trois jours', 'recente'], ['trois jours ou plus', 'longue']),
  ],
  outcomes: [
    outcome('arret-enfant', 'P0 AMU', motives.arrest, 'Enfant qui ne réagit pas et respire mal.', { means: smurAndRescue, advice: ['Restez en ligne, mettez le haut-parleur.', 'Allongez-le sur le dos, sur un plan dur.', 'Je vous guide pour les gestes.'] }),
    outcome('convulsion', 'P0 AMU', motives.neuro, 'Convulsion en cours.', { means: smurAndRescue, advice: ['Ne le retenez pas, écartez ce qui est dur.', 'Regardez l’heure.', 'Dès que cela s’arrête, tournez-le sur le côté.'] }),
    outcome('purpura', 'P0 AMU', motives.fever, 'Fièvre avec taches qui ne s’effacent pas.', { means: ['SMUR.VLM'], advice: ['Restez en ligne, le médecin vous prend tout de suite.'] }),
    outcome('apres-convulsion', 'P1 AMU', motives.neuro, 'Convulsion terminée, enfant fébrile.', { advice: ['Laissez-le sur le côté, découvrez-le.', 'Restez en ligne.'] }),
    outcome('conscience', 'P1 AMU', motives.unconscious, 'Enfant fébrile très endormi ou inconsolable.', { advice: ['Gardez-le dans vos bras, restez en ligne.'] }),
    outcome('nourrisson', 'P1 AMU', motives.fever, 'Fièvre avant trois mois.', { advice: ['Découvrez-le, proposez à boire.'] }),
    outcome('gene', 'P1 AMU', motives.breath, 'Fièvre avec gêne pour respirer.', { advice: ['Tenez-le assis contre vous.'] }),
    outcome('boit-peu', 'P2 SNP', motives.fever, 'Fièvre, boit peu.', { advice: ['Proposez à boire par petites quantités, souvent.', callBack] }),
    outcome('longue', 'P2 SNP', motives.fever, 'Fièvre depuis trois jours ou plus, bien tolérée.', { advice: [callBack] }),
    outcome('recente', 'P3 SNP', motives.fever, 'Fièvre récente, bien tolérée.', { advice: ['Découvrez-le, proposez souvent à boire.', callBack] }),
  ],
};

/** Fall of an elderly person. */
export const elderlyFall: Tree = {
  first: 'repond',
  questions: [
    question('repond', 'Est-ce que la personne vous répond ?', 'Demander son nom, où elle est.', ['oui, comme d’habitude', '?saigne'], ['oui, mais confuse ou bizarre', 'confuse'], ['non', '?respire']),
    question('respire', 'Est-ce qu’elle respire normalement ?', 'Regarder le ventre dix secondes.', ['non, ou je ne sais pas', 'arret'], ['oui, régulièrement', 'inconscient']),
    question('saigne', 'Saigne-t-elle ?', '', ['non, ou très peu', '?tete'], ['beaucoup, cela ne s’arrête pas', 'hemorragie']),
    question('tete', 'A-t-elle tapé la tête ?', 'Demander un traitement qui fluidifie le sang.', ['non', '?releve'], ['oui, et traitement qui fluidifie', 'tete-risque'], ['oui, sans ce traitement', 'tete-seule']),
    question('releve', 'A-t-elle pu se relever ?', 'Ne pas la faire se lever pour voir.', ['oui', '?comment'], ['non, elle a mal', 'fracture'], ['non, sans douleur', '?sol']),
    question('sol', 'Depuis combien de temps est-elle à terre ?', '', ['moins d’une heure', 'relevage'], ['une heure ou plus, ou inconnu', 'sol-long']),
    question('comment', 'Comment est-elle tombée ?', 'A-t-elle perdu connaissance, se souvient-elle de tout ?', ['elle a trébuché, glissé', 'simple'], ['un malaise, ou ne sait plus', 'malaise']),
  ],
  outcomes: [
    arrest, unconscious,
    outcome('hemorragie', 'P0 AMU', motives.bleeding, 'Saignement abondant qui ne s’arrête pas.', { means: smurAndRescue, advice: ['Appuyez fort sur la plaie avec un linge, sans relâcher.', 'Allongez-la, restez en ligne.'] }),
    outcome('confuse', 'P1 AMU', motives.unconscious, 'Confusion après une chute.', { advice: ['Ne la bougez pas, couvrez-la.'] }),
    outcome('tete-risque', 'P1 AMU', motives.serious, 'Choc sur la tête sous traitement qui fluidifie le sang.', { means: ['TSU.AMB'], advice: ['Ne la bougez pas, surveillez si elle reste éveillée.'] }),
    outcome('tete-seule', 'P2 AMU', motives.serious, 'Choc sur la tête, conscience normale.', { advice: ['Ne la laissez pas seule.', callBack] }),
    outcome('fracture', 'P2 AMU', motives.serious, 'Ne se relève pas, douleur : fracture possible.', { means: ['TSU.AMB'], advice: ['Ne la relevez pas, calez-la comme elle est le mieux.', 'Rien à boire ni à manger.'] }),
    outcome('sol-long', 'P2 AMU', motives.onFloor, 'À terre depuis une heure ou plus.', { means: ['SIS.VSAV'], advice: ['Couvrez-la, ne la relevez pas seule.'] }),
    outcome('malaise', 'P2 AMU', motives.faint, 'Chute après un malaise.', { advice: ['Gardez-la assise ou allongée.', callBack] }),
    outcome('relevage', 'P3 AMU', motives.onFloor, 'Relevage, sans douleur.', { means: ['SIS.VSAV'], advice: ['Ne la relevez pas seule, installez-la au mieux.', callBack] }),
    outcome('simple', 'P3 SNP', motives.slight, 'Chute simple, relevée, sans choc sur la tête.', { advice: [callBack] }),
  ],
};

/** Where P0 is immediate, and what leaves at once. */
export const p0Entries: P0Entry[] = [
  { motive: motives.arrest, signs: 'Ne répond pas, ne respire pas ou respire par à-coups.', means: smurAndRescue, advice: massage },
  { motive: motives.unconscious, signs: 'Ne répond pas, respire.', means: smurAndRescue, advice: onTheSide },
  { motive: motives.distress, signs: 'Ne peut plus parler, s’étouffe, lèvres bleues.', means: smurAndRescue, advice: ['Restez en ligne.', 'S’il ne peut plus tousser ni parler : cinq claques dans le dos, je vous guide.'] },
  { motive: motives.bleeding, signs: 'Sang qui coule en jet ou ne s’arrête pas.', means: smurAndRescue, advice: ['Appuyez fort sur la plaie, sans relâcher.', 'Allongez la personne.'] },
  { motive: motives.severe, signs: 'Chute de grande hauteur, écrasement, accident à grande vitesse.', means: smurAndRescue, advice: ['Ne la bougez pas, protégez les lieux.'] },
  { motive: motives.neuro, signs: 'Convulsion en ce moment.', means: smurAndRescue, advice: ['Écartez ce qui est dur, ne retenez pas.', 'Regardez l’heure.'] },
  { motive: motives.birth, signs: 'Envie de pousser, tête visible, ou enfant déjà né.', means: smurAndRescue, advice: ['Allongez la mère sur le côté.', 'Préparez des linges propres et secs.'] },
  { motive: motives.vital, signs: 'Pendaison, noyade, électrisation.', means: smurAndRescue, advice: ['Ne vous mettez pas en danger : coupez le courant.', 'Restez en ligne.'] },
];
