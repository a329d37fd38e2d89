import { useState } from 'react';
import { ApiProblem } from '../../ui/api.ts';
import { Badge, Note } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { ComboField, type Option } from '../../ui/combo-field.tsx';
import { DataTable, type Column } from '../../ui/data-table.tsx';
import { Dialog, SidePanel } from '../../ui/dialog.tsx';
import { CheckboxField, ChoicesField, NumberField, SegmentField, SelectField, SwitchField, TextField } from '../../ui/field.tsx';
import { ApiForm, SubmitBar } from '../../ui/form.tsx';
import { Page, Section } from '../../ui/frame.tsx';
import { CheckIcon, ClockIcon, CrossIcon } from '../../ui/icons.tsx';
import { Age, Moment } from '../../ui/moments.tsx';
import { Progress } from '../../ui/progress.tsx';
import { EmptyState, Loading, ProblemState } from '../../ui/states.tsx';
import { Tabs } from '../../ui/tabs.tsx';
import { now } from '../../ui/time.ts';
import { toast } from '../../ui/toast.tsx';
import css from './catalogue.module.css';

/** Every component of `src/ui` at work, for those who write screens. */
export default function Catalogue() {
  return (
    <Page title="Composants" intro="Ce que les écrans utilisent, en état de marche. Le code de cette page est l’exemple à suivre.">
      <Tabs
        label="Familles de composants"
        items={[
          { id: 'actions', label: 'Actions et états', content: <Actions /> },
          { id: 'forms', label: 'Formulaires', content: <Forms /> },
          { id: 'table', label: 'Tableau', count: people.length, content: <Table /> },
          { id: 'states', label: 'Pages vides et refus', content: <States /> },
        ]}
      />
    </Page>
  );
}

function Actions() {
  const [open, setOpen] = useState<'dialog' | 'panel' | null>(null);
  const close = () => setOpen(null);
  return (
    <div className={css.stack}>
      <Section title="Boutons">
        <div className={css.row}>
          <Button look="main" keys="Entrée">Action de l’écran</Button>
          <Button>Ordinaire</Button>
          <Button look="quiet">Discret</Button>
          <Button look="danger">Qui coûte</Button>
          <Button small>Petit</Button>
          <Button isPending>En cours</Button>
          <Button isDisabled>Impossible</Button>
        </div>
      </Section>
      <Section title="États en un mot">
        <div className={css.row}>
          <Badge>neutre</Badge>
          <Badge tone="accent">à lire</Badge>
          <Badge tone="ok" icon={<CheckIcon size={12} />}>pris</Badge>
          <Badge tone="warn" icon={<ClockIcon size={12} />}>en attente</Badge>
          <Badge tone="bad" icon={<CrossIcon size={12} />}>refusé</Badge>
          <span>à <Moment at={now().toString()} />, il y a <Age since={now().subtract({ minutes: 3 })} /></span>
        </div>
      </Section>
      <Section title="Messages">
        <Note tone="accent" title="Ce qui va se passer">Une phrase suffit.</Note>
        <Note tone="warn" icon={<ClockIcon />} title="À surveiller" action={<Button small>Agir</Button>}>Ce qui est gardé, ce qui reste à faire.</Note>
        <Note tone="bad" icon={<CrossIcon />} title="Refusé">Rien n’a été enregistré.</Note>
        <Note tone="ok" icon={<CheckIcon />}>C’est fait.</Note>
        <div className={css.row}>
          <Button onPress={() => toast({ tone: 'ok', words: 'Éditeur ajouté', action: { label: 'Annuler', run: () => toast({ tone: 'neutral', words: 'Ajout annulé' }) } })}>Message passager</Button>
          <Button onPress={() => setOpen('dialog')}>Fenêtre</Button>
          <Button onPress={() => setOpen('panel')}>Panneau</Button>
        </div>
      </Section>
      <Section title="Avancement">
        <Progress label="Import de l’annuaire" value={420_000} max={1_000_000} words="420 000 lignes sur 1 000 000" />
        <Progress label="Vérification de l’éditeur" />
      </Section>
      <Dialog
        title="Ne plus interroger cet éditeur ?" role="alertdialog" open={open === 'dialog'} onClose={close}
        footer={<><Button look="danger" onPress={close}>Ne plus interroger</Button><Button look="quiet" onPress={close}>Garder</Button></>}
      >
        <p>Ses créneaux disparaîtront des recherches. Les rendez-vous déjà pris restent.</p>
      </Dialog>
      <SidePanel title="Détail" over="Orientation" open={open === 'panel'} onClose={close}><p>La liste reste visible derrière.</p></SidePanel>
    </div>
  );
}

const flows = [{ value: 'ps', label: 'Professionnels' }, { value: 'cpts', label: 'CPTS' }, { value: 'sos', label: 'SOS Médecins' }] as const;
const refusal = new ApiProblem({
  status: 422, code: 'invalid-input', title: 'Règle non respectée', detail: 'L’adresse et le nom sont à corriger.',
  errors: [{ path: 'baseUrl', message: 'adresse https attendue' }, { path: 'name', message: 'déjà utilisé' }],
});

function Forms() {
  const [problem, setProblem] = useState<ApiProblem | null>(null);
  const [stage, setStage] = useState<'CADRAGE' | 'PRODUCTION' | null>(null);
  const [mode, setMode] = useState<'all' | 'mine'>('all');
  const [taken, setTaken] = useState<string[]>(['ps']);
  const [active, setActive] = useState(true);
  const [agreed, setAgreed] = useState(false);
  const [town, setTown] = useState<Option | null>(null);
  return (
    <div className={css.form}>
      <ApiForm problem={problem} label="Exemple de formulaire" onSubmit={() => setProblem(refusal)}>
        <TextField name="name" label="Nom" isRequired help="Tel que les opérateurs le liront." />
        <TextField name="baseUrl" label="Adresse" placeholder="https://…" />
        <ComboField label="Commune" source="catalogue" value={town} onChange={setTown} load={async (words) => towns.filter(({ label }) => label.toLowerCase().startsWith(words.toLowerCase()))} />
        <NumberField name="concurrency" label="Demandes à la fois" unit="demandes" defaultValue={4} minValue={1} maxValue={32} />
        <SelectField name="stage" label="Étape" choices={[{ value: 'CADRAGE', label: 'Cadrage' }, { value: 'PRODUCTION', label: 'Production' }]} value={stage} onChange={setStage} placeholder="Choisir" />
        <SegmentField label="Montrer" choices={[{ value: 'all', label: 'Tout' }, { value: 'mine', label: 'Les miennes' }]} value={mode} onChange={setMode} />
        <ChoicesField label="Flux" choices={flows} value={taken as (typeof flows)[number]['value'][]} onChange={setTaken} />
        <SwitchField label="Interrogé" help="Prend effet aussitôt." isSelected={active} onChange={setActive} />
        <CheckboxField label="Le certificat a été vérifié" isSelected={agreed} onChange={setAgreed} />
        <TextField label="Remarque" lines={3} />
        <SubmitBar label="Enregistrer" pending={false} onCancel={() => setProblem(null)} />
      </ApiForm>
    </div>
  );
}

const towns: Option[] = [{ key: '86194', label: 'Poitiers', detail: '86000' }, { key: '86066', label: 'Châtellerault', detail: '86100' }];

interface Person {
  readonly name: string;
  readonly town: string;
  readonly slots: number | null;
}
const people: readonly Person[] = [
  { name: 'ABELIN Jeanne', town: 'Poitiers', slots: 12 },
  { name: 'ÉVRARD Paul', town: 'Châtellerault', slots: null },
  { name: 'ZOLA Marthe', town: 'Loudun', slots: 3 },
];
const columns: readonly Column<Person>[] = [
  { id: 'name', label: 'Nom', value: (person) => person.name },
  { id: 'town', label: 'Commune', value: (person) => person.town },
  { id: 'slots', label: 'Créneaux', align: 'end', value: (person) => person.slots, render: (person) => person.slots ?? <Badge>inconnu</Badge> },
];

function Table() {
  return (
    <DataTable
      label="Professionnels d’exemple" rows={people} columns={columns} rowKey={(person) => person.name}
      filterLabel="Filtrer" exportName="exemple" initialSort={{ column: 'name', descending: false }}
      onOpen={(person) => toast({ tone: 'neutral', words: person.name })} footer={<span>{people.length} professionnels</span>}
    />
  );
}

function States() {
  const problem = (status: number, title: string, detail: string, more = {}) => new ApiProblem({ status, code: status === 403 ? 'permission-denied' : 'unavailable', title, detail, ...more });
  return (
    <div className={css.states}>
      <Section title="En chargement"><Loading /></Section>
      <Section title="Rien"><EmptyState title="Aucune orientation aujourd’hui" action={<Button look="main">Chercher</Button>}><p>Elles apparaîtront ici dès la première réservation.</p></EmptyState></Section>
      <Section title="Refusé"><ProblemState problem={problem(403, 'Accès refusé', 'Votre rôle ne permet pas cette action.', { allowedRoles: ['administrateur'] })} roleNames={{ administrateur: 'Administrateur du territoire' }} /></Section>
      <Section title="En panne"><ProblemState problem={problem(503, 'Service momentanément indisponible', 'La base de données ne répond pas. Rien n’est perdu.')} onRetry={() => toast({ tone: 'neutral', words: 'Nouvel essai' })} /></Section>
    </div>
  );
}
