import { useState } from 'react';
import { Dialog } from '../../../../ui/dialog.tsx';
import { TextField } from '../../../../ui/field.tsx';
import { ApiForm, SubmitBar } from '../../../../ui/form.tsx';
import { formatPhone } from '../../../../ui/phone.ts';
import { useAction, useRefresh } from '../../../../ui/query.ts';
import { toast } from '../../../../ui/toast.tsx';
import { WeekHoursField } from '../../../../ui/week-hours-field.tsx';
import { routes as directory } from '../../../directory/contract.ts';
import { type LinkedStructure, routes } from '../../contract.ts';
import css from '../participation.module.css';

const FALLBACK = 'Horaires de la structure';

/** Address, phone and hours of one consultation place of a structure that the person manages. */
export function PlaceDialog({ structure, place, onClose }: { structure: LinkedStructure; place: LinkedStructure['places'][number]; onClose: () => void }) {
  const [address, setAddress] = useState(place.address);
  const [postcode, setPostcode] = useState(place.postcode);
  const [city, setCity] = useState(place.city);
  const [phone, setPhone] = useState(place.phone ? formatPhone(place.phone) : '');
  const [hours, setHours] = useState<{ day: number; from: string; to: string }[]>(place.hours);
  const refresh = useRefresh();
  const save = useAction(directory.saveStructurePlace, {
    onSuccess: ({ located }) => {
      toast({ tone: 'ok', words: located === 'commune' ? 'Enregistré. L’adresse exacte n’est pas localisée : le lieu est montré au centre de la commune.' : 'Lieu enregistré.' });
      void refresh(routes.linkedStructures);
      onClose();
    },
  });
  const send = () => save.mutate({ params: { id: structure.id, placeId: place.id }, body: { address, postcode, city, phone: phone.trim() || null, hours } });
  return (
    <Dialog title={place.name} over={structure.name} open onClose={onClose}>
      <ApiForm label="Lieu de consultation" problem={save.error} onSubmit={send}>
        <TextField name="address" label="Adresse" autoComplete="off" isRequired maxLength={120} value={address} onChange={setAddress} />
        <div className={css.pair}>
          <TextField name="postcode" label="Code postal" inputMode="numeric" autoComplete="off" isRequired maxLength={5} value={postcode} onChange={setPostcode} />
          <TextField name="city" label="Commune" autoComplete="off" isRequired maxLength={80} value={city} onChange={setCity} />
        </div>
        <TextField name="phone" label="Téléphone" type="tel" autoComplete="off" value={phone} onChange={setPhone} help="Celui que l’on donne au patient orienté." />
        <WeekHoursField label="Horaires de consultation" empty={hours.length === 0 ? FALLBACK : 'fermé'} hours={hours} onChange={setHours} />
        <SubmitBar label="Enregistrer" pending={save.isPending} onCancel={onClose} />
      </ApiForm>
    </Dialog>
  );
}
