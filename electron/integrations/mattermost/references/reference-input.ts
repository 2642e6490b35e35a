import * as z from 'zod'

/** What stands where an id is asked for; a long link still fits, and what it means is read later. */
export const referenceInput = z.string().min(1).max(300)

/** Where a channel is asked for. */
export const channelInput = referenceInput.describe('Id, ~name, team/name, @user or link')
