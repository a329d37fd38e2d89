import { z } from 'zod';

const accountSchema = z.object({
  /** Subject: technical id of the person, also known to the platform. */
  id: z.string().min(1),
  /** Prefixed national id carried by the card (8 + RPPS…), or null for a person without a card. */
  nationalId: z.string().nullable(),
  lastName: z.string(),
  firstName: z.string(),
  email: z.string().nullable(),
  roleLabel: z.string(),
  territory: z.string(),
});

const clientSchema = z.object({
  clientId: z.string().min(1),
  clientSecret: z.string().min(1),
  redirectUris: z.array(z.url()).min(1),
  postLogoutRedirectUris: z.array(z.url()).default([]),
});

export const accountsSchema = z.array(accountSchema);
export const clientsSchema = z.array(clientSchema);
/** A fictional person who can sign in. */
export type Account = z.output<typeof accountSchema>;
/** A site that relies on the provider: the platform, or a vendor. */
export type Client = z.input<typeof clientSchema>;

/** What the provider says of a person. Without a card: the e-mail alone, as the platform knows these people by it. */
export function claimsOf(account: Account): Record<string, unknown> & { sub: string } {
  if (!account.nationalId) return { sub: account.id, email: account.email, email_verified: true };
  return {
    sub: account.id,
    SubjectNameID: account.nationalId,
    preferred_username: account.nationalId,
    family_name: account.lastName,
    given_name: account.firstName,
    SubjectRole: ['10^1.2.250.1.213.1.1.5.5'],
    SubjectOrganization: `SAS ${account.territory}`,
    otherInfos: { fonction: account.roleLabel },
  };
}
