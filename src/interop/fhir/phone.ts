const NORMAL = /^\+(?:33|262|590|594|596)\d{9}$/;
const SHORT_NUMBER = /^\d{2,6}$/;

/** National numbers of overseas France whose country code is not +33. */
const overseas: readonly (readonly [prefix: RegExp, code: string])[] = [
  [/^0(?:262|263|269|639|692|693)/, '+262'],
  [/^0(?:590|690|691)/, '+590'],
  [/^0(?:594|694)/, '+594'],
  [/^0(?:596|696|697)/, '+596'],
];

/** True for the only form the guide accepts. */
export const isNormalPhone = (text: string): boolean => NORMAL.test(text);

/** A French number in the form `+33XXXXXXXXX`; short numbers (3624) stay as they are; null when it is no number. */
export function normalisePhone(text: string): string | null {
  const digits = text.replace(/[\s.\-()/]/g, '').replace(/^00/, '+').replace(/^33(?=\d{9}$)/, '+33').replace(/^\+330(?=\d{9}$)/, '+33');
  if (NORMAL.test(digits) || SHORT_NUMBER.test(digits)) return digits;
  if (!/^0[1-9]\d{8}$/.test(digits)) return null;
  const code = overseas.find(([prefix]) => prefix.test(digits))?.[1] ?? '+33';
  return code + digits.slice(1);
}
