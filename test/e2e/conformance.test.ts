import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type ConformanceCheck, runConformance } from '../support/clients/conformance.ts'
import { gatewayCommand } from '../support/clients/gateway-command.ts'
import { type HttpBridge, startHttpBridge } from '../support/clients/http-bridge.ts'

const revision = '2025-11-25'

/** Scenarios that the gateway has to pass as a whole. */
const passing = ['ping', 'server-initialize', 'tools-list']

const fixture = 'calls a fixture tool that only a server made for the suite has'
const absent = 'uses a capability that the gateway does not declare'
const bridgeOnly = 'checks the HTTP server by raw requests; that is the bridge here and not ours'

/** Scenarios that say nothing about the gateway, and why. Our messages in them must still fit the schema. */
const notApplicable: Readonly<Record<string, string>> = {
  'tools-call-simple-text': fixture,
  'tools-call-image': fixture,
  'tools-call-audio': fixture,
  'tools-call-embedded-resource': fixture,
  'tools-call-mixed-content': fixture,
  'tools-call-with-logging': fixture,
  'tools-call-error': fixture,
  'tools-call-with-progress': fixture,
  'tools-call-sampling': fixture,
  'tools-call-elicitation': fixture,
  'json-schema-2020-12': fixture,
  'elicitation-sep1034-defaults': fixture,
  'elicitation-sep1330-enums': fixture,
  'completion-complete': absent,
  'logging-set-level': absent,
  'prompts-get-embedded-resource': absent,
  'prompts-get-simple': absent,
  'prompts-get-with-args': absent,
  'prompts-get-with-image': absent,
  'prompts-list': absent,
  'resources-list': absent,
  'resources-read-binary': absent,
  'resources-read-text': absent,
  'resources-subscribe': absent,
  'resources-templates-read': absent,
  'resources-unsubscribe': absent,
  'server-session-lifecycle': bridgeOnly,
  'server-sse-multiple-streams': bridgeOnly,
  'server-sse-polling': bridgeOnly,
  'dns-rebinding-protection': bridgeOnly,
}

describe('the official conformance suite', () => {
  let bridge: HttpBridge
  let results: Awaited<ReturnType<typeof runConformance>>

  beforeAll(async () => {
    const nobody = { url: 'http://127.0.0.1:9', token: 'unused' }
    bridge = await startHttpBridge(gatewayCommand('deny', nobody))
    results = await runConformance(bridge.url, revision)
  }, 300_000)

  afterAll(() => bridge?.close())

  it('has no scenario that nobody looked at', () => {
    expect([...results.keys()].sort()).toEqual([...passing, ...Object.keys(notApplicable)].sort())
  })

  it.each(passing)('passes %s', scenario => {
    const checks = results.get(scenario) ?? []
    expect(checks.length).toBeGreaterThan(0)
    expect(checks.filter(failed)).toEqual([])
  })

  it('gets only messages that fit the specification, whatever it asks', () => {
    const wire = [...results].flatMap(([scenario, checks]) =>
      checks.filter(check => check.id === 'wire-schema-valid').map(check => ({ scenario, ...check })),
    )
    const expected = [...results.keys()].filter(scenario => notApplicable[scenario] !== bridgeOnly)
    expect(wire.map(check => check.scenario)).toEqual(expected)
    expect(wire.filter(failed)).toEqual([])
  })
})

function failed(check: ConformanceCheck): boolean {
  return check.status !== 'SUCCESS'
}
