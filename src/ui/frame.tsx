import { Link, useNavigate, useRouterState } from '@tanstack/react-router';
import { useState, type ReactNode } from 'react';
import { Header, Menu, MenuItem, MenuSection, MenuTrigger, Popover, Separator } from 'react-aria-components';
import { Button } from './button.tsx';
import { cx } from './class-names.ts';
import { useCommand, useCommandKeys } from './commands.ts';
import { ChevronIcon, HelpIcon, MenuIcon, PersonIcon, SearchIcon } from './icons.tsx';
import { Palette } from './palette.tsx';
import { ShortcutsHelp } from './shortcuts-help.tsx';
import { DemonstrationBand, LinkMark, StatusBand } from './status-band.tsx';
import { chooseTheme, themeLabels, themes, useTheme, type Theme } from './theme.ts';
import { Toasts } from './toast.tsx';
import css from './frame.module.css';

/** Entries of `main` stand in the bar; those of `account` in the person's own menu; the others open from the bar, one menu a group. */
export type MenuGroup = 'main' | 'room' | 'administration' | 'account';
const foldedGroups: readonly { readonly group: MenuGroup; readonly label: string }[] = [
  { group: 'room', label: 'Salle' }, { group: 'administration', label: 'Administration' },
];

export interface MenuEntry {
  readonly path: string;
  readonly label: string;
  readonly group: MenuGroup;
}

/** A guide, at one of its sections. */
export interface HelpTarget {
  readonly path: string;
  readonly section?: string;
}

export interface FrameProps {
  /** The SAS served here, e.g. `SAS de la Vienne`. */
  readonly place: string;
  readonly entries: readonly MenuEntry[];
  readonly person: { readonly name: string; readonly roles: string };
  readonly demonstration: boolean;
  /** The screen that goes on working while the server is lost. */
  readonly refuge?: MenuEntry | undefined;
  /** What explains the present screen. */
  readonly help?: HelpTarget | undefined;
  readonly onGo: (path: string) => void;
  readonly onSignOut: () => void;
  readonly onLock: () => void;
  readonly children: ReactNode;
}

/** What surrounds every screen: skip link, bands, bar with the menu, palette, shortcuts help, messages. */
export function Frame({ place, entries, person, demonstration, refuge, help: guide, onGo, onSignOut, onLock, children }: FrameProps) {
  const [palette, setPalette] = useState(false);
  const [help, setHelp] = useState(false);
  // A menu of one entry would be a detour.
  const folded = foldedGroups
    .map(({ group, label }) => ({ group, label, entries: entries.filter((entry) => entry.group === group) }))
    .filter((menu) => menu.entries.length > 1);
  const own = entries.filter(({ group }) => group === 'account');
  const inBar = entries.filter((entry) => entry.group !== 'account' && !folded.some(({ group }) => group === entry.group));
  useCommandKeys();
  useCommand({ id: 'lock', label: 'Verrouiller le poste', group: 'Partout', keys: 'Ctrl+Alt+L', words: 'quitter, changer d’utilisateur', run: onLock });
  useCommand({ id: 'sign-out', label: 'Se déconnecter', group: 'Partout', run: onSignOut });
  return (
    <div className={css.frame}>
      <a className={css.skip} href="#contenu">Aller au contenu</a>
      <header>
        {demonstration && <DemonstrationBand />}
        <StatusBand refuge={refuge && <Link to={refuge.path as string}>{refuge.label}</Link>} />
        <div className={css.bar}>
          <NarrowMenu entries={entries} onGo={onGo} />
          <Link to={'/' as string} className={css.brand} aria-label={`SAS, ${place} : accueil`}><strong>SAS</strong><span className={css.roomy}>{place}</span></Link>
          <nav className={css.nav} aria-label="Menu principal">
            {inBar.map((entry) => (
              <Link key={entry.path} to={entry.path as string} activeOptions={{ exact: hasEntryBelow(entry, entries) }} className={css.entry} data-group={entry.group}>{entry.label}</Link>
            ))}
            {folded.map((menu) => <FoldedMenu key={menu.group} label={menu.label} entries={menu.entries} onGo={onGo} />)}
          </nav>
          <span className={css.space} />
          <LinkMark />
          <Button look="quiet" small className={css.find!} aria-label="Commandes" onPress={() => setPalette(true)}>
            <SearchIcon /><span className={css.roomy}>Commandes</span><kbd className={css.wideOnly}>Ctrl K</kbd>
          </Button>
          {guide && <HelpLink {...guide} />}
          <PersonMenu person={person} entries={own} onGo={onGo} onHelp={() => setHelp(true)} onSignOut={onSignOut} onLock={onLock} />
        </div>
      </header>
      <main id="contenu" className={css.main} tabIndex={-1}>{children}</main>
      <Palette open={palette} onOpenChange={setPalette} />
      <ShortcutsHelp open={help} onOpenChange={setHelp} />
      {entries.map((entry) => <GoCommand key={entry.path} entry={entry} onGo={onGo} />)}
      {themes.map((theme) => <ThemeCommand key={theme} theme={theme} />)}
      <Toasts />
    </div>
  );
}

/** An address that begins others of the menu is the present one alone, not theirs. */
const hasEntryBelow = ({ path }: MenuEntry, entries: readonly MenuEntry[]): boolean => entries.some((other) => other.path.startsWith(`${path}/`));

function GoCommand({ entry, onGo }: { entry: MenuEntry; onGo: (path: string) => void }) {
  useCommand({ id: `go:${entry.path}`, label: entry.label, group: 'Aller à', run: () => onGo(entry.path) });
  return null;
}

/** Leads to what explains the present screen, in the bar and in the palette. */
function HelpLink({ path, section }: HelpTarget) {
  const navigate = useNavigate();
  const goal = { to: path as string, ...(section ? { hash: section } : {}) };
  useCommand({ id: 'help-here', label: 'Aide de cet écran', group: 'Partout', words: 'guide, formation, comment faire', run: () => void navigate(goal) });
  return <Link {...goal} className={css.help} aria-label="Aide de cet écran"><HelpIcon /><span className={css.wideOnly}>Aide</span></Link>;
}

function ThemeCommand({ theme }: { theme: Theme }) {
  useCommand({ id: `theme:${theme}`, label: `Thème : ${themeLabels[theme].toLowerCase()}`, group: 'Partout', words: 'couleurs', run: () => chooseTheme(theme) });
  return null;
}

/** The bar keeps what people do all day; the rest opens here. */
function FoldedMenu({ label, entries, onGo }: Pick<FrameProps, 'entries' | 'onGo'> & { label: string }) {
  const path = useRouterState({ select: (state) => state.location.pathname });
  const here = entries.some((entry) => path === entry.path || path.startsWith(`${entry.path}/`));
  return (
    <MenuTrigger>
      <Button look="quiet" className={cx(css.entry, css.opener, here && css.here)}>
        {label} <ChevronIcon size={12} />
      </Button>
      <Popover className={css.popover!} placement="bottom start">
        <Menu className={css.menu!} aria-label={label} items={entries} onAction={(key) => onGo(String(key))}>
          {(entry) => <MenuItem id={entry.path} className={css.item!}>{entry.label}</MenuItem>}
        </Menu>
      </Popover>
    </MenuTrigger>
  );
}

function NarrowMenu({ entries, onGo }: Pick<FrameProps, 'entries' | 'onGo'>) {
  return (
    <MenuTrigger>
      <Button look="quiet" small className={css.narrowOnly} aria-label="Menu"><MenuIcon size={20} /></Button>
      <Popover className={css.popover!} placement="bottom start">
        <Menu className={css.menu!} aria-label="Menu principal" items={entries} onAction={(path) => onGo(String(path))}>
          {(entry) => <MenuItem id={entry.path} className={css.item!}>{entry.label}</MenuItem>}
        </Menu>
      </Popover>
    </MenuTrigger>
  );
}

function PersonMenu({ person, entries, onGo, onHelp, onSignOut, onLock }: Omit<FrameProps, 'place' | 'demonstration' | 'children'> & { onHelp: () => void }) {
  const theme = useTheme();
  const actions: Record<string, () => void> = { help: onHelp, lock: onLock, out: onSignOut };
  return (
    <MenuTrigger>
      <Button look="quiet" small aria-label={`Votre compte : ${person.name}, ${person.roles}`}>
        <PersonIcon /><span className={css.wideOnly}>{person.name}</span><ChevronIcon size={12} />
      </Button>
      <Popover className={css.popover!} placement="bottom end">
        <div className={css.who}><strong>{person.name}</strong><span>{person.roles}</span></div>
        <Menu className={css.menu!} aria-label="Votre compte" onAction={(key) => (actions[String(key)] ?? (() => onGo(String(key))))()}>
          {entries.length > 0 && (
            <MenuSection>
              <Header className={css.heading!}>Votre compte</Header>
              {entries.map(({ path, label }) => <MenuItem key={path} id={path} className={css.item!}>{label}</MenuItem>)}
            </MenuSection>
          )}
          <MenuSection selectionMode="single" disallowEmptySelection selectedKeys={[theme]} onSelectionChange={(keys) => chooseTheme([...keys][0] as Theme)}>
            <Header className={css.heading!}>Couleurs</Header>
            {themes.map((item) => <MenuItem key={item} id={item} className={css.item!}>{themeLabels[item]}</MenuItem>)}
          </MenuSection>
          <Separator className={css.line!} />
          <MenuItem id="help" textValue="Raccourcis clavier" className={css.item!}>Raccourcis clavier <kbd>?</kbd></MenuItem>
          <MenuItem id="lock" textValue="Verrouiller le poste" className={css.item!}>Verrouiller le poste <kbd>Ctrl Alt L</kbd></MenuItem>
          <MenuItem id="out" className={css.item!}>Se déconnecter</MenuItem>
        </Menu>
      </Popover>
    </MenuTrigger>
  );
}

/** A screen that is a page: title, actions, then its content, which scrolls. Screens in columns lay themselves out instead. */
export function Page({ title, intro, actions, children }: { title: string; intro?: ReactNode; actions?: ReactNode; children: ReactNode }) {
  return (
    <div className={css.page}>
      <header className={css.pageHead}>
        <div>
          <h1>{title}</h1>
          {intro && <p>{intro}</p>}
        </div>
        {actions && <div className={css.actions}>{actions}</div>}
      </header>
      {children}
    </div>
  );
}

/** A part of a page with its title. */
export function Section({ title, actions, children }: { title: string; actions?: ReactNode; children: ReactNode }) {
  return (
    <section className={css.section}>
      <header><h2>{title}</h2>{actions}</header>
      {children}
    </section>
  );
}
