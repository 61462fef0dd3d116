/**
 * `npm run test:mutations`: breaks each mechanism once, in a copy of the sources, and shows that a test
 * notices. Names or numbers of mutations choose some. Ends with 1 where a test stayed green.
 */
import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

import { type Mutation, nameOf } from './mutations/mutation.ts';
import { MUTATIONS } from './mutations/mutations.ts';
import { type Outcome, runProof } from './mutations/proofs.ts';
import { BUILT_CLIENT, WORKSPACE } from './workspace.ts';

/** The tracked files, the installed packages and the built client, away from the work that goes on here. */
function copyWorkspace(): string {
  const copy = mkdtempSync(join(tmpdir(), 'elite-chat-mutations-'));
  const files = execFileSync('git', ['ls-files', '-z'], { cwd: WORKSPACE, encoding: 'utf8' });
  for (const file of files.split('\0').filter(Boolean)) {
    mkdirSync(dirname(join(copy, file)), { recursive: true });
    cpSync(join(WORKSPACE, file), join(copy, file));
  }
  symlinkSync(join(WORKSPACE, 'node_modules'), join(copy, 'node_modules'));
  cpSync(BUILT_CLIENT, join(copy, 'dist/apps/client'), { recursive: true });
  return copy;
}

/** @throws when the text is not there exactly once: then the mutation says nothing about today's sources */
function mutate(copy: string, { file, find, replace }: Mutation): () => void {
  const path = join(copy, file);
  const source = readFileSync(path, 'utf8');
  const found = source.split(find).length - 1;
  if (found !== 1) throw new Error(`${file} has ${found} times, not once: ${find}`);
  writeFileSync(
    path,
    source.replace(find, () => replace),
  );
  return () => writeFileSync(path, source);
}

function chosen(words: readonly string[]): readonly Mutation[] {
  if (words.length === 0) return MUTATIONS;
  return MUTATIONS.filter(({ mechanism }, index) =>
    words.some((word) => String(index + 1) === word || mechanism.includes(word)),
  );
}

const copy = copyWorkspace();
process.once('exit', () => rmSync(copy, { recursive: true, force: true }));
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => process.exit(1));

const mutations = chosen(process.argv.slice(2));
for (const mutation of mutations) mutate(copy, mutation)();

/** What is red without a mutation proves nothing with one. */
const before = new Map<string, Outcome>();
const rows: string[] = [];
for (const { proof, ...mutation } of mutations) {
  const name = nameOf(proof);
  if (!before.has(name)) {
    const { outcome, output } = runProof(copy, proof);
    before.set(name, outcome);
    console.log(`${name} without a mutation: ${outcome}`);
    if (outcome !== 'green') console.log(output.slice(-3_000));
  }
  const restore = mutate(copy, { proof, ...mutation });
  const { outcome, output } = runProof(copy, proof);
  restore();
  const isShown = outcome === 'red' && before.get(name) === 'green';
  rows.push(
    `| ${mutation.mechanism} | ${mutation.broken} | ${name} | ${isShown ? 'red' : `NOT SHOWN (${outcome})`} |`,
  );
  console.log(`${mutation.mechanism}, ${mutation.broken}: ${outcome}`);
  if (!isShown) {
    console.log(output.slice(-3_000));
    process.exitCode = 1;
  }
}
console.log('\n| mechanism | broken | proof | is then |\n| --- | --- | --- | --- |');
console.log(rows.join('\n'));
