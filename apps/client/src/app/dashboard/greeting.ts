/** A greeting for the time of day, with the first name where there is one. */
export function greetingAt(now: Date, name: string): string {
  const hour = now.getHours();
  const greeting =
    hour < 5 ? 'Hello' : hour < 12 ? 'Good morning' : hour < 18 ? 'Good afternoon' : 'Good evening';
  const firstName = name.split(/\s+/u)[0];
  return firstName ? `${greeting}, ${firstName}` : greeting;
}
