import { PhoneBar } from '../../../regulation/dossier/screens/phone/phone-bar.tsx';
import Callbacks from '../../../regulation/telephony/screens/callbacks/callbacks-screen.tsx';

/** The numbers to ring back, with the telephone of whoever rings: he speaks and hangs up from here. */
export default function CallbacksScreen() {
  return (
    <>
      <PhoneBar />
      <Callbacks />
    </>
  );
}
