import { randomBytes } from 'node:crypto'
import type { ChannelName, PersonName, Workspace } from './workspace.ts'

type Json = Record<string, unknown>

/**
 * The workspace on a real server, made over its API: people, a team and channels with names of their own for every
 * run. The server must allow personal access tokens; nothing is cleaned up but the team, which is archived.
 */
export async function restWorkspace(url: string, adminToken: string): Promise<Workspace> {
  const call = caller(url)
  const run = randomBytes(4).toString('hex')
  const admin = await call(adminToken, 'GET', '/users/me')
  const team = await call(adminToken, 'POST', '/teams', {
    name: `eng-${run}`,
    display_name: 'Engineering',
    type: 'O',
  })
  const names: Record<PersonName, string> = {
    alice: `alice-${run}`,
    bob: `bob-${run}`,
    carol: `carol-${run}`,
  }
  const people: Record<PersonName, string> = { alice: '', bob: '', carol: '' }
  const tokens: Record<PersonName, string> = { alice: '', bob: '', carol: '' }
  for (const name of ['alice', 'bob', 'carol'] as const) {
    const password = `Aa1!${randomBytes(12).toString('hex')}`
    const email = `${names[name]}@example.test`
    const person = await call(adminToken, 'POST', '/users', { username: names[name], email, password })
    people[name] = id(person)
    const made = await call(adminToken, 'POST', `/users/${people[name]}/tokens`, {
      description: 'contract suite',
    })
    tokens[name] = String(made.token)
    if (name === 'carol') continue
    await call(adminToken, 'POST', `/teams/${id(team)}/members`, { team_id: id(team), user_id: people[name] })
  }
  const make = async (owner: PersonName, name: string, type: 'O' | 'P'): Promise<string> => {
    return id(
      await call(tokens[owner], 'POST', '/channels', {
        team_id: id(team),
        name,
        display_name: title(name),
        type,
      }),
    )
  }
  const channels: Record<ChannelName, string> = {
    dev: await make('alice', 'dev', 'O'),
    vault: await make('alice', 'vault', 'P'),
    secret: await make('bob', 'secret', 'P'),
    lounge: await make('bob', 'lounge', 'O'),
    old: await make('alice', 'old', 'O'),
    direct: id(await call(tokens.alice, 'POST', '/channels/direct', [people.alice, people.bob])),
  }
  await call(adminToken, 'POST', `/channels/${channels.dev}/members`, { user_id: people.bob })
  await call(adminToken, 'POST', `/channels/${channels.dev}/members`, { user_id: id(admin) })
  await call(tokens.alice, 'DELETE', `/channels/${channels.old}`)
  const post = (token: string, body: Json): Promise<Json> => call(token, 'POST', '/posts', body)
  return {
    url,
    ids: { people, channels, team: id(team), teamName: `eng-${run}` },
    names,
    token: person => tokens[person],
    say: async (person, channel, message, root) => {
      return id(await post(tokens[person], { channel_id: channels[channel], message, root_id: root ?? '' }))
    },
    sayAt: async (channel, message, createAt) => {
      return id(await post(adminToken, { channel_id: channels[channel], message, create_at: createAt }))
    },
    edit: async (person, postId, message) => {
      await call(tokens[person], 'PUT', `/posts/${postId}/patch`, { message })
    },
    remove: async (person, postId) => {
      await call(tokens[person], 'DELETE', `/posts/${postId}`)
    },
    react: async (person, postId, emoji) => {
      const body = { user_id: people[person], post_id: postId, emoji_name: emoji }
      await call(tokens[person], 'POST', '/reactions', body)
    },
    close: async () => {
      await call(adminToken, 'DELETE', `/teams/${id(team)}`)
    },
  }
}

function id(made: Json): string {
  return String(made.id)
}

function title(name: string): string {
  return name.charAt(0).toUpperCase() + name.slice(1)
}

function caller(url: string): (token: string, method: string, path: string, body?: unknown) => Promise<Json> {
  return async (token, method, path, body) => {
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' }
    const sent = body === undefined ? {} : { body: JSON.stringify(body) }
    const reply = await fetch(`${url}/api/v4${path}`, { method, headers, ...sent, redirect: 'error' })
    const told = await reply.text()
    if (!reply.ok) throw new Error(`setting up: ${method} ${path} gave ${reply.status} ${told.slice(0, 200)}`)
    return JSON.parse(told)
  }
}
