import { type ConnectionOptions, connect } from 'node:tls';
import type { Editor } from '../../../platform/availability/contract.ts';
import { explainFailure } from './failures.ts';
import { credentialsOf } from './http.ts';

const PROBE_MS = 5_000;

/** The TLS version negotiated with our settings, and until when the vendor's certificate is valid. @throws EditorFailure */
export async function probeTls(editor: Editor): Promise<{ version: string; validTo: string }> {
  return handshake(editor, { ...(await credentialsOf(editor)), minVersion: 'TLSv1.2' });
}

/** True when the vendor still accepts TLS 1.1 or older. */
export async function acceptsOldTls(editor: Editor): Promise<boolean> {
  // Security level 0: otherwise our own library refuses to try.
  const old: ConnectionOptions = { minVersion: 'TLSv1', maxVersion: 'TLSv1.1', ciphers: 'DEFAULT@SECLEVEL=0', rejectUnauthorized: false };
  return handshake(editor, old).then(() => true, () => false);
}

function handshake(editor: Editor, options: ConnectionOptions): Promise<{ version: string; validTo: string }> {
  const { hostname, port } = new URL(editor.baseUrl);
  const host = hostname.replace(/^\[|\]$/g, '');
  const signal = AbortSignal.timeout(PROBE_MS);
  return new Promise((resolve, reject) => {
    // A server name is a name: an address has none.
    const servername = /^[\d.]+$|:/.test(host) ? '' : host;
    const socket = connect({ host, port: Number(port || 443), servername, ...options });
    const fail = (error: unknown) => {
      socket.destroy();
      reject(explainFailure(error, signal));
    };
    signal.addEventListener('abort', () => fail(signal.reason), { once: true });
    socket.once('error', fail);
    socket.once('secureConnect', () => {
      resolve({ version: socket.getProtocol() ?? 'inconnue', validTo: socket.getPeerCertificate().valid_to });
      socket.destroy();
    });
  });
}
