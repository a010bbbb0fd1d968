package import JSONKit

extension EditorSchema {
  /// One of the forms that a value may have by the schema.
  private struct Form {
    /// `/steps/*/agency`, where `*` stands for names given by users and `-` for elements; from the definition on where it has one,
    /// as `/$defs/time`.
    let place: String
    let value: JSONValue

    var isSection: Bool { value["properties"] != nil }
    /// `false` forbids a key that another form has.
    var known: [(key: String, value: JSONValue)] {
      (value["properties"].map { Array($0.members) } ?? []).filter { $0.value.boolean != false }.map {
        (String($0.name), $0.value)
      }
    }
  }

  /// Where the keys that a reader asked for are not those of the schema, a line each.
  ///
  /// A section that may have several forms has the keys of all of them. A definition that stands in several places is asked for
  /// a key where the reader asks for it in one of them.
  ///
  /// - Parameter asked: by the path of each section, as `ConfigurationReader` tells it. Every section of the schema has to be in some
  ///   example that was read; names given by users have no dots in it.
  package func differences(from asked: [String: Set<String>]) -> [String] {
    var differences: Set<String> = []
    var askedAt: [String: Set<String>] = [:]
    for (path, keys) in asked {
      // ‘statistics[1].agency’ is found by statistics, 0, agency.
      let steps = path.split(separator: ".").flatMap { step in
        step.hasSuffix("]") ? step.dropLast().split(separator: "[").map(String.init) : [String(step)]
      }
      guard let forms = find(steps) else {
        differences.insert("\(path): the schema has no such section")
        continue
      }
      let sections = forms.filter(\.isSection)
      guard let first = sections.first else { continue }
      for key in keys.subtracting(sections.flatMap { $0.known.map(\.key) }) {
        differences.insert("\(first.place)/\(key): the reader asks for it, and the schema does not know it")
      }
      for section in sections { askedAt[section.place, default: []].formUnion(keys) }
    }
    for (place, known) in sections {
      for key in known.subtracting(askedAt[place] ?? []) {
        differences.insert("\(place)/\(key): the schema knows it, and the reader never asks for it")
      }
    }
    return differences.sorted()
  }

  /// What the schema says of the key to which these steps lead, and behind it what it refers to; empty where it knows no such key.
  package func subschemas(at path: [String]) -> [JSONValue] {
    guard let last = path.last, let forms = find(path.dropLast()) else { return [] }
    let known = forms.lazy.compactMap { $0.value["properties"]?[last] }.first
    guard let found = known ?? forms.lazy.compactMap({ $0.value["additionalProperties"] }).first else { return [] }
    return found["$ref"] == nil ? [found] : [found, followed(found, "").value]
  }

  /// The forms of the value to which steps lead; nil where the schema knows no such place.
  private func find(_ steps: some Sequence<String>) -> [Form]? {
    var forms = forms(of: document.root, "")
    for step in steps {
      var next = forms.flatMap { form in
        (form.value["properties"]?[step]).map { self.forms(of: $0, form.place + "/" + step) } ?? []
      }
      if next.isEmpty {
        next = forms.flatMap { form in
          guard let open = form.value["additionalProperties"], open.kind == .object else { return [Form]() }
          return self.forms(of: open, form.place + "/*")
        }
      }
      if next.isEmpty, Int(step) != nil {
        next = forms.flatMap { form in form.value["items"].map { self.forms(of: $0, form.place + "/-") } ?? [] }
      }
      if next.isEmpty { return nil }
      forms = next
    }
    return forms
  }

  /// The keys of each section, by its place.
  private var sections: [String: Set<String>] {
    var sections: [String: Set<String>] = [:]
    func collect(_ value: JSONValue, _ place: String) {
      // A definition is looked at once, wherever it stands: it may hold itself.
      let isKnown = value["$ref"] != nil && sections[followed(value, place).place] != nil
      for form in isKnown ? [] : forms(of: value, place) {
        if form.isSection {
          sections[form.place, default: []].formUnion(form.known.map(\.key))
          for (key, value) in form.known { collect(value, form.place + "/" + key) }
        }
        if let open = form.value["additionalProperties"] { collect(open, form.place + "/*") }
        if let items = form.value["items"] { collect(items, form.place + "/-") }
      }
    }
    collect(document.root, "")
    return sections
  }

  /// What the schema says of a value, and what it says of each form that this value may have: those of `oneOf`, and of `then` and `else`.
  private func forms(of value: JSONValue, _ place: String) -> [Form] {
    let own = followed(value, place)
    let others = own.value["oneOf"].map { Array($0.elements) } ?? []
    let branches = others + [own.value["then"], own.value["else"]].compactMap(\.self)
    return [own] + branches.flatMap { forms(of: $0, own.place) }
  }

  /// What `$ref` of the schema's own `$defs` leads to; the value itself where it has none.
  private func followed(_ value: JSONValue, _ place: String) -> Form {
    guard let reference = value["$ref"]?.string, reference.hasPrefix("#/$defs/") else {
      return Form(place: place, value: value)
    }
    let found = document.root["$defs"]?[String(reference.dropFirst(8))]
    return Form(place: String(reference.dropFirst()), value: found ?? value)
  }
}
