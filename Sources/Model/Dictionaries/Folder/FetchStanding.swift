package import JSONKit
package import ServiceKit

/// How the fetching of a dictionary stands; it outlives the process, so that a start does not fetch everything anew.
package struct FetchStanding: Sendable, Equatable {
  /// When a good list was last fetched, whether or not it said anything new.
  package var checked: Timestamp?
  package var tried: Timestamp?
  /// Attempts since then that brought none.
  package var failures = 0
  /// Why the last attempt failed; nil when it did not. It names rules and limits, and codes of the dictionary.
  package var note: String?

  package init() {}

  package mutating func succeeded(at now: Timestamp) {
    (checked, tried, failures, note) = (now, now, 0, nil)
  }

  package mutating func failed(_ note: String, at now: Timestamp) {
    (tried, failures, self.note) = (now, failures + 1, note)
  }

  var json: [UInt8] {
    var writer = JSONWriter()
    writer.beginObject()
    write(to: &writer)
    writer.endObject()
    return writer.finish()
  }

  /// The members, into an object that is open.
  package func write(to writer: inout JSONWriter) {
    for (name, moment) in [("checked", checked), ("tried", tried)] {
      guard let moment else { continue }
      writer.name(name)
      writer.string(moment.rfc3339())
    }
    writer.name("failures")
    writer.integer(failures)
    guard let note else { return }
    writer.name("note")
    writer.string(note)
  }

  /// What cannot be read stands for nothing: the dictionary is then fetched once more.
  init(_ root: JSONValue) {
    func moment(_ name: String) -> Timestamp? { root[name]?.string.flatMap { try? Timestamp(rfc3339: $0) } }
    checked = moment("checked")
    tried = moment("tried")
    failures = max(root["failures"]?.integer ?? 0, 0)
    note = root["note"]?.string
  }
}
