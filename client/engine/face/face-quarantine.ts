/** Questions and acts about records that are in no figure: handed in by revoked devices, or set aside here. */
import type { Problem } from './face-rows.ts'

/** A document as far as loose records say it. */
export interface LooseDocument {
  readonly docId: string
  readonly act: 'posted' | 'supplied' | 'reversed' | 'unapproved'
  /** Empty where its records do not say. */
  readonly type: string
  readonly number: string
  /** 业务时间, ms; as its device says. */
  readonly at: number
  /** When its device wrote it, by its own clock. */
  readonly recordedAt: number
  readonly byName: string
  /** Fen; absent where it is not priced, or may not be read. */
  readonly amount?: number
}

/** One that a revoked device handed in. */
export interface HeldDocument extends LooseDocument {
  /** By its own clock it was written after the device was revoked. */
  readonly isAfterRevocation: boolean
  /** What `adoptHeld` is told to take everything up to this one and nothing after it. */
  readonly before?: number
}

/** What a revoked device handed in, and what became of it. */
export interface HeldDevice {
  readonly device: string
  readonly name: string
  readonly code: string
  readonly lastSeenAt: number
  readonly revokedAt?: number
  readonly handedInAt: number
  readonly isWaiting: boolean
  readonly decision?: {
    readonly verdict: 'adopted' | 'declined'
    readonly at: number
    readonly byName: string
    readonly reason?: string
  }
  /** In the order in which they were written; what may not be read is not among them. */
  readonly documents: readonly HeldDocument[]
  /** Records that are no documents: changed masters. */
  readonly otherRecords: number
  /** Journals whose audience the person may not read, or that are too long to show. */
  readonly hiddenJournals: number
}

/** Where a shut-out device stands with what it had not sent. */
export interface HandedInRow {
  readonly state: 'nothing' | 'waiting' | 'adopted' | 'declined' | 'refused'
  readonly reason?: string
  /** The server signed that it keeps everything that is here. */
  readonly mayWipe: boolean
  readonly problem?: Problem
}

/** What is kept on this device and counts no more. */
export interface SetAsideRow {
  /** What the acts are told: the document, or the record. */
  readonly key: string
  /** Why. */
  readonly code: string
  readonly records: number
  /** Written by this device, and readable: the others can only be handed out. */
  readonly isOwn: boolean
  /** Device and branch of a copy of another's journal; absent of the server's own. */
  readonly of?: string
  readonly document?: LooseDocument
  /** It lies on the desk as a draft again. */
  readonly isDraft: boolean
  /** The same document was posted anew. */
  readonly isPosted: boolean
  readonly canTakeBack: boolean
}

export interface QuarantineQueries {
  setAside: { args: Record<never, never>; result: readonly SetAsideRow[] }
  /** What revoked devices handed in; undefined where the server cannot be asked. */
  heldDevices: { args: Record<never, never>; result: readonly HeldDevice[] | undefined }
}

export interface QuarantineCommands {
  /** Sends what was set aside once more: same ids and contents, at the end of its chain. */
  offerAgain: { args: { readonly key: string }; result: Record<never, never> }
  /** Lays a document that was set aside on the desk again, under its own id. */
  takeBackToDraft: {
    args: { readonly key: string }
    result: { readonly docId: string; readonly type: string }
  }
  /** Takes what a revoked device handed in into its journals: all of it, or what was written before a moment of its clock. */
  adoptHeld: {
    args: { readonly device: string; readonly before?: number }
    result: Record<never, never>
  }
  declineHeld: {
    args: { readonly device: string; readonly reason: string }
    result: Record<never, never>
  }
  /** Removes everything from a shut-out device whose records the server has signed for. */
  wipeDevice: { args: Record<never, never>; result: Record<never, never> }
}
