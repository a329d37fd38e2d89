import { createCipheriv, createDecipheriv, randomBytes, scrypt, timingSafeEqual } from 'node:crypto';
import { Secret, TOTP } from 'otpauth';

/** What trying a password costs (scrypt). */
export interface PasswordCost {
  readonly logN: number;
  readonly r: number;
  readonly p: number;
}
/** As OWASP advises it: 32 MiB a password. */
export const PASSWORD_COST: PasswordCost = { logN: 15, r: 8, p: 3 };
const HASH_BYTES = 32;
const STEP_SECONDS = 30;
const RECOVERY_CODES = 8;

const derive = (password: string, salt: Buffer, { logN, r, p }: PasswordCost): Promise<Buffer> =>
  new Promise((resolve, reject) =>
    scrypt(password.normalize('NFC'), salt, HASH_BYTES, { N: 2 ** logN, r, p, maxmem: 128 * 1024 * 1024 }, (error, key) => (error ? reject(error) : resolve(key))),
  );

/** A password as it is kept: the function's figures, the salt, the key. */
export async function hashPassword(password: string, cost: PasswordCost): Promise<string> {
  const salt = randomBytes(16);
  return kept(cost, salt, await derive(password, salt, cost));
}

const kept = ({ logN, r, p }: PasswordCost, salt: Buffer, key: Buffer): string =>
  ['scrypt', logN, r, p, salt.toString('base64url'), key.toString('base64url')].join('$');

/** A password that nobody has: trying it costs as much as a true one, so that the time taken does not tell who has an account. */
export const nobodysPassword = (cost: PasswordCost): string => kept(cost, Buffer.alloc(16), Buffer.alloc(HASH_BYTES));

/** True when the password is the one kept. */
export async function passwordMatches(password: string, hash: string): Promise<boolean> {
  const [, logN, r, p, salt, key] = hash.split('$');
  const derived = await derive(password, Buffer.from(salt!, 'base64url'), { logN: Number(logN), r: Number(r), p: Number(p) });
  return timingSafeEqual(derived, Buffer.from(key!, 'base64url'));
}

/** A new secret for the application that gives codes. */
export const newCodeSecret = (): Buffer => randomBytes(20);

const codesOf = (secret: Buffer, label: string): TOTP =>
  new TOTP({ issuer: 'SAS', label, algorithm: 'SHA1', digits: 6, period: STEP_SECONDS, secret: new Secret({ buffer: new Uint8Array(secret).buffer }) });

/** What the application is paired with: the address that the QR code carries, and the key to type, in groups of four. */
export function pairing(secret: Buffer, label: string): { uri: string; key: string } {
  const codes = codesOf(secret, label);
  return { uri: codes.toString(), key: codes.secret.base32.replace(/(.{4})(?=.)/g, '$1 ') };
}

/** The step of thirty seconds that the code belongs to (the present one, the one before or after), or null when it is wrong. */
export function stepOfCode(secret: Buffer, code: string, at: Temporal.Instant): number | null {
  const delta = codesOf(secret, '').validate({ token: code, timestamp: at.epochMilliseconds, window: 1 });
  return delta === null ? null : Math.floor(at.epochMilliseconds / 1_000 / STEP_SECONDS) + delta;
}

/** Codes of use once, for the day the telephone is lost: 80 bits each. */
export const newRecoveryCodes = (): string[] =>
  Array.from({ length: RECOVERY_CODES }, () => new Secret({ size: 10 }).base32.replace(/(.{4})(?=.)/g, '$1-'));

/** A recovery code as it is compared, whatever the dashes and the case. */
export const plainRecoveryCode = (code: string): string => code.replace(/[\s-]/g, '').toUpperCase();

/** AES-256-GCM: initialisation vector, tag, text. */
export function encrypt(key: Buffer, text: Buffer): Buffer {
  const iv = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', key, iv);
  const sealed = Buffer.concat([cipher.update(text), cipher.final()]);
  return Buffer.concat([iv, cipher.getAuthTag(), sealed]);
}

/** @throws when the text was altered or the key is another one. */
export function decrypt(key: Buffer, sealed: Buffer): Buffer {
  const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, 12));
  decipher.setAuthTag(sealed.subarray(12, 28));
  return Buffer.concat([decipher.update(sealed.subarray(28)), decipher.final()]);
}
