import DocumentKit
import XMLKit

extension Evaluation {
  mutating func runGroup(
    _ row: CompiledRow, _ rows: CompiledRows, at context: XMLNode, base: Int,
  ) throws(TranslationError) {
    guard let own = row.own else { return try runTransparent(row, rows, at: context) }
    var isWritten = false
    if row.each == nil, !row.hasOwnSource {
      // Most groups only nest; that they go through one node, the context, needs no list of it.
      open(row, base: base)
      isWritten = try runItem(row, own, rows, at: context)
    } else {
      let items = try items(of: row, at: context)
      open(row, base: base)
      for index in items.nodes.indices {
        let outer = row.hasOwnSource ? source : nil
        if let item = try enter(row, items, index, at: context) {
          if try runItem(row, own, rows, at: item) { isWritten = true }
          leave(row)
        }
        if let outer { source = outer }
      }
    }
    if isWritten {
      _ = takePlace(of: row, at: context)
    } else {
      finishEmpty(row, own, at: context)
    }
  }

  /// The group's element for one node; whether it was written.
  private mutating func runItem(
    _ row: CompiledRow, _ own: WrittenName, _ rows: CompiledRows, at item: XMLNode,
  ) throws(TranslationError) -> Bool {
    let outside = writer.depth
    writer.push(own, row.tag)
    try run(rows, at: item)
    writer.pop(to: outside + 1)
    if row.row.empty == .keep { keepEmpty(row) }
    let isWritten = writer.isInnermostOpen
    writer.pop(to: outside)
    return isWritten
  }

  /// A group without an element of its own, which exists only for the document that its rows read.
  private mutating func runTransparent(
    _ row: CompiledRow, _ rows: CompiledRows, at context: XMLNode,
  ) throws(TranslationError) {
    let outer = source
    defer { source = outer }
    guard let item = try enter(row, Items(nodes: [context]), 0, at: context) else {
      if row.row.isRequired { return refuseMissing(row, at: context) }
      return listener.didOmit(row.row, at: context)
    }
    try run(rows, at: item, sharesPlaces: true)
    leave(row)
  }

  mutating func runEach(_ row: CompiledRow, at context: XMLNode, base: Int) throws(TranslationError) {
    guard let own = row.own else { return }
    let items = try items(of: row, at: context)
    open(row, base: base)
    let outside = writer.depth
    var written = 0
    for index in items.nodes.indices {
      if !items.groups.isEmpty { begin(items.groups[index], of: row, at: context) }
      guard let text = try result(of: row, at: items.nodes[index]) else { continue }
      writer.push(own, row.tag)
      try write(row, text)
      writer.pop(to: outside)
      written += 1
    }
    if let outer = items.outerGroup { source.group = outer }
    if written == 0 {
      finishEmpty(row, own, at: context)
    } else {
      _ = takePlace(of: row, at: context)
    }
  }

  /// A group or list wrote nothing: the row's policy says what that means.
  private mutating func finishEmpty(_ row: CompiledRow, _ own: WrittenName, at context: XMLNode) {
    if row.row.isRequired { return refuseMissing(row, at: context, reading: row.each) }
    guard row.row.empty == .list, takePlace(of: row, at: context) else {
      return listener.didOmit(row.row, at: context)
    }
    writer.writeEmptyList(own.target)
    if Listener.isListening { listener.didWriteEmptyList(row.row, own.target, at: writer.place()) }
  }

  private mutating func keepEmpty(_ row: CompiledRow) {
    guard !writer.isInnermostOpen else { return }
    writer.openPending()
    if Listener.isListening { listener.didOpen(row.row, at: writer.place()) }
  }

  // MARK: What a row goes through

  /// The nodes of `each`, or the context alone; with `groupBy` the first node of each group, and the groups.
  private mutating func items(of row: CompiledRow, at context: XMLNode) throws(TranslationError) -> Items {
    guard let each = row.each else { return Items(nodes: [context]) }
    let nodes = try Self.evaluate(row) { () throws(XMLError) in try each.nodes(at: context, group: group(for: each)) }
    if Listener.isListening {
      var reading = each.readingOfEach(nodes, at: context, group: source.group)
      if let key = row.groupBy { reading.tested += nodes.flatMap { key.reading(at: $0, group: source.group).used } }
      listener.didIterate(row.row, reading: reading, at: context)
    }
    guard let groupBy = row.groupBy else { return Items(nodes: nodes) }
    var groups: [[XMLNode]] = []
    var numbers: [String: Int] = [:]
    for node in nodes {
      let key = try Self.evaluate(row) { () throws(XMLError) in try groupBy.text(at: node, group: source.group) }
      if let number = numbers[key] {
        groups[number].append(node)
      } else {
        numbers[key] = groups.count
        groups.append([node])
      }
    }
    return Items(nodes: groups.map { $0[0] }, groups: groups, outerGroup: source.group)
  }

  private mutating func begin(_ group: [XMLNode], of row: CompiledRow, at context: XMLNode) {
    source.group = group
    listener.didGroup(row.row, group, at: context)
  }

  /// Makes the source of the row's rows the current one; gives their context, nil if there is no document for them.
  mutating func enter(
    _ row: CompiledRow, _ items: Items, _ index: Int, at context: XMLNode,
  ) throws(TranslationError) -> XMLNode? {
    if !items.groups.isEmpty { begin(items.groups[index], of: row, at: context) }
    guard let parse = row.parse else { return items.nodes[index] }
    return try self.parse(parse, row, at: items.nodes[index])
  }

  /// Tells the listener; the caller puts the source back.
  mutating func leave(_ row: CompiledRow) {
    if row.parse != nil { listener.didLeave(row.row) }
  }
}

/// The nodes a row goes through.
struct Items {
  let nodes: [XMLNode]
  /// With `groupBy` the group of each node; otherwise empty.
  var groups: [[XMLNode]] = []
  /// With `groupBy` the group of the rows around.
  var outerGroup: [XMLNode]?
}

extension CompiledRow {
  /// Whether the rows inside read from something that the rows around do not.
  var hasOwnSource: Bool { parse != nil || groupBy != nil }
}
