import { LastLines } from './last-lines';

it('keeps the last lines alone, however much is written', () => {
  const lines = new LastLines();
  for (let number = 1; number <= 1_000; number++) lines.add(`line ${number}\n`);
  expect(lines.text().split('\n')).toHaveLength(40);
  expect(lines.text()).toMatch(/\nline 1000$/);
});

it('cuts a line that never ends', () => {
  const lines = new LastLines();
  for (let chunk = 0; chunk < 100; chunk++) lines.add('x'.repeat(1_000));
  expect(lines.text()).toHaveLength(500);
});

it('puts together a line that comes in parts', () => {
  const heard: string[] = [];
  const lines = new LastLines((line) => heard.push(line));
  for (const part of ['listen', 'ing on\r\n', 'ne', 'xt']) lines.add(part);
  expect(heard).toEqual(['listening on']);
  expect(lines.text()).toBe('listening on\nnext');
});
