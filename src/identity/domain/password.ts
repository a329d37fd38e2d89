export const PASSWORD_LENGTH = { min: 12, max: 200 } as const;

const plain = (text: string): string => text.normalize('NFD').replace(/[\u0300-\u036f]/g, '').toLowerCase();

/** What is wrong with a password for this person, in French, or null. Length alone makes it strong: no kinds of characters are imposed. */
export function passwordProblem(password: string, person: { readonly lastName: string; readonly firstName: string; readonly email: string }): string | null {
  if ([...password].length < PASSWORD_LENGTH.min) return `Au moins ${PASSWORD_LENGTH.min} caractères : une phrase que vous retenez convient.`;
  if ([...password].length > PASSWORD_LENGTH.max) return `Au plus ${PASSWORD_LENGTH.max} caractères.`;
  const text = plain(password);
  if (new Set(text).size < 5) return 'Toujours les mêmes caractères : choisissez une phrase.';
  const [mailbox = ''] = person.email.split('@');
  const known = [person.lastName, person.firstName, mailbox, ...mailbox.split(/[.\-_+]/)].map(plain).filter((word) => word.length >= 4);
  return known.some((word) => text.includes(word)) ? 'Il contient votre nom ou votre adresse : choisissez autre chose.' : null;
}
