import type { IncomingHttpHeaders } from 'node:http'
import { type AppError, pickLocale } from '../errors.ts'
import { goJson } from '../go-json.ts'
import type { State } from '../state.ts'

/** An error as the server writes it: no line feed, detail in developer mode only, blanked 5xx in hardened mode. */
export function wireError(
  state: State,
  request: { headers: IncomingHttpHeaders; requestId: string },
  error: AppError,
): { status: number; text: string } {
  const { settings } = state
  const hidden = settings.hardened && error.status >= 500
  const status = hidden ? 500 : error.status
  const locale = pickLocale(request.headers['accept-language'], settings.locale)
  const text = goJson({
    id: hidden ? '' : error.id,
    message: hidden ? 'Internal Server Error' : error.text(locale),
    // In developer mode a 401 quotes the token here.
    detailed_error: settings.developerMode && !hidden ? error.detail : '',
    request_id: request.requestId,
    status_code: status,
  })
  return { status, text }
}

/** The 404 of an unknown route: it names the URL even outside developer mode and has no request id. */
export function unknownRouteText(state: State, headers: IncomingHttpHeaders, path: string): string {
  const german = pickLocale(headers['accept-language'], state.settings.locale) === 'de'
  const message = german
    ? 'Entschuldigung, wir konnten die Seite nicht finden.'
    : 'Sorry, we could not find the page.'
  const detail = `There doesn't appear to be an api call for the url='${path}'.  Typo? are you missing a team_id or user_id as part of the url?`
  return goJson({ id: 'api.context.404.app_error', message, detailed_error: detail, status_code: 404 })
}
