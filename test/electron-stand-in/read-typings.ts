import { readFileSync } from 'node:fs';
import { parseSync } from 'vite';

// What Electron's own typings declare, as the text that the stand-in reads when it starts: parsing 28,000 lines in
// every rehearsed start would take longer than the start itself.

/** The classes and interfaces of Electron that the stand-in has. */
const SUBJECTS = [
  'App',
  'BrowserWindow',
  'CommandLine',
  'ContextBridge',
  'Dialog',
  'DownloadItem',
  'IpcMain',
  'IpcRenderer',
  'Menu',
  'MenuItem',
  'MessageChannelMain',
  'MessagePortMain',
  'NativeTheme',
  'Protocol',
  'SafeStorage',
  'Screen',
  'Session',
  'Shell',
  'WebContents',
  'WebFrameMain',
  'WebRequest',
  'WebUtils',
];

/** Methods by which a class says what it emits; their overloads name the events. */
const LISTENING = ['on', 'off', 'once', 'addListener', 'removeListener'];

type Node = { readonly type: string } & Readonly<Record<string, unknown>>;
interface Declared {
  readonly members: Set<string>;
  readonly statics: Set<string>;
  readonly events: Set<string>;
}

/** One line per class and kind of name: `App: about …`, `App events: ready …`, `Menu statics: …`, `exports: …`. */
export function readTypings(path: string): string {
  const { program, errors } = parseSync(path, readFileSync(path, 'utf8'));
  if (errors.length > 0) throw new Error(`${path} does not parse: ${errors[0]!.message}`);
  const electron = bodyOf(namespaceIn((program as unknown as { body: Node[] }).body, 'Electron'));
  const declarations = new Map(
    electron.flatMap((node) => {
      const isClass = node.type === 'ClassDeclaration' || node.type === 'TSInterfaceDeclaration';
      return isClass ? [[nameOf(node.id), node] as const] : [];
    }),
  );
  const lines = [`exports: ${exportsIn(electron).sort().join(' ')}`];
  for (const subject of SUBJECTS) {
    const { members, statics, events } = declaredBy(subject, declarations);
    lines.push(`${subject}: ${[...members].sort().join(' ')}`);
    if (statics.size > 0) lines.push(`${subject} statics: ${[...statics].sort().join(' ')}`);
    if (events.size > 0) lines.push(`${subject} events: ${[...events].sort().join(' ')}`);
  }
  return `${lines.join('\n')}\n`;
}

/** Everything that any process may import by name. */
function exportsIn(electron: readonly Node[]): string[] {
  return bodyOf(namespaceIn(electron, 'CrossProcessExports')).flatMap((statement) => {
    const node = (statement.declaration as Node | undefined) ?? statement;
    if (node.type === 'ClassDeclaration') return [nameOf(node.id)];
    if (node.type !== 'VariableDeclaration') return [];
    return (node.declarations as Node[]).map(({ id }) => nameOf(id));
  });
}

function declaredBy(subject: string, declarations: ReadonlyMap<string, Node>): Declared {
  const node = declarations.get(subject);
  if (node === undefined) throw new Error(`Electron's typings have no ${subject}`);
  const parents = [
    node.superClass,
    ...((node.extends as Node[] | undefined) ?? []).map((one) => one.expression),
  ]
    .map((parent) => (parent as Node | null | undefined)?.name)
    .filter((name): name is string => typeof name === 'string' && declarations.has(name));
  const found: Declared = { members: new Set(), statics: new Set(), events: new Set() };
  for (const parent of parents) {
    const inherited = declaredBy(parent, declarations);
    for (const kind of ['members', 'statics', 'events'] as const)
      for (const name of inherited[kind]) found[kind].add(name);
  }
  for (const member of (node.body as { body: Node[] }).body) {
    if (member.key === undefined) continue;
    const name = nameOf(member.key);
    if (LISTENING.includes(name)) {
      const event = eventOf(member);
      if (event !== null) found.events.add(event);
    } else if (name !== 'constructor') found[member.static === true ? 'statics' : 'members'].add(name);
  }
  return found;
}

/** `on(event: 'closed', …)`: closed. */
function eventOf(method: Node): string | null {
  const params = (method.params ?? (method.value as Node | undefined)?.params) as Node[] | undefined;
  const annotation = params?.[0]?.typeAnnotation as Node | undefined;
  const literal = (annotation?.typeAnnotation as Node | undefined)?.literal as Node | undefined;
  return typeof literal?.value === 'string' ? literal.value : null;
}

function namespaceIn(nodes: readonly Node[], name: string): Node {
  for (const statement of nodes) {
    const node = (statement.declaration as Node | undefined) ?? statement;
    if (node.type === 'TSModuleDeclaration' && nameOf(node.id) === name) return node;
  }
  throw new Error(`Electron's typings have no namespace ${name}`);
}

const bodyOf = (namespace: Node) => (namespace.body as unknown as { body: Node[] }).body;
const nameOf = (node: unknown) => String((node as Node).name ?? (node as Node).value);
