import type { ReactNode } from 'react';
import { DemonstrationBand } from '../../ui/status-band.tsx';
import { ThemeToggle } from '../../ui/theme-toggle.tsx';
import css from './sign-in.module.css';

/** What surrounds the pages of whoever is not signed in. */
export function Ground({ demonstration, title, intro, children }: { demonstration: boolean; title: string; intro: string; children: ReactNode }) {
  return (
    <div className={css.ground}>
      {demonstration && <header><DemonstrationBand /></header>}
      <main className={css.main}>
        <div className={css.card}>
          <div>
            <p className={css.mark}>SAS</p>
            <h1>{title}</h1>
            <p className={css.intro}>{intro}</p>
          </div>
          {children}
        </div>
        <div className={css.theme}><ThemeToggle /></div>
      </main>
    </div>
  );
}
