package import JSONKit
import ServiceKit

// The form of an edition's file, and of what `lienthong dictionary show --json` prints.

extension DictionaryEdition {
  package var json: [UInt8] {
    var writer = JSONWriter()
    write(to: &writer)
    return writer.finish()
  }

  package func write(to writer: inout JSONWriter) {
    write(codes, to: &writer)
  }

  /// The edition with some of its codes.
  package func write(_ codes: some Sequence<DictionaryCode>, to writer: inout JSONWriter) {
    writer.beginObject()
    writer.name("dictionary")
    writer.string(dictionary.description)
    writer.name("edition")
    writer.integer(number)
    writer.name("fetched")
    writer.string(fetched.rfc3339())
    writer.name("codes")
    writer.beginArray()
    for code in codes { code.write(to: &writer) }
    writer.endArray()
    writer.name("changes")
    changes.write(to: &writer)
    writer.endObject()
  }

  /// Nil for what is no edition.
  package init?(_ root: JSONValue) {
    guard let dictionary = root["dictionary"]?.string.flatMap({ DictionaryName($0) }),
      let number = root["edition"]?.integer, number > 0,
      let fetched = root["fetched"]?.string.flatMap({ try? Timestamp(rfc3339: $0) }),
      let values = root["codes"], values.kind == .array
    else { return nil }
    var codes: [DictionaryCode] = []
    codes.reserveCapacity(values.count)
    for value in values.elements {
      guard let code = DictionaryCode(value) else { return nil }
      codes.append(code)
    }
    guard let changes = root["changes"].flatMap({ DictionaryChanges($0) }) else { return nil }
    self.init(dictionary, number: number, fetched: fetched, codes: codes, changes: changes)
  }
}

extension DictionaryCode {
  package func write(to writer: inout JSONWriter) {
    writer.beginObject()
    let members = [
      ("code", code), ("name", name), ("parent", listed.parent), ("from", listed.from?.description),
      ("until", listed.until?.description), ("vanished", vanished?.description),
    ]
    for (name, text) in members {
      guard let text else { continue }
      writer.name(name)
      writer.string(text)
    }
    writer.endObject()
  }

  fileprivate init?(_ value: JSONValue) {
    guard let code = value["code"]?.string, let name = value["name"]?.string else { return nil }
    var days: [CivilDay?] = []
    for key in ["from", "until", "vanished"] {
      guard let text = value[key] else {
        days.append(nil)
        continue
      }
      guard let day = text.string.flatMap({ CivilDay($0) }) else { return nil }
      days.append(day)
    }
    self.init(
      ListedCode(code: code, name: name, parent: value["parent"]?.string, from: days[0], until: days[1]),
      vanished: days[2])
  }
}

extension DictionaryChanges {
  package func write(to writer: inout JSONWriter) {
    writer.beginObject()
    for (name, codes) in [("added", added), ("ended", ended), ("returned", returned), ("moved", moved)] {
      writer.name(name)
      writer.beginArray()
      for code in codes { writer.string(code) }
      writer.endArray()
    }
    writer.name("renamed")
    writer.beginArray()
    for renaming in renamed {
      writer.beginObject()
      writer.name("code")
      writer.string(renaming.code)
      writer.name("before")
      writer.string(renaming.before)
      writer.endObject()
    }
    writer.endArray()
    writer.endObject()
  }

  fileprivate init?(_ value: JSONValue) {
    self.init()
    func codes(_ name: String) -> [String]? { value[name].map { $0.elements.compactMap(\.string) } }
    guard let added = codes("added"), let ended = codes("ended"), let returned = codes("returned"),
      let moved = codes("moved"), let renamed = value["renamed"]
    else { return nil }
    (self.added, self.ended, self.returned, self.moved) = (added, ended, returned, moved)
    for renaming in renamed.elements {
      guard let code = renaming["code"]?.string, let before = renaming["before"]?.string else { return nil }
      self.renamed.append(Renaming(code: code, before: before))
    }
  }
}
