/**
 * Bounds of everything that a client can make the server hold or do [S4]. They are checked before
 * bytes are decoded wherever the wire format allows it. Units stand in the names: bytes, counts,
 * milliseconds.
 */

import { limitUpdateBytes } from '#domain/replica/guard.ts'

/**
 * Largest frame of the sync socket: an update and its address. Devices send a backlog in smaller
 * pieces.
 */
export const limitFrameBytes = limitUpdateBytes + 4_096
/**
 * Largest piece of an answer to a device that asks what it lacks (more where a single entry is longer):
 * what a bad line carries before it is torn.
 */
export const limitAnswerBytes = 32_768
/** Largest presence frame, and the largest presence state in it after the server stamped it. */
export const limitPresenceFrameBytes = 8_192
export const limitPresenceBytes = 2_048
/** Longest address (document name and session id) at the front of a frame. */
export const limitAddressBytes = 512

/** What one socket may send before its first document is authenticated. */
export const limitEarlyBytes = 524_288
export const limitEarlyMessages = 1_000
export const limitEarlyMs = 10_000
/** Sockets of one address that have not authenticated yet: the oldest gives way to a newcomer. */
export const limitEarlySockets = 128
/** What all of them together may have said, and what one may before it gives way. */
export const limitAllEarlyBytes = 16_777_216
export const limitSmallEarlyBytes = 65_536
/** Documents of one socket: waiting for authentication, and open. */
export const limitPendingDocuments = 300
export const limitSocketDocuments = 2_000
/** Sessions of one document on one socket: what is written to it goes out once for each. */
export const limitDocumentSessions = 4
/** Sockets of one device: one, and those whose end was not noticed yet. The oldest gives way. */
export const limitDeviceSockets = 8
/** Refused updates, and refused documents, after which not the channel but the whole socket closes. */
export const limitSocketRefusals = 5
export const limitSocketDenials = 100
/** Frames of one socket that are handled before others get their turn. */
export const limitFramesPerTurn = 32

/** Steady rate and burst of one authenticated socket. */
export const limitMessagesPerSecond = 500
export const limitMessagesBurst = 10_000
/** Pings: browsers send none. */
export const limitPingsPerSecond = 10
export const limitPingsBurst = 100
export const limitBytesPerSecond = 16_777_216
export const limitBytesBurst = 67_108_864

/** Bytes written to a socket and not yet taken by the reader: the hard stop. */
export const limitOutboxBytes = 16_777_216
/** The same of all readers together; beyond it those are let go who have left more than a little. */
export const limitAllOutboxBytes = 25_165_824
export const limitSmallOutboxBytes = 131_072
/** Bytes not yet taken by the reader while which no further piece of an answer is made for him. */
export const limitAnswerBacklogBytes = 65_536
/** Questions of one socket that wait for their turn, in bytes of what they say is known. */
export const limitWaitingQuestionBytes = 1_048_576
/** What may stay without progress. */
export const limitStalledBytes = 4_194_304
export const limitStalledMs = 30_000

/** Client ids that may ever have written one journal shard (each page load adds one). */
export const limitJournalClients = 2_000
export const limitDeskClients = 20_000
/** Of these, one device's: each makes every later update a little dearer for everybody. */
export const limitDeskDeviceClients = 2_000
/**
 * A masters record longer than this could not be relayed: its base64 would outgrow the limit of a
 * record.
 */
export const limitRelayedBytes = 190_000
/**
 * How long an update of a newer shard waits for the rest of the older one before the device is told
 * to retry.
 */
export const limitShardWaitMs = 10_000

/** What one device may leave on one desk: more than anybody types, and nobody fills it for the others. */
export const limitDeskShareBytes = 4_194_304
/** What one device may add to the disk in a day. An import of a hundred thousand products is a quarter of it. */
export const limitDeviceBytesPerDay = 268_435_456
/**
 * Heads put into a document of a branch before it begins anew, and of these for each journal: every one
 * leaves a trace in it.
 */
export const limitHeadPuts = 4_000
export const limitHeadPutsPerJournal = 4

/** Updates of one journal that are judged and committed together, in bytes; one may be longer. */
export const limitJoinedBytes = 131_072
/**
 * Bytes handed to the store and not yet durable; beyond it a commit fails at once and devices
 * retry.
 */
export const limitStoreQueueBytes = 134_217_728
/**
 * Stored updates of one document after which an idle one, and any one, is re-encoded into a
 * snapshot.
 */
export const limitIdleTail = 256
export const limitTail = 8_192

/** Requests of one connection, which may all come at once; a browser then takes another one. */
export const limitRequestsPerSocket = 200
/** Body of an API request. */
export const limitBodyBytes = 65_536
/** One that hands in a piece of a journal, in base64; a device cuts pieces of a quarter of this. */
export const limitHandInBody = 1_400_000
export const limitHandInsPerMinute = 3_000
/**
 * What the server holds for revoked devices until somebody has looked at it: of one device weeks of work
 * without a network, and of all together what a disk can spare.
 */
export const limitQuarantineBytes = 33_554_432
export const limitAllQuarantineBytes = 268_435_456
export const limitQuarantineJournals = 400
/** Of one address: a device hands in whole weeks in a few of them. */
export const limitQuarantinePerMinute = 300
/** Bytes of records in one answer to whoever looks at them. */
export const limitQuarantineAnswerBytes = 1_048_576
/** Password checks at once (19 MiB each) and waiting; beyond it the answer is `busy`. */
export const limitPasswordChecks = 1
export const limitPasswordQueue = 64
