export { type AllowedNames, type CertificateVerdict, type CertifiedSocket, clientCertificateVerdict } from './client-certificate.ts';
export { certificateExpiry, type MutualTlsFiles, mutualTlsOptions } from './options.ts';
