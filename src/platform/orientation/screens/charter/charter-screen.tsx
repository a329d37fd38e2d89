import { useState } from 'react';
import { z } from 'zod';
import { roleLabels } from '../../../../identity/contract.ts';
import { routes as territory } from '../../../../territory/contract.ts';
import { Badge } from '../../../../ui/badge.tsx';
import { Button } from '../../../../ui/button.tsx';
import { SelectField } from '../../../../ui/field.tsx';
import { Page, Section } from '../../../../ui/frame.tsx';
import { CheckIcon } from '../../../../ui/icons.tsx';
import { Moment } from '../../../../ui/moments.tsx';
import { useApi } from '../../../../ui/query.ts';
import { covers, mayCall, useAccount } from '../../../../ui/session.ts';
import { EmptyState, Loading, ProblemState } from '../../../../ui/states.tsx';
import { useUrlState } from '../../../../ui/url.ts';
import { routes, type Charter, type CharterLevel } from '../../contract.ts';
import { CharterEditor } from './charter-editor.tsx';
import { levelInWords } from './level-words.ts';
import css from './charter.module.css';

const viewSchema = z.object({ territory: z.string().max(8).optional().catch(undefined), version: z.coerce.number().int().optional().catch(undefined) });

/** The charte d'adressage of a territory: the version in force, those before, and a new one being written. */
export default function CharterScreen() {
  const account = useAccount();
  const [view, write] = useUrlState(viewSchema);
  const { data, error, refetch } = useApi(territory.listTerritories, {}, { topics: ['territory'] });
  const own = data?.territories.filter(({ code }) => covers(account, code)) ?? [];
  const code = own.find((one) => one.code === view.territory)?.code ?? own[0]?.code;
  const choice = own.length > 1 && code && (
    <div className={css.choice}>
      <SelectField label="Territoire" choices={own.map((one) => ({ value: one.code, label: `${one.code} · ${one.name}` }))} value={code} onChange={(next) => write({ territory: next, version: undefined })} />
    </div>
  );
  return (
    <Page
      title="Charte d’adressage"
      intro="L’ordre dans lequel les effecteurs sont proposés, décidé ensemble dans le territoire. À l’intérieur d’un niveau, l’ordre vient de la distance ou d’un tirage neutre, jamais d’un choix commercial."
      actions={choice}
    >
      {error && !data && <ProblemState problem={error} roleNames={roleLabels} onRetry={() => void refetch()} />}
      {!data && !error && <Loading lines={8} />}
      {data && !code && <EmptyState title="Vos droits ne couvrent aucun territoire"><p>La charte d’un territoire se lit et se modifie par ses responsables.</p></EmptyState>}
      {code && <TerritoryCharter key={code} code={code} version={view.version} onVersion={(version) => write({ version }, { replace: true })} />}
    </Page>
  );
}

function TerritoryCharter({ code, version, onVersion }: { code: string; version: number | undefined; onVersion: (version: number | undefined) => void }) {
  const account = useAccount();
  const [writing, setWriting] = useState(false);
  const { data, error, refetch } = useApi(routes.charter, { params: { territory: code } }, { topics: ['charter'] });
  if (error && !data) return <ProblemState problem={error} roleNames={roleLabels} onRetry={() => void refetch()} />;
  if (!data) return <Loading lines={8} />;
  const mayWrite = mayCall(account, routes.saveCharter);
  if (writing) return <CharterEditor territory={code} active={data.active} onClose={() => setWriting(false)} />;
  const shown = data.versions.find((one) => one.version === version) ?? data.active;
  const action = mayWrite && <Button look="main" onPress={() => setWriting(true)}>{data.active ? 'Préparer une nouvelle version' : 'Écrire la charte'}</Button>;
  if (!shown) {
    return (
      <EmptyState title="Ce territoire n’a pas encore de charte" action={action}>
        <p>Sans charte, tous les effecteurs sont au même niveau : les recherches les proposent par distance ou par tirage neutre.</p>
      </EmptyState>
    );
  }
  return (
    <div className={css.columns}>
      <Section
        title={`Version ${shown.version}`}
        actions={shown.status === 'ACTIF' ? <span className={css.inline}><Badge tone="ok" icon={<CheckIcon size={12} />}>en vigueur</Badge>{action}</span> : <Button onPress={() => onVersion(undefined)}>Revenir à la version en vigueur</Button>}
      >
        <Levels levels={shown.levels} />
      </Section>
      <Section title="Versions">
        <Versions versions={data.versions} shown={shown.version} onVersion={onVersion} />
      </Section>
    </div>
  );
}

/** The order in words: the usual doctor before everybody, those outside the charter after. */
function Levels({ levels }: { levels: readonly CharterLevel[] }) {
  return (
    <ol className={css.levels}>
      <li className={css.fixed}><span className={css.number}>0</span><div><strong>Médecin traitant</strong><span>Quand il est connu et propose un créneau, toujours avant tous.</span></div></li>
      {levels.map(({ name, match }, index) => (
        <li key={index}><span className={css.number}>{index + 1}</span><div><strong>{name}</strong><span>{levelInWords(match)}</span></div></li>
      ))}
      <li className={css.fixed}><span className={css.number}>…</span><div><strong>Hors charte</strong><span>Ceux qu’aucun niveau ne prend, en dernier.</span></div></li>
    </ol>
  );
}

function Versions({ versions, shown, onVersion }: { versions: readonly Charter[]; shown: number; onVersion: (version: number) => void }) {
  return (
    <ol className={css.versions}>
      {versions.map(({ version, status, author, createdAt }) => (
        <li key={version}>
          <button type="button" aria-current={version === shown} onClick={() => onVersion(version)}>
            <strong>Version {version}</strong>
            {status === 'ACTIF' && <Badge tone="ok">en vigueur</Badge>}
            <span><Moment at={createdAt} day />, {author}</span>
          </button>
        </li>
      ))}
    </ol>
  );
}
