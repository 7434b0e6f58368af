/** Runs one command line, and gives its exit code. */
export function run(
  args: readonly string[],
  io: { readonly out: (text: string) => void; readonly error: (text: string) => void },
): Promise<number>;
