import { version } from '../../package.json'
import { anyHelloSchema, type Hello, helloSchema } from '../../shared/protocol/hello.ts'
import { PROTOCOL } from '../../shared/protocol/version.ts'

/** The hello on a line, or why it is none of ours. */
export function readHello(line: string): Hello | { code: 'version_mismatch' | 'bad_hello'; message: string } {
  let parsed: unknown
  try {
    parsed = JSON.parse(line)
  } catch {
    return {
      code: 'bad_hello',
      message: 'This is a KosmoKrator broker; what was sent to it is not its protocol.',
    }
  }
  const any = anyHelloSchema.safeParse(parsed)
  if (any.success && any.data.protocol !== PROTOCOL) {
    const other = any.data.version ?? `protocol ${any.data.protocol}`
    return {
      code: 'version_mismatch',
      message: `The KosmoKrator broker that runs is version ${version} and this client was started with ${other}: they do not understand each other. Update both to one version, then restart the broker and the client.`,
    }
  }
  const hello = helloSchema.safeParse(parsed)
  if (hello.success) return hello.data
  return {
    code: 'bad_hello',
    message: 'This is a KosmoKrator broker; what was sent to it is not its protocol.',
  }
}
