import { RoomAlerts } from '../../../regulation/dossier/screens/alerts/room-alerts.tsx';
import { Board } from '../../../regulation/telephony/screens/board/board.tsx';

/** The supervisor's screen: the board of the telephone, with the alerts of the dossiers. */
export default function RoomScreen() {
  return <Board alerts={<RoomAlerts />} />;
}
