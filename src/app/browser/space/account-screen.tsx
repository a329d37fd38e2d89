import { MyAccount } from '../../../identity/screens/my-account/my-account.tsx';
import { MessagePreferences } from '../../../messages/screens/preferences.tsx';

/** "Mon compte", with the e-mails that the person wants. */
export default function AccountScreen() {
  return <MyAccount><MessagePreferences /></MyAccount>;
}
