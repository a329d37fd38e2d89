import type { ComponentType } from 'react';

/** A screen as data: its address, who may open it, its place in the menu and the module that draws it. */
export interface Screen {
  /** TanStack syntax, e.g. `/orientations/$id`. */
  readonly path: string;
  /** Title of the tab and of the palette's entry. */
  readonly title: string;
  readonly roles: 'any' | readonly string[];
  /** Absent: reachable by links only. Entries are shown in the order given. */
  readonly menu?: { readonly label: string; readonly group: 'main' | 'room' | 'administration' | 'account' };
  /** May be where `/` leads, though its entry stands in the person's own menu. */
  readonly home?: boolean;
  /** Guide that explains it, with the section: `osnp#chercher`. */
  readonly help?: string;
  /** Fills the window by itself: no bar, no menu. */
  readonly bare?: boolean;
  /** Fetched as soon as somebody who may open it signs in, so that it opens when the server is lost. */
  readonly offline?: boolean;
  readonly load: () => Promise<{ default: ComponentType }>;
}

/** Gives the screen as it is; it exists to check its shape where it is written. */
export const defineScreen = (screen: Screen): Screen => screen;
