import type { Random } from './random.ts';

const beginnings = ['Aub', 'Bel', 'Bris', 'Cham', 'Cor', 'Dal', 'Fav', 'Gal', 'Haut', 'Jol', 'Lam', 'Lor', 'Mar', 'Mont', 'Nor', 'Orl',
  'Per', 'Rav', 'Sarr', 'Tour', 'Val', 'Ver', 'Vill', 'Yvel'];
const middles = ['a', 'e', 'i', 'o', 'an', 'er'];
const endings = ['bert', 'breuil', 'court', 'dieu', 'fort', 'ligny', 'lac', 'lier', 'mont', 'nard', 'rac', 'rive', 'sac', 'tain', 'vaux',
  'velle', 'vion', 'zac'];

const firstNames = ['Adèle', 'Agathe', 'Aimé', 'Alban', 'Alix', 'Amandine', 'Anaïs', 'Armand', 'Aurèle', 'Basile', 'Béatrice', 'Blaise',
  'Capucine', 'Céleste', 'Célestin', 'Clément', 'Côme', 'Delphine', 'Désiré', 'Édith', 'Élise', 'Éloi', 'Estelle', 'Fanny', 'Félix',
  'Florent', 'Gaël', 'Gaspard', 'Héloïse', 'Hippolyte', 'Ida', 'Irène', 'Jade', 'Joachim', 'Joséphine', 'Justin', 'Lazare', 'Léonie',
  'Lucien', 'Maëlle', 'Marius', 'Mathilde', 'Maxence', 'Noé', 'Noémie', 'Octave', 'Odile', 'Prosper', 'Rémi', 'Rose', 'Salomé',
  'Séverin', 'Sidonie', 'Solène', 'Théodore', 'Ursule', 'Valère', 'Violette', 'Zacharie', 'Zoé'];

const streetKinds = ['rue', 'rue', 'rue', 'avenue', 'place', 'chemin', 'boulevard', 'impasse'];
const streetNames = ['des Tilleuls', 'du Lavoir', 'des Martinets', 'de la Fontaine', 'du Vieux Pont', 'des Acacias', 'de la Gare',
  'du Moulin', 'des Écoles', 'du Clain', 'de la Halle', 'des Jardins', 'du Marché', 'de la Croix Blanche', 'des Remparts',
  'du Petit Bois', 'de la Tonnelle', 'des Quatre Vents', 'du Champ de Foire', 'des Peupliers', 'de la Prairie', 'du Puits',
  'des Vignes', 'de la Poste', 'du Château d’Eau', 'de l’Étang', 'des Lilas', 'de la Mairie', 'du Four Banal', 'des Bruyères'];

export interface PersonName {
  readonly lastName: string;
  readonly firstName: string;
}

/** Gives invented names, each surname and first name pair once. */
export function createNames(random: Random): () => PersonName {
  const given = new Set<string>();
  return function name(): PersonName {
    const lastName = random.pick(beginnings) + random.pick(middles) + random.pick(endings);
    const firstName = random.pick(firstNames);
    const key = `${lastName} ${firstName}`;
    if (given.has(key)) return name();
    given.add(key);
    return { lastName, firstName };
  };
}

/** An invented street address, without its town. */
export const streetAddress = (random: Random): string =>
  `${random.int(1, 120)} ${random.pick(streetKinds)} ${random.pick(streetNames)}`;
