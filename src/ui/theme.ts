import { useSyncExternalStore } from 'react';

export const themes = ['system', 'light', 'dark'] as const;
export type Theme = (typeof themes)[number];
export const themeLabels: Record<Theme, string> = { system: 'Comme le poste', light: 'Clair', dark: 'Sombre' };

const KEY = 'sas.theme';
const changed = new EventTarget();

const stored = (): Theme => themes.find((theme) => theme === localStorage.getItem(KEY)) ?? 'system';

/** Puts the chosen theme on the page; call it once before the first drawing. */
export function applyTheme(theme: Theme = stored()): void {
  if (theme === 'system') delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = theme;
}

/** Chooses a theme, kept on this workstation. */
export function chooseTheme(theme: Theme): void {
  localStorage.setItem(KEY, theme);
  applyTheme(theme);
  changed.dispatchEvent(new Event('change'));
}

/** The theme chosen here. */
export const useTheme = (): Theme => useSyncExternalStore(subscribe, stored);

/** `light` or `dark`: what is really shown, for drawings that cannot use CSS tokens (map). */
export const useShownTheme = (): 'light' | 'dark' =>
  useSyncExternalStore(subscribe, () => {
    const theme = stored();
    return theme === 'system' ? (darkSystem().matches ? 'dark' : 'light') : theme;
  });

const darkSystem = () => matchMedia('(prefers-color-scheme: dark)');

function subscribe(listener: () => void): () => void {
  const system = darkSystem();
  changed.addEventListener('change', listener);
  system.addEventListener('change', listener);
  return () => {
    changed.removeEventListener('change', listener);
    system.removeEventListener('change', listener);
  };
}
