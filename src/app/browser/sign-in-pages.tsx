import type { ComponentType } from 'react';
import { FirstConnection } from './sign-in-first.tsx';
import { FollowLink } from './sign-in-link.tsx';
import { ForgottenPassword, LocalSignIn } from './sign-in-local.tsx';
import { RequestAccount } from './sign-in-request.tsx';

export interface PublicPageProps {
  readonly demonstration: boolean;
  readonly signInUrl: string;
}

const pages: Readonly<Record<string, ComponentType<PublicPageProps>>> = {
  '/premiere-connexion': FirstConnection,
  '/lien': FollowLink,
  '/connexion-sans-carte': LocalSignIn,
  '/mot-de-passe-oublie': ForgottenPassword,
  '/demande-de-compte': RequestAccount,
};

/** The page of this address that opens to anybody, or undefined. */
export const publicPage = (pathname: string): ComponentType<PublicPageProps> | undefined => pages[pathname.replace(/\/$/, '')];
