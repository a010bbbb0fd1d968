import DossierModel
package import DossierStore
package import JSONKit

extension StoredDocument {
  /// - Parameter isConfigured: whether the site still asks it; nil when no site is looked at.
  package static func write(_ poll: StoredPoll, isConfigured: Bool?, to writer: inout JSONWriter) {
    writer.beginObject()
    writer.member("party", poll.id.party.text)
    writer.member("poll", poll.id.name)
    writer.member("cursor", poll.place.cursor)
    writer.member("reached", poll.place.reached)
    writer.member("due", poll.due)
    writer.name("isAsking")
    writer.boolean(poll.epoch != nil)
    writer.member("begunAt", poll.begun)
    writer.member("succeededAt", poll.succeeded)
    writer.name("failures")
    writer.integer(poll.failures)
    writer.member("failure", poll.failure?.rawValue)
    writer.member("note", poll.note)
    writer.name("taken")
    writer.integer(poll.taken)
    writer.name("keptItems")
    writer.integer(poll.keptItems)
    if let isConfigured {
      writer.name("isConfigured")
      writer.boolean(isConfigured)
    }
    writer.endObject()
  }

  package static func write(_ item: StoredPollItem, to writer: inout JSONWriter) {
    writer.beginObject()
    writer.name("item")
    writer.integer(Int(item.number))
    writer.member("party", item.poll.party.text)
    writer.member("poll", item.poll.name)
    writer.member("name", item.name)
    writer.member("type", item.type)
    writer.member("sha256", item.digest.description)
    writer.member("firstAt", item.first)
    writer.member("lastAt", item.last)
    writer.name("times")
    writer.integer(item.times)
    writer.member("fault", item.fault)
    writer.member("note", item.note)
    writer.name("bytes")
    writer.integer(item.byteCount)
    writer.name("isOfferedAgain")
    writer.boolean(item.isOfferedAgain)
    writer.endObject()
  }
}
