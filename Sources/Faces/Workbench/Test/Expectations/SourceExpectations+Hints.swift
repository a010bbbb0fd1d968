import DocumentKit
import ServiceKit
import Translation

extension SourceExpectations {
  /// Makes a valid document of a schema that begins with `root`, by the hints.
  typealias InnerMaker = (_ schema: String, _ root: String, SampleHints, inout SeededGenerator) -> String?

  /// Hints for one sample: where rows depend on the text of a place, one such text is chosen for the whole of it.
  ///
  /// - Parameters:
  ///   - isStrict: the texts are also to become what the target allows. Without it a sample shows what a mapping makes of
  ///     texts that only the source's schema has said anything about.
  ///   - example: the texts of a document that the mapping can read, by path.
  func hints(
    isStrict: Bool, example: [String: [String]], _ chance: inout SeededGenerator, _ inner: @escaping InnerMaker,
  ) -> SampleHints {
    var scene = Scene(choose(&chance))
    var hints = SampleHints()
    add(lookups, to: &scene, &chance)
    for path in computed.sorted() {
      if scene.texts[path] == nil, let texts = example[path] {
        hints.texts[path, default: .init()].supplies.append(ExpectedValues.choice(texts))
      }
    }
    for member in members where scene.allows(member.conditions) { hints.add(member) }
    for (path, texts) in compared {
      hints.texts[path, default: .init()].supplies.append(ExpectedValues.choice(texts.sorted()))
    }
    for reading in readings where scene.allows(reading.conditions) { hints.add(reading, isStrict: isStrict) }
    for need in needs where scene.allows(need.conditions) { hints.needed.insert(need.path) }
    add(documents.filter { scene.allows($0.conditions) }, to: &hints, isStrict: isStrict, &chance, inner)
    for (path, text) in scene.texts { hints.texts[path] = .init(supplies: [{ _ in text }]) }
    return hints
  }

  /// What is taken to be so in one sample.
  private struct Scene {
    var texts: [String: String]

    init(_ texts: [String: String]) { self.texts = texts }

    func allows(_ conditions: [Condition]) -> Bool {
      conditions.allSatisfy { condition in texts[condition.path].map(condition.texts.contains) ?? true }
    }
  }

  /// For every place that a `when` depends on, one of the texts that some row waits for.
  private func choose(_ chance: inout SeededGenerator) -> [String: String] {
    let all = readings.flatMap(\.conditions) + needs.flatMap(\.conditions) + documents.flatMap(\.conditions)
    var offered: [String: Set<String>] = [:]
    for condition in all { offered[condition.path, default: []].formUnion(condition.texts) }
    var chosen: [String: String] = [:]
    for (path, texts) in offered.sorted(by: { $0.key < $1.key }) {
      let readable = texts.sorted().filter { text in
        readings.allSatisfy { $0.path != path || $0.isConditional || $0.canRead(text) }
      }
      chosen[path] = chance.element(of: readable)
    }
    return chosen
  }

  /// For every table with columns or days, one row of it, so that its code, columns and day belong together.
  private func add(_ lookups: [Lookup], to scene: inout Scene, _ chance: inout SeededGenerator) {
    for lookup in lookups where scene.allows(lookup.conditions) {
      let rows = lookup.table.rows.filter { row in
        row.applies(lookup.direction)
          && lookup.paths.allSatisfy {
            scene.texts[$0] ?? row.question(lookup.direction) == row.question(lookup.direction)
          }
          && zip(row.cells, lookup.columns).allSatisfy { cell, column in
            if case .text(let text)? = column { cell == nil || cell == text } else { true }
          }
      }
      guard let row = chance.element(of: rows) else { continue }
      for path in lookup.paths { scene.texts[path] = row.question(lookup.direction) }
      for case (let cell?, .paths(let paths)?) in zip(row.cells, lookup.columns) {
        for path in paths { scene.texts[path] = cell }
      }
      guard let day = row.validFrom ?? row.validUntil else { continue }
      let text = TimeFormat.iso.convert("\(day)T09:00:00+07:00", to: lookup.dayFormat)
      for path in lookup.days { scene.texts[path] = text }
    }
  }

  /// Of the documents that rows look for in one place, those of one schema.
  private func add(
    _ documents: [Document], to hints: inout SampleHints, isStrict: Bool, _ chance: inout SeededGenerator,
    _ inner: @escaping InnerMaker,
  ) {
    for (path, here) in Dictionary(grouping: documents, by: \.path).sorted(by: { $0.key < $1.key }) {
      let kinds = Dictionary(grouping: here) { "\($0.schema)#\($0.root)" }.sorted { $0.key < $1.key }.map(\.value)
      guard let chosen = chance.element(of: kinds), let first = chosen.first else { continue }
      let expectations = chosen.reduce(into: SourceExpectations()) { $0.add($1.expectations) }
      let innerHints = expectations.hints(isStrict: isStrict, example: [:], &chance, inner)
      hints.texts[path, default: .init()].supplies = [
        { chance in
          let text = inner(first.schema, first.root, innerHints, &chance)
          return first.isBase64 ? text.flatMap(Base64Step.encode.convert) : text
        }
      ]
    }
  }

  private mutating func add(_ other: SourceExpectations) {
    readings += other.readings
    needs += other.needs
    lookups += other.lookups
    documents += other.documents
    members += other.members
    computed.formUnion(other.computed)
    compared.merge(other.compared) { $0.union($1) }
  }
}

extension SampleHints {
  fileprivate mutating func add(_ member: SourceExpectations.Member) {
    var own = members[member.path] ?? Members(key: member.key, texts: [])
    guard own.key == member.key, !own.texts.contains(member.text) else { return }
    own.texts.append(member.text)
    members[member.path] = own
  }

  fileprivate mutating func add(_ reading: SourceExpectations.Reading, isStrict: Bool) {
    var own = texts[reading.path, default: .init()]
    if let supply = reading.supply { own.supplies.append(supply) }
    if isStrict, let supply = reading.targetSupply { own.supplies.append(supply) }
    let test = isStrict ? { reading.canRead($0) && reading.isAllowed($0) } : reading.canRead
    if reading.isConditional { own.alternatives.append(test) } else { own.tests.append(test) }
    texts[reading.path] = own
  }
}
