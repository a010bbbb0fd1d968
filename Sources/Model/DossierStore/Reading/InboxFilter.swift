package import ServiceKit

/// Which part of an inbox is wanted.
package struct InboxFilter: Sendable, Equatable {
  /// Names of message types.
  package var types: Set<String>
  /// Created at this moment or later.
  package var since: Timestamp?
  /// Created before this moment.
  package var until: Timestamp?
  /// Entries that are passed over.
  package var offset: Int
  package var limit: Int

  package init(
    types: Set<String>, since: Timestamp? = nil, until: Timestamp? = nil, offset: Int = 0, limit: Int
  ) {
    precondition(offset >= 0 && limit > 0, "a part of an inbox begins in it and holds an entry")
    self.types = types
    self.since = since
    self.until = until
    self.offset = offset
    self.limit = limit
  }
}
