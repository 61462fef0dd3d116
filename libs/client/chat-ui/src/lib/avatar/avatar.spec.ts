import { initialsOf } from './avatar';

describe('initialsOf', () => {
  it.each([
    ['Cora Lane', 'CL'],
    ['cora', 'C'],
    ['Maja Ørsted von Hohenstein', 'MH'],
    ['  李 小龙 ', '李小'],
    ['😀 Smith', '😀S'],
    ['', ''],
  ])('of %j are %j', (name, initials) => {
    expect(initialsOf(name)).toBe(initials);
  });
});
