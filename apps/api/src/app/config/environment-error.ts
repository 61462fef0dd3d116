/** A setting with which the server can't start; its message is the one line that says which and why. */
export class EnvironmentError extends Error {
  constructor(variable: string, problem: string) {
    super(`${variable} ${problem}`);
    this.name = 'EnvironmentError';
  }
}
