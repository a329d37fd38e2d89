import { createCipheriv, createDecipheriv, randomBytes, scrypt, timingSafeEqual } from 'node:crypto';
import { Secret, TOTP } from 'otpauth';

/** scrypt as OWASP advises it: N = 2^15, r = 8, p = 3 (32 MiB a password). */
const COST = { logN: 15, r: 8, p: 3 } as const;
const HASH_BYTES = 32;
const STEP_SECONDS = 30;
const RECOVERY_CODES = 8;

const derive = (password: string, salt: Buffer, { logN, r, p }: { logN: number; r: number; p: number }): Promise<Buffer> =>
  new Promise((resolve, reject) =>
    scrypt(password.normalize('NFC'), salt, HASH_BYTES, { N: 2 ** logN, r, p, maxmem: 128 * 1024 * 1024 }, (error, key) => (error ? reject(error) : resolve(key))),
  );

/** A password as it is kept: the function's figures, the salt, the key. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(16);
  const key = await derive(password, salt, COST);
  return ['scrypt', COST.logN, COST.r, COST.p, salt.toString('base64url'), key.toString('base64url')].join('$');
}

/** Costs as much as a true verification: who has no account is not told by the time taken. */
const NOBODY = ['scrypt', COST.logN, COST.r, COST.p, 'AAAAAAAAAAAAAAAAAAAAAA', 'A'.repeat(43)].join('$');

/** True when the password is the one kept; `null`: nobody has it, and the answer takes as long. */
export async function passwordMatches(password: string, kept: string | null): Promise<boolean> {
  const [, logN, r, p, salt, key] = (kept ?? NOBODY).split('$');
  const derived = await derive(password, Buffer.from(salt!, 'base64url'), { logN: Number(logN), r: Number(r), p: Number(p) });
  return timingSafeEqual(derived, Buffer.from(key!, 'base64url')) && kept !== null;
}

/** A new secret for the application that gives codes. */
export const newCodeSecret = (): Buffer => randomBytes(20);

const codesOf = (secret: Buffer, label: string): TOTP =>
  new TOTP({ issuer: 'SAS', label, algorithm: 'SHA1', digits: 6, period: STEP_SECONDS, secret: new Secret({ buffer: new Uint8Array(secret).buffer }) });

/** What the application enrols: the address that the QR code carries, and the key to type, in groups of four. */
export function enrolment(secret: Buffer, label: string): { uri: string; key: string } {
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
