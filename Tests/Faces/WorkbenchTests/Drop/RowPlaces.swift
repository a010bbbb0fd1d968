import DocumentKit
import Translation

@testable import Workbench

/// A place of the source or the target: of the message itself, or of a document inside one of its strings.
struct DocumentPlace: Hashable, CustomStringConvertible {
  /// Which document; the message itself is the first.
  let document: Int
  /// Below its root.
  let path: String

  var description: String { document == 0 ? path : "\(document) » \(path)" }
}

/// What the rows of a mapping read and write, row by row, by their texts and the schemas alone.
struct RowPlaces {
  struct Entry {
    let row: MappingRow
    /// The group around, as an index of its entry.
    let parent: Int?
    /// Behind the last row inside.
    var end: Int
    /// Leaves of the source that the row itself uses.
    var reads: Set<DocumentPlace> = []
    /// What the schemas say of the texts that `from` reads; empty where it reads none.
    var texts: [ValueRules] = []
    var asked: [DocumentPlace] = []
    /// Leaves of the document it opens that nobody reads on purpose.
    var ignores: Set<DocumentPlace> = []
    /// The element or attribute it writes, with those it passes through.
    var writes: [DocumentPlace] = []
    /// The document that it opens, or writes.
    var opened: Int?
    var made: Int?
  }

  private struct Document {
    let key: String
    let tree: SchemaTree
  }

  /// Where a row is evaluated.
  private struct Context {
    var document: Int
    var nodes: Set<Int>
    var group: Set<Int>
  }

  /// Every row, groups before the rows in them.
  private(set) var entries: [Entry] = []
  /// By leaf of the source: the rows that read or ignore it; the mapping itself, which ignores too, is -1.
  private var holders: [DocumentPlace: Set<Int>] = [:]
  private var writers: [DocumentPlace: Set<Int>] = [:]
  private var sources: [Document] = []
  private var targetCount = 1
  private let shelf: SchemaShelf

  /// `root` is the root of the source's schema of which the mapping speaks.
  init(_ definition: MappingDefinition, root: String, in workbench: Workbench) throws {
    shelf = workbench.shelf
    let shape = try shelf.shape(definition.source.schema)
    let place = shape.roots.first { shape[$0].name == root } ?? shape.roots[0]
    sources = [Document(key: "", tree: shelf.tree(of: shape, at: definition.source.schema, from: place))]
    try walk(
      definition.rows, at: Context(document: 0, nodes: [SchemaTree.root], group: []), below: [], of: 0, in: nil)
    for place in ignored(definition.ignored, in: 0) { holders[place, default: []].insert(-1) }
    for (index, entry) in entries.enumerated() {
      for place in entry.reads.union(entry.ignores) { holders[place, default: []].insert(index) }
      for place in entry.writes { writers[place, default: []].insert(index) }
    }
  }

  // MARK: Asking

  /// The rows that go with one that is deleted: those inside it, and the groups that would be left without rows.
  func dropped(with index: Int) -> Set<Int> {
    var dropped = Set(index..<entries[index].end)
    var next = entries[index].parent
    while let group = next {
      let inner = entries.indices.filter { entries[$0].parent == group }
      guard inner.allSatisfy(dropped.contains) else { break }
      dropped.insert(group)
      next = entries[group].parent
    }
    return dropped
  }

  /// What the groups around a row write.
  func around(_ index: Int) -> [DocumentPlace] {
    guard let parent = entries[index].parent else { return [] }
    return entries[parent].writes + around(parent)
  }

  /// The leaves of the source that no row reads and nobody ignores.
  func unread() -> Set<DocumentPlace> {
    let leaves = sources.indices.flatMap { document in
      let tree = sources[document].tree
      return tree.nodes.indices.filter { Self.isLeaf($0, tree) }
        .map { DocumentPlace(document: document, path: tree.path(of: $0)) }
    }
    return Set(leaves).subtracting(holders.keys)
  }

  /// The leaves of the source that none of the other rows reads and nobody ignores, in documents that others open.
  func unread(without dropped: Set<Int>) -> Set<DocumentPlace> {
    let held = dropped.reduce(into: Set<DocumentPlace>()) { $0.formUnion(entries[$1].reads.union(entries[$1].ignores)) }
    return held.filter { place in
      holders[place, default: []].isSubset(of: dropped)
        && (place.document == 0
          || entries.indices.contains { entries[$0].opened == place.document && !dropped.contains($0) })
    }
  }

  /// The elements and attributes of the target that none of the other rows writes.
  func unwritten(without dropped: Set<Int>) -> Set<DocumentPlace> {
    let made = Set(entries.indices.filter { !dropped.contains($0) }.compactMap { entries[$0].made }).union([0])
    let gone = Set(dropped.flatMap { entries[$0].writes })
    return gone.filter { writers[$0, default: []].isSubset(of: dropped) && made.contains($0.document) }
  }

  /// Rows that write the same place, in their order.
  func writers(of place: DocumentPlace) -> [Int] {
    writers[place, default: []].filter { entries[$0].writes.last == place }.sorted()
  }

  // MARK: Walking

  private static func isLeaf(_ node: Int, _ tree: SchemaTree) -> Bool {
    guard let value = tree[node].value, tree[node].sameAs == nil else { return false }
    return value.kind != .null && value.fixed == nil
  }

  private func ignored(_ ignored: [MappingDefinition.Ignored], in document: Int) -> Set<DocumentPlace> {
    let tree = sources[document].tree
    var places: Set<DocumentPlace> = []
    // With a predicate only some of the nodes are ignored.
    for entry in ignored where !entry.from.text.contains("[") {
      var paths = SchemaPaths(tree)
      for node in paths.follow(entry.from.text, at: [SchemaTree.root], isText: false) {
        places.formUnion(tree.subtree(of: node).map { DocumentPlace(document: document, path: tree.path(of: $0)) })
      }
    }
    return places
  }

  private mutating func walk(
    _ rows: [MappingRow], at context: Context, below around: [String], of target: Int, in parent: Int?,
  ) throws {
    for row in rows {
      var entry = Entry(row: row, parent: parent, end: 0)
      var inner = context
      var paths = SchemaPaths(sources[context.document].tree)
      paths.group = context.group
      if let when = row.when { paths.follow(when.text, at: inner.nodes, isText: false) }
      if let each = row.each { inner.nodes = paths.follow(each.text, at: inner.nodes, isText: false) }
      if let key = row.groupBy {
        paths.follow(key.text, at: inner.nodes, isText: true)
        inner.group = inner.nodes
      }
      if let parse = row.parse {
        let nodes = paths.follow(parse.from.text, at: inner.nodes, isText: true)
        inner = try open(parse, at: nodes, of: inner.document, rows: row.children)
        entry.opened = inner.document
        entry.ignores = ignored(parse.ignored, in: inner.document)
      }
      let beyond = row.parse != nil
      entry.reads = read(paths, in: context.document)
      paths = SchemaPaths(sources[inner.document].tree)
      paths.group = beyond ? [] : inner.group
      if case .from(let expression) = row.content { paths.follow(expression.text, at: inner.nodes, isText: true) }
      let tree = sources[inner.document].tree
      let leaves = paths.used.filter { Self.isLeaf($0, tree) }.sorted()
      entry.texts = leaves.compactMap { tree[$0].value }
      entry.asked = leaves.map { DocumentPlace(document: inner.document, path: tree.path(of: $0)) }
      for expression in row.codeExpressions { paths.follow(expression.text, at: inner.nodes, isText: true) }
      entry.reads.formUnion(read(paths, in: inner.document))

      let names = row.target.steps.map(\.local) + row.target.ownName
      let whole = around + names
      entry.writes = names.indices.map { number in
        DocumentPlace(document: target, path: (around + names[...number]).joined(separator: "/"))
      }
      let index = entries.count
      entries.append(entry)
      if case .document(_, let rows) = row.content {
        entries[index].made = targetCount
        targetCount += 1
        try walk(rows, at: inner, below: [], of: targetCount - 1, in: index)
      } else {
        try walk(row.children, at: inner, below: whole, of: target, in: index)
      }
      entries[index].end = entries.count
    }
  }

  private func read(_ paths: SchemaPaths, in document: Int) -> Set<DocumentPlace> {
    let tree = sources[document].tree
    return Set(
      paths.used.filter { Self.isLeaf($0, tree) }.map { DocumentPlace(document: document, path: tree.path(of: $0)) })
  }

  /// Rows that read the same text by the same schema read one document together.
  private mutating func open(
    _ parse: NestedSource, at nodes: Set<Int>, of outer: Int, rows: [MappingRow],
  ) throws -> Context {
    let shape = try shelf.shape(parse.source.schema)
    let trees = shape.roots.map { shelf.tree(of: shape, at: parse.source.schema, from: $0) }
    // Of several roots it is the one of which the rows know the most paths.
    func known(_ tree: SchemaTree) -> Int {
      rows.count { row in
        let text: String? = if case .from(let expression) = row.content { expression.text } else { nil }
        var paths = SchemaPaths(tree)
        guard let text = row.each?.text ?? text else { return false }
        paths.follow(text, at: [SchemaTree.root], isText: false)
        return !paths.used.isEmpty
      }
    }
    guard let tree = trees.max(by: { known($0) < known($1) }) else {
      return Context(document: outer, nodes: [], group: [])
    }
    let places = nodes.map { sources[outer].tree.path(of: $0) }.sorted().joined(separator: "|")
    let key = "\(sources[outer].key)/\(places)/\(parse.source.schema)#\(tree[SchemaTree.root].name)"
    if let same = sources.firstIndex(where: { $0.key == key }) {
      return Context(document: same, nodes: [SchemaTree.root], group: [])
    }
    sources.append(Document(key: key, tree: tree))
    return Context(document: sources.count - 1, nodes: [SchemaTree.root], group: [])
  }
}

extension MappingRow {
  /// What the columns of its code tables and their days are asked with.
  fileprivate var codeExpressions: [MappingDefinition.Expression] {
    guard case .codes(let inward, let outward)? = conversion else { return [] }
    return [inward, outward].compactMap(\.self).flatMap { $0.columns.map(\.expression) + [$0.at].compactMap(\.self) }
  }
}

extension TargetPath {
  fileprivate var ownName: [String] {
    switch last {
    case .element(let name): [name.local]
    case .attribute(let name): ["@" + name.local]
    case .here: []
    }
  }
}
