import { refusalMessage } from '../../shared/approvals/outcome.ts'
import { KosmoError } from '../../shared/errors.ts'
import type { BrokerMethods } from '../../shared/protocol/gateway-methods.ts'
import type { Environment, Integration } from '../integrations/integration.ts'

/** The services of one client's accounts: opened at first use, and anew once the broker says that one has changed. */
export class Accounts {
  readonly #broker: BrokerMethods
  readonly #environment: Environment
  readonly #services = new Map<string, Promise<unknown>>()

  constructor(broker: BrokerMethods, environment: Environment) {
    this.#broker = broker
    this.#environment = environment
  }

  /** @throws KosmoError where there is no account, or it may not be used */
  service(integration: Integration): Promise<unknown> {
    const known = this.#services.get(integration.id)
    if (known !== undefined) return known
    const opening = this.#open(integration)
    this.#services.set(integration.id, opening)
    // What failed is tried anew by the next call: somebody may have mended it.
    opening.catch(() => this.#forget(integration.id, opening))
    return opening
  }

  /** The next call opens it anew; calls that run keep what they have. */
  accountChanged({ integration }: { integration: string }): null {
    this.#services.delete(integration)
    return null
  }

  async #open(integration: Integration): Promise<unknown> {
    const answer = await this.#broker.account({ integration: integration.id })
    switch (answer.kind) {
      case 'refused':
        throw new KosmoError(answer.code, answer.message)
      case 'blocked':
        throw new KosmoError('forbidden', refusalMessage(answer.outcome))
      case 'account': {
        const variables = { ...this.#environment.variables, ...answer.variables }
        return integration.connect(answer.credentials, { ...this.#environment, variables })
      }
      case 'environment': {
        const { variables } = answer
        return integration.connect(fromVariables(integration, variables), { ...this.#environment, variables })
      }
    }
  }

  #forget(id: string, opening: Promise<unknown>): void {
    if (this.#services.get(id) === opening) this.#services.delete(id)
  }
}

/** The account that environment variables name. @throws KosmoError `not_configured` where they do not */
function fromVariables(
  integration: Integration,
  variables: Record<string, string | undefined>,
): Record<string, string | undefined> {
  const missing = integration.credentials.filter(
    ({ required, variable }) => required && !variables[variable]?.trim(),
  )
  if (missing.length > 0) {
    const what = missing.map(({ variable, description }) => `${variable} (${description})`).join(' and ')
    throw new KosmoError(
      'not_configured',
      `${integration.name} is not set up: the environment of this server lacks ${what}. Set it where the client's configuration starts this server, or run \`kosmo integrations:configure ${integration.id}\`.`,
    )
  }
  return Object.fromEntries(integration.credentials.map(({ key, variable }) => [key, variables[variable]]))
}
