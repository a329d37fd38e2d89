import { useRef, useState, type KeyboardEvent } from 'react';
import { Note } from '../../../../ui/badge.tsx';
import { Button } from '../../../../ui/button.tsx';
import { type Choice, SegmentField, TextField } from '../../../../ui/field.tsx';
import { CrossIcon, WarnIcon } from '../../../../ui/icons.tsx';
import { useNow, useZone } from '../../../../ui/moments.tsx';
import { TimeField, TimeInput } from '../../../../ui/time-field.tsx';
import { formatTime, now } from '../../../../ui/time.ts';
import type { Filiere, Priority } from '../../contract.ts';
import { type DegradedForm, formProblems, uuidOf } from './form.ts';
import css from './degraded.module.css';

const priorities: Choice<Priority | ''>[] = [{ value: '', label: '?' }, ...(['P0', 'P1', 'P2', 'P3', 'NR'] as const).map((value) => ({ value, label: value }))];
const filieres: Choice<Filiere | ''>[] = [{ value: '', label: '?' }, { value: 'AMU', label: 'AMU' }, { value: 'SNP', label: 'SNP' }];
const sexes: Choice<'' | 'M' | 'F'>[] = [{ value: '', label: '?' }, { value: 'F', label: 'F' }, { value: 'M', label: 'M' }];

/** One form being written; each letter is kept as it comes. Once its re-entry has begun, what makes its identity does not change. */
export function FormEditor({ form, onChange, locked }: { form: DegradedForm; onChange: (form: DegradedForm) => void; locked: boolean }) {
  const zone = useZone();
  const problems = formProblems(form, zone, useNow(30_000));
  const set = (change: Partial<DegradedForm>) => onChange({ ...form, ...change });
  const text = (field: 'phone' | 'relation' | 'address' | 'city' | 'details' | 'lastName' | 'firstName' | 'age' | 'motive' | 'by') => ({
    value: form[field], isDisabled: locked, onChange: (value: string) => set({ [field]: value }),
  });
  return (
    <form className={css.editor} aria-label={`Fiche ${form.number}`} onSubmit={(event) => event.preventDefault()}>
      {form.problem && <Note tone="bad" live icon={<WarnIcon />} title="La ressaisie s’est arrêtée">{form.problem} La fiche est gardée ici ; ce qui est déjà envoyé ne le sera pas deux fois.</Note>}
      <div className={css.row}>
        {form.paper && <TextField label="Numéro imprimé sur la fiche" value={form.number} isDisabled={form.attempted} maxLength={12} onChange={(number) => set({ number: number.trim().toUpperCase() })} />}
        <TextField label="Date" type="date" value={form.day} isDisabled={form.attempted} onChange={(day) => set({ day })} />
        {form.attempted ? <TextField label="Heure de l’appel" value={form.time} isDisabled /> : <TimeField label="Heure de l’appel" value={form.time} onChange={(time) => set({ time })} />}
        <TextField label="Appel pris par" {...text('by')} />
      </div>
      <div className={css.row}>
        <TextField label="Numéro de rappel" inputMode="tel" maxLength={20} autoFocus={!form.paper} {...text('phone')} />
        <TextField label="Qui appelle (lien)" maxLength={40} {...text('relation')} />
      </div>
      <div className={css.row}>
        <TextField label="Adresse" maxLength={200} {...text('address')} />
        <TextField label="Commune" maxLength={100} {...text('city')} />
        <TextField label="Accès, étage, code" maxLength={300} {...text('details')} />
      </div>
      <div className={css.row}>
        <TextField label="Nom" maxLength={80} {...text('lastName')} />
        <TextField label="Prénom" maxLength={80} {...text('firstName')} />
        <TextField label="Âge" inputMode="numeric" maxLength={3} {...text('age')} />
        <SegmentField label="Sexe" choices={sexes} value={form.sex} onChange={(sex) => !locked && set({ sex })} />
      </div>
      <div className={css.row}>
        <TextField label="Motif" maxLength={120} {...text('motive')} />
        <SegmentField label="Priorité" choices={priorities} value={form.priority ?? ''} onChange={(priority) => !locked && set({ priority: priority || null })} />
        <SegmentField label="Filière" choices={filieres} value={form.filiere ?? ''} onChange={(filiere) => !locked && set({ filiere: filiere || null })} />
      </div>
      <Notes form={form} locked={locked} onChange={(notes) => set({ notes })} />
      <TextField
        label="Réponse donnée" lines={2} maxLength={4_000} value={form.answer} isDisabled={locked} onChange={(answer) => set({ answer })}
        help="Avec le médecin qui a décidé et l’heure. À la ressaisie, elle va à la signature d’un médecin ; pour un P0, elle reste en note et les médecins sont alertés."
      />
      {problems.length > 0 && <ul className={css.problems} aria-label="Avant de ressaisir">{problems.map(({ message }) => <li key={message}><WarnIcon size={12} /> {message}</li>)}</ul>}
    </form>
  );
}

/** Notes with their hours: `Ctrl+Entrée` writes one down at the present time. */
function Notes({ form, locked, onChange }: { form: DegradedForm; locked: boolean; onChange: (notes: DegradedForm['notes']) => void }) {
  const zone = useZone();
  const [text, setText] = useState('');
  const field = useRef<HTMLDivElement>(null);
  const set = (id: string, change: { time?: string; text?: string }) => onChange(form.notes.map((note) => (note.id === id ? { ...note, ...change } : note)));

  function add() {
    if (!text.trim()) return;
    const time = form.paper ? form.time : formatTime(now(), zone);
    onChange([...form.notes, { id: uuidOf(crypto.getRandomValues(new Uint8Array(16))), time, text: text.trim() }]);
    setText('');
    field.current?.querySelector('textarea')?.focus();
  }
  function onKeyDown(event: KeyboardEvent) {
    if (event.key !== 'Enter' || !event.ctrlKey) return;
    event.preventDefault();
    add();
  }
  return (
    <section className={css.notes} aria-label="Notes">
      {form.notes.map((note) => (
        <div key={note.id} className={css.note}>
          <TimeInput label={`Heure de la note « ${note.text.slice(0, 30)} »`} value={note.time} onChange={(time) => set(note.id, { time })} />
          <p>{note.text}</p>
          {!locked && <Button small look="quiet" aria-label={`Enlever la note « ${note.text.slice(0, 30)} »`} onPress={() => onChange(form.notes.filter(({ id }) => id !== note.id))}><CrossIcon size={12} /></Button>}
        </div>
      ))}
      {!locked && (
        <div className={css.add} ref={field} onKeyDown={onKeyDown}>
          <TextField label="Note" lines={2} maxLength={3_900} value={text} onChange={setText} />
          <Button keys="Ctrl ↵" onPress={add} isDisabled={!text.trim()}>Noter à l’heure qu’il est</Button>
        </div>
      )}
    </section>
  );
}
