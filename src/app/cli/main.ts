import { Command, Option } from 'commander';
import { AppError } from '../../foundation/errors.ts';
import { roles } from '../../identity/contract.ts';
import { ConfigurationError } from '../config.ts';

/** Commands load what they need when they run: `sas --help` answers at once. */
const program = new Command('sas')
  .description("Service d'accès aux soins : plateforme numérique et régulation")
  .showHelpAfterError("(« sas --help » donne la liste des commandes)");

const dataOption = () => new Option('--data <dir>', "dossier de la base embarquée (sinon DATABASE_URL, sinon ./data)");

program
  .command('demo')
  .description('tout en un : base embarquée, SAS 86 fictif, simulateurs, serveur')
  .option('--port <port>', 'port du serveur', '8086')
  .addOption(dataOption())
  .option('--seed <n>', 'graine des données fictives', '86')
  .option('--no-simulators', 'sans les programmes qui tiennent lieu des systèmes extérieurs')
  .option('--no-colleagues', 'sans collègues ni appels simulés : la salle est vide, le téléphone aussi')
  .option('--calls-per-hour <n>', 'appels simulés par heure', '45')
  .action(async (options) => (await import('./demo.ts')).demo(options));

program
  .command('serve')
  .description('le serveur seul, pour la production ; les réglages viennent de l’environnement')
  .action(async () => (await import('./serve.ts')).serve());

program
  .command('migrate')
  .description('applique les migrations en attente')
  .addOption(dataOption())
  .action(async (options) => (await import('./commands.ts')).migrateCommand(options));

const imports = program.command('import').description('imports de référentiels');
imports
  .command('directory <file>')
  .description('annuaire : extrait PS_LibreAcces_Personne_activite, tel que publié')
  .option('--dry-run', "dit ce que l'import ferait et n'écrit rien")
  .option('--allow-mass-ending', "accepte un fichier où manque plus de la moitié des activités connues")
  .addOption(dataOption())
  .action(async (file, options) => (await import('./imports.ts')).importDirectoryCommand(file, options));
imports
  .command('communes <file>')
  .description('communes : coordonnées et contours (extrait officiel, JSON ou CSV)')
  .option('--dry-run', "dit ce que l'import ferait et n'écrit rien")
  .addOption(dataOption())
  .action(async (file, options) => (await import('./imports.ts')).importCommunesCommand(file, options));

const editors = program.command('editor').description('éditeurs interrogés pour leurs créneaux');
editors
  .command('add')
  .requiredOption('--name <name>')
  .requiredOption('--base-url <url>')
  .option('--flows <list>', 'ps, cpts, sos', 'ps')
  .option('--origin <origin>', "valeur ajoutée à l'adresse de réservation", 'sas')
  .option('--cert <file>')
  .option('--key <file>')
  .option('--ca <file>')
  .addOption(dataOption())
  .action(async (options) => (await import('./editors.ts')).addEditorCommand(options));
editors
  .command('list')
  .addOption(dataOption())
  .action(async (options) => (await import('./editors.ts')).listEditorsCommand(options));
editors
  .command('test <name>')
  .description("vérifie la conformité des réponses d'un éditeur, étape par étape")
  .addOption(dataOption())
  .action(async (name, options) => (await import('./editors.ts')).testEditorCommand(name, options));
editors
  .command('remove <name>')
  .addOption(dataOption())
  .action(async (name, options) => (await import('./editors.ts')).removeEditorCommand(name, options));

program
  .command('token')
  .description("jetons d'accès à l'API")
  .command('issue')
  .addOption(new Option('--role <role>').choices([...roles]).makeOptionMandatory())
  .requiredOption('--territory <code>', "code du territoire, ou * pour un rôle national")
  .option('--email <email>')
  .option('--rpps <id>', 'RPPS du professionnel')
  .option('--editor <name>', "nom de l'éditeur, pour le rôle editor")
  .option('--structure <id>', 'structure gérée, pour le rôle gestionnaire-structure')
  .option('--ttl <duration>', 'durée : 90s, 30m, 1h, 7d', '1h')
  .addOption(dataOption())
  .action(async (options) => (await import('./commands.ts')).issueTokenCommand(options));

program
  .command('openapi')
  .description('imprime le document OpenAPI 3.1')
  .action(async () => (await import('./commands.ts')).openApiCommand());

program
  .command('journal')
  .description('journal des actions')
  .command('verify')
  .description("vérifie la chaîne d'empreintes du journal")
  .addOption(dataOption())
  .action(async (options) => (await import('./commands.ts')).verifyJournalCommand(options));

try {
  await program.parseAsync();
} catch (error) {
  console.error(sentenceOf(error));
  process.exitCode = 1;
}

/** One clear sentence; the stack only helps when nobody foresaw the error. */
function sentenceOf(error: unknown): string {
  if (error instanceof ConfigurationError || error instanceof AppError) return error.message;
  const { code, path } = error as NodeJS.ErrnoException;
  if (code === 'ENOENT') return `Fichier introuvable : ${path ?? ''}`;
  if (code === 'EADDRINUSE') return 'Ce port est déjà utilisé : choisissez-en un autre avec --port.';
  return (error as Error).message;
}
